#!/bin/bash
# What Vigie costs, as a table; `make bench` builds what it needs and calls it.
# usage: bench.sh BUILD-FOLDER [SECONDS]       instructions by callgrind: the same on a busy machine
set -u
cd "$(dirname "$0")/../.." || exit 2
build=$1
seconds=${2:-60}

instructions() { # program argument
    valgrind --tool=callgrind --toggle-collect=measured --callgrind-out-file=/dev/null "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : //p'
}

row() { # what value goal
    printf '  %-58s %14s   %s\n' "$1" "$2" "$3"
}

millions() {
    awk -v n="$1" -v by="$2" 'BEGIN { printf "%.2f M", n / by / 1e6 }'
}

echo "drawing, 12 tiles with curves at 1920x1080, instructions each (callgrind, $(uname -m), $(cc --version | head -n 1))"
scene=$build/tests/bench/bench_scene
row "full redraw" "$(millions "$(instructions "$scene" full)" 10)" "goal 30 M"
row "full redraw at 3840x2160" "$(millions "$(instructions "$scene" full4k)" 10)" "goal 4 of the above"
row "one changed tile" "$(millions "$(instructions "$scene" tile)" 10)" "goal 3 M"
row "a new snapshot that looks the same" "$(millions "$(instructions "$scene" equal)" 10)" "goal 0.02 M"
row "nothing new" "$(millions "$(instructions "$scene" same)" 10)" ""
echo
echo "judging: a whole document applied and the snapshot made, 200 tiles"
tests/bench/board.sh "$build"
echo
echo "a large answer, 5 MB with 20,000 samples, on this machine ($(nproc) cores): medians of 9"
export VIGIE_ASSETS="$PWD/assets" VIGIE_PROGRAM="$build/vigie"
answer=$build/tests/bench/bench_answer
"$answer"
row "document to samples, instructions a sample" "$(($(instructions "$answer" parse) / 20000))" ""
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
echo "history: what it writes and how soon it is back"
tests/bench/history.sh "$build"
