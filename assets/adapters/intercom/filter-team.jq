# Intercom: GET /admins, added up: no name leaves this filter   window: now
# Away mode is a switch that a person sets. "Not away" is no proof of being there: an admin who went home without the switch looks the
# same, so nobody is called available, unless the site says that its team always uses it ($cfg.away_is_used true).
if type == "object" and (.admins | type) == "array" then .
else error("intercom: \((objects | .errors[0]?.message) // "no list of admins in the answer")") end
| [.admins[] | select(.has_inbox_seat == true)] as $seats
| ([$seats[] | select(.away_mode_enabled == true)] | length) as $away
| {samples: [
    {id: "agents_pause", value: $away},
    (if $cfg.away_is_used == true then {id: "agents_logged_in", value: (($seats | length) - $away)} else empty end)
    | . + {window: "now", dims: {}}
  ]}
