# HubSpot: POST /crm/v3/objects/tickets/search, closed_date from a moment on   window: $cfg.window (today), as the moment asked
# HubSpot knows closed, not resolved: a closed ticket is taken for resolved. time_to_close is a text of MILLISECONDS.
# Pages (`after`) come as an array. All rows must be there: fewer than `total` is a failed answer, never a smaller figure.
def pages: if type == "array" then .[] else . end;
def checked:
  ([pages | select(type != "object" or (.total | type) != "number")] | first) as $bad
  | if $bad != null then error("hubspot: \(($bad | objects | .message) // "no total in the answer")") else . end;
def rows:
  ([pages.total] | max // 0) as $total
  | ([pages.results[]?] | unique_by(.id)) as $rows
  | if ($rows | length) < $total then error("hubspot: \($rows | length) of \($total) rows; the source must turn the pages, or the query be narrower") else $rows end;
checked
| [rows[].properties] as $t
| {samples: [
    {tickets_resolved: ($t | length),
     resolution_s:     (if any($t[]; (.time_to_close // "") == "") then null else (([$t[].time_to_close | tonumber] | add // 0) / 1000) end),
     tickets_reopened: ([$t[] | select((.hs_ticket_reopened_at // "") != "")] | length)}
    | to_entries[] | {id: .key, value: .value, window: ($cfg.window // "today"), dims: {}}
  ]}
