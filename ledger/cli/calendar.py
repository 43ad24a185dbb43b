"""The verb calendar: whether a day is a working day and by which notice; deadlines; recording a notice."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from datetime import date
from typing import Any

from ledger.cli.arguments import UsageError
from ledger.cli.opening import checkpointed, ledger_of
from ledger.cli.output import Output
from ledger.cli.recording import read_document, shown
from ledger.cli.values import Values
from ledger.domain.calendar import Calendar, Deadline, RestDay
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.fact_faults import data_faults
from ledger.domain.moments import beijing_day
from ledger.importers.strict_json import parse
from ledger.messages import say
from ledger.service import CALENDAR, now


def calendar(asked: Namespace, out: Output) -> None:
    """Show a day or a deadline in working days, or record a holiday notice (``publish FILE``)."""
    publishing = asked.day == "publish" and asked.file is not None
    counting = asked.start is not None and asked.count is not None
    a_day = asked.day is not None and asked.file is None
    half = (asked.start is None) != (asked.count is None)
    if half or publishing + counting + a_day != 1 or (counting and asked.day):
        raise _wrong(out, say("USAGE_CALENDAR", out.lang))
    if publishing:
        return _publish(asked, out)
    from ledger.cli import screens

    known = _calendar(asked)
    if counting:
        due = known.working_days(asked.start, asked.count)
        return out.answer(_deadline(known, due), screens.deadline)
    try:
        day = Values(out.lang).day(asked.day)
    except ArgumentTypeError as flaw:
        raise _wrong(out, str(flaw)) from None
    out.answer(_day(known, day), screens.day)


def _wrong(out: Output, message: str) -> UsageError:
    return UsageError("USAGE_CALENDAR", say("USAGE", out.lang, message=message, program="lvyue calendar"))


def _calendar(asked: Namespace) -> Calendar:
    """The calendar of the notices shipped with the program and, if there is a ledger, of those recorded in it."""
    try:
        return ledger_of(asked).calendar(asked.known_at)
    except Refusal as refused:
        if refused.code != "STORE_MISSING" or asked.store_named:
            raise
    from ledger.notices import shipped_calendar

    moment = now() if asked.known_at is None else asked.known_at
    return shipped_calendar().known_by(beijing_day(moment))


def _day(known: Calendar, day: date) -> dict[str, Any]:
    kind = known.explain(day)
    return {
        "day": day.isoformat(), "working": kind.working, "reason": kind.reason, "name": kind.name,
        "document": kind.document, "provisional": kind.provisional,
    }  # fmt: skip


def _deadline(known: Calendar, deadline: Deadline) -> dict[str, Any]:
    return {
        "start": deadline.start.isoformat(), "working_days": deadline.count, "due": deadline.due.isoformat(),
        "provisional": deadline.provisional, "skipped": [_rest(one) for one in deadline.skipped],
        "documents": known.documents(deadline.years),
    }  # fmt: skip


def _rest(one: RestDay) -> dict[str, Any]:
    return {"day": one.day.isoformat(), "reason": one.reason, "name": one.name, "document": one.document}


def _check_form(notice: object) -> None:
    """Check that the file has the form of a notice. Refusal NOTICE_FORM, naming each faulty field of the file."""
    faults = list(data_faults(TYPES["CalendarPublished"], notice, path=""))
    if faults:
        for fault in faults:
            fault.field = (fault.field or "").strip(".") or None
        raise Refusal("NOTICE_FORM", faults=[*faults, Refusal("NOTICE_FORM")])


def _publish(asked: Namespace, out: Output) -> None:
    """Record a notice in the calendar's own stream; its ``on`` is the day of publication."""
    notice = parse(read_document(asked.file))
    _check_form(notice)
    on = notice.get("published_on") if isinstance(notice, dict) else None
    stated = {"type": "CalendarPublished", "on": on, "by": "administrator", "data": notice}
    if isinstance(notice, dict) and isinstance(notice.get("document"), str):
        stated["ref"] = f"notice-{notice.get('year')}-{notice['document']}"
    ledger = ledger_of(asked, create=True)
    recorded = ledger.record(CALENDAR, [stated], recorded_by=asked.principal)[0]
    checkpointed(ledger, out)
    if out.as_json:
        return out.json(shown(recorded))
    code = "DONE_PUBLISHED_BEFORE" if recorded.repeated else "DONE_PUBLISHED"
    out.say(code, **{key: notice[key] for key in ("year", "document", "published_on")})
