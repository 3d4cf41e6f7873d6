# 3CX v20 XAPI: GET /xapi/v1/ReportDetailedQueueStatistics/Pbx.GetDetailedQueueStatisticsData(..)   window: $cfg.window (today), as the period asked
# $cfg.queues = {"<queue number>": "<name>"}: a listed queue that the report leaves out had no call: 0.
# TRAP: a count of 0 is left out of its row. An unanswered call is not called an abandon: it may have overflowed or asked for a call-back.
def values: if type == "object" and (.value | type) == "array" then . else error("3cx: \((objects | (.error | objects | .message) // (.error | strings)) // "no list in the answer")") end
  | if .["@odata.nextLink"] != null then error("3cx: a part of the list; ask for more rows ($top)") else .value end;
def seconds:                                         # PT1H2M3.5S, P1DT2H; absent: 0, 3CX leaves out what is 0
  if . == null then 0
  else ((capture("^P((?<d>[0-9.]+)D)?(T((?<h>[0-9.]+)H)?((?<m>[0-9.]+)M)?((?<s>[0-9.]+)S)?)?$")
         | ((.d // "0" | tonumber) * 86400 + (.h // "0" | tonumber) * 3600 + (.m // "0" | tonumber) * 60 + (.s // "0" | tonumber))) // null) end;
# The mean ring time is that of the answered calls where mean x answered makes the total; else it holds other calls too: unknown.
def wait:
  (.RingTime | seconds) as $all | (.AvgRingTime | seconds) as $mean | (.AnsweredCount // 0) as $n
  | if $n == 0 then 0
    elif $all == null or $mean == null then null
    elif (($mean * $n - $all) | fabs) <= $n then $all
    else null end;
values
| [.[] | {key: .QueueDnNumber, value: .}] | from_entries
| . as $q
| ($cfg.queues // {}) as $names
| {samples: [
    (($names | keys) + ($q | keys) | unique)[] as $dn
    | ($q[$dn] // {})
    | {offered:              (.CallsCount // 0),
       answered:             (.AnsweredCount // 0),
       wait_answered_s:      wait,
       handled:              (.AnsweredCount // 0),
       talk_s:               (.TalkTime | seconds),
       callbacks_registered: (.CallbacksCount // 0)}
    | to_entries[] | {id: .key, value: .value, window: ($cfg.window // "today"), dims: {queue: ($names[$dn] // $dn), channel: "voice"}}
  ]}
