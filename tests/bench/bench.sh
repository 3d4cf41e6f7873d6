#!/bin/bash
# What Vigie costs, as a table; `make bench` builds what it needs and calls it.
# usage: bench.sh BUILD-FOLDER [SECONDS]       instructions by callgrind: the same on a busy machine
set -u
cd "$(dirname "$0")/../.." || exit 2
build=$1
seconds=${2:-30} # of each measurement of the whole program; there are six
. tests/bench/row.sh

instructions() { # program argument
    valgrind --tool=callgrind --toggle-collect=measured --callgrind-out-file=/dev/null "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : //p'
}

echo "drawing, 12 tiles with curves at 1920x1080, instructions each (callgrind, $(uname -m), $(cc --version | head -n 1))"
scene=$build/tests/bench/bench_scene
full=$(instructions "$scene" full) full4k=$(instructions "$scene" full4k)
row "full redraw" "$(share "$full" 10e6)" "M" 30
row "the same at 3840x2160, against 1920x1080" "$(share "$full4k" "$full")" "times" 4
row "one tile with another figure" "$(share "$(instructions "$scene" tile)" 10e6)" "M" 3
row "a new snapshot that looks the same" "$(share "$(instructions "$scene" equal)" 10e3)" "k" 20
row "nothing new" "$(share "$(instructions "$scene" same)" 10e3)" "k" 20
echo
echo "judging: a whole document applied and the snapshot made, 200 tiles"
tests/bench/board.sh "$build"
echo
echo "a large answer, 5 MB with 20,000 samples, on this machine ($(nproc) cores): medians of 9"
export VIGIE_ASSETS="$PWD/assets" VIGIE_PROGRAM="$build/vigie"
answer=$build/tests/bench/bench_answer
"$answer"
row "document to samples" "$(share "$(instructions "$answer" parse)" 20000)" "a sample"
echo
echo "memory: parent and mapper process"
"$answer" memory
echo
echo "the whole program on a display, both processes"
tests/bench/wall.py ./vigie "$seconds"
echo
echo "fifty sources, each asked every 5 s, both processes"
tests/bench/wall.py ./vigie "$seconds" 50
echo
echo "days in minutes: does it grow?"
tests/bench/soak.sh "$build" "${SOAK_UPDATES:-20000}" "$seconds"
echo
echo "history: what it writes and how soon it is back"
tests/bench/history.sh "$build"
