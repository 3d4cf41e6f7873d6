#!/bin/sh
# Runs test programs from the root of the tree, as many at a time as there are processors, and counts them.
# usage: tools/run-tests.sh BUILD-FOLDER PROGRAM...        RUNNER="valgrind …" puts a command before each
#        SKIP="test_a test_b" leaves these out
set -u
VIGIE_PROGRAM=${VIGIE_PROGRAM:-$(pwd)/$1/vigie}
VIGIE_ASSETS=$(pwd)/assets
export VIGIE_PROGRAM VIGIE_ASSETS
shift
for program; do
    shift
    case " ${SKIP:-} " in
    *" $(basename "$program") "*) echo "left out: $(basename "$program")" ;;
    *) set -- "$@" "$program" ;;
    esac
done

# Each leaves PROGRAM.log, and PROGRAM.failed if it failed.
RUN='rm -f "$1.failed"; ${RUNNER:-} "$1" >"$1.log" 2>&1 || touch "$1.failed"'
printf '%s\n' "$@" | RUNNER=${RUNNER:-} xargs -P "$(nproc)" -I{} sh -c "$RUN" run {}

failed=
passed=0
for program; do
    if [ -e "$program.failed" ]; then
        failed="$failed $program"
        cat "$program.log"
        rm -f "$program.failed"
    else
        passed=$((passed + $(grep -c '\[       OK \]' "$program.log")))
    fi
done
if [ -n "$failed" ]; then
    echo "FAILED:$failed"
    exit 1
fi
echo "$passed tests of $# programs passed"
