"""Who said what, who claims what, and what would make it record: claims and positions explained (SPEC 2.4)."""

from __future__ import annotations

from typing import Any

from ledger.bilingual import Bilingual, joined, label, path_name, phrase, worded
from ledger.domain.fact import OTHER_PARTY, PARTIES
from ledger.domain.history import CORRECTED, NAMING, RETRACTED
from ledger.domain.standing import Claim
from ledger.domain.statements import CHANGES_ANOTHERS_WORD, DISPUTED, SPEAKS_FOR_BOTH
from ledger.explanation import Explanation

MOST_TOLD = 40  # positions in sentences; the answer has them all
_PROOF = "civil procedure interpretation 90"


def every(x: Explanation) -> None:
    """The number of claims, and each in a sentence."""
    listed = x.m.standing.claims(x.day)
    x.step("EX_CLAIMS_COUNT" if listed else "EX_CLAIMS_NONE", count=len(listed), day=x.day)
    for claim in listed:
        x.step("EX_CLAIM", by=label("role", claim.fact.speaker), fact=x.fact(claim.fact.id),
               why=label("why", claim.why))  # fmt: skip
    _cite(x)


def one(x: Explanation, id_: str) -> None:
    """A claim: whose it is, why it is one, and what would make it a fact of record."""
    claim = next(one for one in x.m.standing.claims(x.day) if one.fact.id == id_)
    by, other = label("role", claim.fact.speaker), label("role", OTHER_PARTY[claim.fact.speaker])
    x.step("EX_CLAIM", by=by, fact=x.fact(id_), why=label("why", claim.why))
    x.step(_reason(claim), by=by, other=other, actor=label("role", claim.fact.actor))
    if claim.fact.type in NAMING:
        x.rest_on(claim.concerns)
    _contests(x, claim)
    undoes = {CORRECTED: "EX_CLAIM_CORRECTION_RECORD", RETRACTED: "EX_CLAIM_RETRACTION_RECORD"}
    x.step(undoes.get(claim.fact.type, "EX_CLAIM_RECORD"), other=other, fact=x.fact(id_))
    if claim.why == SPEAKS_FOR_BOTH and not claim.fact.documents:
        x.step("EX_CLAIM_DOCUMENT", by=by)
    _cite(x)


def _reason(claim: Claim) -> str:
    if claim.why == CHANGES_ANOTHERS_WORD:
        return "EX_CLAIM_CHANGES"
    if claim.why == SPEAKS_FOR_BOTH:
        return "EX_CLAIM_FOR_BOTH_DISPUTED" if claim.fact.documents else "EX_CLAIM_FOR_BOTH"
    return "EX_CLAIM_DISPUTED" if claim.why == DISPUTED else "EX_CLAIM_TAKES_BACK"


def _contests(x: Explanation, claim: Claim) -> None:
    for contest in x.m.standing.heard(claim.fact.seq).contests:
        bare = claim.fact.documents and not contest.documents
        x.step("EX_CLAIM_BARE_CONTEST" if bare else "EX_CLAIM_CONTEST", by=label("role", contest.by),
               contest=x.fact(contest.id))  # fmt: skip


def _cite(x: Explanation) -> None:
    x.cite(*x.m.template.general.get("contested", ()))
    if _PROOF in x.m.template.words:
        x.cite(_PROOF)


def positions(x: Explanation, path: str | None, value: Any) -> None:
    """Where the views differ, or the values at one path in each, and the claims and contests behind it."""
    listed = [one for one in x.m.positions if path is None or one["path"] == path]
    if path is None:
        x.step("EX_POSITIONS_COUNT" if listed else "EX_POSITIONS_NONE", count=len(listed), day=x.day)
    for one in listed[:MOST_TOLD]:
        x.step("EX_POSITION", about=path_name(one["path"]), **{
            view: _value(one["path"], one[view]) for view in ("record", *PARTIES)
        })  # fmt: skip
    if listed:
        _parted_by(x)
    _cite(x)


def differing(x: Explanation, path: str) -> None:
    """Say that the views differ on what is explained, or on parts of it; the positions say why."""
    for one in x.m.positions:
        if one["path"] == path or one["path"].startswith(path + ".") or path.startswith(one["path"] + "."):
            x.step("EX_VIEWS_DIFFER", about=path_name(one["path"]), **{
                view: _value(one["path"], one[view]) for view in ("record", *PARTIES)
            })  # fmt: skip


def _value(path: str, value: Any) -> Bilingual:
    return phrase("EX_NOTHING_THERE") if value is None else worded(path, value)


def _parted_by(x: Explanation) -> None:
    """What each party says that is not of record, and what it contests."""
    standing = x.m.standing
    for role in PARTIES:
        own = [x.fact(claim.fact.id) for claim in standing.claims(x.day) if claim.fact.speaker == role]
        if own:
            x.step("EX_POSITION_CLAIMS", by=label("role", role), facts=joined(own))
        contested = [x.fact(fact.id) for fact in standing.contested(x.day) if role in standing.contests[fact.seq]]
        if contested:
            x.step("EX_POSITION_CONTESTS", by=label("role", role), facts=joined(contested))
