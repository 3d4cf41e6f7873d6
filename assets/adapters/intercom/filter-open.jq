# Intercom: POST /conversations/search, state = open   window: now   $cfg.teams = {"<team id>": "<name>"}, $cfg.channels (["chat"])
# waiting_now: the customer spoke last and waits for an answer, the first or a further one (waiting_since). In progress: the team spoke last.
# What is listed in teams and channels and has no conversation is 0. Persons, subjects and texts are not read.
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
# TRAP: "nobody waits" has been seen as null, and as a moment long before Intercom existed
def since: if type == "number" and . > 1000000000 then . else null end;
checked
| [rows(.conversations)[]
   | {team: (if .team_assignee_id == null or .team_assignee_id == 0 then "" else (.team_assignee_id | tostring) end),
      channel: (.source.type | chan), since: (.waiting_since | since)}] as $c
| ($cfg.teams // {}) as $teams
| (if ($teams | length) == 0 then [""] else ($teams | keys) end) as $listed
| def place: {team: (if ($teams | length) == 0 then "" else .team end), channel};
  (([$listed[] as $t | ($cfg.channels // ["chat"])[] | {team: $t, channel: .}] + [$c[] | place]) | unique) as $places
| {samples: [
    $places[] as $at
    | [$c[] | select(place == $at)] as $of
    | [$of[].since | numbers] as $waiting
    | ((if ($teams | length) == 0 then {} else {team: ($teams[$at.team] // (if $at.team == "" then "-" else $at.team end))} end) + {channel: $at.channel}) as $d
    | {waiting_now:     ($waiting | length),
       longest_wait_s:  ([0, ($waiting[] | $now - .)] | max),
       in_progress_now: (($of | length) - ($waiting | length))}
    | to_entries[] | {id: .key, value: .value, window: "now", dims: $d}
  ]}
