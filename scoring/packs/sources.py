"""Packs on disk: which there are, and the texts a form is made of.

forms/<pack>/pack.yaml                 county, year, grades, rounding, calendar
forms/<pack>/<form>/form.yaml          title, sections of items in the order of the conversation
forms/<pack>/<form>/indicators.yaml    the tree of indicators with their rules
forms/<pack>/<form>/checks.yaml        computed figures and relations that must hold
forms/<pack>/<form>/documents.yaml     the Word files
forms/<pack>/<form>/conversions.yaml   how answers to the edition before become answers to this one
forms/<pack>/<form>/*.docx.j2          report texts of its own, if the house's do not serve
forms/<pack>/cases/*.yaml              filings with expected points
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scoring.errors import UnknownForm

OWN_PACKS = Path(__file__).parents[1] / "forms"
PARTS = ("form.yaml", "indicators.yaml", "checks.yaml", "documents.yaml", "conversions.yaml")

Sources = Mapping[str, str]


def form_ids(packs: Sequence[Path] = ()) -> Iterator[str]:
    """`pack/form` of every form, in the given folders of packs and in our own."""
    seen: set[str] = set()
    for root in (*packs, OWN_PACKS):
        for path in sorted(root.glob("*/*/form.yaml")):
            name = f"{path.parent.parent.name}/{path.parent.name}"
            if name not in seen:
                seen.add(name)
                yield name


def pack_folder(form_id: str, packs: Sequence[Path] = ()) -> Path:
    """The folder of the pack that has this form. Raises UnknownForm with the names there are."""
    pack, _, form = form_id.partition("/")
    if re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", form_id):
        for root in (*packs, OWN_PACKS):
            if (root / pack / form / "form.yaml").is_file():
                return root / pack
    known = "、".join(form_ids(packs)) or "（一个也没有）"
    raise UnknownForm(f"没有 {form_id} 这张表；现有：{known}")


def read_sources(folder: Path, form: str) -> Sources:
    """The texts a form is made of, by their path inside the pack's folder."""
    reports = sorted(f"{form}/{path.name}" for path in (folder / form).glob("*.docx.j2"))
    names = ["pack.yaml", *(f"{form}/{part}" for part in PARTS), *reports]
    return {n: (folder / n).read_text(encoding="utf-8-sig") for n in names if (folder / n).is_file()}
