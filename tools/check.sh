#!/bin/bash
# Everything a merge must pass; `make check` calls it. Stops at the first step that fails and names it.
set -u
cd "$(dirname "$0")/.." || exit 2
jobs=$(nproc)
started=$SECONDS
passed=0

step() { # name command...
    local name=$1 begun=$SECONDS
    shift
    echo "== $name"
    if ! "$@"; then
        echo "== $name FAILED"
        echo "$passed passed, 1 failed"
        exit 1
    fi
    passed=$((passed + 1))
    echo "== $name: $((SECONDS - begun)) s"
}

variant() { # variant compiler [runner]: builds everything and runs the unit tests
    local name=$1 compiler=$2 runner=${3:-}
    make -s -j"$jobs" VARIANT="$name" CC="$compiler" CFLAGS=-g tests && RUNNER="$runner" make -s VARIANT="$name" CC="$compiler" CFLAGS=-g run-tests-only
}

quietly() { # command...: its output only where it fails
    local log
    log=$(mktemp)
    "$@" >"$log" 2>&1 && rm -f "$log" && return
    tail -n 60 "$log"
    rm -f "$log"
    return 1
}

formatted() {
    clang-format --version | grep -q 'version 14' || { echo "clang-format is not version 14: not compared"; return 0; }
    clang-format --dry-run --Werror $(git ls-files '*.c' '*.h')
}

# Scripts wait more than they work: as many at a time as there are processors, each one's words together.
one_of_many='begun=$(date +%s) log=$(mktemp); "$1" >"$log" 2>&1; status=$?
    [ $status -eq 0 ] && passed=passed || passed=FAILED
    echo "== $(basename "$1" .sh) $passed: $(($(date +%s) - begun)) s"; cat "$log"; rm -f "$log"; exit $status'
end_to_end() { # script...
    printf '%s\n' "$@" | xargs -P "$jobs" -I{} sh -c "$one_of_many" run {}
}

# valgrind: definite leaks and wrong reads are errors; what SDL's drivers keep is not ours
memcheck="valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --suppressions=tests/valgrind.supp --child-silent-after-fork=yes --trace-children=no"
# TSan's shadow memory does not fit where addresses are spread too widely
fixed_addresses="setarch $(uname -m) -R"

export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/tests/tsan.supp"

step "layers" tools/layers.sh
step "the layers check notices a forbidden include" tests/test_layers.sh
step "format" formatted
step "gcc, unit tests" variant gcc gcc
# what measures is not run here, and must build all the same
step "gcc, benches" make -s -j"$jobs" VARIANT=gcc CC=gcc CFLAGS=-g benches
step "clang, address and undefined behaviour" variant asan clang
step "threads" variant tsan gcc "$fixed_addresses"
# Three programs that only calculate and draw, which the sanitizers have seen, took half of the time under valgrind;
# test_soak counts what the C library's own allocator holds, which is not there.
step "valgrind" env VIGIE_KILLS=10 SKIP="test_drawn_colours test_reading_sizes test_simulator test_soak" RUNNER="$memcheck" \
    make -s VARIANT=gcc CC=gcc CFLAGS=-g run-tests-only
# a bug that needs longer is looked for by hand: tests/fuzz/answer.sh 600
for script in tests/fuzz/*.sh; do
    step "fuzzed for 10 s: $(basename "$script" .sh)" quietly "$script" 10
done
step "end to end" end_to_end tests/e2e/*.sh
echo "all in $((SECONDS - started)) s"
echo "$passed passed, 0 failed"
