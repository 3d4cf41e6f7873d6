# 3CX v20 XAPI: GET /xapi/v1/ActiveCalls   window: now   $cfg.queues = {"<queue number>": "<name>"}
# TRAP: the first caller of a queue is "Talking" to the queue (music), and one who rings at an agent has the agent as Callee: who waits is not
# in this list for certain, hence only the calls that are talking, of the whole system, internal ones too. Waiting: filter-callcontrol.jq.
def values: if type == "object" and (.value | type) == "array" then . else error("3cx: \((objects | (.error | objects | .message) // (.error | strings)) // "no list in the answer")") end
  | if .["@odata.nextLink"] != null then error("3cx: a part of the list; ask for more rows ($top)") else .value end;
values as $calls
| ([$calls[].ServerNow // "" | capture("^(?<t>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})([.][0-9]+)?Z$") | .t + "Z" | fromdateiso8601] | min) as $at
| [$calls[]
   | select(.Status == "Talking" or .Status == "Connected")
   | ((.Callee // "") | split(" ") | (.[0] // "")) as $dn
   | select(any($cfg.queues // {} | keys[]; . == $dn) | not)] as $talking
| (if $at == null then {} else {at: $at} end)
+ {samples: [{id: "in_progress_now", value: ($talking | length), window: "now", dims: {channel: "voice"}}]}
