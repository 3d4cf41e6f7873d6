#!/bin/bash
# Prism, a mock server that checks requests against tests/adapters/openapi.yaml: address, parameters, bodies and
# credentials of each vendor's request as the boards make it, and what a source says when it is refused (401, 422),
# asked to wait (429) or when the vendor is down (503). Prism comes from npm, is kept in a folder outside of the
# tree, and without npm or its registry this is skipped.
. "$(dirname "$0")/lib.bash"
version=5.9.0
skip_without npm npm
skip_without node nodejs

prism=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/vigie/prism-$version
if [ ! -x "$prism/node_modules/.bin/prism" ]; then
    mkdir -p "$prism" 2>/dev/null || prism=$work/prism
    timeout 120 npm install --prefix "$prism" --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel=error \
        --fetch-retries=1 --fetch-timeout=20000 "@stoplight/prism-cli@$version" >"$work/npm.log" 2>&1 || {
        rm -rf "$prism"
        echo "skipped: npm did not bring Prism $version: $(tail -n 1 "$work/npm.log")"
        exit 0
    }
fi

port=$(free_port)
start "$prism/node_modules/.bin/prism" mock --port "$port" --host 127.0.0.1 tests/adapters/openapi.yaml
wait_for 40 curl -s "http://127.0.0.1:$port/" || fail "Prism does not listen: $(tail -n 5 "$work/prism.log")"

# ---- one board, a source for each question ----

base=http://127.0.0.1:$port
observations='{"filter": {"type": "or", "predicates": [{"type": "dimension", "dimension": "queueId", "operator": "matches", "value": "a"}]}, "metrics": ["oWaiting"]}'
aggregates='{"interval": "{{today|iso}}/{{now|iso}}", "groupBy": ["queueId", "mediaType"], "metrics": ["nOffered", "tAnswered"]}'
metrics='{"Filters": {"Queues": ["a"], "Channels": ["VOICE"]}, "Groupings": ["QUEUE", "CHANNEL"], "CurrentMetrics": [{"Name": "CONTACTS_IN_QUEUE", "Unit": "COUNT"}]}'
bearer='{kind: bearer, secret: {env: PRISM_SECRET}}'
basic='{kind: basic, id: name, secret: {env: PRISM_SECRET}}'
workspace=v1/Workspaces/WS00000000000000000000000000000001
talk=api/v2/channels/voice/stats
export PRISM_SECRET=canary-$RANDOM$RANDOM
sources=
source_of() { # name adapter address [further keys]: a line of the board
    sources+="  - {name: $1, adapter: $2, url: '$base/$3'${4:+, $4}}"$'\n'
}
json='headers: {Content-Type: application/json}'
source_of live genesys-cloud/filter api/v2/analytics/queues/observations/query "auth: $bearer, $json, body: '$observations'"
source_of day genesys-cloud/filter-aggregates api/v2/analytics/conversations/aggregates/query "auth: $bearer, $json, body: '$aggregates'"
source_of queues twilio-taskrouter/filter "$workspace/TaskQueues/Statistics?StartDate={{today|iso}}&SplitByWaitTime=20&PageSize=50" "auth: $basic"
source_of workers twilio-taskrouter/filter-workspace "$workspace/RealTimeStatistics" "auth: $basic"
source_of cumulative twilio-taskrouter/filter-cumulative "$workspace/CumulativeStatistics?StartDate={{today|iso}}&SplitByWaitTime=20" "auth: $basic"
source_of connect amazon-connect-realtime/filter metrics/current/instance \
    "auth: {kind: header, header: Authorization, secret: {env: PRISM_SECRET}}, headers: {Content-Type: application/json, X-Amz-Date: 20261121T101500Z}, body: '$metrics'"
source_of talk zendesk-talk/filter "$talk/current_queue_activity" "auth: $basic"
source_of account zendesk-talk/filter-account "$talk/account_overview" "auth: $bearer"
source_of team zendesk-talk/filter-team "$talk/agents_activity" "auth: $basic"
source_of tickets zendesk-tickets/filter "api/v2/search.json?query=type:ticket created>={{today|date}}&per_page=100" "auth: $basic"
source_of stock zendesk-tickets/filter-count "api/v2/search/count.json?query=type:ticket status<solved" "auth: $basic, cfg: {count_id: tickets_open_now}"
source_of ratings zendesk-tickets/filter-satisfaction "api/v2/satisfaction_ratings.json?start_time={{now-7d|epoch}}" "auth: $basic"
source_of metrics zendesk-tickets/filter-metrics "api/v2/ticket_metrics.json?per_page=100" "auth: $basic"
source_of prometheus prometheus/filter 'api/v1/query?query={__name__=~"acd_.+"}'
source_of range prometheus/filter 'api/v1/query_range?query=acd_calls_waiting&start={{now-30m|epoch}}&end={{now|epoch}}&step=60'
source_of quiet genesys-cloud/filter 'api/v2/analytics/queues/observations/query?__example=empty' "auth: $bearer, $json, body: '$observations'"
source_of nobody zendesk-talk/filter "$talk/current_queue_activity"
source_of stranger zendesk-talk/filter "$talk/current_queue_activity" "auth: {kind: header, header: X-Api-Key, secret: {env: PRISM_SECRET}}"
source_of unfilled genesys-cloud/filter-aggregates api/v2/analytics/conversations/aggregates/query "auth: $bearer, $json, body: '{\"interval\": \"today\", \"metrics\": [\"nOffered\"]}'"
source_of bodiless genesys-cloud/filter api/v2/analytics/queues/observations/query "auth: $bearer, $json, body: '{\"metrics\": []}'"
source_of unasked zendesk-tickets/filter-count api/v2/search/count.json "auth: $basic"
# (Prism has these two as text and HTML only, and gives a 200 to whoever asks for JSON)
source_of throttled zendesk-talk/filter "$talk/current_queue_activity?__code=429" "auth: $basic, headers: {Accept: '*/*'}"
source_of down zendesk-talk/filter "$talk/current_queue_activity?__code=503" "auth: $basic, headers: {Accept: '*/*'}"
source_of bad_query prometheus/filter 'api/v1/query?query=sum(&__code=400'
cat >"$work/board.yaml" <<EOF
vigie: 1
title: Prism
time_zone: Europe/Paris
sources:
$sources
pages:
  - {id: live, title: Prism, grid: 1x1, tiles: [{kpi: calls_waiting}]}
EOF
"$vigie" check "$work/board.yaml" >"$work/out" 2>&1 || fail "the board: $(cat "$work/out")"

# ---- requests that the mock finds right ----

mapped() { # source case: asked for real, and given what the vendor's saved answer gives
    "$vigie" probe "$work/board.yaml" --source "$1" --json >"$work/out" 2>"$work/err" || fail "$1: $(cat "$work/err")"
    jq -e "(.samples | length) >= $2 and (.rejected | length) == 0" "$work/out" >/dev/null ||
        fail "$1: not $2 samples, or some were rejected: $(cat "$work/out")"
}
for expected in live:7 day:18 queues:20 workers:9 cumulative:9 connect:8 talk:4 account:9 team:15 tickets:3 stock:1 ratings:3 metrics:8; do
    mapped "${expected%:*}" "${expected#*:}"
done
mapped prometheus 0
mapped range 0
mapped quiet 0
jq -e '.samples == []' "$work/out" >/dev/null || fail "an empty answer gave figures: $(cat "$work/out")"
[ "$("$vigie" probe "$work/board.yaml" --source stock --json | jq '.samples[0].value')" = \
    "$(jq .count tests/adapters/zendesk-tickets/response-count.json)" ] || fail "the count is not that of the answer"
echo "16 requests of 6 vendors are as their description asks, and are mapped"

# ---- refused, throttled, down ----

refused() { # source words...: the probe fails, and its message has all of them
    local source=$1
    shift
    "$vigie" probe "$work/board.yaml" --source "$source" >"$work/out" 2>"$work/err" && fail "$source was taken for an answer: $(cat "$work/out")"
    for words in "$@"; do
        grep -qF -- "$words" "$work/out" "$work/err" || fail "$source: no word of \"$words\": $(cat "$work/err")"
    done
    grep -qF "$PRISM_SECRET" "$work/out" "$work/err" && fail "$source: the secret is shown"
    echo "$source: $(grep -m 1 HTTP "$work/err")"
}
refused nobody 'HTTP 401' "Couldn't authenticate you"
refused stranger 'HTTP 401'
refused unfilled 'HTTP 422' 'Your request is not valid'
refused bodiless 'HTTP 422' 'Your request is not valid'
refused unasked 'HTTP 422' 'Your request is not valid'
refused throttled 'HTTP 429' 'Number of allowed API requests per minute exceeded'
refused down 'HTTP 503'
refused bad_query 'HTTP 400'

# A placeholder as it stands in a board would not pass: it is filled in before it is sent.
status=$(curl -s -o "$work/out" -w '%{http_code}' -H 'Authorization: Bearer x' -H 'Content-Type: application/json' \
    -d "$aggregates" "$base/api/v2/analytics/conversations/aggregates/query")
[ "$status" = 422 ] || fail "the mock takes an unfilled placeholder: $status"

# One that is not known is never sent at all.
sed 's/{{today|iso}}/{{yesterday|iso}}/' "$work/board.yaml" >"$work/unknown.yaml"
before=$(grep -c 'Request received' "$work/prism.log")
"$vigie" probe "$work/unknown.yaml" --source day >"$work/out" 2>"$work/err" && fail "an unknown placeholder was sent"
grep -q yesterday "$work/err" || fail "no word of the unknown placeholder: $(cat "$work/err")"
[ "$(grep -c 'Request received' "$work/prism.log")" = "$before" ] || fail "an unknown placeholder was sent"

# ---- the wall, with all of these at once ----

asked() { # address: how often Prism was asked for it
    grep -cF "$1" "$work/prism.log"
}
asked_again() { # address how-often
    [ "$(asked "$1")" -ge "$2" ]
}
sed 's/, url:/, every: 1s, url:/' "$work/board.yaml" >"$work/wall.yaml"
answered=$(asked 'get /api/v1/query_range')
stocked=$(asked 'get /api/v2/search/count.json')
SDL_VIDEODRIVER=dummy "$vigie" run "$work/wall.yaml" --window 640x360 2>"$work/log" &
pids+=($!)
wall=$!
wait_for 40 asked_again 'get /api/v1/query_range' $((answered + 4)) || fail "the wall does not go on asking: $(tail -n 5 "$work/log")"
wait_for 40 asked_again 'get /api/v2/search/count.json' $((stocked + 8)) || fail "one source in trouble stops another: $(tail -n 5 "$work/log")"
kill -TERM $wall
wait $wall || fail "the wall ended with status $?: $(tail -n 5 "$work/log")"
for source in nobody stranger unfilled bodiless unasked throttled down bad_query; do
    grep -q "source $source: HTTP" "$work/log" || fail "no word of $source: $(cat "$work/log")"
done
grep -qF "$PRISM_SECRET" "$work/log" && fail "the log shows the secret"
echo "what is refused, throttled or down is said in words, and the secret is in none of them"
