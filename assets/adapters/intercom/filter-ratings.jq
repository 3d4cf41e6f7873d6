# Intercom: POST /conversations/search, conversation_rating.replied_at after a moment   window: $cfg.window (rolling_7d)
# Grades 1..5. How many were asked is not in this answer, so there is no survey_sent. Remarks and persons are not read.
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
| [rows(.conversations)[].conversation_rating | (.rating // .score) | numbers | select(. >= 1 and . <= 5)] as $r
| {samples: [
    {csat_responses: ($r | length), csat_sum: ($r | add // 0), csat_top2: ([$r[] | select(. >= 4)] | length)}
    | to_entries[] | {id: .key, value: .value, window: ($cfg.window // "rolling_7d"), dims: {}}
  ]}
