"""An office with many units: PROGRAM EXAMPLES large N [SEED] | PROGRAM EXAMPLES kills N.

`large` makes a list of N units and a return of each (data files, workbooks, Word files; every fiftieth faulty), and says how long
the program takes for list, send, receive and stand, and how much memory. `kills` ends send and receive at many moments: what
stands under its name must be whole, and the next run must finish the work and leave nothing half-written.
"""

import hashlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

program, examples, what, n = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3], int(sys.argv[4])
seed = int(sys.argv[5]) if len(sys.argv) > 5 else 1
LIMITS = {"receive": (60, 400), "stand again": (5, 400)}  # seconds and MB for 3,000 units
NAME = "云岭县教育局"
report = (examples / "district" / "教育局.toml").read_text()


def start(folder: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [program, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def run(folder: Path, *arguments: str, codes: tuple[int, ...] = (0,)) -> tuple[float, float, float]:
    """Seconds, MB and seconds of processors that a run takes."""
    began = time.monotonic()
    child = start(folder, *arguments)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = code = os.waitstatus_to_exitcode(status)
    if code not in codes:
        sys.exit(f"{' '.join(arguments)} ends with {code}")
    return time.monotonic() - began, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def names(count: int) -> list[str]:
    return [f"云岭县第{i}办事处" for i in range(1, count + 1)]


def listed(folder: Path, count: int) -> None:
    (folder / "名单.csv").write_text("单位名称\n" + "".join(f"{name}\n" for name in names(count)))
    run(folder, "units", "new", "名单.csv", "--year", "2023", "--name", "云岭县人民政府", "--due", "2024-01-20", "-o", "报送/units.toml")


def filled(name: str, granted: int = 5) -> str:
    text = report.replace(NAME, name)
    text = text.replace("received    = [7,", f"received    = [{granted + 2},")
    return text.replace("granted = [5,", f"granted = [{granted},", 1)


def renamed(package: bytes, name: str) -> bytes:
    """A workbook or Word file of another body."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as out:
        for part in old.namelist():
            out.writestr(part, old.read(part).replace(NAME.encode(), name.encode()))
    return new.getvalue()


def large(folder: Path) -> None:
    dice = random.Random(seed)
    took: dict[str, tuple[float, float, float]] = {}

    def measured(step: str, *arguments: str) -> None:
        took[step] = run(folder, *arguments, codes=(0, 1))
        seconds, memory, busy = took[step]
        print(f"{step}: {seconds:.1f} s ({busy:.1f} s of processors), {memory:.0f} MB", flush=True)

    listed(folder, n)
    measured("send", "units", "send", "报送")
    (folder / "年报.toml").write_text(report)
    run(folder, "export", "--xlsx", "年报.toml", "--out", "年报.xlsx")
    run(folder, "build", "年报.toml", "--format", "docx", "--out", "成品")
    workbook = (folder / "年报.xlsx").read_bytes()
    word = next((folder / "成品").glob("*.docx")).read_bytes()
    inbox = folder / "报送" / "收件夹"
    inbox.mkdir()
    for i, name in enumerate(names(n)):
        faulty = i % 50 == 49
        kind = dice.choice(["data", "workbook", "word"])
        if kind == "data":
            text = filled(name, dice.randrange(1, 400))
            (inbox / f"来文{i}.toml").write_text(text.replace("year = 2023", "year = 2022") if faulty else text)
            continue
        package = renamed(workbook if kind == "workbook" else word, name)
        extension = "xlsx" if kind == "workbook" else "docx"
        (inbox / f"来文{i}.{extension}").write_bytes(package[: len(package) // 2] if faulty else package)
    measured("receive", "units", "receive", "报送/收件夹")
    measured("stand", "units", "报送", "--today", "2024-01-22")
    measured("stand again", "units", "报送", "--today", "2024-01-22")
    taken = len(list((folder / "报送").glob("*.toml"))) - 1
    expected = n - n // 50
    if taken != expected:
        sys.exit(f"{taken} reports were taken, not {expected}")
    for step, (seconds, memory) in LIMITS.items():
        if n == 3000 and (took[step][0] > seconds or took[step][1] > memory):
            sys.exit(f"{step} takes more than {seconds} s or {memory} MB")


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".nianbao") and path.suffix != ".undo")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def half_written(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".nianbao-*")]


def killed(folder: Path, arguments: tuple[str, ...], allowed: dict[str, set[str]], whole_run: float, i: int) -> bool:
    """Ends a run at some moment, and looks at all that stands there."""
    child = start(folder, *arguments)
    # From the first moment to past the end, and never in the same order as the work.
    moment = whole_run * 1.05 * ((i * 0.6180339887) % 1)
    is_killed = False
    try:
        child.wait(moment)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        is_killed = True
    broken = [name for name, digest in digests(folder / "报送").items() if digest not in allowed.get(name, {digest})]
    if broken:
        sys.exit(f"{arguments} killed after {moment:.3f} s of {whole_run:.3f} s: not whole: {broken}")
    return is_killed


def kills(place: Path) -> None:
    count = 12
    first = place / "first"
    first.mkdir()
    listed(first, count)
    # Some lie in folders of their own.
    list_file = first / "报送" / "units.toml"
    text = list_file.read_text()
    for name in names(count)[::3]:
        text = text.replace(f'file = "{name}.toml"', f'file = "街道/{name}.toml"')
    list_file.write_text(text)
    send = ("units", "send", "报送")
    receive = ("units", "receive", "收件夹", "--list", "报送")
    for i, name in enumerate(names(count)):
        (first / "收件夹").mkdir(exist_ok=True)
        (first / "收件夹" / f"{i}.toml").write_text(filled(name, 9))
        if i % 2:
            file = first / "报送" / ("街道" if i % 3 == 0 else "") / f"{name}.toml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(filled(name, 3))
    before = digests(first / "报送")
    for arguments in (send, receive):
        # The quickest of some runs: on a busy machine one may take many times as long.
        took = []
        for i in range(4):
            done = place / f"{arguments[1]}{i}"
            shutil.copytree(first, done)
            took.append(run(done, *arguments)[0])
        whole_run = min(took)
        expected = digests(done / "报送")
        allowed = {name: {expected[name]} | ({before[name]} if name in before else set()) for name in expected}
        folder = place / "again"
        n_killed = 0
        for i in range(n):
            if not folder.exists():
                shutil.copytree(first, folder)
            n_killed += killed(folder, arguments, allowed, whole_run, i)
            if i % 2:
                run(folder, *arguments)
                found = digests(folder / "报送")
                if found != expected:
                    wrong = sorted(name for name in found | expected if found.get(name) != expected.get(name))
                    sys.exit(f"{arguments}: the run after the kill does not finish the work: {wrong}")
                if left := half_written(folder):
                    sys.exit(f"{arguments}: left behind: {left}")
                shutil.rmtree(folder)
        print(f"{arguments[1]}: {n_killed} of {n} runs of {whole_run:.2f} s killed; every next run finished the work")
        if n_killed < n // 4:
            sys.exit("too few runs were killed before their end")


with tempfile.TemporaryDirectory() as place:
    {"large": large, "kills": kills}[what](Path(place))
