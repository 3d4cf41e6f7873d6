#!/bin/bash
# A real Prometheus, scraping itself: what the wall takes from it is what its own API answers.
. "$(dirname "$0")/lib.sh"
skip_without prometheus prometheus

port=$(free_port)
cat >"$work/prometheus.yml" <<EOF
global: {scrape_interval: 1s}
scrape_configs:
  - {job_name: prometheus, static_configs: [{targets: ["127.0.0.1:$port"]}]}
EOF
start prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address="127.0.0.1:$port"

ask() { # the value of one metric by Prometheus' own API
    curl -fsS "http://127.0.0.1:$port/api/v1/query" --data-urlencode "query=$1" | jq -re '.data.result[0].value[1]'
}
wait_for 30 ask 'prometheus_tsdb_head_series > 0' || fail "Prometheus does not scrape itself: $(tail -n 3 "$work/prometheus.log")"
sleep 2

sed "s#http://127.0.0.1:9090#http://127.0.0.1:$port#" "$tree/assets/boards/prometheus.yaml" >"$work/board.yaml"
"$vigie" check "$work/board.yaml" || fail "the board has problems"

# Three metrics, each asked before and after, since they move.
metrics="prometheus_target_interval_length_seconds_count prometheus_tsdb_head_series process_open_fds"
for metric in $metrics; do ask "$metric" >"$work/$metric.before" || fail "no $metric"; done
"$vigie" probe "$work/board.yaml" --source prometheus --json >"$work/probe.json" || fail "the probe fails"
for metric in $metrics; do ask "$metric" >"$work/$metric.after"; done

count=$(jq '.samples | length' "$work/probe.json")
[ "$count" -eq 3 ] || fail "$count samples instead of 3: $(cat "$work/probe.json")"
[ "$(jq '.rejected | length' "$work/probe.json")" -eq 0 ] || fail "samples were rejected: $(cat "$work/probe.json")"
for metric in $metrics; do
    id=$(python3 - "$tree/assets/boards/prometheus.yaml" "$metric" <<'EOF'
import re, sys
print(re.search(re.escape(sys.argv[2]) + r".*?id:\s*(\w+)", open(sys.argv[1]).read(), re.S).group(1))
EOF
    )
    value=$(jq -r --arg id "$id" '.samples[] | select(.id == $id) | .value' "$work/probe.json")
    python3 - "$value" "$(cat "$work/$metric.before")" "$(cat "$work/$metric.after")" <<'EOF' || fail "$metric as $id is $value, Prometheus says $(cat "$work/$metric.before") to $(cat "$work/$metric.after")"
import sys
value, before, after = map(float, sys.argv[1:])
sys.exit(not min(before, after) <= value <= max(before, after))
EOF
    echo "$metric → $id: $value ($(cat "$work/$metric.before") to $(cat "$work/$metric.after"))"
done

"$vigie" render "$work/board.yaml" --out "$work/wall.png" --size 1280x720 || fail "no picture"
[ "$(png_size "$work/wall.png")" = 1280x720 ] || fail "the picture has the wrong size"
[ -z "${KEEP_PICTURES:-}" ] || cp "$work/wall.png" "$KEEP_PICTURES/prometheus.png"
echo "three figures of a live Prometheus are on the wall"
