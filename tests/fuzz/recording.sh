#!/bin/sh
# Fuzzes recordings as `vigie replay` plays them: tests/fuzz/recording.sh [SECONDS], three minutes if not said.
# Needs clang.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-180}
out=build/fuzz_recording
mkdir -p $out/corpus $out/seeds
head -n 3 tests/data/day.jsonl >$out/seeds/day
cat >$out/seeds/events <<'END'
{"t": 0, "samples": [{"id": "longest_wait", "value": 70, "n": 3, "window": "now", "dims": {}}]}
{"t": 30, "event": "tick"}
{"t": 45, "event": "ack", "tile": "longest"}
{"t": 60, "event": "shelve", "tile": "longest", "for_s": 600}
{"t": 90, "event": "close"}
{"t": 1795256100, "event": "open", "samples": [{"id": "service_level", "value": null}]}
END
make -s VARIANT=fuzz CC=clang build/fuzz/tests/fuzz/fuzz_recording
VIGIE_ASSETS=assets exec build/fuzz/tests/fuzz/fuzz_recording -max_total_time="$seconds" -timeout=10 -max_len=4096 \
    -dict=tests/fuzz/recording.dict -artifact_prefix=$out/ $out/corpus $out/seeds
