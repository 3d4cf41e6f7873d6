#!/bin/sh
# Whether the wall grows: model and scene driven through days of their own time, then the whole program at the
# highest pace that a board may ask for. usage: tests/bench/soak.sh BUILD-FOLDER [UPDATES [SECONDS]]
set -eu
cd "$(dirname "$0")/../.."
export VIGIE_ASSETS="$PWD/assets"
"$1/tests/bench/bench_soak" "${2:-100000}"
tests/bench/wall.py ./vigie "${3:-300}" soak
