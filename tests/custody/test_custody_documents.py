"""Documents: kept under their digests with the fact that attaches them, and missed when they are gone."""

from __future__ import annotations

import hashlib

import pytest

from ledger.custody.documents import LARGEST, describe
from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.recording import Recorded
from tests.custody.conftest import NUMBER, House, fact

PDF = b"%PDF-1.7 \x00\xff the invoice"
SHA256, SM3 = hashlib.sha256(PDF).hexdigest(), hashlib.new("sm3", PDF).hexdigest()


def attach(house: House, content: bytes = PDF, name: str = "发票.pdf", about: str = "2") -> Recorded:
    attach, pdf = house.ledger.attachments.attach, "application/pdf"
    return attach(NUMBER, about, content, name=name, media_type=pdf, by="party_a")


def test_given_a_file_when_attached_then_it_is_kept_by_both_digests_and_the_fact_names_them(either: House) -> None:
    recorded = attach(either)
    assert not recorded.repeated and recorded.fact.type == "DocumentAttached"
    (document,) = recorded.fact.documents
    assert (document.sha256, document.sm3, document.name) == (SHA256, SM3, "发票.pdf")
    assert either.again().custody.documents.content(SHA256) == PDF
    assert either.again().audit().documents == 1


def test_given_the_same_file_again_then_nothing_is_added(house: House) -> None:
    first = attach(house)
    house.now += 86_400 * 1_000_000
    again = attach(house)
    assert again.repeated and again.fact.id == first.fact.id and house.ledger.version(NUMBER) == 4
    assert not attach(house, name="other.pdf").repeated
    assert house.ledger.audit().documents == 1


def test_given_a_fact_there_is_not_then_neither_fact_nor_file_is_kept(either: House) -> None:
    with pytest.raises(Refusal, match="ABOUT_UNKNOWN"):
        attach(either, about="INV-404")
    with pytest.raises(Refusal, match="DOCUMENT_NOT_HELD"):
        either.ledger.custody.documents.content(SHA256)
    assert either.ledger.version(NUMBER) == 3


@pytest.mark.parametrize(("size", "code"), [(0, "DOCUMENT_EMPTY"), (LARGEST + 1, "DOCUMENT_TOO_LARGE")])
def test_given_an_empty_or_huge_file_then_it_is_refused(size: int, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        describe(bytes(size), "text/plain", "local", 0)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b", "\u202egnp.exe", "CON", "a" * 499 + ".pdf"])
def test_given_a_name_that_would_be_dangerous_as_a_path_then_it_is_only_ever_a_word(house: House, name: str) -> None:
    kept = 1
    try:
        attach(house, name=name)
    except Refusal as refused:
        kept = 0
        assert {fault.field for fault in refused.faults} == {"data.name", "documents.0.name"}
    assert len(house.ledger.store.list("document")) == kept
    assert {path.name for path in house.folder.iterdir()} <= {"ledger.db", "ledger.db-wal", "ledger.db-shm", "keys"}


def test_given_a_document_deleted_then_reading_and_audit_name_it(either: House) -> None:
    attach(either)
    either.tamper(("DELETE FROM records WHERE kind = ?", ("document",)))
    with pytest.raises(Tampered, match="DOCUMENT_MISSING"):
        either.again().custody.documents.content(SHA256)
    found = either.again().audit()
    assert (found.findings[0].code, found.findings[0].values) == ("DOCUMENT_MISSING", {"sha256": SHA256})


def test_given_a_document_altered_then_reading_and_audit_name_it(either: House) -> None:
    attach(either)
    either.tamper(("UPDATE records SET value = ? WHERE kind = ?", (PDF + b" ", "document")))
    with pytest.raises(Tampered, match="DOCUMENT_ALTERED"):
        either.again().custody.documents.content(SHA256)
    assert [one.code for one in either.again().audit().findings] == ["DOCUMENT_ALTERED", "RECORD_ALTERED"]


def test_given_a_document_removed_with_its_custody_then_the_audit_names_both_and_what_the_facts_name(
    either: House,
) -> None:
    attach(either)
    either.tamper(("DELETE FROM records WHERE key = ?", (SHA256,)))
    found = either.again().audit()
    assert found.absent == [SHA256]
    assert [one.code for one in found.findings] == ["RECORD_MISSING", "RECORD_MISSING"]


def test_given_a_digest_only_ever_named_then_the_audit_lists_it_and_finds_no_fault(house: House) -> None:
    named = {"sha256": "ab" * 32, "name": "x.pdf", "media_type": "application/pdf"}
    house.record(fact("LeaseStarted", "party_a") | {"documents": [named]})
    found = house.ledger.audit()
    assert found.sound and found.absent == ["ab" * 32]


def test_given_the_triggers_in_place_then_a_document_cannot_be_changed_or_removed(house: House) -> None:
    attach(house)
    for statement in ("UPDATE records SET value = x'00'", "DELETE FROM records"):
        with pytest.raises(Refusal), house.ledger.store.writing() as transaction:
            transaction.execute(statement)
    assert house.ledger.custody.documents.content(SHA256) == PDF
