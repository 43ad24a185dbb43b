"""争议 Dispute: claims and contested facts, the conclusions with and without each, and the readings that decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from starlette.responses import Response

from api.console import conclusions
from api.console import fact_telling as told
from api.console.context import PageContext
from api.console.long_pages import AGAIN_SECONDS
from api.console.pages.readings import deciding
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.weighed import weighed
from api.console.words import PageWords
from api.parameters import number
from ledger import labels
from ledger.domain.fact import PARTY_A, TYPES, Fact
from ledger.domain.facts.dispute import DISPUTE
from ledger.domain.values import quoted
from ledger.projections.paths import differing
from ledger.projections.register import RegisterEntry
from ledger.service import Ledger, Question

LONGEST_REASON = 120  # characters
_FACT = number("fact", 1, 10**9)
_OF_THE_DISPUTE = ("claims", "contested", "positions")  # they state the dispute itself, no consequence


def dispute(pages: Pages) -> None:
    """``/contract/{contract}/dispute``; ``fact`` is the claim or contested fact to suppose decided either way."""
    components = pages.console.components
    ledger = components.ledger

    @pages.get("dispute", "/contract/{contract}/dispute", takes=(_FACT,), long=True)
    def show_dispute(context: PageContext, contract: str) -> Response:
        role, words, question = context.may("read", contract), context.words(contract), context.question
        answer = ledger.status(contract, question)
        disputed = [one["fact"] for one in answer["claims"]]
        disputed += [one for one in answer["contested"] if one not in disputed]
        listed = _entries(ledger, contract, question, disputed)
        chosen = next((listed[id_] for id_ in disputed if listed[id_].fact.seq == context.one("fact")), None)
        found = weighed(components, contract, question) if answer["positions"] else None
        turning = None
        if found is not None and found.answer is not None:
            paths = [one["path"] for one in answer["positions"]]
            turning = deciding(words, found.answer, ledger.template(contract), paths)
        body = context.render(
            "dispute.html", contract, disputed=_disputed(words, listed, disputed, answer, role),
            positions=conclusions.positions(answer, words), count=len(disputed), turning=turning,
            progress=found.progress if found is not None else 0, again=context.address(), weighed=found is not None,
            otherwise=_otherwise(ledger, words, contract, question, chosen.fact) if chosen is not None else None,
            disputes=_disputes(ledger, contract),
        )  # fmt: skip
        again = AGAIN_SECONDS if found is not None and found.answer is None else 0
        return context.page(words.plain("nav.dispute"), body, here="dispute", contract=contract, again=again)


def _entries(
    ledger: Ledger, contract: str, question: Question, disputed: Sequence[str]
) -> dict[str, RegisterEntry]:
    """The register entries of disputed facts and of their contests, by id; a correction counts at every day."""
    if question.known_at is not None:
        listed = ledger.registers.whole(contract, replace(question, as_of=None))
        return {entry.fact.id: entry for entry in listed}
    found = {id_: ledger.registers.named(contract, id_) for id_ in disputed}
    contests = {id_ for entry in found.values() for id_ in entry.told["contested_by"]} - found.keys()
    return found | {id_: ledger.registers.named(contract, id_) for id_ in contests}


def _disputes(ledger: Ledger, contract: str) -> list[str]:
    """The names of the disputes opened; no fact is read if there is none."""
    recorded = ledger.registers.index(contract).counts["fact_type"]
    opens = (TYPES[name].introduces for name in recorded)
    opened = any(one is not None and one[0] == DISPUTE for one in opens)
    return ledger.identifiers(contract).get(DISPUTE, []) if opened else []


def _disputed(
    words: PageWords, listed: Mapping[str, RegisterEntry], ids: Sequence[str], answer: Mapping[str, Any], role: str
) -> LedgerTable:
    """Claims, then contested facts of record, each with what the roles say of it and the acts possible."""
    about = {one["fact"]: one["concerns"] for one in answer["claims"]}
    lines = []
    for id_ in ids:
        entry = listed[id_]
        named = told.type_name(words, entry.fact.type)
        said = words.say("dispute.fact", type=named, content=told.in_short(words, entry.fact))
        concerns = about.get(id_)
        lines.append(TableRow([
            words.fact(id_), said, told.who(words, entry.fact), _against(words, listed, entry),
            words.ident(labels.value("claims.concerns", concerns, words.lang)) if concerns else "–",
            words.link("dispute", words.say("dispute.think-otherwise"), fact=entry.fact.seq, anchor="otherwise"),
            told.links_to_acts(words, entry, role),
        ]))  # fmt: skip
    heads = [TableColumn(words.plain(f"dispute.head.{one}"), id=one in ("seq", "otherwise")) for one in
             ("seq", "fact", "who", "why", "concerns", "otherwise", "act")]  # fmt: skip
    return table(words.say("dispute.caption"), heads, lines, cls="disputed", empty=words.say("dispute.none"))


def _against(words: PageWords, listed: Mapping[str, RegisterEntry], entry: RegisterEntry) -> Any:
    """The reason why a fact is a claim, and who contests it with which words."""
    why = words.label("why", entry.claim) if entry.claim else ""
    contests = [listed[id_].fact for id_ in entry.told["contested_by"] if id_ in listed]
    said = [
        words.say("dispute.contested-by", who=told.who(words, one), fact=words.fact(one.id), reason=_reason(one))
        for one in contests
    ]
    return words.listed([*([why] if why else []), *said])


def _reason(fact: Fact) -> str:
    """The words of a contest, shortened if long; the fact's own page has them in full."""
    what: Any = fact.what
    return quoted(what.reason or "", LONGEST_REASON)


def _otherwise(
    ledger: Ledger, words: PageWords, contract: str, question: Question, fact: Fact
) -> dict[str, Any]:
    """The conclusions if a court held that a fact stands, and if it held that it does not, beside those of record.

    A contest alone changes nothing of record, and a party cannot, by retracting, undo what others rely on; a final
    judgment can decide either way (SPEC 2.4, ``{"fact", "stands"}``), so both outcomes are computed as judgments.
    """
    now = ledger.status(contract, question)
    upheld, failed = (_judged(ledger, contract, question, fact, stands) for stands in (True, False))
    lines = [
        TableRow([labels.path(path, words.lang), words.value(path, values[0]), *(
            words.value(path, one) if one == values[0] else words.state("differs", words.value(path, one))
            for one in values[1:]
        )])
        for path, values in differing((now, upheld, failed), ledger.template(contract))
        if values[1] != values[2] and not path.startswith(_OF_THE_DISPUTE)
    ]  # fmt: skip
    heads = [TableColumn(words.plain(f"dispute.outcome.{one}")) for one in ("conclusion", "now", "stands", "fails")]
    supposed = words.say("dispute.if-ruled", fact=words.fact(fact.id), counts=words.say(
        "dispute.counts-not" if fact.id in {one["fact"] for one in now["claims"]} else "dispute.counts",
    ))  # fmt: skip
    outcome = table(words.say("dispute.outcome.caption"), heads, lines, empty=words.say("dispute.outcome.none"))
    return {"supposed": supposed, "table": outcome}


def _judged(ledger: Ledger, contract: str, question: Question, fact: Fact, stands: bool) -> dict[str, Any]:
    """The answer if a final judgment, recorded with its document, ruled on a fact on the day asked about."""
    on, by = ledger.day(question).isoformat(), PARTY_A
    names = ledger.identifiers(contract).get(DISPUTE, ())
    dispute = next(name for number in count(1) if (name := f"supposed-{number}") not in names)
    opened = {"type": "DisputeOpened", "on": on, "by": by,
              "data": {"dispute": dispute, "clauses": [], "facts": [fact.id]}}  # fmt: skip
    judgment = {
        "type": "JudgmentEntered", "on": on, "by": by,
        "documents": [{"sha256": "0" * 64, "name": dispute, "media_type": "application/pdf"}],
        "data": {
            "dispute": dispute, "court": dispute, "reference": dispute, "final": True,
            "rulings": [{"fact": fact.id, "stands": stands}],
        },
    }  # fmt: skip
    found: dict[str, Any] = ledger.simulate(contract, [opened, judgment], question)["status"]
    return found
