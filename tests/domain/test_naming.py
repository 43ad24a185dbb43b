"""How facts and identifiers are named (SPEC 2.1): typed back as shown, and told apart by eye."""

from __future__ import annotations

import unicodedata

import pytest

from ledger.domain.admission import Admitted
from ledger.domain.admission_state import AdmissionState
from ledger.domain.standing import Standing
from ledger.store.decoding import decode_fact
from ledger.store.leaf import Draft, seal
from tests.domain.streams import CONTRACT, Stream, envelope


@pytest.fixture
def stream() -> Stream:
    return Stream()


def leak(name: str, ref: str | None = None) -> dict[str, object]:
    return envelope("LeakReported", "party_a", ref=ref, leak=name, summary="疑似外泄", leaked_by="unknown")


def tell(stream: Stream, sent: dict[str, object]) -> Admitted:
    decided = stream.decide(sent)
    assert isinstance(decided, Admitted)
    stream.known.add(decided)
    return decided


@pytest.mark.parametrize("name", ["#2", "2", f"{CONTRACT}#2", "first"])
@pytest.mark.parametrize("type_", ["FactRetracted", "FactCorrected", "FactContested"])
def test_a_fact_is_named_as_any_screen_shows_it(name: str, type_: str, stream: Stream) -> None:
    tell(stream, leak("L-1", ref="first"))
    data = {"leak": "L-2", "summary": "另一起", "leaked_by": "unknown"}
    by, more = ("party_b", {}) if type_ == "FactContested" else ("party_a", {"reason": "写错"})
    more |= {"data": data} if type_ == "FactCorrected" else {}

    tell(stream, envelope(type_, by, target=name, **more))

    assert (("leak", "L-1") in stream.known.holders) == (type_ == "FactContested")


@pytest.mark.parametrize("name", ["#0", "#02", "#9", "9", "#", "##2", "＃2", "#2 ", "#²"])
def test_what_is_no_number_of_a_fact_names_none(name: str, stream: Stream) -> None:
    tell(stream, leak("L-1", ref="first"))

    assert stream.known.seq_of(name) is None


def test_a_ref_given_later_does_not_change_what_a_number_meant(stream: Stream) -> None:
    tell(stream, leak("L-1", ref="first"))
    tell(stream, envelope("FactRetracted", "party_a", target="2", reason="写错"))
    tell(stream, leak("L-2", ref="2"))
    tell(stream, envelope("FactRetracted", "party_a", target="#3", reason="没有写错"))

    facts = [_fact(stream, seq, entry) for seq, entry in enumerate(stream.known.entries, 1)]
    assert ("leak", "L-1") in stream.known.holders, "the retraction of fact 2 was taken back"
    assert ("leak", "L-1") in AdmissionState(CONTRACT, facts).holders
    assert [fact.seq for fact in Standing(facts).view().facts] == [1, 2, 4, 5]
    assert stream.known.seq_of("2") == 4, "from now on the ref comes first"


def _fact(stream: Stream, seq: int, entry: object):  # type: ignore[no-untyped-def]
    from ledger.domain.fact_data import data_json, stored_name

    said: Admitted = entry  # type: ignore[assignment]
    draft = Draft(stored_name(said.what), said.on, said.by, said.ref, data_json(said.what))
    row = seal(CONTRACT, [draft], seq - 1, "0" * 64, seq - 1, 1_790_000_000_000_000 + seq, "local")[0]
    import json

    return decode_fact("test", seq, json.loads(row.bytes), row.digest)


LOOKALIKES = [("INV-1", "inv-1"), ("INV-1", "ＩＮＶ-1"), ("ﬁ-1", "fi-1"), ("STRASSE", "straße"), ("①", "1"), ("Å", "å")]


@pytest.mark.parametrize(("first", "second"), LOOKALIKES)
def test_an_identifier_that_looks_like_one_in_use_is_refused(first: str, second: str, stream: Stream) -> None:
    for one, other in ((first, second), (second, first)):
        stream = Stream()
        tell(stream, leak(one))

        refused = stream.refuse(
            "ID_LOOKALIKE", "data.leak", "LeakReported", "party_a", leak=other, summary="同一起", leaked_by="unknown"
        )

        assert (refused.values["value"], refused.values["fact"]) == (one, f"{CONTRACT}#2")


def test_of_another_kind_or_of_a_retracted_fact_it_is_free(stream: Stream) -> None:
    tell(stream, leak("X-1"))
    tell(stream, envelope("MajorEventAnnounced", "party_a", event="x-1", **{"from": "2026-05-01", "to": "2026-05-03"},
                          personnel=1))  # fmt: skip
    tell(stream, envelope("FactRetracted", "party_a", target="#2", reason="写错"))

    tell(stream, leak("x-1"))

    refused = stream.refuse("ID_LOOKALIKE", "data.target", "FactRetracted", "party_a", target="#4", reason="没有写错")
    assert refused.values["fact"] == f"{CONTRACT}#5"


def test_a_correction_may_write_its_own_identifier_another_way(stream: Stream) -> None:
    tell(stream, leak("L-1"))
    tell(stream, leak("M-1"))

    data = {"leak": "l-1", "summary": "疑似外泄", "leaked_by": "unknown"}
    tell(stream, envelope("FactCorrected", "party_a", target="#2", data=data, reason="小写"))
    stream.refuse("ID_LOOKALIKE", "data.data.leak", "FactCorrected", "party_a", target="#3", reason="大写",
                  data=data | {"leak": "L-1"})  # fmt: skip


def test_identifiers_are_kept_in_one_unicode_form(stream: Stream) -> None:
    composed = "Café"
    decomposed = unicodedata.normalize("NFD", composed)
    kept = tell(stream, leak(decomposed, ref=decomposed))

    assert kept.ref == composed and kept.what.leak == composed  # type: ignore[union-attr]
    assert stream.known.refs[composed] == 2
    stream.refuse("ID_USED", "data.leak", "LeakReported", "party_a", leak=composed, summary="同一起",
                  leaked_by="unknown")  # fmt: skip


def test_a_correction_keeps_identifiers_in_one_form_and_all_else_as_it_was_given(stream: Stream) -> None:
    tell(stream, leak("L-1"))
    summary = unicodedata.normalize("NFD", "Café")
    said = {"leak": unicodedata.normalize("NFD", "é-1"), "summary": summary, "leaked_by": "unknown"}

    kept = tell(stream, envelope("FactCorrected", "party_a", target="#2", data=said, reason="改名"))

    assert kept.what.data == {"leak": "é-1", "summary": summary, "leaked_by": "unknown"}  # type: ignore[union-attr]
    stream.refuse("ID_USED", "data.leak", "LeakReported", "party_a", leak="é-1", summary="s", leaked_by="unknown")


@pytest.mark.parametrize(("wrong", "meant"), [
    ("InvoiceIsued", "InvoiceIssued"), ("invoiceissued", "InvoiceIssued"), ("Paymentmade", "PaymentMade"),
    ("开具发票", "InvoiceIssued"), ("Leak", "LeakReported"),
])  # fmt: skip
def test_an_unknown_type_is_told_the_nearest_and_all_there_are(wrong: str, meant: str, stream: Stream) -> None:
    refused = stream.refuse("FACT_UNKNOWN_TYPE", "type", wrong, "party_a")

    assert refused.values["nearest"] == meant
    known = str(refused.values["known"]).split(", ")
    assert "InvoiceIssued" in known and "FactRetracted" in known
    assert not {"ContractRegistered", "CalendarPublished", "LogKeyRotated", "ClockCorrected"} & set(known)


@pytest.mark.parametrize(("wrong", "meant"), [("sumary", "summary"), ("LEAK", "leak"), ("leakedby", "leaked_by")])
def test_an_unknown_field_is_told_the_nearest_and_all_there_are(wrong: str, meant: str, stream: Stream) -> None:
    more = {wrong: "x"}
    refused = stream.refuse("FIELD_UNKNOWN", f"data.{wrong}", "LeakReported", "party_a", leak="L", summary="s", **more)

    assert (refused.values["nearest"], refused.values["known"]) == (meant, "leak, summary, leaked_by")
