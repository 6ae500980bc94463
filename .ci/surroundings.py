"""The same bytes in every surrounding: PROGRAM EXAMPLES.

Every writing command is run in surroundings that differ in one thing each: one processor or all, time zone, language, home,
folder for temporary files, clock of builds (SOURCE_DATE_EPOCH), working folder, times of the files, their order in the folder,
umask, terminal width. What it writes and prints must not differ in a byte.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from writing import RECORD, SCENARIOS, OWN, contents, program


@dataclass
class Surrounding:
    name: str
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "work"
    # The time of all files, in seconds since 1970.
    time: int = 1_600_000_000
    processors: set[int] | None = None
    umask: int = 0o022


ALL = [
    Surrounding("plain"),
    Surrounding("one processor", processors={0}),
    Surrounding("Asia/Shanghai", {"TZ": "Asia/Shanghai"}),
    Surrounding("America/Los_Angeles", {"TZ": "America/Los_Angeles"}),
    Surrounding("GB18030", {"LANG": "zh_CN.GB18030", "LC_ALL": "zh_CN.GB18030"}),
    Surrounding("Turkish", {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}),
    Surrounding("no language", {"LANG": "", "LC_ALL": "C"}),
    Surrounding("another home", {"HOME": "/nowhere", "XDG_STATE_HOME": "/nowhere", "USER": "somebody"}),
    Surrounding("no temporary folder", {"TMPDIR": "/nowhere"}),
    Surrounding("SOURCE_DATE_EPOCH", {"SOURCE_DATE_EPOCH": "1"}),
    Surrounding("another folder", folder="年报 一/二/work"),
    Surrounding("old files", time=1_000_000),
    Surrounding("files of the future", time=4_000_000_000),
    Surrounding("umask 077", umask=0o077),
    Surrounding("narrow", {"COLUMNS": "40", "TERM": "dumb"}),
]


def made(scenario, surrounding: Surrounding) -> tuple[dict[str, bytes], str]:
    """All files after a run, and what was printed, where the place is called by one name."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as place:
        root = Path(place) / surrounding.folder
        work = root if surrounding.folder.endswith("work") else root / "work"
        work.mkdir(parents=True)
        scenario.prepare(work)
        for path in work.rglob("*"):
            os.utime(path, (surrounding.time, surrounding.time))
        home = Path(place) / "home"
        home.mkdir(exist_ok=True)
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **surrounding.environment}

        def prepare() -> None:
            os.umask(surrounding.umask)
            if surrounding.processors:
                os.sched_setaffinity(0, surrounding.processors)

        done = subprocess.run(
            [program, *scenario.command], cwd=work, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL, preexec_fn=prepare,
        )
        if done.returncode not in scenario.ends:
            sys.exit(f"{scenario.name}, {surrounding.name}: ends with {done.returncode}\n{done.stderr.decode()}")
        # The record of what was made of what holds the times of files, by which it only saves work.
        files = {name: words for name, words in contents(work).items() if not OWN.search(name) and not RECORD.search("/" + name)}
        printed = (done.stdout + done.stderr).decode().replace(str(work), "工作文件夹")
        return files, printed


runs = 0
for scenario in SCENARIOS:
    if scenario.steps:
        continue  # its output is the address of a page; what it writes is made through the same functions
    expected, words = made(scenario, ALL[0])
    for surrounding in ALL:
        files, printed = made(scenario, surrounding)
        runs += 1
        differ = [name for name in {*files, *expected} if files.get(name) != expected.get(name)]
        if differ or printed != words:
            print(words, printed, sep="\n── and ──\n", file=sys.stderr)
            sys.exit(f"{scenario.name}, {surrounding.name}: differs in {differ or 'what is printed'}")
    print(f"{scenario.name}: {len(expected)} files, the same in {len(ALL)} surroundings", flush=True)
print(f"table: surroundings | {runs} runs in {len(ALL)} surroundings | the same bytes and words")
