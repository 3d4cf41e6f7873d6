#!/bin/sh
# Fuzzes URLs, bodies and headers with moments in them: tests/fuzz/request.sh [SECONDS], three minutes if not
# said. Needs clang. Seeds are the moments that boards and adapters use.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-180}
out=build/fuzz_request
mkdir -p $out/corpus $out/seeds
number=0
grep -rhoE '\{\{[^}]*\}\}' assets/adapters assets/boards tests/test_request.c | sort -u | while read -r moment; do
    number=$((number + 1))
    printf 'https://user:word@host.example:8443/path?from=%s&token=x#y' "$moment" >$out/seeds/moment$number
done
make -s -j"$(nproc)" VARIANT=fuzz CC=clang build/fuzz/tests/fuzz/fuzz_request
exec build/fuzz/tests/fuzz/fuzz_request -max_total_time="$seconds" -timeout=10 -max_len=512 \
    -dict=tests/fuzz/request.dict -artifact_prefix=$out/ $out/corpus $out/seeds
