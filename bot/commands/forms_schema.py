"""`ziping forms schema --out DIR`: JSON Schema of a pack's files, so that an editor can complete and check them."""

import json
from pathlib import Path

from scoring.packs.schemas import schemas


def write_schemas(out: Path | None) -> int:
    """Write one schema a file, or print them all."""
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        if out is None:
            print(text)
            continue
        out.mkdir(parents=True, exist_ok=True)
        path = out / name
        path.write_text(text, encoding="utf-8")
        print(path)
    return 0
