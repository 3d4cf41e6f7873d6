# How the benches print a figure and whether it keeps to its goal; sourced.

row() { # what value unit [goal]
    awk -v what="$1" -v value="$2" -v unit="$3" -v goal="${4:-}" 'BEGIN {
        verdict = goal == "" ? "" : sprintf("goal %-7s %s", goal, value + 0 <= goal + 0 ? "ok" : "MISSED")
        printf "  %-58s %10.2f %-10s %s\n", what, value, unit, verdict }'
}

share() { # n of-how-many: a decimal fraction
    awk -v n="$1" -v by="$2" 'BEGIN { printf "%.4f", n / by }'
}
