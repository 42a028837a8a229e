"""Examining a whole store in one transaction: what it holds, and every check there is. Not here: the checks themselves."""

from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.retracing import totals
from dialogs.store.fingerprints import Fingerprint, fingerprints
from dialogs.store.schema import LATEST, check_schema
from dialogs.store.verifying import Finding, findings


@dataclass(frozen=True, slots=True)
class Examined:
    """What a store holds, by table, and what the checks have found."""

    schema: str
    tables: dict[str, Fingerprint]
    findings: tuple[Finding, ...]


def examine(c: Connection) -> Examined:
    """Read everything once. Raises SchemaMissing and SchemaTooNew."""
    check_schema(c)
    return Examined(LATEST, fingerprints(c), (*findings(c), totals(c)))
