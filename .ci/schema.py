"""Tries the schema in the working folder on the data files beside it, whole and spoilt in one place."""

import datetime
import json
import pathlib
import subprocess
import sys
import tomllib

import jsonschema

tools = pathlib.Path(sys.argv[1])
schema = json.loads(pathlib.Path("nianbao.schema.json").read_text("utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def as_json(value):
    """TOML's dates as JSON knows them."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def errors(text):
    """The places at which a validator objects to a data file."""
    found = validator.iter_errors(as_json(tomllib.loads(text)))
    return sorted(".".join(map(str, error.absolute_path)) for error in found)


def lint(name):
    """Whether each TOML tool takes a file."""
    commands = {"tombi": ["lint", "--offline", name], "taplo": ["lint", name]}
    run = lambda tool: subprocess.run([tools / tool, *commands[tool]], capture_output=True).returncode == 0
    return {tool: run(tool) for tool in commands}


def expect(what, found, expected):
    """Ends the run when something is not as it must be."""
    if found != expected:
        sys.exit(f"{what}: {found}, not {expected}")


files = sorted(path.name for path in pathlib.Path(".").glob("*.toml") if path.name != "starter.toml")
assert len(files) >= 8, files
for name in files:
    expect(name, errors(pathlib.Path(name).read_text("utf-8")), [])
    expect(name, lint(name), {"tombi": True, "taplo": True})

expect("starter.toml", errors(pathlib.Path("starter.toml").read_text("utf-8")), ["agency.kind", "report"])

whole = pathlib.Path("haidong-2023.toml").read_text("utf-8")
for name, old, new in [
    ("a misspelt key", "licences  ", "licence   "),
    ("a misspelt table", "[problems]", "[problem]"),
    ("a year in quotes", "year = 2023 ", 'year = "2023" '),
    ("a date in quotes", "published = 2024-03-10 ", 'published = "10.3." '),
    ("a kind that is none", 'kind = "government" ', 'kind = "city" '),
    ("a row too short", "carried_in  = [ 0,     0,       0,       0,           0,           0,   0   ]", "carried_in  = [ 0 ]"),
    ("a negative figure", "licences            = 32510", "licences            = -1"),
    ("a fraction of a document", "licences            = 32510", "licences            = 1.5"),
]:
    assert whole.count(old) == 1, name
    spoilt = whole.replace(old, new)
    if not errors(spoilt):
        sys.exit(f"{name} passes the validator")
    pathlib.Path("spoilt.toml").write_text(spoilt, "utf-8")
    expect(name, lint("spoilt.toml"), {"tombi": False, "taplo": False})

print(f"schema: {len(files)} data files valid, 8 spoilt ones refused by jsonschema, tombi and taplo")
