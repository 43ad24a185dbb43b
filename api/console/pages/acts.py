"""Forms for acts on a fact: correct, retract, acknowledge, contest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.responses import Response

from api.console import documents_dropped, drafting
from api.console import fact_telling as told
from api.console.context import PageContext
from api.console.controls import Control, Stated, Typed, fault_summary
from api.console.drafting import FactDraft
from api.console.fact_form import Asking, asking, controls, of_envelope, read_data, typed_of
from api.console.pages.facts import effects_table
from api.console.routes import Pages
from ledger import messages
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.fact_faults import data_faults
from ledger.domain.fields import ON
from ledger.importers.cells import value_of
from ledger.projections.register import RegisterEntry
from ledger.service import Ledger


class Acting(NamedTuple):
    """An act on a fact; for a correction also the fact's present data and the form to change it."""

    act: str
    entry: RegisterEntry
    data: Mapping[str, Any]
    asked: Asking | None


WANTED = {"correct": True, "retract": True, "acknowledge": False, "contest": False}  # a reason


def acts(pages: Pages) -> None:
    """``/contract/{contract}/facts/{fact}/{act}``, where ``act`` is one of :data:`ACTS`."""
    ledger = pages.console.components.ledger

    @pages.get("act", "/contract/{contract}/facts/{fact}/{act}")
    def show_act(context: PageContext, contract: str, fact: str, act: str) -> Response:
        acting = _acting(context, ledger, contract, fact, act)
        typed = Typed(_as_it_stands(context, acting) if act == "correct" else ())
        return _form(context, ledger, contract, acting, typed, FactDraft(Stated({})))

    @pages.post("/contract/{contract}/facts/{fact}/{act}")
    def take_act(context: PageContext, contract: str, fact: str, act: str) -> Response:
        acting = _acting(context, ledger, contract, fact, act)
        typed = Typed(context.form.pairs)
        draft = FactDraft(_stated(context, ledger, contract, acting, typed))
        seq = drafting.sent(context, ledger, contract, typed, draft, "data.data" if act == "correct" else "")
        if seq is not None:
            return context.redirect(context.words(contract).url("fact", fact=seq, recorded="true"))
        return _form(context, ledger, contract, acting, typed, draft)


def _entry(context: PageContext, ledger: Ledger, contract: str, fact: str, act: str) -> RegisterEntry:
    """The fact, if this role may act on it so. Refusal FACT_UNKNOWN, ACT_NOT_YOURS."""
    role, entry = context.may("record", contract), ledger.registers.named(contract, fact)
    if act not in told.may_do(entry, role):
        raise Refusal("ACT_NOT_YOURS", "fact", fact=f"#{entry.fact.seq}")
    return entry


def _acting(context: PageContext, ledger: Ledger, contract: str, fact: str, act: str) -> Acting:
    """The act's form. A correction uses that of the corrected type, with all variants, as the variant may be wrong."""
    entry = _entry(context, ledger, contract, fact, act)
    if act != "correct":
        return Acting(act, entry, {}, None)
    data = ledger.personal.as_corrected(entry.fact)
    role, row = context.may("record", contract), TYPES[entry.fact.type]
    said = entry.fact, data
    return Acting(act, entry, data, asking(ledger, context.words(contract), contract, row, role, said=said))


def _as_it_stands(context: PageContext, acting: Acting) -> list[tuple[str, str]]:
    """The fact's present values, to start a correction from; showing personal values needs the right and is logged."""
    fact, row = acting.entry.fact, TYPES[acting.entry.fact.type]
    if row.personal & acting.data.keys():
        context.permissions.may("disclose", fact.contract)
        context.components.principals.note({"did": "disclosed", "fact": fact.id, "by": context.principal.name})
    terms = acting.asked.terms if acting.asked is not None else None
    return typed_of(row, {key: one for key, one in acting.data.items() if terms is None or key != terms.key})


def _stated(
    context: PageContext, ledger: Ledger, contract: str, acting: Acting, typed: Typed
) -> Stated:
    entry, role = acting.entry, context.may("record", contract)
    stated = Stated({"type": told.ACTS[acting.act], "on": ledger.day().isoformat(), "by": role})
    data: dict[str, Any] = {"target": entry.fact.id}
    if acting.asked is not None:
        data["data"] = read_data(acting.asked, typed, stated, context.lang)
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
    context: PageContext, ledger: Ledger, contract: str, acting: Acting, typed: Typed, draft: FactDraft
) -> Response:
    act, entry, asked = acting.act, acting.entry, acting.asked
    words, faults = context.words(contract), _beside(draft.faults)
    shown: list[Control] = []
    if asked is not None:
        asked = drafting.with_terms(context, ledger, contract, asked, draft)
        shown.append(of_envelope(words, "on", "act.right-day", typed, faults, hint="act.right-day-hint"))
        shown += controls(words, asked, typed, faults)
    shown.append(of_envelope(words, "reason", "facts.head.reason", typed, faults, kind="area", required=WANTED[act]))
    names = {one.name: one.label for control in shown for one in control.each()}
    names |= {"documents": words.plain("form.documents")}
    body = context.render(
        "act.html", contract, act=act, entry=entry, told=told, controls=shown, faults=faults,
        summary=fault_summary(faults, names), action=context.address(),
        documents=[(documents_dropped.as_field(one), one["name"]) for one in draft.documents],
        once=context.form.one(drafting.ONCE) if context.request.method == "POST" else drafting.new_once(),
        effects=None if draft.effects is None else effects_table(words, draft.effects),
        draft=draft, wide=asked is not None and asked.terms is not None,
    )  # fmt: skip
    title = words.plain("act.title", act=words.plain(f"act.{act}"), seq=entry.fact.seq)
    return context.page(title, body, here="facts", contract=contract, status=422 if faults else 200,
                        filled="post", enter="do=preview")  # fmt: skip


def _beside(faults: Mapping[str, Any]) -> dict[str, Any]:
    """Faults of the act's own fields, by the control in which each is typed."""
    return {name.removeprefix("data.") if name in ("data.on", "data.reason") else name: said
            for name, said in faults.items()}  # fmt: skip

