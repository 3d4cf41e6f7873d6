# 3CX v20 XAPI: GET /xapi/v1/ReportStatisticSla/Pbx.GetStatisticSlaData(..)   window: $cfg.window (today), as the period asked   $cfg.queues
# The share of calls that did not breach the SLA time of their queue, as 3CX counts it: a bare percent with its count, for its queue alone.
def values: if type == "object" and (.value | type) == "array" then . else error("3cx: \((objects | (.error | objects | .message) // (.error | strings)) // "no list in the answer")") end
  | if .["@odata.nextLink"] != null then error("3cx: a part of the list; ask for more rows ($top)") else .value end;
values
| ($cfg.queues // {}) as $names
| {samples: [
    .[] | (.ReceivedCount // 0) as $n
    | {id: "service_level", value: (if $n == 0 then null else 100 * ($n - (.BadSlaCallsCount // 0)) / $n end), n: $n,
       window: ($cfg.window // "today"), dims: {queue: ($names[.QueueDnNumber] // .QueueDnNumber), channel: "voice"}}
  ]}
