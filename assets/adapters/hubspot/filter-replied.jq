# HubSpot: POST /crm/v3/objects/tickets/search, first_agent_reply_date from a moment on   window: $cfg.window (today), as the moment asked
# time_to_first_agent_reply is a text of MILLISECONDS, around the clock. Chats and untracked replies have none: left out of both figures.
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
| [rows[].properties.time_to_first_agent_reply | select(. != null and . != "") | tonumber | select(. >= 0)] as $ms
| {samples: [
    {first_responses: ($ms | length), first_response_s: (($ms | add // 0) / 1000)}
    | to_entries[] | {id: .key, value: .value, window: ($cfg.window // "today"), dims: {}}
  ]}
