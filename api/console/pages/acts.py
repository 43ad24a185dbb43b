"""What can be done to a fact from its row: correct, retract, acknowledge, contest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from api.console import documents_dropped, drafting
from api.console import fact_telling as told
from api.console.context import PageContext
from api.console.drafting import FactDraft
from api.console.fact_form import (
    Asking,
    Control,
    Stated,
    Typed,
    controls,
    fault_summary,
    of_envelope,
    read_data,
    typed_of,
)
from api.console.fact_register import RegisterEntry, entries
from api.console.pages.facts import effects_table
from api.console.routes import Pages
from ledger import messages
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.fact_faults import data_faults
from ledger.domain.fields import ON
from ledger.importers.cells import value_of
from ledger.service import Ledger, Question

WANTED = {"correct": True, "retract": True, "acknowledge": False, "contest": False}  # a reason


def acts(pages: Pages) -> None:
    """``/contract/{contract}/facts/{fact}/{act}``, where ``act`` is one of :data:`ACTS`."""
    ledger = pages.console.components.ledger

    @pages.get("act", "/contract/{contract}/facts/{fact}/{act}")
    def show_act(context: PageContext, contract: str, fact: str, act: str) -> Response:
        entry = _entry(context, ledger, contract, fact, act)
        typed = Typed(_as_it_stands(context, ledger, contract, entry) if act == "correct" else ())
        return _form(context, ledger, contract, entry, act, typed, FactDraft(Stated({})))

    @pages.post("/contract/{contract}/facts/{fact}/{act}")
    def take_act(context: PageContext, contract: str, fact: str, act: str) -> Response:
        entry = _entry(context, ledger, contract, fact, act)
        typed = Typed(context.form.pairs)
        draft = FactDraft(_stated(context, ledger, contract, entry, act, typed))
        drafting.with_documents(context, ledger, contract, draft)
        inside = "data.data" if act == "correct" else ""
        if typed.one(drafting.DO) == "record" and not draft.faults:
            seq = drafting.record(context, ledger, contract, draft, inside)
            if seq is not None:
                return context.redirect(context.words(contract).url("fact", fact=seq, recorded="true"))
        elif not typed.one("more"):
            drafting.check(context, ledger, contract, draft, inside)
        return _form(context, ledger, contract, entry, act, typed, draft)


def _entry(context: PageContext, ledger: Ledger, contract: str, fact: str, act: str) -> RegisterEntry:
    """The fact, where this role may do that to it. Refusal FACT_UNKNOWN, ACT_NOT_YOURS."""
    role, wanted = context.may("record", contract), ledger.fact(contract, fact)
    entry = next(one for one in entries(ledger, contract, Question()) if one.fact.seq == wanted.seq)
    if act not in told.may_do(entry, role):
        raise Refusal("ACT_NOT_YOURS", "fact", fact=f"#{wanted.seq}")
    return entry


def _asking(context: PageContext, ledger: Ledger, contract: str, entry: RegisterEntry) -> Asking:
    """A correction is asked for by the form of what it corrects, of every variant: that may be what is wrong."""
    row, role = TYPES[entry.fact.type], context.may("record", contract)
    return Asking(row, "", role, ledger.identifiers(contract))


def _as_it_stands(context: PageContext, ledger: Ledger, contract: str, entry: RegisterEntry) -> list[tuple[str, str]]:
    """What the fact says now, to be corrected from there; personal values to whom may see them, which is noted."""
    fact, data = entry.fact, ledger.personal.as_corrected(entry.fact)
    row = TYPES[fact.type]
    if row.personal & data.keys():
        context.permissions.may("disclose", contract)
        context.components.principals.note({"did": "disclosed", "fact": fact.id, "by": context.principal.name})
    return typed_of(row, data)


def _stated(
    context: PageContext, ledger: Ledger, contract: str, entry: RegisterEntry, act: str, typed: Typed
) -> Stated:
    stated = Stated({"type": told.ACTS[act], "on": ledger.day().isoformat(), "by": context.may("record", contract)})
    data: dict[str, Any] = {"target": entry.fact.id}
    if act == "correct":
        data["data"] = read_data(_asking(context, ledger, contract, entry), typed, stated, context.lang)
        for fault in data_faults(TYPES[entry.fact.type], data["data"], "data.data"):
            stated.refuse(fault, context.lang, "data.data")
        try:
            data |= {"on": value_of(typed.one("on"), ON)} if typed.one("on") else {}
        except Refusal as refused:
            stated.faults["on"] = [messages.say(refused.code, context.lang, **refused.values)]
    if typed.one("reason"):
        data["reason"] = typed.one("reason")
    stated.envelope["data"] = data
    return stated


def _form(
    context: PageContext, ledger: Ledger, contract: str, entry: RegisterEntry, act: str, typed: Typed, draft: FactDraft
) -> Response:
    words, faults = context.words(contract), _beside(draft.faults)
    shown: list[Control] = []
    if act == "correct":
        shown.append(of_envelope(words, "on", "act.right-day", typed, faults, hint="act.right-day-hint"))
        shown += controls(words, _asking(context, ledger, contract, entry), typed, faults)
    shown.append(of_envelope(words, "reason", "facts.head.reason", typed, faults, kind="area", required=WANTED[act]))
    names = {control.name: control.label for control in shown} | {"documents": words.plain("form.documents")}
    body = context.render(
        "act.html", contract, act=act, entry=entry, told=told, controls=shown, faults=faults,
        summary=fault_summary(faults, names), action=context.address(),
        documents=[(documents_dropped.as_field(one), one["name"]) for one in draft.documents],
        once=context.form.one(drafting.ONCE) if context.request.method == "POST" else drafting.new_once(),
        effects=None if draft.effects is None else effects_table(words, draft.effects),
    )  # fmt: skip
    title = words.plain("act.title", act=words.plain(f"act.{act}"), seq=entry.fact.seq)
    return context.page(title, body, here="facts", contract=contract, status=422 if faults else 200)


def _beside(faults: Mapping[str, Any]) -> dict[str, Any]:
    """Faults of the act's own fields beside the controls those are typed in."""
    return {name.removeprefix("data.") if name in ("data.on", "data.reason") else name: said
            for name, said in faults.items()}  # fmt: skip

