"""Until when a court protects a claim: since when time runs, what started it again, what follows when it has expired.
"""

from __future__ import annotations

from datetime import date

from ledger.bilingual import debt_name, label, phrase, weekday
from ledger.domain.debts import Debt, Debts, Timed, bearings, ever_owed, law_of
from ledger.domain.law.limitation import RULING, Bearing
from ledger.domain.money import said_yuan
from ledger.explanation import Explanation
from ledger.explanation.deadline import deadline

_ANEW = {
    "demand": "EX_ANEW_DEMAND", "performance": "EX_ANEW_PERFORMANCE", "acknowledgement": "EX_ANEW_ACKNOWLEDGEMENT",
    "ended": "EX_ANEW_ENDED",
}  # fmt: skip
_TOO_LATE = {
    "demand": "EX_DEMAND_TOO_LATE", "performance": "EX_PERFORMED_TOO_LATE",
    "acknowledgement": "EX_ACKNOWLEDGED_TOO_LATE",
}  # fmt: skip


def every(x: Explanation) -> None:
    listed = list(x.m[Debts].listed)
    if not listed:
        x.step("EX_LIMITATION_NONE", day=x.day)
        return
    for one in listed:
        debt, last = one.debt, one.time.last
        x.cite(law_of(debt))
        x.rest_on(*debt.raised_by)
        shown = phrase("EX_LIMITATION_NO_LAST") if last is None or one.time.suits else weekday(last.due)
        x.step("EX_LIMITATION_LINE", **_parties(debt), state=label("limitation", one.time.state), last=shown)
    _defence(x)
    _known(x)


def one(x: Explanation, id_: str) -> None:
    """The conclusion about a debt, then since when its time runs and what affected it.

    For a debt no longer owed, ``id_`` may be the path of a field, as alerts name it.
    """
    timed = x.m[Debts].timed.get(id_)
    if timed is None:
        owed = next(one for one in ever_owed(x.m) if id_ == one or id_.startswith(one + "."))
        x.step("EX_LIMITATION_UNOWED", debt=debt_name(owed), day=x.day)
        return
    debt = timed.debt
    x.cite(debt.clause, law_of(debt))
    _concluded(x, timed)
    if timed.time.since is not None:
        _since(x, timed)
        x.step("EX_PERIOD_OF_A_RULING" if debt.months == RULING else "EX_PERIOD_OF_A_CLAIM")
    _happened(x, timed)
    if timed.time.last is not None and not timed.time.suits:
        deadline(x, timed.time.last)
        if debt.instalment:
            x.cite("civil code 189")
            x.step("EX_LIMITATION_INSTALMENT")
    if timed.time.state == "barred" and debt.months != RULING:
        _defence(x)
    proviso = x.m.template.sections[debt.path.partition(".")[0]].proviso
    if proviso:
        x.step(proviso)
    _known(x)


def _defence(x: Explanation) -> None:
    x.cite("civil code 192", "civil code 193", "limitation provisions 2", "limitation provisions 3",
           "limitation provisions 19", "contract interpretation 58")  # fmt: skip
    x.step("EX_LIMITATION_DEFENCE")


def _known(x: Explanation) -> None:
    x.cite("civil code 194", "civil code 195", "civil code 197", "limitation provisions 11")
    x.step("EX_LIMITATION_KNOWN")


def _parties(debt: Debt) -> dict[str, object]:
    return {
        "debt": debt_name(debt.id), "creditor": label("role", debt.creditor), "debtor": label("role", debt.debtor),
        "amount": said_yuan(debt.amount),
    }  # fmt: skip


def _concluded(x: Explanation, timed: Timed) -> None:
    debt, time = timed.debt, timed.time
    said = _parties(debt)
    ruling = debt.months == RULING
    if time.suits:
        x.cite("civil code 195", "limitation provisions 10")
        x.step("EX_LIMITATION_STOPPED", facts=x.facts(one.fact for one in time.suits), **said)
    elif time.last is None:
        x.cite("limitation provisions 4")
        x.step("EX_LIMITATION_NOT_BEGUN", **said)
    elif time.state == "barred":
        x.cite("civil procedure interpretation 481" if ruling else "civil code 192")
        code = "EX_ENFORCEMENT_BARRED" if ruling else "EX_LIMITATION_BARRED"
        x.step(code, last=weekday(time.last.due), **said)
    else:
        code = "EX_ENFORCEMENT_RUNNING" if ruling else "EX_LIMITATION_RUNNING"
        x.step(code, last=weekday(time.last.due), day=x.day, **said)


def _since(x: Explanation, timed: Timed) -> None:
    debt = timed.debt
    facts = x.facts(debt.raised_by)
    if debt.since is not None:
        x.step("EX_SINCE_" + debt.start.upper(), since=weekday(debt.since), facts=facts)
        return
    first = timed.time.restarted_by[0]
    if first.what == "demand":
        x.cite("limitation provisions 4")
        x.step("EX_SINCE_DEMAND", since=weekday(first.day), facts=x.fact(first.fact))


def _happened(x: Explanation, timed: Timed) -> None:
    """What started the time again, in order, and what would have done so had it come before the time expired."""
    began = timed.time.restarted_by[:1] if timed.debt.since is None else ()
    anew = {one for one in timed.time.restarted_by if one not in began or one.what != "demand"}
    for one in sorted(bearings(x.m, timed.debt)):
        # 民法典 195: a creditor who takes what it is owed claims its right; that is no performance by the debtor
        taken = one.what == "performance" and x.by_id[one.fact].actor == timed.debt.creditor
        if one in anew:
            x.cite("civil code 195", *(() if taken else _more(one)))
            x.step("EX_ANEW_TAKEN" if taken else _ANEW[one.what], fact=x.fact(one.fact), on=one.day)
            if one.what == "ended" and x.by_id[one.fact].type == "DisputeResolved":
                _withdrawn(x, timed, one)
        # or the time had expired by then
        elif one.what in _TOO_LATE and one.day <= x.day and timed.course.barred_before(x.m.calendar, one):
            if taken:
                x.cite("contract interpretation 58")
            elif one.what != "demand":
                x.cite("civil code 192", "limitation provisions 19")
            x.step("EX_TAKEN_TOO_LATE" if taken else _TOO_LATE[one.what], fact=x.fact(one.fact), on=one.day)


def _more(one: Bearing) -> tuple[str, ...]:
    return {
        "demand": ("limitation provisions 8", "limitation provisions 9"),
        "performance": ("limitation provisions 14",),
    }.get(one.what, ())  # fmt: skip


def _withdrawn(x: Explanation, timed: Timed, end: Bearing) -> None:
    """How a suit ended is free text: if it was withdrawn, only the filing certainly counts."""
    filed = next(one for one in timed.course.bearings if one.what == "sued" and one.suit == end.suit)
    last: date = x.m.calendar.months(filed.day, timed.debt.months, rolls=True).due
    x.step("EX_ENDED_OTHERWISE", last=weekday(last))

