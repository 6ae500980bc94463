"""Kills the program at many moments of a run over a folder; what stands under its name must be whole: PROGRAM EXAMPLE KILLS."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

program, example, n_kills = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), int(sys.argv[3])
REPORTS = 12
FORMATS = (".html", ".docx", ".pdf")


def build(folder: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [program, "build", "全区", "--out", "成品"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.suffix in FORMATS)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def strangers(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix not in FORMATS and path.name != ".nianbao.json"]


with tempfile.TemporaryDirectory() as place:
    folder = Path(place)
    for i in range(REPORTS):
        (folder / "全区" / f"单位{i:02}").mkdir(parents=True)
        # Each of a body of its own: two reports of one are refused.
        own = re.sub(r'^name( *)= "[^"]*"', rf'name\1= "海东市第{i:02}区人民政府"', example.read_text(encoding="utf-8"), count=1, flags=re.M)
        (folder / "全区" / f"单位{i:02}" / "年报.toml").write_text(own, encoding="utf-8", newline="")
    out = folder / "成品"
    began = time.monotonic()
    if code := build(folder).wait():
        sys.exit(f"the run itself ends with {code}")
    whole_run = time.monotonic() - began
    expected = digests(out)
    assert len(expected) == REPORTS * len(FORMATS), expected
    shutil.rmtree(out)

    killed = left = most = 0
    for i in range(n_kills):
        # From the first moment to past the end, and never in the same order as the work.
        moment = whole_run * 1.05 * ((i * 0.6180339887) % 1)
        run = build(folder)
        try:
            run.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            killed += 1
        found = digests(out) if out.exists() else {}
        broken = [name for name, digest in found.items() if expected.get(name) != digest]
        if broken:
            sys.exit(f"killed after {moment:.3f} s of {whole_run:.3f} s: not whole: {broken}")
        left += bool(strangers(out)) if out.exists() else 0
        most = max(most, len(found))
        # Every fourth time the next run goes on from what is there; else everything is made anew.
        if i % 4 == 3:
            if code := build(folder).wait():
                sys.exit(f"the run after the kill ends with {code}")
            if digests(out) != expected:
                sys.exit("the run after the kill does not make the rest")
            if strangers(out):
                sys.exit(f"left behind: {strangers(out)}")
        if i % 2 == 1 and out.exists():
            shutil.rmtree(out)
    if killed < n_kills // 2:
        sys.exit(f"only {killed} of {n_kills} runs were killed before their end")
    print(f"{killed} of {n_kills} runs of {whole_run:.2f} s killed; {left} left something half-written beside, which the next run removed")
