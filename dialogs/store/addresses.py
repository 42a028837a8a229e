"""Addresses of stores as operators type them: an address, or simply the name of a file. Not here: opening them (engine.py)."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from dialogs.store.errors import StoreError


def address_of(place: str) -> str:
    """The address of a store: what has no scheme is a file."""
    if "://" in place:
        return place
    return URL.create("sqlite", database=place).render_as_string()


def file_of(place: str) -> Path | None:
    """The file of a store on SQLite; None for one that is no file."""
    if "://" not in place:
        return Path(place)
    try:
        url = make_url(place)
    except ArgumentError:
        return None
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def must_be_there(place: str) -> Path | None:
    """The file of a store on SQLite, which opening would make. Raises StoreError when there is none."""
    path = file_of(place)
    if path is not None and not path.is_file():
        raise StoreError(f"没有这个文件：{path}")
    return path


def shown(place: str) -> str:
    """A place as it may be printed: without a password."""
    if "://" not in place:
        return place
    try:
        return make_url(place).render_as_string(hide_password=True)
    except ArgumentError:
        return place.partition("://")[0] + "://…"
