#!/bin/bash
# A real Prometheus, scraping itself: what the wall takes from it is what its own API answers.
. "$(dirname "$0")/lib.bash"
skip_without prometheus prometheus

port=$(free_port)
cat >"$work/prometheus.yml" <<EOF
global: {scrape_interval: 1s}
scrape_configs:
  - {job_name: prometheus, static_configs: [{targets: ["127.0.0.1:$port"]}]}
EOF
start prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address="127.0.0.1:$port"

# The board's own list: metric and KPI.
metrics=$(sed -n 's/^ *\([a-z_]*\): {id: .*/\1/p' "$tree/assets/boards/prometheus.yaml")
[ "$(echo "$metrics" | wc -w)" -eq 3 ] || fail "the board does not map three metrics: $metrics"

ask() { # the value of one metric by Prometheus' own API
    curl -fsS "http://127.0.0.1:$port/api/v1/query" --data-urlencode "query=$1" | jq -re '.data.result[0].value[1]'
}
wait_for 30 ask 'prometheus_tsdb_head_series > 0' || fail "Prometheus does not scrape itself: $(tail -n 3 "$work/prometheus.log")"
for metric in $metrics; do
    wait_for 30 ask "$metric" || fail "Prometheus has no $metric"
done

sed "s#http://127.0.0.1:9090#http://127.0.0.1:$port#" "$tree/assets/boards/prometheus.yaml" >"$work/board.yaml"
"$vigie" check "$work/board.yaml" || fail "the board has problems"

# Each metric is asked before and after, since they move.
for metric in $metrics; do ask "$metric" >"$work/$metric.before" || fail "no $metric"; done
"$vigie" probe "$work/board.yaml" --source prometheus --json >"$work/probe.json" || fail "the probe fails"
for metric in $metrics; do ask "$metric" >"$work/$metric.after"; done

count=$(jq '.samples | length' "$work/probe.json")
[ "$count" -eq 3 ] || fail "$count samples instead of 3: $(cat "$work/probe.json")"
[ "$(jq '.rejected | length' "$work/probe.json")" -eq 0 ] || fail "samples were rejected: $(cat "$work/probe.json")"
# A factor k in the board, and a hair's breadth for its rounding.
for metric in $metrics; do
    row=$(grep " $metric: " "$tree/assets/boards/prometheus.yaml")
    id=$(echo "$row" | sed 's/.*{id: \([a-z_]*\).*/\1/')
    k=$(echo "$row" | sed -n 's/.*k: \([0-9.]*\).*/\1/p')
    value=$(jq -r --arg id "$id" '.samples[] | select(.id == $id) | .value' "$work/probe.json")
    before=$(cat "$work/$metric.before") after=$(cat "$work/$metric.after")
    python3 - "$value" "$before" "$after" "${k:-1}" <<'EOF' || fail "$metric as $id is $value, Prometheus says $before to $after"
import sys
value, before, after, k = map(float, sys.argv[1:])
sys.exit(not min(before, after) * k * (1 - 1e-9) <= value <= max(before, after) * k * (1 + 1e-9))
EOF
    echo "$metric → $id: $value ($before to $after)"
done

"$vigie" render "$work/board.yaml" --out "$work/wall.png" --size 1280x720 || fail "no picture"
[ "$(png_size "$work/wall.png")" = 1280x720 ] || fail "the picture has the wrong size"
[ -z "${KEEP_PICTURES:-}" ] || cp "$work/wall.png" "$KEEP_PICTURES/prometheus.png"
echo "three figures of a live Prometheus are on the wall"
