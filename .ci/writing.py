"""The commands that write files, each with what lies there before it: what `faults.py` and `kills.py` try."""

import http.client
import itertools
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

program, examples = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()

# What the program writes beside files for its own order: locks, and files that are not whole yet.
# What a killed undo leaves holds what was undone, and the next one takes it.
OWN = re.compile(r"(^|/)\.nianbao-(lock$|[A-Za-z0-9]{6}$)|\.undo\.new$")
# What was made of what; after a run that failed it lists a part.
RECORD = re.compile(r"/\.nianbao(\.\w+)?\.json$")


@dataclass
class Scenario:
    name: str
    prepare: Callable[[Path], None]
    command: list[str]
    ends: tuple[int, ...] = (0,)
    # Whether the command can be given again after a run that failed.
    again: bool = True
    # Whether a second run of one that was done leaves everything as it is; undoing twice does not.
    settles: bool = True
    # What a page of the form asks for, one after the other, where the command is `edit`.
    steps: tuple[tuple[str, str, str], ...] = ()


def begun(arguments: list[str], folder: Path, before=(), limit: int | None = None, out=subprocess.DEVNULL) -> subprocess.Popen:
    """A run in the folder `work` of a folder, at home in its folder `home`."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_STATE_HOME": str(home), "LANG": "C.UTF-8"}

    def narrow() -> None:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [*before, str(program), *arguments], cwd=folder / "work", env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
        text=True, errors="replace", preexec_fn=narrow, restore_signals=False, start_new_session=True,
    )


def run(arguments: list[str], folder: Path, before=(), limit: int | None = None, steps=()) -> subprocess.CompletedProcess:
    process = begun(arguments, folder, before, limit, subprocess.PIPE)
    if steps:
        return filled_in(process, steps)
    out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def done(scenario: Scenario, folder: Path, before=(), limit: int | None = None) -> subprocess.CompletedProcess:
    return run(scenario.command, folder, before, limit, scenario.steps)


class Page:
    """A page of the form, as far as it asks."""

    def __init__(self, url: str) -> None:
        self.host, path = re.fullmatch(r"http://([^/]+)(/.*)", url).groups()
        self.path = path
        page = self.ask("GET", "")[1]
        found = re.search(r'data-token="([^"]*)"', page)
        self.token = found[1] if found else ""

    def ask(self, method: str, path: str, body: dict | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        headers = {}
        if body is not None:
            headers = {"Origin": f"http://{self.host}", "X-Nianbao-Token": self.token, "Content-Type": "application/json"}
        connection.request(method, self.path + path, json.dumps(body).encode() if body is not None else None, headers)
        answer = connection.getresponse()
        words = answer.read().decode(errors="replace")
        connection.close()
        return answer.status, words

    def take(self, step: tuple[str, str, str]) -> tuple[int, str]:
        what, path, new = step
        if what != "put":
            return self.ask("POST", what, {})
        status, state = self.ask("GET", "state")
        if status != 200:
            return status, state
        change = {"kind": "value", "path": path, "old": json.loads(state)["values"].get(path), "new": new}
        return self.ask("POST", "edit", {"label": "填写", "changes": [change]})


def own_id(process: subprocess.Popen) -> int:
    """The program itself, where another program runs it."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(children[0]) if children else process.pid


def filled_in(process: subprocess.Popen, steps) -> subprocess.CompletedProcess:
    """A session of the form that takes some steps and is ended; what it refused counts as what a command refuses."""
    said, complained = [], []
    reader = threading.Thread(target=lambda: complained.extend(process.stderr), daemon=True)
    reader.start()
    url = None
    for line in process.stdout:
        said.append(line)
        if match := re.search(r"http://\S+", line):
            url = match[0]
            break
    failed = False
    if url:
        try:
            page = Page(url)
            for step in steps:
                status, words = page.take(step)
                if status != 200:
                    failed = True
                    # A page that is not to be had at all is said as such.
                    said.append(words + "\n")
        except (OSError, http.client.HTTPException) as error:
            failed = True
            said.append(f"没有回答：{error}\n" if process.poll() is None else f"gone: {error}\n")
        if process.poll() is None:
            os.kill(own_id(process), signal.SIGINT)
    said.extend(process.stdout)
    code = process.wait(120)
    reader.join(10)
    return subprocess.CompletedProcess(process.args, 2 if failed and code == 0 else code, "".join(said), "".join(complained))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def states(scenario: Scenario, base: Path, folder: Path) -> dict[str, set[bytes]]:
    """What each file may hold between the steps of a session; of a command there is nothing between."""
    found: dict[str, set[bytes]] = {}
    for n in range(1, len(scenario.steps)):
        for steps in itertools.combinations(scenario.steps, n):
            shutil.rmtree(folder)
            shutil.copytree(base, folder, symlinks=True)
            run(scenario.command, folder, steps=steps)
            for name, words in contents(folder).items():
                found.setdefault(name, set()).add(words)
    return found


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
            made = run(command, folder.parent)
            if made.returncode not in (0, 1):
                sys.exit(f"{command} ends with {made.returncode}: {made.stderr}")

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


def rolled(folder: Path) -> None:
    (folder / "名单.csv").write_text("单位名称\n教育局\n公安局\n青溪镇人民政府\n", encoding="utf-8")


def collected(folder: Path) -> None:
    """A workbook, and a data file with one figure other than in it."""
    made([["export", REPORT, "--out", "数据.xlsx"]], REPORT)(folder)
    report = folder / REPORT
    report.write_bytes(report.read_bytes().replace(b"issued = 9,", b"issued = 8,", 1))


REPORT = "haidong-2023.toml"
PAGE = "海东市人民政府2023年政府信息公开工作年度报告.html"
RECEIVED = "requests.received.natural_person"
SCENARIOS = [
    Scenario("build", copied(REPORT), ["build", REPORT, "--out", "成品", "--format", "html,docx,pdf,ofd"]),
    Scenario("build again", made([["build", REPORT, "--out", "成品", "--draft"]], REPORT), ["build", REPORT, "--out", "成品"]),
    Scenario("folder", district, ["build", "全区", "--out", "成品", "--format", "html"], ends=(0, 1)),
    Scenario("sheet", copied(REPORT), ["check", REPORT, "--sheet", "检查单.html"], ends=(0, 1)),
    Scenario("compare sheet", copied("khorgos-2022.toml", "khorgos-2023.toml"),
             ["compare", "khorgos-2022.toml", "khorgos-2023.toml", "--sheet", "对照表.html"], ends=(0, 1)),
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
        settles=False,
    ),
    Scenario("second", copied(REPORT), ["second", REPORT], ends=(0, 1), again=False),
    Scenario("list", rolled, ["units", "new", "名单.csv", "--year", "2023", "--name", "云岭县人民政府", "-o", "报送/units.toml"],
             ends=(0, 1), again=False),
    Scenario("send", district, ["units", "send", "全区", "--all"], ends=(0, 1)),
    Scenario("receive", returned, ["units", "receive", "收件"], ends=(0, 1)),
    Scenario("form", copied(REPORT), ["edit", REPORT, "--no-open"], again=False, steps=(
        ("put", RECEIVED, "108"), ("put", "agency.contact.phone", "0972-1234567"), ("undo", "", ""))),
]


class Tried:
    """A scenario with its folders: as it is before, as it is after a whole run, and the one in which it is tried."""

    def __init__(self, scenario: Scenario, place: Path) -> None:
        self.scenario, self.base, self.folder = scenario, place / "before", place / "tried"
        (self.base / "work").mkdir(parents=True)
        scenario.prepare(self.base / "work")
        # Always in a folder of one name: full paths may stand in what is remembered.
        shutil.copytree(self.base, self.folder, symlinks=True)
        self.old = contents(self.folder)

    def first(self, before=()) -> subprocess.CompletedProcess:
        """The whole run, after which it is known what must come out."""
        clean = done(self.scenario, self.folder, before)
        if clean.returncode not in self.scenario.ends:
            sys.exit(f"{self.scenario.name}: the run itself ends with {clean.returncode}\n{clean.stdout}{clean.stderr}")
        self.new = {name: words for name, words in contents(self.folder).items() if not OWN.search(name)}
        if self.new == self.old:
            sys.exit(f"{self.scenario.name}: writes nothing")
        self.between = states(self.scenario, self.base, self.folder)
        return clean

    def anew(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.base, self.folder, symlinks=True)

    def not_whole(self, own_may_stay: bool) -> str | None:
        """What is lost, left behind, or neither as before nor whole."""
        now = contents(self.folder)
        for name in self.old:
            if name not in now and name in self.new:
                return f"lost: {name}"
        for name, words in now.items():
            if OWN.search(name):
                if not own_may_stay:
                    return f"left behind: {name}"
            elif RECORD.search(name):
                # It lists what was made, which may be a part.
                json.loads(words)
            elif words not in (self.old.get(name), self.new.get(name), *self.between.get(name, ())):
                return f"neither as before nor whole: {name}"
        return None

    def missing(self) -> list[str]:
        """The files that are not as a whole run leaves them; what is only remembered for comfort may be missing."""
        now = contents(self.folder)
        names = {name for name in {*now, *self.new} if now.get(name) != self.new.get(name)}
        return sorted(name for name in names if not name.startswith("home/") and not OWN.search(name) and not RECORD.search(name))

    def kept(self) -> Path:
        """A copy of the folder that outlasts the run."""
        kept = Path(tempfile.mkdtemp(prefix="tried-")) / "folder"
        shutil.copytree(self.folder, kept, symlinks=True)
        return kept
