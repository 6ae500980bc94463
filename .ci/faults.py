"""Lets the k-th call to the system fail, for every k of every writing command: PROGRAM EXAMPLES [SCENARIO …].

A run whose disk is full, whose rights are taken away or whose call is interrupted must leave every file as it was or as a
whole run would have made it, say in Chinese which file it is about, and end with 2; and the run after it must do the rest. So
must what a page of the form asks for. Needs strace.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from writing import SCENARIOS, Scenario, Tried, done

wanted = sys.argv[3:]

# Which errors each call can have; an interrupted call is simply made again.
FAULTS = {
    "openat": ["EACCES", "ENOSPC", "EMFILE"],
    "write": ["ENOSPC", "EIO", "EINTR"],
    "read": ["EIO", "EINTR"],
    "fsync": ["EIO", "ENOSPC"],
    "fdatasync": ["EIO"],
    "ftruncate": ["EIO"],
    "rename": ["EACCES", "ENOSPC"],
    "renameat": ["EACCES", "ENOSPC"],
    "renameat2": ["EACCES", "ENOSPC"],
    "linkat": ["EACCES"],
    "mkdir": ["EACCES", "ENOSPC"],
    "unlink": ["EACCES"],
    "unlinkat": ["EACCES"],
    "flock": ["ENOLCK"],
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def calls(log: Path, folder: Path) -> dict[str, set[int]]:
    """The calls about files of the folder, by name: which of its calls of that name each thread made."""
    counts: dict[tuple[str, str], int] = {}
    found: dict[str, set[int]] = {}
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"(\d+)\s+(?:<\.\.\. )?(\w+)(\(| resumed)", line)
        if not match or match[3] != "(":
            continue
        thread, call = match[1], match[2]
        n = counts[(thread, call)] = counts.get((thread, call), 0) + 1
        names = re.findall(r'"((?:[^"\\]|\\.)*)"', line) if call not in ("read", "write") else []
        if f"<{folder}" in line.replace(f"AT_FDCWD<{folder}", "AT_FDCWD") or any(
            name.startswith(str(folder)) or not name.startswith("/") for name in names
        ):
            found.setdefault(call, set()).add(n)
    return found


def judged(tried: Tried, what: str, clean: int, ended: subprocess.CompletedProcess, may_stay: bool) -> str:
    """What the run did; ends the program where it did wrong."""
    scenario = tried.scenario

    def wrong(why: str) -> None:
        print(ended.stdout[-2000:], ended.stderr[-3000:], sep="\n", file=sys.stderr)
        sys.exit(f"{scenario.name}, {what}: {why} (exit {ended.returncode}); the folder is kept in {tried.kept()}")

    if ended.returncode == 127 and "loading shared libraries" in ended.stderr:
        return "not begun"  # the number is that of a call of another thread
    # The signal by which files are watched, which no disk can refuse; all else must hold there, too.
    watching = what.startswith("write number") and "inotify.rs" in ended.stderr and ended.stderr.count("panicked") == 1
    if "panicked" in ended.stderr and not watching or "gone: " in ended.stdout or ended.returncode not in (*scenario.ends, 2):
        wrong("not an orderly end")
    if broken := tried.not_whole(may_stay):
        wrong(broken)
    if ended.returncode == 2 or ended.returncode != clean:
        said = [line for line in (ended.stderr + ended.stdout).splitlines() if CHINESE.search(line)]
        if not said:
            wrong("nothing said in Chinese")
        if re.search(r"os error|Os \{|Error\(", ended.stderr + ended.stdout):
            wrong("the system's own words are shown")
        return "refused"
    if missing := tried.missing():
        wrong(f"ends well, but not all is done: {missing}")
    return "done"


def all_faults(scenario: Scenario, place: Path) -> int:
    tried = Tried(scenario, place)
    log = place / "log"
    trace = ["strace", "-f", "-qq", "-y", "-s", "4096", "-o", str(log), "-e", "trace=" + ",".join(FAULTS)]
    clean = tried.first(trace)
    found = calls(log, tried.folder)
    count = {"refused": 0, "done": 0, "not begun": 0}

    def attempt(what: str, before=(), limit: int | None = None, may_stay: bool = False) -> None:
        tried.anew()
        ended = done(scenario, tried.folder, before, limit)
        count[judged(tried, what, clean.returncode, ended, may_stay)] += 1
        if ended.returncode != clean.returncode and (scenario.again or scenario.steps):
            after = done(scenario, tried.folder)
            missing = tried.missing() if scenario.again else []
            if after.returncode not in scenario.ends or missing:
                print(after.stdout, after.stderr, file=sys.stderr)
                sys.exit(f"{scenario.name}, {what}: the run after it does not do the rest: {missing}")

    for call, numbers in sorted(found.items()):
        for number in sorted(numbers):
            for error in FAULTS[call]:
                inject = f"inject={call}:error={error}:when={number}"
                attempt(
                    f"{call} number {number} fails with {error}",
                    ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject],
                    may_stay=call in ("unlink", "unlinkat"),
                )
    # Writes that end in the middle of a file.
    largest = max((len(words) for name, words in tried.new.items() if tried.old.get(name) != words), default=0)
    for part in (0, 1, largest // 3, max(largest - 1, 0)):
        attempt(f"no file may be longer than {part} bytes", limit=part)
    calls_ = sum(len(numbers) for numbers in found.values())
    print(f"{scenario.name}: {calls_} calls, {count['refused']} runs refused, {count['done']} done", flush=True)
    return sum(count.values())


runs = 0
for scenario in SCENARIOS:
    if wanted and scenario.name not in wanted:
        continue
    with tempfile.TemporaryDirectory(prefix="nianbao-faults-") as place:
        runs += all_faults(scenario, Path(place).resolve())
print(f"table: calls that fail | {runs} runs of {len(wanted or SCENARIOS)} commands | nothing lost, nothing half written")
