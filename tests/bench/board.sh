#!/bin/sh
# Instructions that one document costs the board (apply and snapshot), for 2,000 and 4,000 series, and the
# memory of a day of curves. usage: tests/bench/board.sh BUILD-FOLDER
set -eu
cd "$(dirname "$0")/../.."
program=$1/tests/bench/bench_board
export VIGIE_ASSETS="$PWD/assets"

# The difference of a run of 21 documents and one of 1 is 20 documents after the first; a queue has 10 series.
instructions() { # series documents new-series
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=apply_and_snapshot \
        "$program" "$1" 200 "$2" "${3:-0}" 2>&1 | sed -n 's/.*Collected : //p'
}
for series in 2000 4000; do
    first=$(instructions $series 1)
    more=$(instructions $series 21)
    appears=$(($(instructions $series 2 10) - $(instructions $((series - 10)) 1)))
    echo "$series series, 200 tiles: first document $first instructions, each further one $(((more - first) / 20)), one with a new queue $appears"
done
"$program" 2000 200
