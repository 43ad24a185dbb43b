"""The verb claims: lists claims that await the other party's answer, and answers one (acknowledge or contest)."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from typing import Any

from ledger.cli.asking import question_of
from ledger.cli.custody import read_files
from ledger.cli.opening import checkpointed, ledger_of
from ledger.cli.output import Output
from ledger.cli.recording import preview, tell
from ledger.domain.errors import Refusal
from ledger.domain.fact import OTHER_PARTY
from ledger.service import Ledger

SHOWN = ("claims", "contested", "positions")


def claims(asked: Namespace, out: Output) -> None:
    """List claims; ``--acknowledge`` or ``--contest`` FACT answers one, as the other party unless ``--by`` is given."""
    if asked.acknowledge is not None or asked.contest is not None:
        return _answered(asked, out)
    answer = ledger_of(asked).status(asked.contract, question_of(asked))
    found = {key: answer[key] for key in SHOWN}
    out.answer(found, partial(_draw, answer=answer), found["claims"])


def _draw(s: Any, found: dict[str, Any], *, answer: dict[str, Any]) -> None:
    from ledger.drawing import sections

    if not any(found.values()):
        return s.line(s.word("no_claims"))  # type: ignore[no-any-return]
    sections.claims(s, answer)
    sections.contested(s, answer)
    sections.positions(s, answer)
    if found["claims"]:
        s.prose(s.word("claims_hint", fact=found["claims"][0]["fact"].rpartition("#")[2]))


def _answered(asked: Namespace, out: Output) -> None:
    ledger = ledger_of(asked)
    envelope = _envelope(ledger, asked)
    if asked.preview:
        return preview(ledger, asked.contract, [envelope], out)
    files = read_files(asked.document)
    recorded = ledger.attachments.record(asked.contract, envelope, files, recorded_by=asked.principal)
    checkpointed(ledger, out)
    tell(ledger, asked.contract, [recorded], out)


def _envelope(ledger: Ledger, asked: Namespace) -> dict[str, Any]:
    if asked.acknowledge is not None and asked.contest is not None:
        raise Refusal("CLAIM_ANSWERED_TWICE")
    type_ = "FactAcknowledged" if asked.acknowledge is not None else "FactContested"
    fact = ledger.fact(asked.contract, asked.acknowledge or asked.contest)
    by = asked.by or OTHER_PARTY.get(fact.by)
    if by is None:
        raise Refusal("CLAIM_ANSWERED_BY_WHOM", said_by=fact.by)
    reason = {} if asked.reason is None else {"reason": asked.reason}
    return {"type": type_, "on": ledger.day().isoformat(), "by": by, "data": {"target": fact.id, **reason}}
