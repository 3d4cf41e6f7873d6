#!/bin/sh
# Fuzzes the reading of board files: tests/fuzz/board.sh [SECONDS], two minutes if not said. Needs clang.
# The catalogue is cut to a few rows: it is read for each board, and would be nearly all of the time.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-120}
out=build/fuzz_board
make -s fonts
mkdir -p $out/corpus $out/seeds $out/assets/catalogue
cp tests/boards/*.yaml tests/boards/*.json assets/boards/*.yaml $out/seeds
cp -r assets/adapters assets/themes assets/fonts $out/assets
head -n 12 assets/catalogue/counters.csv >$out/assets/catalogue/counters.csv
jq '.kpis |= map(select(.id | IN("service_level", "longest_wait", "load_index", "aht", "leaderboard_agents")))' \
    assets/catalogue/kpis.json >$out/assets/catalogue/kpis.json
make -s -j"$(nproc)" VARIANT=fuzz CC=clang build/fuzz/tests/fuzz/fuzz_board
VIGIE_ASSETS=$out/assets exec build/fuzz/tests/fuzz/fuzz_board -max_total_time="$seconds" -timeout=10 -max_len=8192 \
    -dict=tests/fuzz/board.dict -artifact_prefix=$out/ $out/corpus $out/seeds
