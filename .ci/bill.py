"""Holds a bill of materials against the schema of CycloneDX, and sees that each part is named once: BILL."""

import json
import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

path = Path(sys.argv[1])
text = path.read_text("utf-8")
if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
    sys.exit(f"{path}: {error}")
bill = json.loads(text)
names = [part["bom-ref"] for part in bill["components"]]
if len(names) != len(set(names)):
    sys.exit(f"{path}: a part is named twice")
known = {*names, bill["metadata"]["component"]["bom-ref"]}
for entry in bill["dependencies"]:
    if unknown := {entry["ref"], *entry["dependsOn"]} - known:
        sys.exit(f"{path}: {unknown} is not in the bill")
unlicensed = [part["bom-ref"] for part in bill["components"] if "NOASSERTION" in json.dumps(part["licenses"])]
if unlicensed:
    sys.exit(f"{path}: no licence of {unlicensed}")
print(f"{path.parent.name}: {len(names)} parts, valid")
