"""Examining a whole store in one transaction: what it holds, and every check there is. Not here: the checks themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.retracing import totals
from dialogs.store import sealed
from dialogs.store.fingerprints import Fingerprint, fingerprints
from dialogs.store.schema import LATEST, check_schema
from dialogs.store.sealing import Head
from dialogs.store.verifying import Finding, findings


@dataclass(frozen=True, slots=True)
class Examined:
    """What a store holds, by table, and what the checks have found."""

    schema: str
    tables: dict[str, Fingerprint]
    findings: tuple[Finding, ...]
    chain: sealed.Verdict  # of the audit


def examine(c: Connection, known: Sequence[Head] = ()) -> Examined:
    """Read everything once. `known` are ends of the audit's chain that were written down elsewhere. Raises SchemaMissing and
    SchemaTooNew."""
    check_schema(c)
    chain = sealed.verify(c, known)
    audit = Finding("操作记录的链", chain.head.number, chain.damage)
    return Examined(LATEST, fingerprints(c), (*findings(c), totals(c), audit), chain)
