#!/bin/sh
# Fuzzes what comes back from a vendor and from the mapper process: tests/fuzz/answer.sh [SECONDS], three minutes
# if not said. Needs clang. Seeds are the vendors' answers and documents of tests/adapters.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-180}
out=build/fuzz_answer
mkdir -p $out/corpus $out/seeds
for file in tests/adapters/*/*.json; do
    cp "$file" "$out/seeds/$(echo "${file#tests/adapters/}" | tr / _)"
done
printf '\001\000\000\000\002\000\000\000{}' >$out/seeds/reply
printf '{"samples":[{"id":"offered","value":-1.5e3,"n":2,"window":"now","dims":{"queue":"\\u00e9\\ud83d\\ude00"}}]}' >$out/seeds/escapes
printf '{"access_token":"t/+k","refresh_token":"r1","expires_in":"3600","error":"invalid_grant"}' >$out/seeds/token
printf 'a/b+c=a%%2Fb%%2bc%%3d a\\/b\\u002bc&#61;&amp;<p>Authorization: Basic YQ==</p>{"a":1}\n[2]' >$out/seeds/page
make -s -j"$(nproc)" VARIANT=fuzz CC=clang build/fuzz/tests/fuzz/fuzz_answer
exec build/fuzz/tests/fuzz/fuzz_answer -max_total_time="$seconds" -timeout=10 -max_len=16384 \
    -dict=tests/fuzz/answer.dict -artifact_prefix=$out/ $out/corpus $out/seeds
