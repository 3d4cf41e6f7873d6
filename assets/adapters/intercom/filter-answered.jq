# Intercom: POST /conversations/search, statistics.first_admin_reply_at after a moment   window: $cfg.window (today)   $cfg.channels (["chat"])
# time_to_admin_reply: seconds to the first answer of a person (bots left out), hours outside opening times already taken off by Intercom.
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
| [rows(.conversations)[] | {channel: (.source.type | chan), s: .statistics.time_to_admin_reply} | select(.s != null)] as $c
| {samples: [
    (($cfg.channels // ["chat"]) + [$c[].channel] | unique)[] as $d
    | [$c[] | select(.channel == $d) | .s] as $s
    | {first_responses: ($s | length), first_response_s: ($s | add // 0)}
    | to_entries[] | {id: .key, value: .value, window: $w, dims: {channel: $d}}
  ]}
