"""Answers a program's questions on a terminal: asked.py ANSWERS PROGRAM ARGUMENTS...

Each answer, apart from the next by a comma, is typed when the program asks; what it says goes to standard output.
"""

import os
import pty
import select
import sys

# Longer than any answer takes; only a program that asks nothing and ends nothing waits for it.
PATIENCE = 60


def main(answers, command):
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)
    said = b""
    while select.select([terminal], [], [], PATIENCE)[0]:
        try:
            said += os.read(terminal, 4096)
        except OSError:
            break
        if said.decode("utf-8", "ignore").endswith("："):
            if not answers:
                break
            os.write(terminal, (answers.pop(0) + "\n").encode())
    else:
        os.kill(child, 9)
    os.close(terminal)
    sys.stdout.write(said.decode("utf-8", "replace"))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


sys.exit(main(sys.argv[1].split(","), sys.argv[2:]))
