# Freshdesk: GET /api/v2/surveys/satisfaction_ratings?created_since=..&per_page=100   window: $cfg.window (rolling_7d)   Link pages: an array of arrays
# Grades of the default question: 103, 102, 101 satisfied, 100 neutral, -101, -102, -103 not; the oldest surveys 1 satisfied, 2, 3.
# Not a scale of 1 to 5, so there is no csat_sum. Persons and comments are not read.
def rows: if type == "array" then (if (.[0] | type) == "array" then .[][] else .[] end)
          else error("freshdesk: \((objects | .description // .message) // "not a list of ratings")") end;
[rows] as $rows
| if type == "array" and (.[0] | type) != "array" and ($rows | length) >= 100 then error("freshdesk: a full page, and the source turns no pages") else . end
| [$rows | unique_by(.id)[] | .ratings.default_question | numbers] as $grades
| {samples: [
    {csat_responses: ($grades | length),
     csat_top2:      ([$grades[] | select(. == 1 or . > 100)] | length)}
    | to_entries[] | {id: .key, value: .value, window: ($cfg.window // "rolling_7d"), dims: {}}
  ]}
