# Aircall: GET /v1/users/availabilities?per_page=50, added up: the answer has ids and states, no name   window: now   Pages come as an array.
# in_call, after_call_work, do_not_disturb and offline are set by Aircall; what is none of the words below is agents_other.
def pages: if type == "array" then .[] else . end;
([pages | select(type != "object" or (.users | type) != "array")] | first) as $bad
| if $bad != null then error("aircall: \(($bad | objects | .troubleshoot // .error) // "no list of users in the answer")") else . end
| ([pages.users[]] | unique_by(.id)) as $rows
| ([pages.meta.total | numbers] | max) as $total
| if $total != null and ($rows | length) < $total
  then error("aircall: \($rows | length) of \($total) users; the source must turn the pages") else . end
| [$rows[].availability | strings | select(. != "offline")] as $in
| def n($s): [$in[] | select(. == $s)] | length;
  {agents_available:  n("available"),
   agents_on_contact: n("in_call"),
   agents_acw:        n("after_call_work"),
   agents_pause:      (n("do_not_disturb") + n("unavailable"))}
| . + {agents_logged_in: ($in | length), agents_other: (($in | length) - (add))}
| {samples: [to_entries[] | {id: .key, value: .value, window: "now", dims: {channel: "voice"}}]}
