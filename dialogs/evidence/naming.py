"""Names of files as people gave them, made fit to be shown, listed and stored: no path, nothing invisible, not too long."""

from unicodedata import normalize

from scoring.textgate import clean
from templates.filenames import file_name

LONGEST = 60
PHOTO = "照片"


def shown_name(name: str, caption: str = "") -> str:
    """What a material is called: the words that were sent with it, else its file's name; a bare photo is a photo."""
    said = " ".join(clean(caption).split())
    if said:
        return file_name(said)[:LONGEST].rstrip("_. ") or PHOTO
    plain = normalize("NFKC", clean(name)).replace("\\", "/").rpartition("/")[2]  # looked at as it will be, not as it came
    safe = file_name(" ".join(plain.split())) if plain.strip(" .") else ""
    if len(safe) <= LONGEST:
        return safe or PHOTO
    stem, dot, kind = safe.rpartition(".")
    return (f"{stem[: LONGEST - 8]}…{dot}{kind[:6]}" if stem else safe[:LONGEST]).rstrip(". ")
