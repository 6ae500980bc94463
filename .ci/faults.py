"""Lets the k-th call to the system fail, for every k of every writing command: PROGRAM EXAMPLES [SCENARIO …].

A run whose disk is full, whose rights are taken away or whose call is interrupted must leave every file as it was or as a
whole run would have made it, say in Chinese which file it is about, and end with 2; and the run after it must do the rest.
Needs strace.
"""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

program, examples = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
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
OWN = re.compile(r"(^|/)\.nianbao-(lock$|[A-Za-z0-9]{6}$)")
RECORD = re.compile(r"/\.nianbao(\.\w+)?\.json$")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Scenario:
    name: str
    prepare: Callable[[Path], None]
    command: list[str]
    ends: tuple[int, ...] = (0,)
    # Whether the command can be given again after a run that failed.
    again: bool = True


def run(arguments: list[str], folder: Path, before=(), limit: int | None = None) -> subprocess.CompletedProcess:
    home = folder / "home"
    home.mkdir(exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_STATE_HOME": str(home), "LANG": "C.UTF-8"}

    def narrow() -> None:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [*before, str(program), *arguments], cwd=folder / "work", env=environment, capture_output=True, text=True,
        errors="replace", stdin=subprocess.DEVNULL, timeout=300, preexec_fn=narrow, restore_signals=False, check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


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


def judged(
    scenario: Scenario, what: str, clean: int, done: subprocess.CompletedProcess, folder: Path, old: dict, new: dict, may_stay: bool
) -> str:
    """What the run did; ends the program where it did wrong."""

    def wrong(why: str) -> None:
        kept = Path(tempfile.mkdtemp(prefix="faults-")) / "folder"
        shutil.copytree(folder, kept, symlinks=True)
        print(done.stdout[-2000:], done.stderr[-3000:], sep="\n", file=sys.stderr)
        sys.exit(f"{scenario.name}, {what}: {why} (exit {done.returncode}); the folder is kept in {kept}")

    if done.returncode == 127 and "loading shared libraries" in done.stderr:
        return "not begun"  # the number is that of a call of another thread
    now = contents(folder)
    if "panicked" in done.stderr or done.returncode not in (*scenario.ends, 2):
        wrong("not an orderly end")
    for name, words in old.items():
        if name not in now and name in new:
            wrong(f"lost: {name}")
    for name, words in now.items():
        if OWN.search(name):
            if not may_stay:
                wrong(f"left behind: {name}")
        elif RECORD.search(name):
            # It lists what was made, which may be a part.
            json.loads(words)
        elif words not in (old.get(name), new.get(name)):
            wrong(f"neither as before nor whole: {name}")
    same = {name: words for name, words in now.items() if not OWN.search(name)} == new
    if done.returncode == 2 or done.returncode != clean:
        said = [line for line in (done.stderr + done.stdout).splitlines() if CHINESE.search(line)]
        if not said:
            wrong("nothing said in Chinese")
        if re.search(r"os error|Os \{|Error\(", done.stderr):
            wrong("the system's own words are shown")
        return "refused"
    if not same:
        missing = [name for name in new if now.get(name) != new[name]]
        extra = [name for name in now if name not in new and not OWN.search(name)]
        # What is only remembered for comfort, such as which files were opened last, may be missing.
        if any(not name.startswith("home/") and not RECORD.search(name) for name in missing + extra):
            wrong(f"ends well, but not all is done: {missing + extra}")
    return "done"


def tried(scenario: Scenario, place: Path) -> None:
    base, new_place = place / "before", place / "after"
    for folder in (base, new_place):
        (folder / "work").mkdir(parents=True)
    scenario.prepare(base / "work")
    folder = place / "tried"
    # Always in a folder of one name: full paths may stand in what is remembered.
    shutil.copytree(base, folder, symlinks=True)
    old = contents(folder)
    log = place / "log"
    trace = ["strace", "-f", "-qq", "-y", "-s", "4096", "-o", str(log), "-e", "trace=" + ",".join(FAULTS)]
    clean = run(scenario.command, folder, trace)
    if clean.returncode not in scenario.ends:
        sys.exit(f"{scenario.name}: the run itself ends with {clean.returncode}\n{clean.stdout}{clean.stderr}")
    new = contents(folder)
    if new == old:
        sys.exit(f"{scenario.name}: writes nothing")
    found = calls(log, folder)
    count = {"refused": 0, "done": 0, "not begun": 0}

    def attempt(what: str, before=(), limit: int | None = None, may_stay: bool = False) -> None:
        shutil.rmtree(folder)
        shutil.copytree(base, folder, symlinks=True)
        done = run(scenario.command, folder, before, limit)
        count[judged(scenario, what, clean.returncode, done, folder, old, new, may_stay)] += 1
        if done.returncode != clean.returncode and scenario.again:
            after = run(scenario.command, folder)
            rest = {name: words for name, words in contents(folder).items() if not OWN.search(name)}
            missing = [name for name in new if rest.get(name) != new[name] and not name.startswith("home/")]
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
    largest = max((len(words) for name, words in new.items() if old.get(name) != words), default=0)
    for part in (0, 1, largest // 3, max(largest - 1, 0)):
        attempt(f"no file may be longer than {part} bytes", limit=part)
    calls_ = sum(len(numbers) for numbers in found.values())
    print(f"{scenario.name}: {calls_} calls, {count['refused']} runs refused, {count['done']} done", flush=True)


def copied(*names: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        for name in names:
            shutil.copy(examples / name, folder / name)

    return prepare


def made(then: list[list[str]], *names: str) -> Callable[[Path], None]:
    """A folder with some examples, after some commands."""

    def prepare(folder: Path) -> None:
        copied(*names)(folder)
        for command in then:
            done = run(command, folder.parent)
            if done.returncode not in (0, 1):
                sys.exit(f"{command} ends with {done.returncode}: {done.stderr}")

    return prepare


def district(folder: Path) -> None:
    shutil.copytree(examples / "district", folder / "全区")


def returned(folder: Path) -> None:
    """A list, and what came back from two of its units."""
    district(folder)
    (folder / "收件").mkdir()
    (folder / "报送").mkdir()
    for name in ("教育局", "青溪镇"):
        (folder / "全区" / f"{name}.toml").rename(folder / "收件" / f"年报（{name}）.toml")
    (folder / "全区" / "units.toml").rename(folder / "报送" / "units.toml")
    shutil.rmtree(folder / "全区")


def collected(folder: Path) -> None:
    """A workbook, and a data file with one figure other than in it."""
    made([["export", REPORT, "--out", "数据.xlsx"]], REPORT)(folder)
    report = folder / REPORT
    report.write_bytes(report.read_bytes().replace(b"issued = 9,", b"issued = 8,", 1))


REPORT = "haidong-2023.toml"
PAGE = "海东市人民政府2023年政府信息公开工作年度报告.html"
SCENARIOS = [
    Scenario("build", copied(REPORT), ["build", REPORT, "--out", "成品", "--format", "html,docx,pdf,ofd"]),
    Scenario("build again", made([["build", REPORT, "--out", "成品", "--draft"]], REPORT), ["build", REPORT, "--out", "成品"]),
    Scenario("folder", district, ["build", "全区", "--out", "成品", "--format", "html"], ends=(0, 1)),
    Scenario("sheet", copied(REPORT), ["check", REPORT, "--sheet", "检查单.html"], ends=(0, 1)),
    Scenario("new", copied(), ["new", "年报.toml"], again=False),
    Scenario("sum", district, ["sum", "全区", "--out", "合计.toml"], ends=(0, 1), again=False),
    Scenario("export", copied(REPORT), ["export", REPORT, "--out", "数据.xlsx"], again=False),
    Scenario("figures", collected, ["import-figures", "数据.xlsx", "--into", REPORT], ends=(0, 1)),
    Scenario(
        "import", made([["build", REPORT, "--format", "html", "--out", "成品"]], REPORT),
        ["import", f"成品/{PAGE}", "--out", "读出.toml"], ends=(0, 1), again=False,
    ),
    Scenario(
        "import into", made([["build", REPORT, "--format", "html", "--out", "成品"], ["new", "年报.toml"]], REPORT),
        ["import", f"成品/{PAGE}", "--into", "年报.toml"], ends=(0, 1),
    ),
    Scenario(
        "undo", made([["build", REPORT, "--format", "html", "--out", "成品"], ["new", "年报.toml"],
                      ["import", f"成品/{PAGE}", "--into", "年报.toml"]], REPORT), ["undo", "年报.toml"],
    ),
    Scenario("send", district, ["units", "send", "全区", "--all"], ends=(0, 1)),
    Scenario("receive", returned, ["units", "receive", "收件"], ends=(0, 1)),
]

for scenario in SCENARIOS:
    if wanted and scenario.name not in wanted:
        continue
    with tempfile.TemporaryDirectory(prefix="nianbao-faults-") as place:
        tried(scenario, Path(place).resolve())
