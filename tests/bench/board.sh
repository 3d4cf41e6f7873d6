#!/bin/sh
# Instructions that one document costs the board (apply and snapshot), for 2,000 and 4,000 series, and the
# memory of a day of curves. usage: tests/bench/board.sh BUILD-FOLDER
set -eu
cd "$(dirname "$0")/../.."
program=$1/tests/bench/bench_board
export VIGIE_ASSETS="$PWD/assets"
. tests/bench/row.sh

# The difference of a run of 21 documents and one of 1 is 20 documents after the first; a queue has 10 series.
instructions() { # series documents new-series
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=apply_and_snapshot \
        "$program" "$1" 200 "$2" "${3:-0}" 2>&1 | sed -n 's/.*Collected : //p'
}
for series in 2000 4000; do
    goal=
    [ $series = 4000 ] || goal=8
    first=$(instructions $series 1)
    more=$(instructions $series 21)
    appears=$(($(instructions $series 2 10) - $(instructions $((series - 10)) 1)))
    row "$series series, 200 tiles: the first document" "$(share "$first" 1e6)" "M" $goal
    row "... each further one" "$(share $((more - first)) 20e6)" "M" $goal
    row "... one with a new queue" "$(share "$appears" 1e6)" "M" $goal
done
kib=$("$program" 2000 200 | sed -n 's/.*heap of the board \([0-9]*\) KiB.*/\1/p')
row "heap of 2,000 series after a day of curves" "$(share "$kib" 1024)" "MiB" 16
