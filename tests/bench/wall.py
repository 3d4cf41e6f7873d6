#!/usr/bin/env python3
"""What the whole program costs on a display: CPU seconds, wake-ups, pictures presented, memory.

usage: wall.py VIGIE [SECONDS]             one source, with a display
       wall.py VIGIE [SECONDS] SOURCES     so many sources, each 5 s, without one

A server here answers the same figures for ever, or new ones at every poll; vigie shows 12 tiles with
curves at 1920x1080 under Xvfb (driver x11) and under SDL's dummy driver. Both processes are counted:
CPU from /proc/PID/stat, wake-ups from voluntary_ctxt_switches of every thread, memory as PSS.
"""
import http.server, json, os, re, signal, subprocess, sys, tempfile, threading, time

KPIS = ["service_level", "calls_waiting", "longest_wait", "abandonment_rate", "asa", "aht", "occupancy",
        "agents_available", "contacts_offered", "contacts_answered", "csat_rate", "nps"]
COUNTERS = {"now": {"waiting_now": 4, "longest_wait_s": 71, "agents_available": 6, "agents_logged_in": 30},
            "30m": {"offered": 200, "answered": 180, "answered_in_t": 168, "short_abandoned": 2, "talk_s": 40000,
                    "hold_s": 3000, "acw_s": 9000, "ready_idle_s": 12000},
            "today": {"offered": 1200, "answered": 1150, "abandoned": 50, "short_abandoned": 8, "handled": 1140,
                      "wait_answered_s": 25000, "talk_s": 300000, "hold_s": 20000, "acw_s": 60000},
            "rolling_7d": {"csat_top2": 870, "csat_responses": 1000},
            "rolling_28d": {"nps_promoters": 500, "nps_detractors": 120, "nps_responses": 1000}}


class Floor(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    changing = False
    polls = 0

    def do_GET(self):
        Floor.polls += 1
        extra = Floor.polls % 50 if Floor.changing else 0
        samples = [{"id": i, "value": v + extra, "window": w, "dims": {}} for w, c in COUNTERS.items() for i, v in c.items()]
        body = json.dumps({"samples": samples}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


def board(folder, port, every, sources):
    tiles = "".join("      - {kpi: %s, type: number}\n" % kpi for kpi in KPIS)
    path = os.path.join(folder, "board.yaml")
    with open(path, "w") as f:
        f.write("vigie: 1\ntitle: Banc\nsources:\n")
        for source in range(sources):
            f.write("  - {name: acd%d, adapter: generic/filter-canonical, url: 'http://127.0.0.1:%d/%d', every: %s}\n"
                    % (source, port, source, every))
        f.write("pages:\n  - id: live\n    title: Banc\n    grid: 4x3\n    tiles:\n" + tiles)
    return path


def family(pid):
    pids = [pid]
    for task in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/children" % (pid, task)) as f:
            pids += [int(x) for x in f.read().split()]
    return pids


def used(pids):
    cpu = wakes = 0
    for pid in pids:
        fields = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
        cpu += int(fields[11]) + int(fields[12])
        for task in os.listdir("/proc/%d/task" % pid):
            status = open("/proc/%d/task/%s/status" % (pid, task)).read()
            wakes += int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status, re.M).group(1))
    return cpu / os.sysconf("SC_CLK_TCK"), wakes


def drawing_s(pid):
    """CPU of the main thread, which draws; what gathers figures are the other threads and the mapper."""
    fields = open("/proc/%d/task/%d/stat" % (pid, pid)).read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pss_mib(pids):
    return [int(re.search(r"^Pss:\s*(\d+)", open("/proc/%d/smaps_rollup" % p).read(), re.M).group(1)) / 1024 for p in pids]


def measure(vigie, driver, display, changing, every, seconds, port, sources=1):
    Floor.changing = changing
    env = dict(os.environ, SDL_VIDEODRIVER=driver)
    env.pop("WAYLAND_DISPLAY", None)
    if display:
        env["DISPLAY"] = display
    with tempfile.TemporaryDirectory() as folder:
        log = open(os.path.join(folder, "log"), "w+")
        program = subprocess.Popen([vigie, "run", board(folder, port, every, sources), "--window", "1920x1080"], env=env, stderr=log)
        time.sleep(4)
        pids = family(program.pid)
        before, drawn = used(pids), drawing_s(program.pid)
        time.sleep(seconds)
        after, memory, drawn = used(pids), pss_mib(pids), drawing_s(program.pid) - drawn
        program.send_signal(signal.SIGTERM)
        program.wait(10)
        log.seek(0)
        presented = re.search(r"presented (\d+) pictures", log.read())
    cpu, wakes = after[0] - before[0], after[1] - before[1]
    if sources > 1:
        print("%d sources: %.2f %% of a core (goal 3 %%), of that %.2f %% for drawing   "
              % (sources, 100 * cpu / seconds, 100 * drawn / seconds), end="")
    print("%-6s %-22s %6.2f s CPU in %d s   %5.1f wake-ups/s   %5s presents   PSS %.1f MiB (%s)"
          % (driver, "new figures each %s" % every if changing else "nothing changes", cpu, seconds, wakes / seconds,
             presented.group(1) if presented else "?", sum(memory), " + ".join("%.1f" % m for m in memory)), flush=True)


def main():
    vigie = os.path.abspath(sys.argv[1])
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Floor)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    if len(sys.argv) > 3:
        for changing in False, True:
            measure(vigie, "dummy", None, changing, "5s", seconds, port, int(sys.argv[3]))
        return
    number = next(n for n in range(90, 200) if not os.path.exists("/tmp/.X11-unix/X%d" % n))
    xvfb = subprocess.Popen(["Xvfb", ":%d" % number, "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(2)
    try:
        for driver, display in (("dummy", None), ("x11", ":%d" % number)):
            measure(vigie, driver, display, False, "5s", seconds, port)
            measure(vigie, driver, display, True, "1s", seconds, port)
    finally:
        xvfb.terminate()
        xvfb.wait()


main()
