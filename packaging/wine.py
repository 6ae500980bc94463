"""What packaging/wine tries: PACKAGE NATIVE EXAMPLES WORK."""

import fcntl
import hashlib
import http.cookiejar
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import urllib.request
from pathlib import Path

package, native, examples, work = (Path(argument) for argument in sys.argv[1:5])
program = package / "nianbao.exe"
WINE = "/usr/lib/wine/wine64"
environment = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "NIANBAO_", "DISPLAY"))},
    "WINEPREFIX": str(work / "prefix"),
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    # Neither .NET nor a browser of its own.
    "WINEDLLOVERRIDES": "mscoree=;mshtml=",
    "LOCPATH": str(work / "locale"),
    "LC_ALL": "zh_CN.UTF-8",
    "TERM": "xterm",
}
PATIENCE = 300


def run(command, folder, **more):
    return subprocess.run(
        [str(word) for word in command], cwd=folder, env=environment, capture_output=True, stdin=subprocess.DEVNULL,
        timeout=PATIENCE, **more,
    )


def wine(arguments, folder):
    return run([WINE, program, *arguments], folder)


def linux(arguments, folder):
    return run([native, *arguments], folder)


def said(done):
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def ensure(holds, *why):
    if not holds:
        print("FAILED:", *why, file=sys.stderr)
        sys.exit(1)


def tree(folder):
    """The digest of every file below a folder but the record, which names the program itself. A new data file has the line
    ends of its system, because Notepad of Windows 7 knows no others."""
    def digest(path):
        content = path.read_bytes()
        return hashlib.sha256(content.replace(b"\r\n", b"\n") if path.suffix == ".toml" else content).hexdigest()

    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".nianbao.json")
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def copy(folder):
    """A folder with the examples, new."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(examples, folder)
    return folder


class Console:
    """The program on a console: a pseudo-terminal, which Wine shows its console on."""

    def __init__(self, command, folder, more=None):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            # So wide that no address goes on in a second row.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("4H", 50, 200, 0, 0))
            os.chdir(folder)
            words = [str(word) for word in command]
            os.execvpe(words[0], words, {**environment, **(more or {})})
        self.shown = b""
        self.code = None

    def read(self, seconds):
        if self.terminal is not None and select.select([self.terminal], [], [], seconds)[0]:
            try:
                self.shown += os.read(self.terminal, 65536)
            except OSError:
                self.close()

    def close(self):
        if self.terminal is not None:
            os.close(self.terminal)
            self.terminal = None

    def text(self):
        """What is shown, without the signs that move the cursor."""
        bare = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|\x1b[=>()][0-9A-B]?", b"", self.shown)
        return bare.decode("utf-8", "replace")

    def wait_for(self, holds, what):
        end = time.monotonic() + PATIENCE
        while not (found := holds(self)):
            ensure(time.monotonic() < end, f"{what} in vain; shown was:\n{self.text()}")
            self.read(0.1)
        return found

    def ended(self):
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None

    def press(self, keys):
        os.write(self.terminal, keys)

    def end(self):
        self.wait_for(Console.ended, "waited for the end")
        self.read(0.2)
        self.close()
        return self.code


def starts():
    version = wine(["--version"], work)
    ensure(version.returncode == 0, said(version))
    ensure(version.stdout == linux(["--version"], work).stdout, "the versions differ:\n" + said(version))
    console = Console([WINE, "cmd", "/c", "chcp"], work)
    console.end()
    ensure("936" in console.text(), "the code page is not 936:", console.text())


COMMANDS = [
    *(["build", f"{name}.toml", "--out", "成品", "--format", "html,html-fragment,docx,pdf,ofd"]
      for name in ("haidong-2023", "gaoping-2023", "khorgos-2023", "qinglan-2020", "yengisar-2023")),
    ["build", "district", "--out", "成品/全区", "--draft"],
    ["check", "khorgos-2023.toml", "--sheet", "检查单.pdf"],
    ["check", "khorgos-2023.toml", "--sheet", "检查单.docx"],
    ["compare", "khorgos-2022.toml", "khorgos-2023.toml", "--sheet", "两年对照.html"],
    ["sum", "district/units.toml", "--out", "汇总.toml"],
    ["export", "--xlsx", "haidong-2023.toml", "--out", "三张表.xlsx"],
    ["new", "新的 年报.toml"],
    ["import-figures", "三张表.xlsx", "--into", "新的 年报.toml"],
    ["schema", "--out", "nianbao.schema.json"],
    ["explain", "NB304"],
    ["check", "haidong-2023.toml", "--output-format", "json"],
    ["check", "没有这个文件.toml"],
    ["check", "新的 年报.toml"],
]


def makes_the_same():
    here, there = copy(work / "本机 目录"), copy(work / "视窗 目录")
    for command in COMMANDS:
        ours, theirs = linux(command, here), wine(command, there)
        words = " ".join(command)
        ensure(ours.returncode == theirs.returncode, words, "ends with", theirs.returncode, said(theirs))
        shown = [said(done).replace("\\\\", "/").replace("\\", "/").replace("视窗", "本机").replace("Z:/", "/") for done in (ours, theirs)]
        ensure(shown[0] == shown[1] or "没有这个文件" in words, f"{words}: Linux says\n{shown[0]}\nWindows says\n{shown[1]}")
    made, same = tree(here), tree(there)
    differ = sorted(name for name in made.keys() | same.keys() if made.get(name) != same.get(name))
    ensure(not differ, "these files differ:", differ)
    ensure(len(made) > 40, "only", len(made), "files were made")
    return f"{len(made)} files"


def knows_its_paths():
    folder = work / "全区 目录" / "某某县（2023）" / "信息公开 科"
    folder.mkdir(parents=True)
    shutil.copy(examples / "haidong-2023.toml", folder / "年报 终稿.toml")
    done = wine(["check", "全区 目录\\某某县（2023）\\信息公开 科\\年报 终稿.toml"], work)
    ensure(done.returncode == 0, said(done))
    done = wine(["build", f"Z:{folder}\\年报 终稿.toml".replace("/", "\\"), "--out", "全区 目录\\成品"], work)
    ensure(done.returncode == 0 and len(tree(work / "全区 目录" / "成品")) == 3, said(done))
    # Longer than the 260 characters that older programs can open.
    deep = work / "深"
    while len(str(deep)) < 300:
        deep /= "一个很长的文件夹名称用来试验很深的目录"
    deep.mkdir(parents=True)
    shutil.copy(examples / "haidong-2023.toml", deep / "年报.toml")
    done = wine(["build", f"Z:{deep}\\年报.toml".replace("/", "\\")], work)
    ensure(done.returncode == 0 and len(tree(deep)) == 4, said(done))


def wrong(folder):
    """A report with a wrong total."""
    folder.mkdir(exist_ok=True)
    text = (examples / "haidong-2023.toml").read_text("utf-8")
    broken = re.sub(r"(?m)^(received\s*=\s*\[[^\]]*?)(\])", r"\1, 9999\2", text, count=1)
    ensure(broken != text, "the example has no row of figures to spoil")
    path = folder / "有错.toml"
    path.write_text(broken, "utf-8")
    return path


def speaks_chinese():
    path = wrong(work / "控制台")
    console = Console([WINE, program, "check", path.name], path.parent)
    code = console.end()
    text = console.text()
    ensure(code == 1 and "错误[" in text, "the console shows:\n" + text)
    # Redirected it is UTF-8, whatever the code page.
    done = run([WINE, "cmd", "/c", f"Z:{program}".replace("/", "\\"), "check", path.name, ">", "结果.txt"], path.parent)
    ensure("错误[" in (path.parent / "结果.txt").read_text("utf-8"), said(done))


def reads_notepad():
    folder = work / "记事本"
    folder.mkdir()
    text = (examples / "haidong-2023.toml").read_text("utf-8").replace("\n", "\r\n")
    saved = {
        "utf8-bom.toml": b"\xef\xbb\xbf" + text.encode("utf-8"),
        "crlf.toml": text.encode("utf-8"),
        "gbk.toml": text.encode("gb18030"),
        "unicode.toml": b"\xff\xfe" + text.encode("utf-16-le"),
    }
    for name, content in saved.items():
        (folder / name).write_bytes(content)
        ours, theirs = linux(["check", name], folder), wine(["check", name], folder)
        ensure((ours.returncode, said(ours)) == (theirs.returncode, said(theirs)), name, said(ours), said(theirs))
        is_utf8 = name in ("utf8-bom.toml", "crlf.toml")
        ensure((theirs.returncode == 0) == is_utf8, name, "ends with", theirs.returncode, said(theirs))
        ensure(is_utf8 or "UTF-8" in said(theirs), name, "does not name the encoding:", said(theirs))
    done = wine(["build", "utf8-bom.toml", "--out", "成品"], folder)
    plain = linux(["build", examples / "haidong-2023.toml", "--out", folder / "本机"], folder)
    ensure(done.returncode == plain.returncode == 0, said(done), said(plain))
    ensure(tree(folder / "成品") == tree(folder / "本机"), "the mark of UTF-8 and the line ends reach the outputs")


def send(what, command, folder):
    """A signal to the program of this trial, which Wine runs in a process of the system."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes()
            where = (process / "cwd").resolve()
        except OSError:
            continue
        if b"nianbao.exe" in words and command.encode() in words.split(b"\0") and where == folder.resolve():
            found.append(int(process.name))
    ensure(found, f"no nianbao.exe {command} runs in {folder}")
    for process in found:
        os.kill(process, what)


def get(address):
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar))
    with opener.open(address, timeout=60) as answer:
        return answer.status, answer.read().decode("utf-8", "replace")


def previews():
    folder = copy(work / "预览 目录")
    console = Console([WINE, program, "preview", "haidong-2023.toml"], folder)
    address = console.wait_for(lambda c: re.search(r"http://127\.0\.0\.1:\d+/[^\s]*", c.text()), "waited for the address").group()
    status, page = get(address)
    ensure(status == 200 and "年报" in page, address, status)
    console.press(b"\x03")
    code = console.end()
    ensure(code == 0 and "预览已停止" in console.text(), "after Ctrl-C:", code, console.text())


class Form:
    """The form of a program that runs, asked as its page asks."""

    def __init__(self, address):
        self.address = address
        status, page = get(address)
        ensure(status == 200 and "data-token" in page, address, status, page[:300])
        self.page = page
        self.token = re.search(r'data-token="([^"]+)"', page).group(1)

    def post(self, path, told):
        host = re.match(r"http://[^/]+", self.address).group()
        asked = urllib.request.Request(self.address + path, json.dumps(told).encode("utf-8"), {
            "Origin": host, "Sec-Fetch-Site": "same-origin", "X-Nianbao-Token": self.token, "Content-Type": "application/json",
        })
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=60) as answer:
            return json.loads(answer.read())

    def bytes(self, path):
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(self.address + path, timeout=60) as answer:
            return answer.read()


def fills():
    folder = copy(work / "填写 目录")
    path = folder / "年报 终稿.toml"
    before = (folder / "haidong-2023.toml").read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    console = Console([WINE, program, "edit", path.name], folder)
    form = Form(console.wait_for(lambda c: re.search(r"http://127\.0\.0\.1:\d+/[^\s]*", c.text()), "waited for the address").group())
    field = "agency.contact.website"
    old = json.loads(form.bytes("state"))["values"][field]
    typed = {"kind": "value", "path": field, "old": old, "new": "海东市政府网"}
    form.post("edit", {"label": "填写", "changes": [typed]})
    # One value of the file is another, and the line ends of Notepad are as they were.
    expected = before.replace(f'website = "{old}"'.encode(), f'website = "{typed["new"]}"'.encode(), 1)
    ensure(path.read_bytes() == expected and before != expected, "the form changed more than was typed, or nothing")
    for kind in ("docx", "pdf", "html"):
        made = form.bytes(f"report.{kind}?download")
        done = linux(["build", path.name, "--out", "本机", "--format", kind], folder)
        ensure(done.returncode == 0, said(done))
        ensure(made == next((folder / "本机").glob(f"*.{kind}")).read_bytes(), f"the {kind} of the form is not that of build")
    console.press(b"\x03")
    code = console.end()
    ensure(code == 0 and "填写已停止" in console.text(), "after Ctrl-C:", code, console.text())


def many(folder, n):
    """A folder of reports of as many bodies, each in a folder of its own."""
    shutil.rmtree(folder, ignore_errors=True)
    report = (examples / "haidong-2023.toml").read_text(encoding="utf-8")
    for i in range(n):
        (folder / f"单位{i:02}").mkdir(parents=True)
        own = re.sub(r'^name( *)= "[^"]*"', rf'name\1= "海东市第{i:02}区人民政府"', report, count=1, flags=re.MULTILINE)
        (folder / f"单位{i:02}" / "年报.toml").write_text(own, encoding="utf-8", newline="")
    return folder


OUTPUTS = (".html", ".docx", ".pdf")


def outputs(folder):
    """The outputs in a folder with the digests of their bytes."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.suffix in OUTPUTS}


def whole(folder, expected):
    """Every output that is there is whole."""
    found = outputs(folder)
    for name, digest in found.items():
        ensure(digest == expected.get(name), folder / name, "is not whole")
    return len(found)


def ends_when_asked():
    reports = many(work / "很多", 30)
    made = linux(["build", reports.name, "--out", "对照"], work)
    expected = outputs(work / "对照")
    ensure(made.returncode == 0 and len(expected) == 90, said(made))
    for how in ("Ctrl-C", "kill"):
        out = work / f"成品 {how}"
        console = Console([WINE, program, "build", reports.name, "--out", out.name], work)
        console.wait_for(lambda _: out.exists() and len(list(out.rglob("*.pdf"))) >= 2, "waited for the first reports")
        if how == "Ctrl-C":
            console.press(b"\x03")
            code = console.end()
            ensure(code != 0, "Ctrl-C does not end the run:", console.text())
        else:
            send(signal.SIGKILL, "build", work)
            console.end()
        n = whole(out, expected)
        ensure(2 <= n < 90, how, "left", n, "files")
        done = wine(["build", reports.name, "--out", out.name], work)
        ensure(done.returncode == 0 and whole(out, expected) == 90, said(done))
        left = [path for path in out.rglob("*") if path.is_file() and path.suffix not in OUTPUTS and path.name != ".nianbao.json"]
        ensure(not left, "left behind:", left)


# Opens a file as Word does, so that nobody else may write, rename or remove it.
HOLDER = """
#include <stdio.h>
#include <windows.h>

int wmain(int argc, wchar_t **argv) {
    HANDLE file = CreateFileW(argv[1], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    puts(file == INVALID_HANDLE_VALUE ? "cannot" : "open");
    fflush(stdout);
    Sleep(120000);
    return 0;
}
"""


def waits_for_locks():
    reports = many(work / "同时", 6)
    command = [WINE, str(program), "build", reports.name, "--out", "一处"]
    both = [subprocess.Popen(command, cwd=work, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(2)]
    answers = [(one.communicate(timeout=PATIENCE)[0].decode("utf-8", "replace"), one.returncode) for one in both]
    ensure(all(code == 0 for _, code in answers), answers)
    ensure(len(tree(work / "一处")) == 18, tree(work / "一处"))
    # A file that another program holds open, as Word does.
    folder = copy(work / "占用")
    first = wine(["build", "haidong-2023.toml", "--format", "docx"], folder)
    path = next(folder.glob("*.docx"))
    before = path.read_bytes()
    source, holding = folder / "holder.c", folder / "holder.exe"
    source.write_text(HOLDER)
    made = run(["x86_64-w64-mingw32-gcc", "-municode", source, "-o", holding], folder)
    ensure(made.returncode == 0, said(made))
    holder = subprocess.Popen([WINE, holding, path.name], cwd=folder, env=environment, stdout=subprocess.PIPE)
    ensure(holder.stdout.readline().strip() == b"open", "the file is not held open")
    done = wine(["build", "haidong-2023.toml", "--format", "docx", "--force"], folder)
    holder.terminate()
    ensure(first.returncode == 0 and done.returncode == 2, done.returncode, said(done))
    ensure(path.read_bytes() == before, "what was held open has been changed")
    return next(line for line in said(done).splitlines() if "错误" in line or "没有生成" in line or path.name in line)


def opens_by_a_click():
    fake = work / "bin"
    fake.mkdir()
    opened = work / "opened"
    (fake / "xdg-open").write_text(f"#!/bin/sh\necho \"$1\" >>'{opened}'\n")
    (fake / "xdg-open").chmod(0o755)
    # Every Windows knows what a page is; a fresh Wine does not.
    page = run([WINE, "reg", "add", "HKCR\\.html", "/ve", "/d", "htmlfile", "/f"], work)
    ensure(page.returncode == 0, said(page))
    # Nothing dropped: the start page. A data file and a published report of another folder, dropped: the form.
    dropped = work / "别处 (1)"
    dropped.mkdir()
    shutil.copy(examples / "haidong-2023.toml", dropped / "今年.toml")
    made = linux(["build", "今年.toml", "--format", "docx"], dropped)
    next(dropped.glob("*.docx")).rename(dropped / "上年 公布.docx")
    ensure(made.returncode == 0, said(made))
    for arguments, expected in [([], "接着上年"), (["今年.toml"], "今年.toml"), (["上年 公布.docx"], "上年 公布.toml")]:
        opened.unlink(missing_ok=True)
        files = [f"Z:{dropped}\\{name}".replace("/", "\\") for name in arguments]
        console = Console([WINE, "cmd", "/c", "open.cmd", *files], package, {"PATH": f"{fake}:{environment['PATH']}"})
        address = console.wait_for(lambda c: re.search(r"http://127\.0\.0\.1:\d+/[^\s]*", c.text()), f"{arguments}: waited for the form")
        console.wait_for(lambda _: opened.exists(), "waited for the browser")
        ensure("nianbao-preview-" in opened.read_text(), opened.read_text())
        ensure(expected in Form(address.group()).page, f"{arguments}: the page does not say {expected}")
        # Wine hands Ctrl-C to the command interpreter only.
        send(signal.SIGINT, "edit", package)
        ensure(console.end() == 0, console.text())
    # Begun from within the archive, the program is not beside it.
    alone = work / "临时"
    alone.mkdir()
    shutil.copy(package / "open.cmd", alone)
    console = Console([WINE, "cmd", "/c", "open.cmd"], alone)
    console.wait_for(lambda c: "请先把压缩包全部解开" in c.text(), "waited for the advice")
    console.press(b"\r")
    console.end()
    # What is no report: the window stays, so that its reason can be read.
    (dropped / "合同.docx").write_text("这不是年报")
    console = Console([WINE, "cmd", "/c", "open.cmd", f"Z:{dropped}\\合同.docx".replace("/", "\\")], package)
    console.wait_for(lambda c: "错误" in c.text() and "合同.docx" in c.text(), "waited for the reason")
    console.read(2)
    ensure(not console.ended(), "the window closes before anyone can read:", console.text())
    console.press(b"\r")
    console.end()


for trial, what in [
    (starts, "starts on a system with code page 936 and says what it is"),
    (makes_the_same, "makes the same bytes and says the same as on Linux"),
    (knows_its_paths, "opens Chinese, blank and long paths"),
    (speaks_chinese, "shows Chinese on the console and writes UTF-8 elsewhere"),
    (reads_notepad, "reads what Notepad saves, or says what is amiss"),
    (fills, "fills a report in the form, keeps the file's line ends, makes the bytes of build, and ends with Ctrl-C"),
    (previews, "previews, and ends with Ctrl-C"),
    (ends_when_asked, "stopped or killed in a folder, leaves whole files, and the next run makes the rest"),
    (waits_for_locks, "waits for another run, and says which file is in use"),
    (opens_by_a_click, "open.cmd opens the form, over what is dropped on it, and stays where it cannot"),
]:
    began = time.monotonic()
    remark = trial()
    print(f"ok  {what}{f' ({remark})' if remark else ''}, {time.monotonic() - began:.0f} s", flush=True)
