#!/bin/bash
# Ids of agents in the answers of a source: with the ranking off, on, expired and with a list that cannot be read they
# are found in nothing that the program prints, draws, writes or remembers (P01, P02, P09). What it may show are
# pseudonyms, of those alone who asked for it.
. "$(dirname "$0")/lib.bash"
skip_without python3 python3

id=Nguyen-4711 # of agent number 0; the others have another number
stranger=Xanthippe-0815
mkdir "$work/run"
cd "$work/run" || exit 2

day() { date -d "$1" +%F; }
monday=$(date -d "$(day today) -$(($(date +%u) - 1)) days" +%s)
last_sunday=$((monday - 3600)) # the hour before Monday began; a clock change is on a Sunday's morning

# Of each agent a week's figures; agent N is better the higher N is. Besides, today's and the state of the moment.
python3 - "$last_sunday" "$id" "$stranger" >answer.json <<'EOF'
import json
import sys
samples = []
names = [sys.argv[2][:-4] + str(4711 + n) for n in range(10)] + [sys.argv[3]]
for n, name in enumerate(names):
    figures = {"handled": 50, "replies": 20, "reply_s": 40000 - 1000 * n, "tickets_resolved": 20, "resolution_s": 400000 - 9000 * n,
               "fcr_evaluated": 20, "resolved_first": 8 + n, "csat_responses": 20, "csat_top2": 8 + n}
    for window in "week", "today":
        samples += [{"id": key, "value": value, "window": window, "dims": {"agent": name}} for key, value in figures.items()]
    samples.append({"id": "agents_available", "value": 1, "window": "now", "dims": {"agent": name}})
samples.append({"id": "waiting_now", "value": 3, "window": "now", "dims": {"queue": "Ventes"}})
print(json.dumps({"at": int(sys.argv[1]), "samples": samples}))
EOF
{
    echo "participants:"
    pseudonyms=(Comète Zéphyr Orage Brume Aurore Galet Mistral Lynx Silex Embrun)
    for n in 0 1 2 3 4 5 6 7 8 9; do
        echo "  - {agent: Nguyen-$((4711 + n)), pseudonym: ${pseudonyms[$n]}}"
    done
} >list.yaml
chmod 640 list.yaml
cp list.yaml whole.yaml
# A filter that fails on what it reads, as one with a mistake would.
echo '.samples[0].dims.agent | tonumber' >failing.jq

board() { # individual until list
    cat <<EOF
title: Essai
language: fr
sources:
  - {name: people, adapter: generic/filter-canonical, url: 'file:answer.json', every: 1s}
  - {name: mistaken, adapter: failing.jq, url: 'file:answer.json', every: 1s}
privacy: {individual: $1, cse_consulted: $(day '-60 days'), staff_informed: $(day '-30 days'), dpia: R-12, responsible: DRH, until: $2, agents: $3}
history: {path: $work/run/wall.db}
pages:
  - {id: p, title: Essai, grid: 2x2, tiles: [$4{kpi: calls_waiting}, {kpi: agents_available}, {kpi: csat_rate}]}
EOF
}
found() { # what files...: an id of an agent stands in it
    grep -aioE 'nguyen|xanthippe|4711|4720' "$@"
}
clean() { # what files...
    local what=$1
    shift
    ! found "$@" >found.txt || fail "$what: an agent's id is in it: $(head -c 300 found.txt)"
}
(clean sample answer.json) >/dev/null && fail "the pattern does not find the ids"

commands=("check board.yaml" "check board.yaml --json" "check board.yaml --notice" "probe board.yaml" "probe board.yaml --json"
    "probe board.yaml --tile csat_rate" "probe board.yaml --tile csat_rate --json" "probe board.yaml --tile agents_available --json"
    "probe board.yaml --tile leaderboard_agents" "probe board.yaml --tile leaderboard_agents --json"
    "render board.yaml --out wall.png --size 640x360" "history board.yaml" "history board.yaml --format jsonl")
asked=0
look_everywhere() { # name
    local command
    for command in "${commands[@]}"; do
        "$vigie" $command >out 2>&1
        clean "$1: vigie $command" out
        asked=$((asked + 1))
    done
    SDL_VIDEODRIVER=dummy "$vigie" run board.yaml --window 640x360 >run.out 2>&1 &
    local pid=$!
    pids+=("$pid")
    wait_for 20 grep -q mistaken run.out || fail "$1: the wall says nothing of its sources: $(cat run.out)"
    wait_for 20 test -s wall.db || fail "$1: the wall keeps no history"
    sleep 2
    for file in environ cmdline; do
        tr '\0' '\n' <"/proc/$pid/$file" >shown
        clean "$1: $file of the process" shown
    done
    kill "$pid"
    wait "$pid" 2>/dev/null
    clean "$1: the wall's output" run.out
    clean "$1: the history" wall.db*
}

board off "$(day '+30 days')" list.yaml "" >board.yaml
look_everywhere "ranking off"
"$vigie" probe board.yaml --source people >out 2>&1
grep -q '209 of single agents' out || fail "probe does not count what it leaves out: $(cat out)"

board opt_in "$(day '+30 days')" list.yaml "{kpi: leaderboard_agents}, " >board.yaml
"$vigie" check board.yaml >out 2>&1 || fail "the board is not sound: $(cat out)"
look_everywhere "ranking on"
"$vigie" probe board.yaml --tile leaderboard_agents >out 2>&1 || fail "the ranking's tile is not explained: $(cat out)"

echo "participants: [{Nguyen-4711: Comète}]" >list.yaml
look_everywhere "a list with a mistake"
cp whole.yaml list.yaml
board opt_in "$(day '-1 day')" list.yaml "{kpi: leaderboard_agents}, " >board.yaml
look_everywhere "an agreement that has expired"

find "$work" -type f ! -name answer.json ! -name list.yaml ! -name whole.yaml ! -name found.txt -print0 | xargs -0 grep -laiE 'nguyen|xanthippe|4711|4720' >"$work/found.files"
[ ! -s "$work/found.files" ] || fail "an agent's id was written into $(cat "$work/found.files")"
echo "four boards, $asked commands and four walls: no agent's id anywhere"
