"""Documents: a version stays what it was, whatever is answered later; bytes are kept once."""

from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from dialogs.scene import DraftRequest
from dialogs.store import documents, filings
from dialogs.store.engine import reading, writing
from dialogs.store.errors import NoSuchDocument
from scoring.answers import Answer, given
from tests.dialogs.store.stock import NOW, a_filing, change
from tests.dialogs.store.values import GIVEN
from tests.dialogs.tiny import tiny


def opened(engine: Engine) -> filings.Filing:
    with writing(engine) as c:
        return a_filing(c)


def record(engine: Engine, filing: filings.Filing, answers: dict[str, Answer], *ids: str, at: int = NOW) -> int:
    requests = [DraftRequest(id, f"kind of {id}", "小报告", "88.5", "良", 2) for id in ids]
    with writing(engine) as c:
        return documents.record(c, filing.id, requests, filing.edition, answers, "p1.1", at)


def load(engine: Engine, id: str) -> documents.Document:
    with reading(engine) as c:
        return documents.load(c, id)


def store(engine: Engine, id: str, content: bytes) -> None:
    with writing(engine) as c:
        documents.store_content(c, id, content, sha256(content).hexdigest())


def told(document: documents.Document) -> Mapping[str, Answer]:
    """The answers that a document without other filings is made from."""
    return documents.inputs_of(document, tiny(), lambda *_: tiny()).answers


def test_a_document_remembers_its_version_total_and_answers(engine: Engine) -> None:
    filing = opened(engine)
    assert record(engine, filing, GIVEN, "d1", "d2") == 1
    document = load(engine, "d1")
    assert (document.filing_id, document.version, document.document, document.title) == ("f1", 1, "kind of d1", "小报告")
    assert (document.edition, document.total, document.grade, document.gaps) == (tiny().edition, "88.5", "良", 2)
    assert (document.person_id, document.at, document.sha256, document.content) == ("p1.1", NOW, None, None)
    assert told(document) == GIVEN


def test_versions_count_up_per_filing(engine: Engine) -> None:
    filing = opened(engine)
    with writing(engine) as c:
        other = a_filing(c, "2")
    assert [record(engine, filing, {}, f"d{n}") for n in range(3)] == [1, 2, 3]
    assert record(engine, other, {}, "other") == 1
    with reading(engine) as c:
        reread = filings.filing(c, filing.id)
    assert reread is not None
    assert reread.documents == 3


def test_a_version_that_was_rolled_back_is_used_again(engine: Engine) -> None:
    filing = opened(engine)
    record(engine, filing, {}, "d1")
    with pytest.raises(IntegrityError):
        record(engine, filing, {}, "d1")  # the id is taken
    assert record(engine, filing, {}, "d2") == 2


def test_a_version_stays_what_it_was_when_answers_change(engine: Engine) -> None:
    filing = opened(engine)
    old = {"quota": given(Decimal(37))}
    change(engine, filing, ("quota", None, old["quota"]))
    record(engine, filing, old, "d1")
    change(engine, filing, ("quota", old["quota"], given(Decimal(40))))
    assert told(load(engine, "d1")) == old


def test_the_same_answers_make_the_same_inputs_in_any_order(engine: Engine) -> None:
    filing = opened(engine)
    record(engine, filing, GIVEN, "d1")
    record(engine, filing, dict(reversed(GIVEN.items())), "d2")
    assert load(engine, "d1").inputs == load(engine, "d2").inputs


def test_an_answer_the_form_no_longer_asks_for_is_left_out_of_the_inputs(engine: Engine) -> None:
    filing = opened(engine)
    record(engine, filing, {"quota": GIVEN["quota"], "abolished": given("旧答案")}, "d1")
    assert told(load(engine, "d1")) == {"quota": GIVEN["quota"]}


def test_the_bytes_kept_first_stay(engine: Engine) -> None:
    filing = opened(engine)
    record(engine, filing, {}, "d1", "d2")
    store(engine, "d1", b"PK\x00\xff first")
    store(engine, "d1", b"second")
    document = load(engine, "d1")
    assert document.content == b"PK\x00\xff first"
    assert document.sha256 == sha256(b"PK\x00\xff first").hexdigest()
    assert load(engine, "d2").content is None


def test_bytes_that_do_not_match_their_fingerprint_are_not_kept(engine: Engine) -> None:
    record(engine, opened(engine), {}, "d1")
    with pytest.raises(AssertionError), writing(engine) as c:
        documents.store_content(c, "d1", b"bytes", "0" * 64)
    assert load(engine, "d1").content is None


def test_the_list_of_a_filing_goes_by_version_and_leaves_the_bytes_out(engine: Engine) -> None:
    filing = opened(engine)
    record(engine, filing, {}, "z", at=NOW + 9)
    record(engine, filing, {}, "b", "a", at=NOW)
    store(engine, "z", b"bytes")
    with reading(engine) as c:
        listed = documents.of_filing(c, filing.id)
        assert documents.of_filing(c, "nothing") == ()
    assert [(d.id, d.version) for d in listed] == [("z", 1), ("a", 2), ("b", 2)]
    assert listed[0].sha256 == sha256(b"bytes").hexdigest()
    assert {d.content for d in listed} == {None}


def test_a_document_never_recorded_is_missed_with_a_sentence(engine: Engine) -> None:
    with pytest.raises(NoSuchDocument, match="找不到这份文件"):
        load(engine, "d404")
