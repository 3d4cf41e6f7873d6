#!/bin/bash
# tools/layers.sh must notice an include that breaks the rule, and print it.
set -u
cd "$(dirname "$0")/.." || exit 2
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0
expect() { # file include
    mkdir -p "$tree/$(dirname "$1")"
    printf '#include %s\n' "$2" >"$tree/$1"
    out=$(tools/layers.sh "$tree")
    if [ $? -ne 1 ] || [[ $out != *"$1:1:#include $2"* ]]; then
        echo "not noticed: $2 in $1: $out"
        failed=1
    fi
    rm "$tree/$1"
}
expect model/board.c '"fetch/source.h"'
expect model/board.c '<time.h>'
expect model/board.c '"base/json.h"'
expect render/tile.c '"fetch/source.h"'
expect fetch/fetcher.c '"render/scene.h"'
expect base/text.c '"model/kpi.h"'
expect app/main.c '<SDL2/SDL.h>'
expect app/main.c '<curl/curl.h>'
expect model/kpi.c '<cjson/cJSON.h>'
expect sim/server.c '"model/kpi.h"'
mkdir -p "$tree/model"
printf '#include "base/arena.h"\n' >"$tree/model/board.c"
tools/layers.sh "$tree" || { echo "a right include was refused"; failed=1; }
exit $failed
