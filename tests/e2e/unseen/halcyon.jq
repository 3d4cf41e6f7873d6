# Halcyon ACD (made up): sites hold groups, groups hold lanes; a lane's cells come as [name, value, unit] in milliseconds,
# seconds or calls. Its clock is epoch milliseconds. A lane that is asleep is left out: the names are in $cfg.lanes.
def seconds: if .[1] == null then null elif .[2] == "ms" then .[1] / 1000 else .[1] end;
def cell($name): [.cells[] | .[] | select(.[0] == $name)] | if length == 0 then null else .[-1] | seconds end;
def lane($site): {site: $site, queue: .lane, channel: ({tel: "voice", www: "chat"}[.media // ""] // "email")};
def total($mean; $count): if $count == 0 then 0 elif $mean == null or $count == null then null else $mean * $count end;
if (.fault // null) != null then error("halcyon: " + .fault) else . end
| . as $all
| [.sites[] | .name as $site | .groups[][] | . + {dims: lane($site)}] as $lanes
| [$lanes[].lane] as $awake
| {at: (.clock / 1000), samples: (
    [$lanes[] | . as $l
     | {id: "waiting_now",    value: cell("in_line"), window: "now", dims: .dims},
       {id: "longest_wait_s", value: (if cell("in_line") == 0 then 0 else cell("oldest") end), window: "now", dims: .dims},
       {id: "offered",        value: cell("came"), window: "today", dims: .dims},
       {id: "answered",       value: cell("taken"), window: "today", dims: .dims},
       {id: "talk_s",         value: total(cell("mean_talk"); cell("taken")), window: "today", dims: .dims}]
    + [($cfg.lanes // [])[] | . as $name | select(any($awake[]; . == $name) | not)
       | {id: "waiting_now", value: 0, window: "now", dims: {queue: $name}},
         {id: "longest_wait_s", value: 0, window: "now", dims: {queue: $name}}])}
