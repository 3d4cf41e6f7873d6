# Toucan Desk (made up): open conversations with moments, agents with free words for states. No figure is finished:
# waits are reckoned with $now, never below 0; states become counts; who is who stays at the vendor's.
def epoch: sub("[.][0-9]+"; "") | capture("^(?<t>.{19})(?<z>Z|[+-][0-9]{2}:?[0-9]{2})$")
  | (.t + "Z" | fromdateiso8601) - (if .z == "Z" then 0 else (.z | gsub("[^0-9]"; "") | (.[0:2] | tonumber) * 3600 + (.[2:4] | tonumber) * 60)
     * (if .z[0:1] == "-" then -1 else 1 end) end);
def states: {"at it": "agents_on_contact", "free": "agents_available", "lunch": "agents_pause", "notes": "agents_acw"};
if .partial then error("toucan: partial data: " + (.warnings | join("; "))) else . end
| [.conversations[] | select(.picked_up == null)] as $waiting
| {samples: (
   [($waiting | group_by(.topic)[] | {id: "waiting_now", value: length, window: "now", dims: {type: .[0].topic}})]
   + [{id: "longest_wait_s", value: ([$waiting[] | $now - (.since | epoch)] | (max // 0) | if . < 0 then 0 else . end), window: "now", dims: {}}]
   + [("agents_available", "agents_on_contact", "agents_acw", "agents_pause", "agents_other") as $state
      | {id: $state, value: ([.people[] | states[.mood] // "agents_other" | select(. == $state)] | length), window: "now", dims: {}}])}
