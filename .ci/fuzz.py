"""Runs the fuzzer on every target, one after the other, for so many seconds or until half an hour brings nothing new:
SECONDS [TARGET …].

The targets are built (`cargo fuzz build --sanitizer none`) and their seeds written (`--features seeds --bin seeds`). Every target runs with its
dictionary; of what it reached it is said how many executions that took, and which share of all places of the program.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

seconds, wanted = float(sys.argv[1]), sys.argv[2:]
QUIET = 1800.0
root = Path(__file__).resolve().parent.parent / "fuzz"
programs = next(root.glob("target/*/release"))
targets = wanted or sorted(path.stem for path in (root / "fuzz_targets").glob("*.rs") if path.stem != "seeds")

failed = []
for target in targets:
    reached, artifacts = root / "reached" / target, root / "artifacts" / target
    for folder in (reached, artifacts):
        folder.mkdir(parents=True, exist_ok=True)
    committed = [str(folder) for kept in ("corpus", "found") if (folder := root / kept / target).is_dir()]
    dictionary = next((path for name in (target, "data_file") if (path := root / "dictionaries" / f"{name}.dict").exists()), None)
    arguments = [
        str(programs / target), str(reached), *committed, f"-dict={dictionary}", f"-artifact_prefix={artifacts}/", "-timeout=60",
        "-report_slow_units=60", "-rss_limit_mb=4096", "-print_final_stats=1", f"-max_total_time={max(int(seconds), 1)}", "-max_len=65536",
    ]
    new = time.monotonic()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", cwd=root)
    last, edges, features, places, tail = "", 0, 0, 0, []
    for line in process.stderr:
        tail = [*tail[-40:], line]
        if match := re.search(r"\((\d+) inline 8-bit counters\)", line):
            places = int(match[1])
        if match := re.search(r"#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+)", line):
            last = match[1]
            # What a run stores without reaching a new place is no news.
            if int(match[2]) > edges:
                new = time.monotonic()
            edges, features = max(edges, int(match[2])), max(features, int(match[3]))
        if match := re.search(r"stat::number_of_executed_units:\s*(\d+)", line):
            last = match[1]
        if time.monotonic() - new > QUIET:
            process.terminate()
            break
    process.stderr.close()
    # What else the machine did takes none of the seconds that are told.
    _, status, usage = os.wait4(process.pid, 0)
    code = process.returncode = os.waitstatus_to_exitcode(status)
    took = max(usage.ru_utime + usage.ru_stime, 0.1)
    runs = int(last or 0)
    broke = sorted(path.name for path in artifacts.iterdir())
    result = f"{runs / took:.0f} a second, {edges:,} of {places:,} places reached ({100 * edges / max(places, 1):.0f}%)"
    if broke or (code not in (0, -15) and time.monotonic() - new <= QUIET):
        failed.append(target)
        print("".join(tail), file=sys.stderr)
        result += f"; BROKEN: {broke}"
    else:
        result += "; nothing broken"
    print(f"table: fuzz {target} | {runs:,} executions in {took:.0f} s of CPU | {result}", flush=True)
if failed:
    sys.exit(f"broken: {', '.join(failed)}; see fuzz/artifacts")
