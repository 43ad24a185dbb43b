"""A fact on its way from a form into the ledger: checked, its effects shown, recorded once however often it is sent."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from api.console import forms
from api.console.context import PageContext
from api.console.controls import Stated, Typed
from api.console.documents_dropped import kept
from api.console.fact_form import Asking
from api.console.terms_changes import TermChange, advised, changes_told
from api.problems import public
from ledger import messages
from ledger.domain.errors import Refusal
from ledger.recording import AlreadyAnswered, Once, Recorded
from ledger.service import Ledger

ONCE = "once"  # the field whose value makes the same form sent again the same request
SHOWN = "shown"  # the field that says which changes of terms were shown


@dataclass(slots=True)
class FactDraft:
    """A fact as a form states it, its documents, and what recording it would change (None: not asked, or it cannot be
    recorded). Of terms, each change; ``advised``: new points for counsel.
    """

    stated: Stated
    documents: list[dict[str, str]] = field(default_factory=list)
    effects: list[dict[str, Any]] | None = None
    changes: list[TermChange] = field(default_factory=list)
    advised: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """What a form in which this was shown carries: terms are recorded as they were last shown."""
        return sha256(json.dumps(self.stated.envelope["data"], sort_keys=True).encode()).hexdigest()[:16]

    @property
    def faults(self) -> Mapping[str, Sequence[str]]:
        return self.stated.faults


def sent(
    context: PageContext, ledger: Ledger, contract: str, typed: Typed, draft: FactDraft, inside: str = ""
) -> int | None:  # fmt: skip
    """Do what the form was sent for: record the fact, show what recording would change, or only change the form.

    Returns the seq of a recorded fact; ``inside`` is the path of a correction's data.
    """
    _with_documents(context, ledger, contract, draft)
    if typed.changes_form or context.form.is_shown_only:
        draft.stated.faults.clear()
    elif typed.one(forms.DO) == "record" and not draft.faults and _as_shown(context, draft):
        return _record(context, ledger, contract, draft, inside)
    else:
        _check(context, ledger, contract, draft, inside)
    return None


def _as_shown(context: PageContext, draft: FactDraft) -> bool:
    """Has whoever sends the form seen what of the terms it changes?"""
    return draft.stated.terms is None or context.form.one(SHOWN) == draft.digest


def with_terms(context: PageContext, ledger: Ledger, contract: str, asking: Asking, draft: FactDraft) -> Asking:
    """The asking with what is to be said of its terms; the draft with what of them changes."""
    if asking.terms is None:
        return asking
    words, after = context.words(contract), draft.stated.terms
    notes, draft.advised = advised(words, ledger, asking.terms, after)
    draft.changes = [] if after is None else changes_told(words, asking.terms, after)
    return asking._replace(advice=notes)


def _with_documents(context: PageContext, ledger: Ledger, contract: str, draft: FactDraft) -> None:
    """Keep what was dropped, and let the fact name it; what cannot be kept is told beside the field."""
    try:
        draft.documents = kept(context, ledger, contract)
    except Refusal as refused:
        said = messages.say(refused.code, context.lang, **public(refused))
        draft.stated.faults.setdefault("documents", []).append(said)
    if draft.documents:
        draft.stated.envelope["documents"] = draft.documents


def _check(context: PageContext, ledger: Ledger, contract: str, draft: FactDraft, inside: str) -> None:
    """Would it be recorded, and what would that change? Faults stand beside their fields."""
    before = {name: list(said) for name, said in draft.stated.faults.items()}
    try:
        context.permissions.asserts(contract, [draft.stated.envelope])
        _, effects = ledger.preview(contract, [draft.stated.envelope])
    except Refusal as refused:
        draft.stated.refuse(refused, context.lang, inside)
        for name, said in before.items():  # what could not be read is missing too, and that need not be said
            draft.stated.faults[name] = said
    if not draft.stated.faults:
        draft.effects = effects


def _record(context: PageContext, ledger: Ledger, contract: str, draft: FactDraft, inside: str) -> int | None:
    """Record the fact; its seq, or None where it was refused, the faults then standing beside their fields."""
    envelope, name = draft.stated.envelope, context.principal.name
    digest = ledger.custody.keyed_digest(json.dumps([contract, envelope], sort_keys=True).encode())
    key = f"console {context.form.one(ONCE)[:32] or new_once()} {digest[:16]}"
    try:
        context.permissions.asserts(contract, [envelope])
        done = ledger.record(contract, [envelope], recorded_by=name, once=Once(name, key, digest, _seq))
    except AlreadyAnswered as answered:
        return int(answered.answer.response)
    except Refusal as refused:
        draft.stated.refuse(refused, context.lang, inside)
        return None
    return done[0].fact.seq


def _seq(done: Sequence[Recorded]) -> bytes:
    return b"%d" % done[0].fact.seq


def new_once() -> str:
    """What a form shown for the first time carries in ONCE."""
    return secrets.token_hex(8)
