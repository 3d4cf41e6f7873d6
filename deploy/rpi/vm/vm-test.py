#!/usr/bin/env python3
"""The package in a virtual machine: boots, shows, takes keys, and comes back by itself. See vm-test.sh.

Each chapter is a power-on of its own; each step of it says what was seen and how long it took.
"""
import base64
import hashlib
import os
import random
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import picture  # noqa: E402
from machine import Machine  # noqa: E402

image, work, processor, package = sys.argv[1:5]
only = sys.argv[5:]
WIDTH, HEIGHT = 1920, 1080
# on a machine with much else to do: VIGIE_VM_PATIENCE=4
SLOWNESS = {"amd64": 1, "arm64": 3}[processor] * int(os.environ.get("VIGIE_VM_PATIENCE", "1"))
READY = r"Started (vigie\.service|Vigie)"
WANTED_START_S = 15
# Where writing stands still: the page's title, the strip of messages, and all below the clock of a board's errors.
HEAD, MESSAGE, BELOW_CLOCK = (30, 25, 600, 65), (40, 915, 1870, 975), (200, 340, 1720, 740)
AS_VIGIE = "VIGIE_ASSETS=/usr/share/vigie setpriv --reuid vigie --regid vigie --init-groups "
HERE = os.path.dirname(os.path.abspath(__file__))
passed = failed = 0
machine = None


# ---- looking ----

def rendered(board, name, how=""):
    """What `vigie render` draws of the same board, in the machine itself."""
    machine.shell(f"{AS_VIGIE} vigie render {board} {how} --size {WIDTH}x{HEIGHT} --out /tmp/r.png", 300 * SLOWNESS)
    png = os.path.join(work, name + ".png")
    with open(png, "wb") as file:
        file.write(fetched("/tmp/r.png"))
    return picture.from_png(png)


PIECE = 16384


def fetched(path):
    """A file of the machine's; in pieces, through a console line, which now and then loses some of it."""
    size = int(machine.shell(f"stat -c %s {path}"))
    return b"".join(fetched_piece(path, number) for number in range((size + PIECE - 1) // PIECE))


def fetched_piece(path, number):
    for _ in range(9):
        said = machine.shell(f"dd if={path} bs={PIECE} skip={number} count=1 status=none >/tmp/piece; sha256sum </tmp/piece; base64 -w0 /tmp/piece", 60 * SLOWNESS)
        wanted, _, letters = said.partition("  -\n")
        try:
            piece = base64.b64decode(letters)
        except ValueError:
            continue
        if hashlib.sha256(piece).hexdigest() == wanted:
            return piece
    raise AssertionError(f"{path} does not come over the line whole")


def same_as_rendered(shot, board, how="", **areas):
    """Every pixel of these areas is the one that `vigie render` draws."""
    seen, drawn = picture.read(shot), rendered(board, os.path.basename(shot)[:-4] + "-rendered", how)
    shift = picture.shift_between(seen, drawn, areas.values())
    assert shift, f"{shot}: not what `vigie render` draws"
    return " and ".join(areas) + ": every pixel the same" + (f", moved by {shift[0]},{shift[1]} against burn-in" if any(shift) else "")


def dumped_until(name, is_it, what, patience_s=60):
    """Dumps the screen until it is as wanted: pixels follow the journal by a moment."""
    end = time.monotonic() + patience_s * SLOWNESS
    while time.monotonic() < end:
        shot = machine.screen(name)
        if picture.read(shot)[0] == WIDTH and is_it(shot):
            return shot
        time.sleep(1)
    raise AssertionError(f"{what}: {shot}")


def shown(name, patience_s=60):
    """Waits until the wall is on the screen: the head of the page is light on dark."""
    return dumped_until(name, lambda shot: picture.light_bytes(shot, 30, 60) > 2000, "the wall is not on the screen", patience_s)


def fault_shown(name):
    """Waits until a board's errors are on the screen, which leave the head to the clock."""
    return dumped_until(name, lambda shot: picture.light_bytes(shot, 370, 430) > 2000, "no errors are on the screen", 180)


def changed(name, before):
    old = picture.read(before)[2]
    return dumped_until(name, lambda shot: picture.read(shot)[2] != old, "the picture stays the same")


def show(name):
    return machine.shell(f"systemctl show vigie -p {name} --value").strip()


def restarted(command):
    """Does something after which the wall starts anew, and waits until it has."""
    mark = machine.mark()
    machine.shell(command)
    machine.wait(READY, 120 * SLOWNESS, mark)


def restart_service():
    restarted("systemctl restart --no-block vigie")


def write(path, text):
    machine.shell(f"echo {base64.b64encode(text.encode()).decode()} | base64 -d >{path}")


def connector():
    return machine.shell("ls -d /sys/class/drm/card*-Virtual-1").split()[0]


# ---- steps and chapters ----

def step(run):
    global passed, failed
    begun = time.monotonic()
    try:
        said, mark = run() or "", "ok    "
        passed += 1
    except Exception as wrong:  # told, and the others go on
        said, mark = f"{type(wrong).__name__}: {wrong}", "FAILED"
        failed += 1
    print(f"{mark} {run.__name__.replace('_', ' ')}: {said} ({time.monotonic() - begun:.1f} s)", flush=True)


def chapter(*steps, **power_on):
    """One power-on; one without a step that is asked for is left out."""
    global machine, failed
    wanted = [run for run in steps if not only or run.__name__ in only]
    if not wanted:
        return
    machine = Machine(image, work, (WIDTH, HEIGHT), processor=processor, **power_on)
    try:
        machine.wait(READY, 400 * SLOWNESS)
    except Exception as wrong:
        failed += len(wanted)
        print(f"FAILED it does not start, nothing of {', '.join(run.__name__ for run in wanted)} was tried: {wrong}", flush=True)
        wanted = []
    try:
        for run in wanted:
            step(run)
    finally:
        machine.off()


# ---- the demo, as a fresh installation shows it ----

def it_boots_to_the_first_picture():
    ready_s = machine.age_s()  # the chapter has waited for it
    shown("boot")
    start = machine.shell("systemctl show vigie -p ExecMainStartTimestampMonotonic -p ActiveEnterTimestampMonotonic --value | tr '\n' ' '").split()
    took_s = (int(start[1]) - int(start[0])) / 1e6
    slow = "" if took_s <= WANTED_START_S else f", MORE than the {WANTED_START_S} s wanted"
    return f"ready {ready_s:.0f} s after power-on, {took_s:.1f} s after the unit's start{slow}; {machine.shell('journalctl -u vigie -o cat | grep -m1 display:')}"


def the_screen_is_what_render_draws():
    return same_as_rendered(shown("demo"), "/usr/share/vigie/welcome.yaml", head=HEAD, message=MESSAGE)


def no_root_no_login_prompt():
    user, master = show("User"), machine.shell("cat /sys/kernel/debug/dri/*/clients | awk '$4==\"y\" {print $1}' | sort -u")
    assert user == "vigie" and "vigie" in master, (user, master)
    assert machine.shell("systemctl is-active getty@tty1") == "inactive"
    return f"account {user}, owner of the display {master}"


def it_is_shut_in():
    said = machine.shell("systemd-analyze security --no-pager vigie.service | tail -n 1", 200)
    level = float(said.split("vigie.service:")[1].split()[0])
    assert level <= 1.6, said
    assert machine.shell("journalctl -u vigie -o cat | grep 'without a fence'") == "", "the unit keeps the filters' process from shutting itself in"
    return said.split("→")[-1].strip()


def keys_are_taken():
    before = shown("before-key")
    machine.key("b")
    dumped_until("black", picture.is_dark, "B does not make the screen black", 30)
    machine.key("b")
    shown("after-key")
    return f"B makes it black, and light again; {os.path.basename(before)}"


def sigterm_is_a_clean_end():
    said = machine.shell("t=$(date +%s%N); systemctl stop vigie; echo $((($(date +%s%N)-t)/1000000)) ms; systemctl show vigie -p Result -p ExecMainStatus --value | tr '\n' ' '; kbd_mode -C /dev/tty1")
    assert "success" in said and " 0" in said.replace("\n", " "), said
    restarted("systemctl start --no-block vigie")
    shown("started-again")
    return said.replace("\n", "; ")


def killed_it_comes_back():
    begun = time.monotonic()
    restarted("systemctl kill -s KILL vigie")
    shown("after-kill")
    return f"the picture is back after {time.monotonic() - begun:.1f} s"


def stopped_the_watchdog_ends_it():
    mark, begun = machine.mark(), time.monotonic()
    machine.shell("kill -STOP $(systemctl show vigie -p MainPID --value)")
    machine.wait(r"[Ww]atchdog timeout", 120 * SLOWNESS, mark)
    noticed_s = time.monotonic() - begun
    machine.wait(READY, 120 * SLOWNESS, mark)
    shown("after-watchdog")
    return f"noticed after {noticed_s:.1f} s, the picture is back after {time.monotonic() - begun:.1f} s"


def a_connector_that_goes_and_comes_costs_nothing():
    port = connector()
    machine.shell(f"echo off >{port}/status; sleep 6")
    gone = machine.shell(f"cat {port}/status; systemctl is-active vigie").replace("\n", ", ")
    machine.shell(f"echo detect >{port}/status")
    begun = time.monotonic()
    shown("connector-back")
    keys_are_taken()
    return f"{gone}; keys and picture {time.monotonic() - begun:.1f} s after it came back"


def without_a_display_it_waits_for_one():
    port = connector()
    machine.shell(f"systemctl stop vigie; echo off >{port}/status; systemctl start --no-block vigie; sleep 20", 120)
    mark, begun = machine.mark(), time.monotonic()
    machine.shell(f"echo detect >{port}/status")
    shown("plugged", 120)
    keys_are_taken()
    return f"keys and picture {time.monotonic() - begun:.1f} s after the plug; restarts so far {show('NRestarts')}"


def a_clock_that_jumps_restarts_nothing():
    before = show("NRestarts")
    for jump in ("+400 days", "-800 days", "+400 days"):
        machine.shell(f"date -s '{jump}' >/dev/null; sleep 8", 60 * SLOWNESS)
        shown("clock" + jump.replace(" ", "-"))
    machine.shell("sleep 25", 90 * SLOWNESS)
    assert (show("NRestarts"), show("ActiveState")) == (before, "active"), show("NRestarts")
    keys_are_taken()
    return "+400, -800 and +400 days: no restart, picture and keys go on"


# ---- boards: good, changed, broken, missing; secrets ----

DEMO = "/usr/share/vigie/boards/demo.yaml"
BOARD = "/etc/vigie/board.yaml"


def a_good_change_is_read_by_the_running_wall():
    restarted(f"cp {DEMO} {BOARD}; systemctl restart --no-block vigie")
    shown("own-board")
    process, mark = show("MainPID"), machine.mark()
    machine.shell(f"sed -i 's/title: Tenons-nous la promesse.*/title: Que faut-il faire maintenant ?/' {BOARD}; systemctl reload vigie")
    machine.wait(r"board\.yaml: read again", 60 * SLOWNESS, mark)
    time.sleep(4)
    assert show("MainPID") == process, "it is another process"
    return "the same process; " + same_as_rendered(shown("reload-taken"), BOARD, head=HEAD)


def a_bad_change_is_refused_and_the_one_before_goes_on():
    mark = machine.mark()
    machine.shell(f"sed -i 's/^theme: dark/theme: drak/' {BOARD}; systemctl reload vigie")
    machine.wait(r"not taken over; the board before goes on", 60 * SLOWNESS, mark)
    time.sleep(3)
    shown("reload-refused")
    return "the wall goes on, with a word of it: see reload-refused"


def a_broken_board_at_the_start_shows_its_errors():
    restarted(f"sed 's/^theme: dark/theme: drak/' {DEMO} >{BOARD}; systemctl restart --no-block vigie")
    said = same_as_rendered(fault_shown("broken-board"), BOARD, "--screen fault", errors=BELOW_CLOCK)
    machine.shell(f"rm {BOARD}")
    return said


def a_missing_board_says_so():
    restarted(f"rm -f {BOARD}; echo VIGIE_BOARD=/etc/vigie/nowhere.yaml >/etc/default/vigie; systemctl restart --no-block vigie")
    said = same_as_rendered(fault_shown("missing-board"), "/etc/vigie/nowhere.yaml", "--screen fault", errors=BELOW_CLOCK)
    restarted("rm /etc/default/vigie; systemctl restart --no-block vigie")
    shown("welcome-again")
    return said + "; without that setting the demo is back"


def a_missing_credential_does_not_keep_it_from_starting():
    state = machine.shell("ls /etc/credstore 2>/dev/null | wc -l; systemctl is-active vigie; systemctl cat vigie | grep ^LoadCredential")
    assert "\nactive" in state and "zendesk-token" in state, state
    return "it runs without"


SECRET_BOARD = """vigie: 1
title: Lyon
sources:
  - {name: acd, adapter: generic/filter-canonical, url: 'http://127.0.0.1:8000/samples', every: 2s, auth: {kind: bearer, secret: {file: secrets/acd}}}
pages:
  - {title: Tenons-nous la promesse ?, grid: 2x1, tiles: [{kpi: service_level}, {kpi: calls_waiting}]}
"""


def a_secret_that_is_missing_or_closed_is_told_and_awaited():
    machine.shell("systemd-run -q --unit=centre vigie simulate --port 8000")
    write(BOARD, SECRET_BOARD)
    mark = machine.mark()
    restart_service()
    machine.wait(r"secrets/acd cannot be read: No such file", 60 * SLOWNESS, mark)
    shown("secret-missing")
    mark = machine.mark()
    machine.shell("umask 077; echo t >/etc/vigie/secrets/acd")
    machine.wait(r"secrets/acd cannot be read: Permission denied", 90 * SLOWNESS, mark)
    closed = shown("secret-closed")
    process = show("MainPID")
    machine.shell("chown vigie: /etc/vigie/secrets/acd")
    dumped_until("secret-there", lambda shot: light_difference(closed, shot) > 3000, "no figures come", 90)
    assert show("MainPID") == process, "it was restarted"
    restarted(f"rm {BOARD} /etc/vigie/secrets/acd; systemctl stop centre; systemctl restart --no-block vigie")
    return "missing, then closed: the wall is there and the journal says which file; then figures come without a restart"


def a_credential_that_is_put_there_reaches_the_wall():
    machine.shell("systemd-run -q --unit=centre vigie simulate --port 8000")
    write(BOARD, SECRET_BOARD.replace("{file: secrets/acd}", "{credential: vigie-secret}"))
    mark = machine.mark()
    restart_service()
    machine.wait(r"the credential vigie-secret is not there: put it into", 60 * SLOWNESS, mark)
    missing = shown("credential-missing")
    restarted("mkdir -p /etc/credstore; echo t >/etc/credstore/vigie-secret; chmod 600 /etc/credstore/vigie-secret; systemctl restart --no-block vigie")
    dumped_until("credential-there", lambda shot: light_difference(missing, shot) > 3000, "no figures come", 90)
    restarted(f"rm -r {BOARD} /etc/credstore; systemctl stop centre; systemctl restart --no-block vigie")
    return "missing: the journal says where to put it; once there, figures come after a restart"


def light_difference(one, other):
    return abs(picture.light_bytes(one, 200, 900) - picture.light_bytes(other, 200, 900))


# ---- a card's boot partition; no network and a wrong clock at power-on ----

CARD_BOARD = """vigie: 1
title: Mur de Lyon
sources:
  - {name: acd, adapter: generic/filter-canonical, url: 'http://10.0.2.100/samples', every: 2s}
pages:
  - {title: Tenons-nous la promesse ?, grid: 2x1, tiles: [{kpi: service_level}, {kpi: calls_waiting}]}
"""
ANSWER = """#!/bin/sh
# One HTTP answer on standard output for the request on standard input.
while IFS= read -r line; do [ "${{#line}}" -gt 1 ] || break; done
echo asked >>{asked}
body='{{"samples": [{{"id": "service_level", "value": 91, "n": 120, "window": "30m", "dims": {{}}}}, {{"id": "waiting_now", "value": '$(date +%-S)', "window": "now", "dims": {{}}}}]}}'
printf 'HTTP/1.1 200 OK\\r\\nDate: %s\\r\\nContent-Type: application/json\\r\\nContent-Length: %s\\r\\nConnection: close\\r\\n\\r\\n%s' "$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')" ${{#body}} "$body"
"""


def card(files):
    """A FAT partition with these texts or copies of files, as any PC writes it."""
    path = os.path.join(work, f"card-{time.time_ns()}.img")
    subprocess.run(["mkfs.vfat", "-C", "-n", "BOOTFS", path, "65536"], check=True, stdout=subprocess.DEVNULL)
    folders = {os.path.dirname(name) for name in files if "/" in name}
    for folder in sorted(folders):
        subprocess.run(["mmd", "-i", path, "::" + folder], check=True)
    for name, content in files.items():
        source = content if os.path.exists(content) else os.path.join(work, "card-file")
        if source != content:
            with open(source, "w") as file:
                file.write(content)
        subprocess.run(["mcopy", "-i", path, source, "::" + name], check=True)
    return path


def answering():
    """The program that answers the machine's only address, and the file that grows with each question."""
    program, asked = os.path.join(work, "answer.sh"), os.path.join(work, "asked")
    with open(program, "w") as file:
        file.write(ANSWER.format(asked=asked))
    os.chmod(program, 0o755)
    return program, asked


def the_cards_settings_are_taken_over():
    said = machine.shell("hostname; stat -c '%a %U' /etc/vigie/secrets/acd; grep ^title /etc/vigie/board.yaml; findmnt -no FSTYPE /boot/firmware")
    assert said.split("\n") == ["mur-lyon", "600 vigie", "title: Mur de Lyon", "vfat"], said
    return said.replace("\n", "; ")


def a_broken_board_on_the_card_is_refused_with_a_word():
    restarted("sed -i 's/service_level/servic_level/' /boot/firmware/vigie/board.yaml; systemctl restart --no-block vigie")
    shown("card-refused")
    said = machine.shell("cat /run/vigie-provision/environment; tail -n 1 /etc/vigie/board.refused.yaml")
    assert "board.refused.yaml" in said and "board.yaml:6" in said, said
    restarted("sed -i 's/servic_level/service_level/' /boot/firmware/vigie/board.yaml; systemctl restart --no-block vigie")
    shown("card-mended")
    return said.split("text: ")[1].split(",")[0]


def without_a_network_the_wall_says_so():
    time.sleep(5)
    machine.screen("no-network")
    assert not os.path.exists(answer_asked), "there is a network"
    assert show("ActiveState") == "active"
    assert "the clock is not synchronised" in machine.journal(), "nobody says that the clock may be wrong"
    return "see no-network; " + machine.shell("date +%F; ip -o link show | grep -c LOWER_UP").replace("\n", ", links up: ")


def the_network_comes_later():
    machine.order("set_link", name="net0", up=True)
    begun = time.monotonic()
    while not os.path.exists(answer_asked):
        assert time.monotonic() - begun < 180 * SLOWNESS, "nothing is asked"
        time.sleep(0.5)
    asked_s = time.monotonic() - begun
    before = os.path.join(work, "no-network.ppm")
    dumped_until("network", lambda shot: light_difference(before, shot) > 3000, "no figures come", 90)
    return f"first question {asked_s:.1f} s after the link, figures after {time.monotonic() - begun:.1f} s"


def the_time_server_steps_the_clock():
    """date -s stands for the step, the file for what systemd-timesyncd leaves after it."""
    before, restarts, mark = machine.screen("clock-wrong"), show("NRestarts"), machine.mark()
    machine.shell(f"date -s @{int(time.time())} >/dev/null; mkdir -p /run/systemd/timesync; touch /run/systemd/timesync/synchronized; sleep 20", 90 * SLOWNESS)
    changed("clock-right", before)
    machine.wait("the clock is synchronised again", 90 * SLOWNESS, mark)
    assert show("NRestarts") == restarts and show("ActiveState") == "active"
    return machine.shell("date +%F") + ": no restart; see clock-wrong and clock-right"


# ---- power cuts ----

HISTORY_BOARD_LINE = "history: {path: /var/lib/vigie/board.db}"
CUTS = 5


def marks_in_history():
    return int(machine.shell("sqlite3 /var/lib/vigie/board.db \"select count(*) from mark where text like 'coupure%'\"", 60 * SLOWNESS).split()[-1])


def power_cuts_while_history_is_written():
    """Commits follow one another, in every second cut also the wall's own last one, when the plug is pulled."""
    global machine
    restarted(f"{{ cat {DEMO}; echo '{HISTORY_BOARD_LINE}'; }} >{BOARD}; systemctl restart --no-block vigie")
    shown("remembers")
    machine.shell("sleep 5; sync")
    said, known = [], 0
    for cut in range(1, CUTS + 1):
        mark = machine.mark()
        machine.shell(f"(i=0; while {AS_VIGIE} vigie history {BOARD} --mark \"coupure {cut} $i\" >/dev/null; do i=$((i+1)); echo \"committed $i\"; done >/dev/console 2>&1 </dev/null &)")
        machine.wait("committed 2", 60 * SLOWNESS, mark)
        time.sleep(random.uniform(1, 5))
        if cut % 2 == 0:
            machine.shell("systemctl restart --no-block vigie")
            time.sleep(random.uniform(0, 1.5))
        machine.off()
        told = machine.journal()[mark:].count("committed ")
        machine = Machine(image, work, (WIDTH, HEIGHT), processor=processor, disk=machine.disk)
        machine.wait(READY, 400 * SLOWNESS)
        shown(f"after-cut-{cut}")
        whole = machine.shell("sqlite3 /var/lib/vigie/board.db 'pragma integrity_check'; ls /var/lib/vigie | grep -c damaged", 60 * SLOWNESS).split()
        found = marks_in_history()
        assert whole == ["ok", "0"], whole
        assert found >= known + told, f"cut {cut}: {told} marks were confirmed, {found - known} are there"
        said.append(f"{told} confirmed {found - known} found")
        known = found
    return f"{CUTS} cuts, integrity ok each time; {'; '.join(said)}"


# ---- a card that is never written ----

def a_read_only_card_forgets_what_was_changed():
    global machine
    said = machine.shell("findmnt -no FSTYPE /; findmnt -no OPTIONS /media/root-ro | cut -d, -f1")
    assert said.split() == ["overlay", "ro"], said
    shown("overlay")
    restarted(f"sed 's/^title:.*/title: Passager/' {DEMO} >{BOARD}; systemctl restart --no-block vigie")
    shown("overlay-changed")
    machine.off()
    machine = Machine(image, work, (WIDTH, HEIGHT), processor=processor, disk=machine.disk)
    machine.wait(READY, 400 * SLOWNESS)
    assert machine.shell(f"ls {BOARD}; dmesg | grep -c 'recovery complete'").split("\n")[-1] == "0", "the disk was written to"
    assert show("ActiveState") == "active"
    return "root is " + said.replace("\n", ", ") + "; after a power cut the card is as it was"


# ---- a newcomer with the handbook ----

def firstboot_makes_a_wall_of_a_bare_system():
    machine.shell("dpkg -P vigie; rm -rf /etc/vigie /etc/systemd/journald.conf.d", 200 * SLOWNESS)
    said = machine.shell("sh /boot/firmware/vigie/firstboot.sh 2>&1 | tail -n 3", 600 * SLOWNESS)
    assert "firstboot.sh: done" in said, said
    line = machine.shell("cat /boot/firmware/cmdline.txt")
    assert line.split("\n")[0].startswith("console=serial0") and "cgroup_enable=memory" in line and "\n" not in line, line
    restarted("systemctl reboot")
    shown("firstboot")
    machine.shell_anew()
    kept = machine.shell("hostname; systemd-analyze cat-config systemd/journald.conf | grep ^Storage; systemctl show -p RuntimeWatchdogUSec")
    assert kept.split("\n") == ["mur-lyon", "Storage=volatile", "RuntimeWatchdogUSec=14s"], kept
    return "installed from the card, restarted; " + kept.replace("\n", "; ")


def vigie_setup_puts_a_board_on_the_wall():
    machine.shell("printf 'en\nzendesk-talk\nacme\nme@acme.fr\ncanary-secret\n4\n50\n' >/tmp/answers")
    mark = machine.mark()
    said = machine.shell("vigie-setup </tmp/answers; echo status $?", 300 * SLOWNESS)
    assert said.endswith("status 0") and "canary-secret" not in said, said
    machine.wait(READY, 120 * SLOWNESS, mark)
    shown("setup")
    assert machine.shell("grep -rl canary-secret /etc /var/log /run/log 2>/dev/null") == "/etc/vigie/secrets/zendesk-token"
    assert "canary" not in machine.journal(), "the secret is in the journal"
    return "zendesk-talk in English, the secret in its file and nowhere else"


# ---- all of it ----

os.makedirs(work, exist_ok=True)
answer_program, answer_asked = answering()
begun = time.monotonic()
chapter(it_boots_to_the_first_picture, the_screen_is_what_render_draws, no_root_no_login_prompt, it_is_shut_in, keys_are_taken,
        sigterm_is_a_clean_end, killed_it_comes_back, stopped_the_watchdog_ends_it, a_connector_that_goes_and_comes_costs_nothing,
        without_a_display_it_waits_for_one, a_good_change_is_read_by_the_running_wall,
        a_bad_change_is_refused_and_the_one_before_goes_on, a_broken_board_at_the_start_shows_its_errors, a_missing_board_says_so,
        a_missing_credential_does_not_keep_it_from_starting, a_credential_that_is_put_there_reaches_the_wall,
        a_secret_that_is_missing_or_closed_is_told_and_awaited,
        a_clock_that_jumps_restarts_nothing)
chapter(without_a_network_the_wall_says_so, the_cards_settings_are_taken_over, the_network_comes_later,
        the_time_server_steps_the_clock, a_broken_board_on_the_card_is_refused_with_a_word,
        boot=card({"vigie/board.yaml": CARD_BOARD, "vigie/secrets/acd": "t\n", "vigie/hostname": "mur-lyon\r\n"}),
        clock=time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() - 400 * 86400)), answer=answer_program, link=False)
chapter(power_cuts_while_history_is_written)
chapter(a_read_only_card_forgets_what_was_changed, kernel_line="overlayroot=tmpfs:recurse=0 ")
chapter(firstboot_makes_a_wall_of_a_bare_system, vigie_setup_puts_a_board_on_the_wall,
        boot=card({"cmdline.txt": "console=serial0,115200 root=PARTUUID=0 rootwait\n", "vigie/hostname": "mur-lyon\n",
                   "vigie/firstboot.sh": os.path.join(HERE, "..", "firstboot.sh"), "vigie/" + os.path.basename(package): package}))
print(f"{passed} passed, {failed} failed, {time.monotonic() - begun:.0f} s; {subprocess.getoutput('nproc')} cores, load {os.getloadavg()[1]:.1f}")
sys.exit(1 if failed else 0)
