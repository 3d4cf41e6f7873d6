# Freshdesk: GET /api/v2/tickets?updated_since=..&include=stats&per_page=100   window: $cfg.window (rolling_7d), one of the rolling ones
# All that happens to a ticket updates it, so the tickets updated in the period hold all of its openings, replies and resolutions.
# Link pages: an array of arrays. TRAP: the filter cuts the period itself; midnight of the site is not known here, hence no `today`.
def rows: if type == "array" then (if (.[0] | type) == "array" then .[][] else .[] end)
          else error("freshdesk: \((objects | .description // .message) // "not a list of tickets")") end;
def epoch:
  ((. // "") | capture("^(?<t>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})([.][0-9]+)?(?<z>Z|(?<s>[-+])(?<h>[0-9]{2}):?(?<m>[0-9]{2}))$")
   | (.t + "Z" | fromdateiso8601)
     - (if .z == "Z" then 0 else ((.h | tonumber) * 3600 + (.m | tonumber) * 60) * (if .s == "-" then -1 else 1 end) end)) // null;
def chan: {"1": "email", "3": "voice", "7": "chat"}[tostring] // "ticket";     # 2 portal, 9 feedback form and the rest
($cfg.window // "rolling_7d") as $w
| ({"15m": 900, "30m": 1800, "60m": 3600, rolling_7d: 604800, rolling_28d: 2419200}[$w]) as $len
| if $len == null then error("freshdesk: window \($w) cannot be cut here") else . end
| [rows] as $rows
| if (.[0] | type) != "array" and ($rows | length) >= 100 then error("freshdesk: a full page, and the source turns no pages") else . end
| def recent(f): select((f | epoch) as $at | $at != null and $at >= $now - $len);
  def took($from; $to): [0, ($to | epoch) - ($from | epoch)] | max;
  [$rows | unique_by(.id)[] | select(.spam != true and .deleted != true)] as $t
| [$t[] | recent(.created_at) | select(.source != 10)] as $opened                # 10: a mail that the team itself sent first
| [$t[] | recent(.stats.first_responded_at)] as $answered
| [$t[] | recent(.stats.resolved_at)] as $resolved
| [$t[] | recent(.stats.closed_at)] as $closed
| def by($id; $dim; f): $opened | group_by(f)[] | {id: $id, value: length, window: $w, dims: {($dim): (.[0] | f)}};
  {samples: [
    ( {tickets_opened:            ($opened | length),
       first_responses:           ($answered | length),
       first_response_s:          ([$answered[] | took(.created_at; .stats.first_responded_at)] | add // 0),
       first_responses_in_target: ([$answered[] | select(.fr_escalated != true)] | length),
       tickets_resolved:          ($resolved | length),
       resolution_s:              ([$resolved[] | took(.created_at; .stats.resolved_at)] | add // 0),
       tickets_reopened:          ([$resolved[] | select(.stats.reopened_at != null)] | length),
       tickets_closed:            ($closed | length),
       cycle_s:                   ([$closed[] | took(.created_at; .stats.closed_at)] | add // 0)}
      | to_entries[] | {id: .key, value: .value, window: $w, dims: {}} ),
    by("tickets_by_type"; "type"; $cfg.type_names[.type // ""] // .type // "-"),
    by("contacts_by_channel"; "channel"; .source | chan)
  ]}
