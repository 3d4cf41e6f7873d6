# Intercom: POST /conversations/search, created_at after a moment   window: $cfg.window (today), as the moment asked   $cfg.channels (["chat"])
# Only what customers began: conversations that an admin, a campaign or an operator began are not demand.
# Pages come as an array. All rows must be there: fewer than `total_count` is a failed answer, never a smaller figure.
def pages: if type == "array" then .[] else . end;
def checked:
  ([pages | select(type != "object" or (.total_count | type) != "number")] | first) as $bad
  | if $bad != null then error("intercom: \(($bad | objects | .errors[0]?.message) // "no total_count in the answer")") else . end;
def rows(f):
  ([pages.total_count] | max // 0) as $total
  | ([pages | f | .[]?] | unique_by(.id)) as $rows
  | if ($rows | length) < $total then error("intercom: \($rows | length) of \($total) rows; the source must turn the pages, or the query be narrower") else $rows end;
def chan: {email: "email", sms: "sms", phone_call: "voice", phone_switch: "voice",
           whatsapp: "social", facebook: "social", instagram: "social", twitter: "social"}[. // ""] // "chat";   # conversation, push and the rest
checked
| ($cfg.window // "today") as $w
| [rows(.conversations)[] | select((.source.delivered_as // "customer_initiated") == "customer_initiated") | .source.type | chan] as $c
| {samples: [
    (($cfg.channels // ["chat"]) + $c | unique)[] as $d
    | ([$c[] | select(. == $d)] | length) as $n
    | ("offered", "contacts_by_channel") | {id: ., value: $n, window: $w, dims: {channel: $d}}
  ]}
