#!/bin/sh
# Runs test programs from the root of the tree and counts them.
# usage: tools/run-tests.sh BUILD-FOLDER PROGRAM...        RUNNER="valgrind …" puts a command before each
set -u
VIGIE_PROGRAM=${VIGIE_PROGRAM:-$(pwd)/$1/vigie}
VIGIE_ASSETS=$(pwd)/assets
export VIGIE_PROGRAM VIGIE_ASSETS
shift
failed=
passed=0
for program; do
    if ${RUNNER:-} "$program" >"$program.log" 2>&1; then
        passed=$((passed + $(grep -c '\[       OK \]' "$program.log")))
    else
        failed="$failed $program"
        cat "$program.log"
    fi
done
if [ -n "$failed" ]; then
    echo "FAILED:$failed"
    exit 1
fi
echo "$passed tests of $# programs passed"
