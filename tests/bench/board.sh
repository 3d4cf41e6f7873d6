#!/bin/sh
# Instructions that one document costs the board (apply and snapshot), for 2,000 and 4,000 series, and the
# memory of a day of curves. usage: tests/bench/board.sh    needs gcc and valgrind
set -eu
cd "$(dirname "$0")/../.."
make -s VARIANT=release build/release/libvigie.a >/dev/null
program=build/release/bench_board
cc -std=c17 -O2 -g -D_GNU_SOURCE -I. -o $program tests/bench/bench_board.c build/release/libvigie.a -lcjson -lyaml -lm
export VIGIE_ASSETS="$PWD/assets"

# The difference of a run of 21 documents and one of 1 is 20 documents after the first.
instructions() { # series documents
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=apply_and_snapshot \
        "$program" "$1" 200 "$2" 2>&1 | sed -n 's/.*Collected : //p'
}
for series in 2000 4000; do
    first=$(instructions $series 1)
    more=$(instructions $series 21)
    echo "$series series, 200 tiles: first document $first instructions, each further one $(((more - first) / 20))"
done
"$program" 2000 200
