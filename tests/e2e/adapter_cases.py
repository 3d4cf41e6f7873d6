#!/usr/bin/env python3
"""Runs every case of tests/adapters/ through a program and compares what comes out.

usage: adapter_cases.py probe VIGIE     through `vigie probe`, as a person calls it
       adapter_cases.py jq JQ           through a jq command, held against the rules of vigie-samples/1 as well

Numbers are compared with a tolerance of 1e-6 (jq 1.7 writes 24113.0 where 1.6 writes 24113), the rest exactly, in order.
"""
import csv, json, math, os, subprocess, sys, tempfile

CASES, FILTERS, CATALOGUE = "tests/adapters", "assets/adapters", "assets/catalogue"
WINDOWS = {"now", "15m", "30m", "60m", "today", "day", "week", "month", "rolling_7d", "rolling_28d"}
DIMS = {"site", "team", "queue", "skill", "channel", "type", "reason", "campaign", "agent"}
CHANNELS = {"voice", "chat", "email", "social", "sms", "video", "callback", "ticket", "back_office"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def same(got, wanted):
    if isinstance(wanted, dict) and isinstance(got, dict):
        return got.keys() == wanted.keys() and all(same(got[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list) and isinstance(got, list):
        return len(got) == len(wanted) and all(map(same, got, wanted))
    if is_number(got) and is_number(wanted):
        return math.isclose(got, wanted, rel_tol=1e-6, abs_tol=1e-6)
    return type(got) is type(wanted) and got == wanted


def known_ids():
    with open(os.path.join(CATALOGUE, "counters.csv"), encoding="utf-8", newline="") as file:
        ids = {row["name"] for row in csv.DictReader(file)}
    return ids | {kpi["id"] for kpi in read(os.path.join(CATALOGUE, "kpis.json"))["kpis"]}


def fault_of_shape(document, filter_name, ids):
    """What a rule of vigie-samples/1 has against the document, or None."""
    seen = set()
    for place, sample in enumerate(document["samples"]):
        dims, series = sample["dims"], json.dumps([sample["id"], sample["window"], sample["dims"]], sort_keys=True)
        rules = [
            (set(sample) - {"n"} == {"id", "value", "window", "dims"}, "its keys"),
            (sample["id"] in ids, "no such counter or KPI"),
            (sample["value"] is None or is_number(sample["value"]), "its value"),
            (sample["window"] in WINDOWS, "its window"),
            (set(dims) <= DIMS and all(isinstance(text, str) and text for text in dims.values()), "its dims"),
            (dims.get("channel", "voice") in CHANNELS, "its channel"),
            ("agent" not in dims or filter_name == "filter-agents.jq", "names a person"),
            (series not in seen, "the same series twice"),
        ]
        seen.add(series)
        for kept, what in rules:
            if not kept:
                return "samples[%d] %s: %s" % (place, what, json.dumps(sample, ensure_ascii=False))
    return None


class Case:
    def __init__(self, vendor, row):
        self.vendor, self.row, self.filter = vendor, row, row["filter"]
        self.reply = os.path.join(CASES, vendor, row["response"])
        self.settings = read(os.path.join(CASES, vendor, row.get("vars", "vars.json")))
        self.now, self.cfg = str(self.settings["now"]), json.dumps(self.settings.get("cfg", {}))

    def expected(self):
        return read(os.path.join(CASES, self.vendor, self.row["expected"]))

    def __str__(self):
        return "%s, %s through %s" % (self.vendor, self.row["response"], self.filter)


def run(command):
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def fault_of_probe(vigie, case):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as cfg:
        cfg.write(case.cfg)
        cfg.flush()
        done = run([vigie, "probe", "--adapter", case.vendor + "/" + case.filter.removesuffix(".jq"), "--reply", case.reply,
                    "--now", case.now, "--cfg", cfg.name, "--json"])
    if "error" in case.row:
        return None if done.returncode == 1 and case.row["error"] in done.stderr else done.stderr or done.stdout
    if done.returncode != 0:
        return done.stderr
    got, wanted = json.loads(done.stdout), case.expected()
    figures = [{key: sample[key] for key in ("id", "value", "window", "dims")} for sample in wanted["samples"]]
    right = same(got["samples"], figures) and same(got["at"], wanted.get("at"))
    return None if right else done.stdout


def fault_of_jq(jq, case, ids):
    done = run([jq, "-c", "--argjson", "now", case.now, "--argjson", "cfg", case.cfg,
                "-f", os.path.join(FILTERS, case.vendor, case.filter), case.reply])
    if "error" in case.row:
        return None if done.returncode != 0 and case.row["error"] in done.stderr else done.stderr or done.stdout
    if done.returncode != 0:
        return done.stderr
    if done.stdout.count("\n") != 1:
        return "not exactly one result: " + done.stdout
    got = json.loads(done.stdout)
    if not same(got, case.expected()):
        return "not what %s says: %s" % (case.row["expected"], done.stdout)
    return fault_of_shape(got, case.filter, ids)


def cases():
    for vendor in sorted(os.listdir(CASES)):
        rows = os.path.join(CASES, vendor, "cases.json")
        if os.path.exists(rows):
            yield from (Case(vendor, row) for row in read(rows))


def untried_filters():
    tried = {(case.vendor, case.filter) for case in cases()}
    there = {(vendor, name) for vendor in os.listdir(FILTERS)
             for name in os.listdir(os.path.join(FILTERS, vendor)) if name.endswith(".jq")}
    return sorted("/".join(pair) for pair in there - tried)


def main():
    way, program = sys.argv[1:]
    ids, count = known_ids(), 0
    for case in cases():
        fault = fault_of_probe(program, case) if way == "probe" else fault_of_jq(program, case, ids)
        if fault:
            sys.exit("%s: %s" % (case, fault))
        count += 1
    if untried_filters():
        sys.exit("no case tries " + ", ".join(untried_filters()))
    print("%d cases of vendors' answers are mapped as expected" % count)


main()
