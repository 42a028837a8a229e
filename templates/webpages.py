"""Pages of the office's own server: small, readable on a phone, without scripts, cookies or anything from elsewhere.

What a person typed is put in as data, escaped, and never parsed as a template. Not here: what is on which page (bot/web).
"""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = Path(__file__).parent / "pages"
STYLE = """
:root{color-scheme:light dark}
body{font:17px/1.6 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1.2rem}
h1{font-size:1.25rem;margin:.2rem 0 1rem}
label{display:block;margin:1.1rem 0 .3rem;font-weight:600}
input,textarea,button,a.do{font:inherit;width:100%;box-sizing:border-box;padding:.7rem;border:1px solid #888;border-radius:.5rem}
button,a.do{display:block;margin-top:1.2rem;background:#1f5f99;color:#fff;border:0;text-align:center;text-decoration:none}
.hint{font-size:.9rem;opacity:.75;margin:.2rem 0}
.wrong{color:#c0392b;margin:.3rem 0}
""".strip()
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()

_ENVIRONMENT = ImmutableSandboxedEnvironment(
    loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
)


@lru_cache(maxsize=32)
def _template(name: str) -> Template:
    return _ENVIRONMENT.get_template(f"{name}.html.j2")


def web_page(name: str, **facts: object) -> str:
    """The page pages/<name>.html.j2 with these facts."""
    return _template(name).render(style=STYLE, **facts)
