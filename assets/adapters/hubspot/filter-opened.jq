# HubSpot: POST /crm/v3/objects/tickets/search, createdate from a moment on   window: $cfg.window (today), as the moment asked
# Pages (`after`) come as an array. All rows must be there: fewer than `total` is a failed answer, never a smaller figure.
def pages: if type == "array" then .[] else . end;
def checked:
  ([pages | select(type != "object" or (.total | type) != "number")] | first) as $bad
  | if $bad != null then error("hubspot: \(($bad | objects | .message) // "no total in the answer")") else . end;
def rows:
  ([pages.total] | max // 0) as $total
  | ([pages.results[]?] | unique_by(.id)) as $rows
  | if ($rows | length) < $total then error("hubspot: \($rows | length) of \($total) rows; the source must turn the pages, or the query be narrower") else $rows end;
def chan: {EMAIL: "email", CHAT: "chat", PHONE: "voice"}[. // ""] // "ticket";         # FORM and the rest
checked
| ($cfg.window // "today") as $w
| [rows[].properties] as $t
| def by($id; $dim; f): $t | group_by(f)[] | {id: $id, value: length, window: $w, dims: {($dim): (.[0] | f)}};
  {samples: [
    {id: "tickets_opened", value: ($t | length), window: $w, dims: {}},
    by("tickets_by_type"; "type"; (.hs_ticket_category // "") | $cfg.type_names[.] // (if . == "" then "-" else . end)),
    by("contacts_by_channel"; "channel"; .source_type | chan)
  ]}
