# Aircall: GET /v1/calls?from=..&order=asc&per_page=50   window: $cfg.window (today), as the moment asked   Pages come as an array.
# $cfg.queues = {"<number id>": "<name>"}: lines become queues, other lines are "-"; without it no queue. $cfg.sla_s: T in seconds.
# TRAP: the clock starts when the call reaches Aircall, greeting and menu included: entry_to_agent_s, not the wait in the queue.
# TRAP: pages shift while calls come in, so a call can come twice. Persons, numbers and recordings are not read.
def pages: if type == "array" then .[] else . end;
([pages | select(type != "object" or (.calls | type) != "array")] | first) as $bad
| if $bad != null then error("aircall: \(($bad | objects | .troubleshoot // .error) // "no list of calls in the answer")") else . end
| ([pages.calls[]] | unique_by(.id)) as $rows
| ([pages.meta.total | numbers] | max) as $total
| if $total != null and ($rows | length) < $total
  then error("aircall: \($rows | length) of \($total) calls; the source must turn the pages") else . end
| ($cfg.window // "today") as $w
| def line: if $cfg.queues == null then null else ($cfg.queues[(.number.id // "") | tostring] // "-") end;
  def n(f): [.[] | select(f)] | length;
  def reason($r): .answered_at == null and .missed_call_reason == $r;
  [$rows[] | select(.status == "done") | . + {line: line}] as $done              # a call that still goes on is counted when it ends
| (($cfg.queues // {} | [.[]]) + [$done[].line] | unique) as $lines
| {samples: [
    (if $cfg.queues == null then null else $lines[] end) as $q
    | [$done[] | select(.line == $q)] as $calls
    | [$calls[] | select(.direction == "inbound")] as $in
    | [$in[] | select(.answered_at != null)] as $ok
    | ( {offered:          ($in | n(reason("out_of_opening_hours") or reason("abandoned_in_ivr") | not)),
         answered:         ($ok | length),
         entry_to_agent_s: ([$ok[] | .answered_at - .started_at] | add // 0),
         abandoned:        ($in | n(reason("abandoned_in_classic") or reason("short_abandoned"))),
         short_abandoned:  ($in | n(reason("short_abandoned"))),               # Aircall's own limit
         blocked:          ($in | n(reason("no_available_agent"))),            # nobody could be rung
         overflowed:       ($in | n(reason("agents_did_not_answer"))),         # rung in vain: voicemail or what the line does then
         ivr_abandoned:    ($in | n(reason("abandoned_in_ivr"))),
         out_of_hours:     ($in | n(reason("out_of_opening_hours"))),
         handled:          ($ok | length),
         handle_s:         (if any($ok[]; .ended_at == null) then null else ([$ok[] | .ended_at - .answered_at] | add // 0) end),    # hold included, work after the call not
         transferred:      ($ok | n(.transferred_to != null)),
         outbound_attempts: ($calls | n(.direction == "outbound"))}
        + (if $cfg.sla_s == null then {} else {answered_in_t: ($ok | n(.answered_at - .started_at <= $cfg.sla_s))} end)
        | to_entries[]
        | {id: .key, value: .value, window: $w, dims: ((if $q == null then {} else {queue: $q} end) + {channel: "voice"})} )
  ]}
