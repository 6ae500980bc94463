"""Kills every writing command at many moments; what stands under its name must be whole: PROGRAM EXAMPLES KILLS [SCENARIO …].

A killed run may leave something half-written only under a name of its own, which the next run removes; every other file is as
it was or as a whole run makes it, byte for byte, and the next run does the rest.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from writing import OWN, SCENARIOS, Page, Scenario, Tried, begun, contents, done, examples

n_kills, wanted = int(sys.argv[3]), sys.argv[4:]
REPORTS = 12


def many(folder: Path) -> None:
    """Reports of bodies of their own: two reports of one are refused."""
    report = (examples / "haidong-2023.toml").read_text(encoding="utf-8")
    for i in range(REPORTS):
        (folder / "全区" / f"单位{i:02}").mkdir(parents=True)
        own = re.sub(r'^name( *)= "[^"]*"', rf'name\1= "海东市第{i:02}区人民政府"', report, count=1, flags=re.M)
        (folder / "全区" / f"单位{i:02}" / "年报.toml").write_text(own, encoding="utf-8", newline="")


def steps_of(process: subprocess.Popen, scenario: Scenario) -> None:
    """Asks for the steps of a session until it is killed."""
    for line in process.stdout:
        if match := re.search(r"http://\S+", line):
            try:
                page = Page(match[0])
                for step in scenario.steps:
                    page.take(step)
            except (OSError, ValueError, KeyError, AttributeError):
                return  # it was killed
            except Exception as error:
                if type(error).__module__ != "http.client":
                    raise
                return
            # All is asked for; the form is ended from outside.
            os.killpg(process.pid, signal.SIGINT)


def killed(tried: Tried, moment: float) -> bool:
    """Begins a run and kills it after some seconds; false where it was quicker."""
    scenario = tried.scenario
    out = subprocess.PIPE if scenario.steps else subprocess.DEVNULL
    process = begun(scenario.command, tried.folder, out=out)
    if scenario.steps:
        threading.Thread(target=steps_of, args=(process, scenario), daemon=True).start()
    try:
        process.wait(moment)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def all_kills(scenario: Scenario, place: Path) -> int:
    tried = Tried(scenario, place)
    tried.first()
    runs = []
    for _ in range(5):
        tried.anew()
        began = time.monotonic()
        if scenario.steps:
            done(scenario, tried.folder)
        else:
            # As those that are killed: what reads their words takes time of its own.
            begun(scenario.command, tried.folder, out=subprocess.DEVNULL).wait()
        runs.append(time.monotonic() - began)
    # With any slower one most kills would come too late.
    whole_run = min(runs)
    n_killed = left = changed = 0
    goes_on = scenario.again and scenario.settles
    tried.anew()
    for i in range(n_kills):
        # From the first moment to past the end, and never in the same order as the work.
        moment = whole_run * 1.05 * ((i * 0.6180339887) % 1)
        n_killed += killed(tried, moment)
        if broken := tried.not_whole(own_may_stay=True):
            sys.exit(f"{scenario.name}, killed after {moment:.3f} s of {whole_run:.3f} s: {broken}; the folder is kept in {tried.kept()}")
        now = contents(tried.folder)
        left += any(OWN.search(name) for name in now)
        changed += now != tried.old
        # Every fourth time the next run goes on from what is there.
        if i % 4 == 3 and goes_on:
            after = done(scenario, tried.folder)
            broken = tried.not_whole(own_may_stay=False) or tried.missing()
            if after.returncode not in scenario.ends or broken:
                sys.exit(f"{scenario.name}: the run after the kill at {moment:.3f} s does not do the rest: {broken} (exit {after.returncode})"
                         f"\n{after.stdout}{after.stderr}; the folder is kept in {tried.kept()}")
        if not scenario.settles:
            # Which of two texts stands in the file depends on how far it got; none may be lost by the next.
            done(scenario, tried.folder)
            now = contents(tried.folder)
            if lost := [name for name, words in tried.old.items() if words not in now.values()]:
                sys.exit(f"{scenario.name}: the run after the kill at {moment:.3f} s loses {lost}; the folder is kept in {tried.kept()}")
            if left_behind := [name for name in now if OWN.search(name)]:
                sys.exit(f"{scenario.name}: the run after the kill at {moment:.3f} s leaves {left_behind}")
        if i % 2 == 1 or not goes_on:
            tried.anew()
    if n_killed < n_kills // 3:
        sys.exit(f"{scenario.name}: only {n_killed} of {n_kills} runs were killed before their end")
    print(f"{scenario.name}: {n_killed} of {n_kills} runs of {whole_run:.2f} s killed; {changed} times something was written by then, "
          f"{left} times something half-written lay beside, which the next run removes", flush=True)
    return n_killed


kills = commands = 0
for scenario in [Scenario("many reports", many, ["build", "全区", "--out", "成品"]), *SCENARIOS]:
    if wanted and scenario.name not in wanted:
        continue
    with tempfile.TemporaryDirectory(prefix="nianbao-kills-") as place:
        kills += all_kills(scenario, Path(place).resolve())
        commands += 1
print(f"table: kills | {kills} kills of {commands} commands | every file as before or whole, and the next run does the rest")
