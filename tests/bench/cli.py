#!/usr/bin/env python3
"""How fast the command line is at 1,000, 10,000 and 100,000 open actions, beside other programs.

    tests/bench/cli.py [PROGRAM] [--sizes 1000,10000] [--rounds 7] [--keep DIR]

Makes the same actions for circlet, taskwarrior (task), todo.txt (todo-txt) and calcurse in throw-away
folders and runs each command of each program in turn, as whole processes; times are medians. Beside each
ratio stands what it must be at most; a star marks what is beyond it, and ends the run with 1. A program that
is not installed is left out, and the script says so. Standard library only.

    apt-get install taskwarrior calcurse todotxt-cli time
    cargo build --release --examples      # sled-open: what opening and reading the database alone costs
"""

import argparse
import datetime
import json
import os
import pathlib
import pty
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid

CIRCLES = 10
PEOPLE = 10
FIRST = ["Ana", "Ben", "Chen", "Dora", "Emil", "Fatou", "Gita", "Hugo", "Ines", "Jun"]
LAST = ["Okafor", "Brandt", "Silva", "Novak", "Haddad", "Larsen", "Moreau", "Tanaka", "Weiss", "Diallo"]
# A run that takes longer than this is given up and counts as this long.
LIMIT = 45.0
MUST = {
    "list": {1_000: 0.6, 10_000: 0.12, 100_000: 0.08},
    "filter": {1_000: 0.7, 10_000: 0.15, 100_000: 0.05},
    "add": {10_000: 0.4, 100_000: 0.1},
    "export": {1_000: 0.25, 10_000: 0.15, 100_000: 0.1},
    "list, owner": {1_000: 0.25, 10_000: 0.1, 100_000: 0.05},
    "filter, owner": {1_000: 0.25, 10_000: 0.08, 100_000: 0.02},
}


def person(circle, member):
    return f"{FIRST[member]} {LAST[circle]}"


def rows(count):
    """The actions: circle, member, words, day due."""
    day = datetime.date(2026, 1, 1)
    for n in range(count):
        circle, member = n % CIRCLES, n // CIRCLES % PEOPLE
        due = day + datetime.timedelta(days=n * 7 % 365)
        yield circle, member, f"Send the notes on matter {n} to everybody who asked", due


def uid(n):
    return uuid.UUID(int=(0x01900000_0000_7000_8000_000000000000 + n))


def archive(count):
    """The same as what "circlet export all" writes, in parts that one import can take."""
    made = "2026-01-01T10:00:00.000Z"
    circles = [uid(c) for c in range(CIRCLES)]
    items = []
    for c in range(CIRCLES):
        body = {"id": str(circles[c]), "name": f"Circle {LAST[c]}", "kind": "mentoring", "rhythm": None,
                "template": None, "created": made, "archived": None}
        items.append({"space": circles[c].hex, "kind": "circle", "uid": circles[c].hex, "body": body})
        for m in range(PEOPLE):
            who = uid(100 + c * 100 + m)
            body = {"id": str(who), "name": person(c, m), "mail": None, "label": m + 1, "role": "member",
                    "phone": False, "no_calls": False, "joined": made, "left": None}
            items.append({"space": circles[c].hex, "kind": "member", "uid": who.hex, "body": body})
    yield items
    items = []
    for n, (c, m, words, due) in enumerate(rows(count)):
        which = uid(10_000 + n)
        body = {"id": str(which), "number": n // CIRCLES + 1, "text": words,
                "owner": {"member": str(uid(100 + c * 100 + m))}, "due": {"on": due.isoformat()},
                "state": "open", "priority": 0, "tags": [], "progress": None, "carried": 0, "reason": None,
                "estimate": None,
                "origin": {"at": made, "session": None, "block": None, "speaking": None},
                "closed": None, "trashed": None}
        items.append({"space": circles[c].hex, "kind": "action", "uid": which.hex, "body": body})
        if len(items) == 10_000:
            yield items
            items = []
    if items:
        yield items


class Subject:
    """One program with its store and its commands."""

    def __init__(self, name, folder, env):
        self.name, self.folder, self.env = name, folder, env
        self.commands = {}

    def run(self, op, peak=False):
        """Seconds of one run, or its peak memory in kB.

        Waits with a plain waitpid: a wait of the standard library that has a deadline asks in steps that
        double up to 50 ms, and its answers are those steps.
        """
        command = self.commands[op]
        if peak:  # a child of ours would begin with the memory of this script
            command = ["/usr/bin/time", "-f", "%M", "-o", str(self.folder / "peak"), *command]
        begin = time.perf_counter()
        child = subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        late = threading.Timer(LIMIT, child.kill)
        late.start()
        _, status = os.waitpid(child.pid, 0)
        took = time.perf_counter() - begin
        late.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        if took >= LIMIT:
            return None
        if child.returncode != 0 and op != "filter":
            raise subprocess.CalledProcessError(child.returncode, command)
        return int((self.folder / "peak").read_text().split()[-1]) if peak else took


def circlet(program, folder, count):
    env = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PATH": os.environ["PATH"], "TZ": "UTC",
           "LANG": "C.UTF-8", "TERM": "xterm-256color"}
    os.chmod(folder, 0o700)
    store = folder / "store"
    if not store.exists():
        for part, items in enumerate(archive(count)):
            file = folder / f"part-{part}.json"
            file.write_text(json.dumps({"schema": "circlet.all/1", "items": items}))
            subprocess.run([program, "--store", store, "import", file, "--yes"], env=env, check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            file.unlink()
        config = folder / "config.toml"
        config.write_text(f'me = "{person(3, 4)}"\n')
    subject = Subject("circlet", folder, env)
    base = [program, "--store", str(store), "--config", str(folder / "config.toml")]
    subject.commands = {
        "list": [*base, "action", "list"],
        "filter": [*base, "action", "list", "--owner", person(3, 4)],
        "add": [*base, "--circle", f"Circle {LAST[3]}", "add", f"a Bring the list @{person(3, 4)} due fri"],
        "export": [*base, "export", "all"],
        "status": [*base, "status"],
        "paths": [*base, "paths"],
    }
    return subject


def taskwarrior(folder, count):
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (folder / "rc").write_text(f"data.location={data}\nconfirmation=off\nverbose=nothing\nhooks=off\n"
                               "defaultwidth=100\ndetection=off\n")
    with open(data / "pending.data", "w", encoding="utf-8") as out:
        for n, (c, m, words, due) in enumerate(rows(count)):
            stamp = int(datetime.datetime.combine(due, datetime.time(), datetime.UTC).timestamp())
            who = person(c, m).replace(" ", "_")
            out.write(f'[description:"{words}" due:"{stamp}" entry:"1767225600" modified:"1767225600" '
                      f'project:"{who}" status:"pending" uuid:"{uid(10_000 + n)}"]\n')
    subject = Subject("task", folder, {"HOME": str(folder), "PATH": os.environ["PATH"], "TZ": "UTC",
                                       "TASKRC": str(folder / "rc"), "TERM": "dumb"})
    who = person(3, 4).replace(" ", "_")
    subject.commands = {
        "list": ["task", "list"],
        "filter": ["task", f"project:{who}", "list"],
        "add": ["task", "add", f"project:{who}", "due:friday", "Bring the list"],
        "export": ["task", "export"],
    }
    return subject


def todotxt(folder, count):
    with open(folder / "todo.txt", "w", encoding="utf-8") as out:
        for c, m, words, due in rows(count):
            who = person(c, m).replace(" ", "_")
            out.write(f"2026-01-01 {words} @{who} due:{due.isoformat()}\n")
    (folder / "config").write_text(f'export TODO_DIR="{folder}"\nexport TODO_FILE="$TODO_DIR/todo.txt"\n'
                                   'export DONE_FILE="$TODO_DIR/done.txt"\nexport REPORT_FILE="$TODO_DIR/r.txt"\n')
    subject = Subject("todo.txt", folder, {"HOME": str(folder), "PATH": os.environ["PATH"], "TERM": "dumb"})
    base = ["todo-txt", "-d", str(folder / "config")]
    who = person(3, 4).replace(" ", "_")
    subject.commands = {
        "list": [*base, "ls"],
        "filter": [*base, "ls", f"@{who}"],
        "add": [*base, "add", f"Bring the list @{who}"],
    }
    return subject


def calcurse(folder, count):
    data = folder / "data"
    data.mkdir(exist_ok=True)
    with open(data / "todo", "w", encoding="utf-8") as out:
        for c, m, words, due in rows(count):
            out.write(f"[0] {words} @{person(c, m)} due {due.isoformat()}\n")
    (data / "apts").touch()
    subject = Subject("calcurse", folder, {"HOME": str(folder), "PATH": os.environ["PATH"], "TERM": "dumb"})
    base = ["calcurse", "-D", str(data), "-C", str(data)]
    subject.commands = {
        "list": [*base, "-t"],
        "filter": [*base, "-t", "--filter-pattern", f"@{person(3, 4)}"],
        "export": [*base, "--export"],
    }
    return subject


def floors(folder, count):
    """What the system itself needs: cat, grep, and one line brought to disk by dd."""
    file = folder / "lines"
    with open(file, "w", encoding="utf-8") as out:
        for c, m, words, due in rows(count):
            out.write(f"{words} @{person(c, m)} due {due.isoformat()}\n")
    line = folder / "line"
    line.write_bytes(b"x" * 255 + b"\n")
    subject = Subject("floor", folder, dict(os.environ))
    subject.commands = {
        "list": ["cat", str(file)],
        "filter": ["grep", "-F", f"@{person(3, 4)} ", str(file)],
        "add": ["dd", f"if={line}", f"of={folder / 'out'}", "bs=256", "count=1", "conv=fdatasync"],
    }
    return subject


class Owner:
    """The app on a terminal, so that it owns the store."""

    def __init__(self, subject):
        self.master, slave = pty.openpty()
        command = subject.commands["status"][:-1]
        self.process = subprocess.Popen(command, env=subject.env, stdin=slave, stdout=slave, stderr=slave,
                                        start_new_session=True)
        os.close(slave)
        self.over = False
        self.reader = threading.Thread(target=self.drain, daemon=True)
        self.reader.start()
        begin = time.perf_counter()
        while not list(subject.folder.glob("**/*.sock")) + list(subject.folder.glob("circlet/*")):
            if time.perf_counter() - begin > 30:
                raise RuntimeError("the app opened no socket")
            time.sleep(0.05)
        time.sleep(1.0)

    def drain(self):
        while not self.over:
            ready, _, _ = select.select([self.master], [], [], 0.1)
            try:
                if ready and not os.read(self.master, 65536):
                    return
            except OSError:
                return

    def close(self):
        os.write(self.master, b"q")
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait()
        self.over = True
        self.reader.join()
        os.close(self.master)


def measure(subjects, op, rounds):
    """Medians in seconds by program; the programs take turns. None where one takes too long."""
    asked = [subject for subject in subjects if op in subject.commands]
    took = {subject.name: [] for subject in asked}
    gone = set()
    for turn in range(rounds + 1):
        for subject in asked if turn % 2 else asked[::-1]:
            if subject.name in gone:
                continue
            seconds = subject.run(op)
            if seconds is None:
                gone.add(subject.name)
                continue
            # The first turn warms the caches. What takes seconds is not repeated as often.
            if turn > 0 or seconds > 2:
                took[subject.name].append(seconds)
            if sum(took[subject.name]) > 20:
                gone.add(subject.name)
    return {name: statistics.median(times) if times else None for name, times in took.items()}


def shown(seconds):
    return "-" if seconds is None else f"{seconds * 1000:.1f}"


class Table:
    def __init__(self):
        self.beyond = []

    def line(self, size, op, times, checks):
        """One row: times, then each ratio or difference with what it must be."""
        told = []
        for what, value, most in checks:
            mark = ""
            if most is not None and value > most:
                mark = "*"
                self.beyond.append(f"{op} at {size}: {what} is {value:.2f}, must be {most}")
            told.append(f"{what} {value:.3g}{mark}" + ("" if most is None else f" (must {most})"))
        cells = "  ".join(f"{name} {shown(value)}" for name, value in times.items())
        print(f"{size:>7}  {op:<14} {cells}\n{'':24}{'; '.join(told)}", flush=True)


def ratios(op, size, times):
    ours = times.get("circlet")
    if ours is None:
        return []
    found = []
    for peer, value in times.items():
        if peer == "circlet" or not value:
            continue
        most = MUST.get(op, {}).get(size) if peer == "task" else None
        found.append((f"/{peer}", ours / value, most))
    return found


def one_size(args, folder, size, table):
    subjects = []
    makers = [("circlet", lambda at: circlet(args.program, at, size)), ("task", lambda at: taskwarrior(at, size)),
              ("todo-txt", lambda at: todotxt(at, size)), ("calcurse", lambda at: calcurse(at, size)),
              ("cat", lambda at: floors(at, size))]
    for name, make in makers:
        if name != "circlet" and (shutil.which(name) is None or name in args.without):
            print(f"{name} is not here and is left out")
            continue
        at = folder / f"{name}-{size}"
        at.mkdir(exist_ok=True)
        subjects.append(make(at))
    ours = subjects[0]
    opens = pathlib.Path(args.program).parent / "examples" / "sled-open"
    if opens.exists():
        ours.commands["open"] = [str(opens), str(ours.folder / "store" / "sled")]
        ours.commands["walk"] = [*ours.commands["open"], "walk"]
    result = {}
    alone = ["paths", "open", "walk", "status"] if "open" in ours.commands else ["paths", "status"]
    for op in [*alone, "list", "filter", "export", "add"]:
        if args.ops and op not in args.ops.split(","):
            continue
        times = measure(subjects, op, args.rounds)
        result[op] = times["circlet"]
        checks = ratios(op, size, times)
        if op in ("status", "add") and result.get("open"):
            checks.append(("over sled's open, ms", (times["circlet"] - result["open"]) * 1000, 4.0))
        if op in ("list", "export") and result.get("walk"):
            checks.append(("/sled's walk", times["circlet"] / result["walk"], None))
        table.line(size, op, times, checks)
    if shutil.which("/usr/bin/time"):
        for op in ("list", "filter", "export", "add", "status", *(["walk"] if "walk" in ours.commands else [])):
            if args.ops and op not in args.ops.split(","):
                continue
            result[f"peak {op}"] = ours.run(op, peak=True)
        peaks = {op: value for op, value in result.items() if op.startswith("peak")}
        print(f"{size:>7}  memory, MB     " + "  ".join(f"{op[5:]} {value / 1024:.1f}" for op, value in peaks.items()))
    if not args.no_owner:
        through_owner(args, subjects, size, table, result)
    return result


def through_owner(args, subjects, size, table, result):
    owner = Owner(subjects[0])
    try:
        for op in ("status", "list", "filter", "add"):
            if args.ops and op not in args.ops.split(","):
                continue
            times = measure(subjects, op, args.rounds)
            name = f"{op}, owner"
            result[name] = times["circlet"]
            checks = ratios(name, size, times)
            if op == "status":
                checks.append(("ms", times["circlet"] * 1000, 10.0))
            if op == "add" and times.get("floor"):
                checks = [(what, ratio, 4.0 if what == "/floor" else None) for what, ratio, _ in checks]
            if op == "filter" and times.get("calcurse") and size >= 10_000:
                checks = [(w, r, 1.0 if w == "/calcurse" else m) for w, r, m in checks]
            table.line(size, name, times, checks)
    finally:
        owner.close()


def growth(results, table):
    """How the smallest and the largest size compare."""
    small, large = min(results), max(results)
    if small == large:
        return
    more = large / small
    checks = []
    for op, most in (("add, owner", 1.5), ("filter, owner", 1.2 * more), ("list, owner", 1.1 * more)):
        one, other = results[small].get(op), results[large].get(op)
        if one and other:
            checks.append((op, other / one, most))
    for op in ("peak list", "peak export"):
        one, other = results[small].get(op), results[large].get(op)
        if one and other:
            checks.append((op, other / one, 1.5))
    table.line(f"{small}-{large}", "growth", {}, checks)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default="target/release/circlet")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--ops", default="")
    parser.add_argument("--without", default="", help="programs to leave out")
    parser.add_argument("--no-owner", action="store_true")
    parser.add_argument("--keep", help="make the stores here, and use those that are here already")
    args = parser.parse_args()
    args.program = os.path.abspath(args.program)
    args.without = args.without.split(",")
    folder = pathlib.Path(args.keep or tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    table = Table()
    try:
        results = {size: one_size(args, folder, size, table) for size in map(int, args.sizes.split(","))}
        growth(results, table)
    finally:
        if not args.keep:
            shutil.rmtree(folder, ignore_errors=True)
    for words in table.beyond:
        print(f"beyond: {words}", file=sys.stderr)
    sys.exit(1 if table.beyond else 0)


if __name__ == "__main__":
    main()
