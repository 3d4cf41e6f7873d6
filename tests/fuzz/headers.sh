#!/bin/sh
# Fuzzes headers about time and pages, and the turning of pages: tests/fuzz/headers.sh [SECONDS], three minutes
# if not said. Needs clang.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-180}
out=build/fuzz_headers
mkdir -p $out/corpus $out/seeds
seed() { # name which part...
    name=$1
    which=$2
    shift 2
    { printf "\\$which" && printf '%s\0' "$@"; } >$out/seeds/"$name"
}
seed url 000 '{"next":"/v1/queues?cur=b","rows":[1]}' '' '{"next":null}' ''
seed token 001 '{"next":"b"}' '' '{"next":7}' '' '{}' ''
seed cursor 002 '{"next":"b","more":true}' '' '{"more":false}' ''
seed number 003 '{"rows":[1,2],"total":3}' '' '{"rows":[3],"total":"3"}' ''
seed skip 004 '{"rows":[1,2]}' '' '{"rows":[]}' ''
seed link 005 '[1]' '<https://acd.example:8443/v1/queues?page=2>; rel="next"' '[2]' ''
seed wait 006 'Sun, 22 Nov 2026 10:15:00 GMT' '1795256160' 'Sun, 22 Nov 2026 10:14:00 GMT'
seed header 007 '<a>; rel="prev", <b>; title="x;y"; rel="last next"'
make -s -j"$(nproc)" VARIANT=fuzz CC=clang build/fuzz/tests/fuzz/fuzz_headers
exec build/fuzz/tests/fuzz/fuzz_headers -max_total_time="$seconds" -timeout=10 -max_len=2048 \
    -dict=tests/fuzz/headers.dict -artifact_prefix=$out/ $out/corpus $out/seeds
