# 3CX v20 XAPI: GET /xapi/v1/ReportAbandonedQueueCalls/Pbx.GetAbandonedQueueCallsData(..)   window: $cfg.window (today)   $cfg.queues, short_s
# TRAP: one lost call has a row for each extension that was tried: counted once by CallHistoryId. Callers and extensions are not read.
def values: if type == "object" and (.value | type) == "array" then . else error("3cx: \((objects | (.error | objects | .message) // (.error | strings)) // "no list in the answer")") end
  | if .["@odata.nextLink"] != null then error("3cx: a part of the list; ask for more rows ($top)") else .value end;
def seconds:                                         # PT1H2M3.5S, P1DT2H; absent: 0, 3CX leaves out what is 0
  if . == null then 0
  else ((capture("^P((?<d>[0-9.]+)D)?(T((?<h>[0-9.]+)H)?((?<m>[0-9.]+)M)?((?<s>[0-9.]+)S)?)?$")
         | ((.d // "0" | tonumber) * 86400 + (.h // "0" | tonumber) * 3600 + (.m // "0" | tonumber) * 60 + (.s // "0" | tonumber))) // null) end;
values
| [group_by([.QueueDn, .CallHistoryId])[] | {q: .[0].QueueDn, s: ([.[].WaitTime | seconds] | if any(.[]; . == null) then null else max end)}] as $lost
| ($cfg.queues // {}) as $names
| {samples: [
    (($names | keys) + [$lost[].q] | unique)[] as $dn
    | [$lost[] | select(.q == $dn) | .s] as $s
    | {abandoned:        ($s | length),
       wait_abandoned_s: (if any($s[]; . == null) then null else ($s | add // 0) end)}
      + (if $cfg.short_s == null then {} else {short_abandoned: ([$s[] | select(. != null and . < $cfg.short_s)] | length)} end)
    | to_entries[] | {id: .key, value: .value, window: ($cfg.window // "today"), dims: {queue: ($names[$dn] // $dn), channel: "voice"}}
  ]}
