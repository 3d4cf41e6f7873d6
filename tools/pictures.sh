#!/bin/bash
# Draws the pictures of README.md anew, from the boards that come with Vigie and the simulated centre (one
# moment, or a recorded day): the same ones each time, so that they stay true. Look at each before you commit it.
# usage: tools/pictures.sh [FOLDER]        docs if not given; PROGRAM=build/gcc/vigie for another build
set -eu -o pipefail
cd "$(dirname "$0")/.."
into=${1:-docs}
program=${PROGRAM:-./vigie}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
VIGIE_ASSETS=$PWD/assets
export VIGIE_ASSETS
mkdir -p "$into"

at=2026-11-19T14:07

draw() { # name board option...
    local name=$1 board=assets/boards/$2.yaml
    shift 2
    "$program" render "$board" --at "$at" --size 960x540 "$@" --out "$work/$name.png"
    echo "$into/$name.png"
}

# Every figure once, then nothing for six minutes.
draw_stale() {
    head -n 1 tests/data/every_kpi.jsonl | sed 's/^{"t":[0-9.]*/{"t":0/' >"$work/silent.jsonl"
    echo '{"t":360,"event":"tick"}' >>"$work/silent.jsonl"
    at=2026-11-19T14:13 draw stale plateau --samples "$work/silent.jsonl"
}

draw wall demo --size 1920x1080
draw live plateau --page temps_reel
draw critical plateau --page files
draw tickets plateau --page tickets
draw quality plateau --page qualite
draw okr plateau --page okr
at=2026-11-19T18:30 draw huddle plateau --samples tests/data/day.jsonl --screen huddle:2
draw why demo --screen why:sl
draw light demo --theme light
draw portrait demo --size 540x960
draw_stale
draw seen-from-10m plateau --page temps_reel --seen-from 10
mv "$work"/*.png "$into/"
