#!/bin/sh
# What a history costs on the disk that $TMPDIR is on (not a tmpfs: nothing would be written).
# usage: tests/bench/history.sh BUILD-FOLDER
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
"$1/tests/bench/bench_history" "$folder"
