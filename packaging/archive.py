"""Files of a package as Windows wants them, and zip archives that are the same bytes every time.

    archive.py windows-text FOLDER
    archive.py zip FOLDER ARCHIVE TIME
"""

import sys
import time
import zipfile
from pathlib import Path

# What Notepad opens: with line ends it knows, and with the mark by which older ones tell UTF-8. Data files go without it,
# as the program writes them. The command interpreter reads its files in the code page of the system, which is that of GBK
# where Chinese is spoken.
UTF_8, MARKED, GBK = "utf-8", "utf-8-sig", "gbk"
TEXTS = {".txt": MARKED, ".md": MARKED, ".toml": UTF_8, ".cmd": GBK, ".ps1": MARKED}


def windows_text(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in TEXTS:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\n", "\r\n")
            path.write_bytes(text.encode(TEXTS[path.suffix]))


def pack(folder: Path, archive: Path, seconds: int) -> None:
    moment = time.gmtime(max(seconds, 315619200))[:6]
    with zipfile.ZipFile(archive, "w") as out:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            if not name.isascii():
                sys.exit(f"{name}: a name in the archive must be ASCII")
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, path.read_bytes(), compresslevel=9)


match sys.argv[1:]:
    case ["windows-text", folder]:
        windows_text(Path(folder))
    case ["zip", folder, archive, seconds]:
        pack(Path(folder), Path(archive), int(seconds))
    case _:
        sys.exit(__doc__)
