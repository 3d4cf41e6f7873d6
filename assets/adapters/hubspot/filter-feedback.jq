# HubSpot: POST /crm/v3/objects/feedback_submissions/search   window: $cfg.window (rolling_28d), as the moment asked
# NPS: hs_value 0..10. CSAT: the group PROMOTER is "satisfied" (the scale of hs_value differs between surveys). CES has no counter.
# Comments, names and addresses are not read.
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
| ($cfg.window // "rolling_28d") as $w
| [rows[].properties] as $t
| [$t[] | select(.hs_survey_type == "NPS") | .hs_value | select(. != null and . != "") | tonumber] as $nps
| [$t[] | select(.hs_survey_type == "CSAT") | .hs_response_group | select(. != null and . != "")] as $csat
| {samples: [
    {nps_responses:  ($nps | length),
     nps_promoters:  ([$nps[] | select(. >= 9)] | length),
     nps_detractors: ([$nps[] | select(. <= 6)] | length),
     csat_responses: ($csat | length),
     csat_top2:      ([$csat[] | select(. == "PROMOTER")] | length)}
    | to_entries[] | {id: .key, value: .value, window: $w, dims: {}}
  ]}
