# Intercom: POST /tickets/search, created_at after a moment   window: $cfg.window (today), as the moment asked
# Pages come as an array. All rows must be there: fewer than `total_count` is a failed answer, never a smaller figure.
def pages: if type == "array" then .[] else . end;
def checked:
  ([pages | select(type != "object" or (.total_count | type) != "number")] | first) as $bad
  | if $bad != null then error("intercom: \(($bad | objects | .errors[0]?.message) // "no total_count in the answer")") else . end;
def rows(f):
  ([pages.total_count] | max // 0) as $total
  | ([pages | f | .[]?] | unique_by(.id)) as $rows
  | if ($rows | length) < $total then error("intercom: \($rows | length) of \($total) rows; the source must turn the pages, or the query be narrower") else $rows end;
checked
| ($cfg.window // "today") as $w
| rows(.tickets) as $t
| {samples: [
    {id: "tickets_opened", value: ($t | length), window: $w, dims: {}},
    ($t | group_by(.ticket_type.name // "")[]
     | {id: "tickets_by_type", value: length, window: $w, dims: {type: ((.[0].ticket_type.name // "") | if . == "" then "-" else . end)}})
  ]}
