#!/bin/bash
# Every vendor's case through the jq command of the distribution: Debian 12 has 1.6, Debian 13 has 1.7, and the
# filters must give the same under both. JQ=… tries another one. Each result is also held against the rules of
# vigie-samples/1: ids of the catalogue, windows, dims, no series twice, nobody's name.
. "$(dirname "$0")/lib.bash"
jq=${JQ:-jq}
skip_without "$jq" jq

"$jq" --version
python3 tests/e2e/adapter_cases.py jq "$jq" || fail "an adapter's case through $jq"
