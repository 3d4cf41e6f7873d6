#!/bin/sh
# Records tests/data/day.jsonl anew: the same day each time, for the same simulator. Needs a build (`make`).
set -eu
cd "$(dirname "$0")/.."
${CC:-cc} -std=c17 -D_GNU_SOURCE -I. -o build/record_day tests/record_day.c build/release/libvigie.a \
    $(pkg-config --libs libcjson yaml-0.1 libmicrohttpd) -lm -pthread
build/record_day >tests/data/day.jsonl
