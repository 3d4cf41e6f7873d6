#!/bin/sh
# Who may know whom (README.md, "The folders"): prints every include that breaks the rule, exit 1 if there is one.
# usage: tools/layers.sh [FOLDER-WITH-THE-TREE]
cd "${1:-$(dirname "$0")/..}" || exit 2
broken=0

# only FOLDER... -- PATTERN: the include may stand in these folders only
deny() { # folders-regex pattern reason
    found=$(grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]$2" $(find . -path ./build -prune -o \( -name '*.c' -o -name '*.h' \) -print | sed 's#^\./##' | grep -E "^($1)/") /dev/null 2>/dev/null)
    if [ -n "$found" ]; then
        printf '%s\n' "$found" | sed "s#\$#   ($3)#"
        broken=1
    fi
}

deny 'base'                            '(model|fetch|history|render|serve|sim|app)/' 'base knows no other folder'
deny 'model'                           '(fetch|history|render|serve|sim|app)/'       'model knows only base'
deny 'fetch'                           '(history|render|serve|sim|app)/'             'fetch knows only base and model'
deny 'history'                         '(fetch|render|serve|sim|app)/'               'history knows only base and model'
deny 'render'                          '(fetch|history|serve|sim|app)/'              'render knows only base and model'
deny 'serve'                           '(fetch|history|render|sim|app)/'             'serve knows only base and model'
deny 'sim'                             '(model|fetch|history|render|serve|app)/'     'sim knows only base'
deny 'base|model|fetch|history|serve|sim|app' '(SDL|cairo|pango)'                    'SDL and cairo belong to render'
deny 'base|model|history|render|serve|sim|app' '(curl/|jq\.h|jv\.h)'                 'libcurl and libjq belong to fetch'
deny 'base|model|fetch|render|history|app' 'microhttpd'                              'libmicrohttpd belongs to serve and sim'
deny 'base|model|fetch|render|serve|sim|app' 'sqlite3'                               'SQLite belongs to history'
deny 'model|fetch|history|render|serve|sim|app' '(cjson/|cJSON|yaml\.h)'             'cJSON and libyaml are wrapped by base'
deny 'model'                           '(base/(clock|json|yaml|log)\.h|pthread|stdio\.h|fcntl\.h|unistd\.h|time\.h|sys/)' 'model knows no file, thread, clock, JSON text or log'

exit $broken
