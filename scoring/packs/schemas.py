"""JSON Schema of a pack's files, generated from the shapes they are validated with. Editors read it; nothing else does.

form.yaml, indicators.yaml, checks.yaml, documents.yaml and conversions.yaml of a form are read as one, so that they
share one schema in which nothing is compulsory; pack.yaml has its own.
"""

from scoring.formdata import FormData
from scoring.pack import PackInfo
from scoring.yamlfile import Plain

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Plain]]:
    """The schemas by file name."""
    form = FormData.model_json_schema(by_alias=True)
    form.pop("required", None)
    pack = PackInfo.model_json_schema(by_alias=True)
    return {"form.schema.json": {"$schema": DIALECT, **form}, "pack.schema.json": {"$schema": DIALECT, **pack}}
