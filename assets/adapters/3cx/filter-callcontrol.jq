# 3CX v20 Call Control API: GET /callcontrol   window: now   $cfg.queues = {"<queue number>": "<name>"}, needed
# One entry for each number that the API client may watch. A participant of a queue is a caller who has not been answered yet.
# A queue that is not in the answer is not watched: unknown, never 0. No moment is told, so there is no longest wait.
if type == "array" then . else error("3cx: \((objects | .message // (.error | objects | .message) // (.error | strings)) // "not a list of numbers")") end
| [.[] | {key: (.dn // "" | tostring), value: .}] | from_entries
| . as $dn
| {samples: [
    ($cfg.queues // {}) | to_entries[]
    | {id: "waiting_now",
       value: (if $dn[.key] == null then null else ([$dn[.key].participants[]?] | unique_by(.callid // .id) | length) end),
       window: "now", dims: {queue: .value, channel: "voice"}}
  ]}
