#!/usr/bin/env python3
"""Filters of vendors that the program never saw, and each rule of vigie-samples/1, through `vigie probe --adapter`.

usage: unseen_vendors.py VIGIE FOLDER

FOLDER/NAME.jq, NAME.json, NAME.expected.json and perhaps NAME.cfg.json are a vendor. RULES are answers to the filter
that is named, `.` if none: what comes out, what is rejected, or the words of the refusal.
"""
import json, os, subprocess, sys, tempfile

NOW = 1795256100
VIGIE, FOLDER = sys.argv[1:]


def sample(id="offered", value=1, window="today", **dims):
    return {"id": id, "value": value, "window": window, "dims": dims}


def document(*samples, **more):
    return {**more, "samples": list(samples)}


def raw(value):
    """A document with a value that Python would not write."""
    return '{"samples":[{"id":"offered","value":%s,"window":"today","dims":{}}]}' % value


class Gives:
    def __init__(self, *samples, at=None, rejected=()):
        self.samples, self.at, self.rejected = list(samples), at, list(rejected)

    def fault(self, done):
        if done.returncode != 0:
            return done.stderr.strip()
        got = json.loads(done.stdout)
        if set(got) != {"at", "samples", "rejected"} or got["at"] != self.at:
            return "at or keys: %s" % done.stdout
        if got["samples"] != self.samples:
            return "samples: %s" % json.dumps(got["samples"], ensure_ascii=False)
        rows = [(row["id"], row["why"]) for row in got["rejected"]]
        right = len(rows) == len(self.rejected) and all(a == b and words in why for (a, why), (b, words) in zip(rows, self.rejected))
        return None if right else "rejected: %s" % rows


class Refused:
    def __init__(self, *words):
        self.words = words

    def fault(self, done):
        if done.returncode != 1 or done.stdout:
            return "status %d, %s" % (done.returncode, done.stdout[:200])
        missing = [words for words in self.words if words not in done.stderr]
        return "no word of %s: %s" % (missing, done.stderr.strip()) if missing or done.stderr.count("\n") != 1 else None


TWO = (sample(value=2), sample(value=3))
EACH_WINDOW = [sample(window=window) for window in
               ("now", "15m", "30m", "60m", "today", "day", "week", "month", "rolling_7d", "rolling_28d")]
EACH_CHANNEL = [sample(channel=channel) for channel in
                ("voice", "chat", "email", "social", "sms", "video", "callback", "ticket", "back_office")]
EACH_DIM = [sample(site="a", team="b", queue="c", skill="d", channel="voice", type="f", reason="g", campaign="h", agent="i")]
LONG, TOO_LONG = "é" * 64, "é" * 64 + "x"
DEEP = 63 * "[" + 63 * "]"

# what it is about, filter, answer, what comes of it[, cfg]
RULES = [
    # the document
    ("at may have decimals", ".", document(at=1795256095.25), Gives(at=1795256095.25)),
    ("at left out is the time of arrival", ".", document(), Gives()),
    ("at in milliseconds", ".", document(at=1795256100000), Refused("at: ", "looks like milliseconds")),
    ("at before this century", ".", document(at=946684799), Refused("at: ")),
    ("at that is no number", ".", document(at="2026-11-21T10:15:00Z"), Refused("at: ")),
    ("at null is not left out", ".", document(at=None), Refused("at: ")),
    ("at a little ahead counts as it is", ".", document(at=NOW + 300), Gives(at=NOW + 300)),
    ("at far ahead is reported and not used", ".", document(at=NOW + 301), Gives(rejected=[("at", "301 s ahead of our clock")])),
    ("no samples at all", ".", {"at": NOW}, Refused("samples: ")),
    ("samples that are no array", ".", {"samples": {}}, Refused("samples: an array")),
    ("a sample that is no object", ".", {"samples": [sample(), 7]}, Refused("samples[1]: an object")),
    ("an unknown key at the top", ".", document(version=1), Refused("version: unknown key")),
    ("a document that is an array", ".", [document()], Refused("the document must be an object")),
    ("20,000 samples", '{samples: [range(20000) | {id: "offered", value: ., window: "now", dims: {queue: tostring}}]} | .samples |= .[0:20000]',
     {}, Gives(*(sample(value=i, window="now", queue=str(i)) for i in range(20000)))),
    ("20,001 samples", '{samples: [range(20001) | {id: "offered", value: ., window: "now", dims: {queue: tostring}}]}', {},
     Refused("at most 20000 samples")),
    ("more than 8 MiB", '{samples: [], at: ("9" * 9000000)}', {}, Refused("8 MiB")),

    # values
    ("null is unknown", ".", document(sample(value=None)), Gives(sample(value=None))),
    ("a counted nothing is 0", ".", document(sample(value=0)), Gives(sample(value=0))),
    ("NaN is unknown", '{samples: [{id: "offered", value: nan, window: "today", dims: {}}]}', {}, Gives(sample(value=None))),
    ("infinity is unknown", '{samples: [{id: "offered", value: infinite, window: "today", dims: {}}, {id: "answered", value: (-infinite), window: "today", dims: {}}]}',
     {}, Gives(sample(value=None), sample("answered", None))),
    ("1e309 is unknown", ".", raw("1e309"), Gives(sample(value=None))),
    ("-1e309 is unknown", ".", raw("-1e309"), Gives(sample(value=None))),
    ("1e308 is a number", ".", raw("1e308"), Gives(sample(value=1e308))),
    ("1e-400 is 0", ".", raw("1e-400"), Gives(sample(value=0))),
    ("a huge integer", ".", raw("12345678901234567890123"), Gives(sample(value=1.2345678901234568e22))),
    ("2 to the 53rd", ".", raw("9007199254740992"), Gives(sample(value=9007199254740992))),
    ("minus nothing", ".", raw("-0"), Gives(sample(value=0))),
    ("below nothing", ".", raw("-18452.5"), Gives(sample(value=-18452.5))),
    ("a number as a text", ".", document(sample(value="7")), Refused("samples[0].value: a number or null")),
    ("a boolean", ".", document(sample(), sample("answered", True)), Refused("samples[1].value: a number or null")),
    ("a list for a value", ".", document(sample(value=[1])), Refused("samples[0].value: ")),
    ("n behind a KPI", ".", document({**sample("service_level", 80), "n": 12}), Gives(sample("service_level", 80))),
    ("n below nothing", ".", document({**sample("service_level", 80), "n": -1}), Refused("samples[0].n: ")),
    ("n unknown is to be left out", ".", document({**sample("service_level", 80), "n": None}), Refused("samples[0].n: ")),

    # keys of a sample
    ("no id", ".", {"samples": [{"value": 1, "window": "now", "dims": {}}]}, Refused("samples[0].id: missing")),
    ("no value", ".", {"samples": [{"id": "offered", "window": "now", "dims": {}}]}, Refused("samples[0].value: missing")),
    ("no window", ".", {"samples": [{"id": "offered", "value": 1, "dims": {}}]}, Refused("samples[0].window: missing")),
    ("no dims", ".", {"samples": [{"id": "offered", "value": 1, "window": "now"}]}, Refused("samples[0].dims: missing")),
    ("an unknown key", ".", {"samples": [{**sample(), "unit": "s"}]}, Refused("samples[0].unit: unknown key")),
    ("a counter and a KPI", ".", document(sample("offered", 3), sample("service_level", 80)),
     Gives(sample("offered", 3), sample("service_level", 80))),
    ("an unknown id is kept out and not fatal", ".", document(sample("ofered", 1), sample("offered", 2), sample("ofered", 3, "now")),
     Gives(sample(value=2), rejected=[("ofered", 'did you mean "offered"')])),
    ("an id in capitals is another one", ".", document(sample("OFFERED")), Gives(rejected=[("OFFERED", "no counter and no KPI")])),
    ("an empty id", ".", document(sample("")), Refused("samples[0].id: must have 1 to 128 bytes")),
    ("an id that is a number", ".", document(sample(7)), Refused("samples[0].id: a text")),

    # windows, dims, channels
    ("each window", ".", document(*EACH_WINDOW), Gives(*EACH_WINDOW)),
    ("a window of the model's own", ".", document(sample(window="yesterday")), Refused("samples[0].window: ", '"yesterday"', "rolling_28d")),
    ("a window in capitals", ".", document(sample(window="Today")), Refused("samples[0].window: ")),
    ("a window that is no text", ".", document(sample(window=30)), Refused("samples[0].window: ")),
    ("each dim", ".", document(*EACH_DIM), Gives(*EACH_DIM)),
    ("the whole source", ".", document(sample()), Gives(sample())),
    ("an unknown dim", ".", document(sample(country="fr")), Refused("samples[0].dims: ", '"country"')),
    ("a dim that is null", ".", document(sample(queue=None)), Refused("samples[0].dims.queue: a text")),
    ("a dim that is a number", ".", document(sample(queue=7)), Refused("samples[0].dims.queue: a text")),
    ("an empty dim", ".", document(sample(queue="")), Refused("samples[0].dims.queue: must have 1 to 128 bytes")),
    ("dims that are null", ".", {"samples": [{**sample(), "dims": None}]}, Refused("samples[0].dims: an object")),
    ("each channel", ".", document(*EACH_CHANNEL), Gives(*EACH_CHANNEL)),
    ("an unknown channel", ".", document(sample(channel="phone")), Refused("samples[0].dims.channel: ", '"phone"')),
    ("names of 128 bytes", ".", document(sample(queue=LONG)), Gives(sample(queue=LONG))),
    ("names of 129 bytes", ".", document(sample(queue=TOO_LONG)), Refused("samples[0].dims.queue: must have 1 to 128 bytes, has 129")),
    ("a line break in a name", ".", document(sample(queue="a\nb")), Refused("samples[0].dims.queue: contains a control character")),
    ("a C1 control in a name", ".", document(sample(queue="a\u0085b")), Refused("samples[0].dims.queue: contains a control character")),
    ("a zero in a name", ".", document(sample(queue="a\0b")), Refused("U+0000")),
    ("names of all scripts", ".", document(sample(queue="עברית 漢字 Ωμέγα 😀 \u202fn°\u00a01")), Gives(sample(queue="עברית 漢字 Ωμέγα 😀 \u202fn°\u00a01"))),

    # the same series twice
    ("the last one counts and it is reported", ".", document(*TWO), Gives(sample(value=3), rejected=[("offered", "given twice for window today")])),
    ("another window is another series", ".", document(sample(), sample(window="now")), Gives(sample(), sample(window="now"))),
    ("the order of dims is none", ".", document(sample(value=1, site="a", queue="b"), sample(value=2, queue="b", site="a")),
     Gives(sample(value=2, site="a", queue="b"), rejected=[("offered", "given twice")])),
    ("an unknown value counts too", ".", document(sample(value=2), sample(value=None)), Gives(sample(value=None), rejected=[("offered", "twice")])),

    # how a filter is called
    ("$now is a number", '{at: $now, samples: []}', {}, Gives(at=NOW)),
    ("$cfg is what the file says", '{samples: [{id: "offered", value: $cfg.v, window: $cfg.w, dims: {}}]}', {}, Gives(sample(value=4, window="day")), {"v": 4, "w": "day"}),
    ("$cfg is {} if there is none", '{samples: [{id: "offered", value: ($cfg | length), window: "today", dims: {}}]}', {}, Gives(sample(value=0))),
    ("no document", "empty", {}, Refused("the filter gave nothing")),
    ("two documents", "., .", document(), Refused("the filter gave 2 results")),
    ("error() is the source's fault", 'error("merlin: no such queue")', {}, Refused("merlin: no such queue")),
    ("error() in French", 'error("merlin : file « Ventes » inconnue")', {}, Refused("merlin : file « Ventes » inconnue")),
    ("error() with an object", 'error({code: 7})', {}, Refused('"code":7')),
    ("a filter that does not compile", "{samples: [", {}, Refused("syntax error")),
    ("a filter that ends with a comment", ". # as it is", document(), Gives()),
    ("env is empty", '{samples: [{id: "offered", value: (($ENV | length) + (env | length)), window: "today", dims: {}}]}', {}, Gives(sample(value=0))),
    ("input is not there", "[inputs, input]", {}, Refused("input")),
    ("halt ends nothing", "halt", {}, Refused("halt")),
    ("import is not there", 'import "a" as a; .', {}, Refused("syntax error")),
    ("a filter without end", "[range(1e12)] | length", {}, Refused("stopped")),

    # answers
    ("numbers as texts reach the filter as they are", '{samples: [{id: "offered", value: (if .n == "NaN" then null else 1 end), window: "today", dims: {}}]}',
     '{"n": "NaN"}', Gives(sample(value=None))),
    ("an array at the top", '{samples: map({id: "offered", value: .v, window: "today", dims: {queue: .q}})}', [{"v": 1, "q": "a"}, {"v": 2, "q": "b"}],
     Gives(sample(value=1, queue="a"), sample(value=2, queue="b"))),
    ("a BOM is dropped", ".", "\ufeff" + json.dumps(document()), Gives()),
    ("nested 64 deep", "{samples: []}", '{"a":%s}' % DEEP, Gives()),
    ("nested 65 deep", "{samples: []}", '{"a":[%s]}' % DEEP, Refused("64")),
    ("text behind it", ".", '{"samples":[]} {}', Refused("reply.json")),
    ("cut in the middle", ".", '{"samples":[', Refused("reply.json")),
    ("a login page", ".", "<!doctype html><title>Sign in</title>", Refused("HTML instead of JSON")),
    ("nothing", ".", "", Refused("reply.json")),
    ("not UTF-8", ".", b'{"samples":[],"a":"\xe9"}', Refused("not UTF-8")),
    ("a key twice in the answer", '{samples: [{id: "offered", value: .a, window: "today", dims: {}}]}', '{"a":1,"a":2}', Gives(sample(value=2))),
]


def run(filter_path, reply, cfg, folder):
    arguments = [VIGIE, "probe", "--adapter", filter_path, "--reply", reply, "--now", str(NOW), "--json"]
    if cfg is not None:
        path = os.path.join(folder, "cfg.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(cfg, file)
        arguments += ["--cfg", path]
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60)


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def fault_of_rule(folder, filter, answer, outcome, cfg=None):
    filter_path, reply = os.path.join(folder, "filter.jq"), os.path.join(folder, "reply.json")
    with open(filter_path, "w", encoding="utf-8") as file:
        file.write(filter)
    if not isinstance(answer, (str, bytes)):
        answer = json.dumps(answer)
    with open(reply, "wb") as file:
        file.write(answer.encode() if isinstance(answer, str) else answer)
    return outcome.fault(run(filter_path, reply, cfg, folder))


def fault_of_vendor(folder, name):
    place = os.path.join(FOLDER, name)
    cfg = read(place + ".cfg.json") if os.path.exists(place + ".cfg.json") else None
    expected = read(place + ".expected.json")
    return Gives(*expected["samples"], at=expected["at"]).fault(run(place + ".jq", place + ".json", cfg, folder))


def main():
    faults = []
    vendors = sorted(name[:-3] for name in os.listdir(FOLDER) if name.endswith(".jq"))
    with tempfile.TemporaryDirectory() as folder:
        faults += [(name, fault_of_vendor(folder, name)) for name in vendors]
        faults += [(rule[0], fault_of_rule(folder, *rule[1:])) for rule in RULES]
    faults = [(what, fault) for what, fault in faults if fault]
    for what, fault in faults:
        print("FAILED: %s: %s" % (what, fault[:600]))
    print("%d unseen vendors and %d rules" % (len(vendors), len(RULES)))
    sys.exit(1 if faults or not vendors else 0)


main()
