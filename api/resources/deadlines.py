"""Deadlines as iCalendar (RFC 5545, RFC 7986), for one contract and for all of the caller's.

A calendar client sends the key as a Basic password. A UID belongs to its obligation or ground for ever; as long as
nothing changes the feed is the same bytes, with the same ETag. What rests on a year without a published notice is
TENTATIVE. The last day of a claim stands in its creditor's feed alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event
from starlette.responses import Response

from api.components import Components
from api.parameters import QUESTION
from api.request_context import Context, RequestContext, stands_at
from api.routes import Routes
from ledger.domain.clause import FeedEntry
from ledger.domain.moments import BEIJING
from ledger.labels import article, label, obligation
from ledger.messages import Language, say
from ledger.projections.deadlines import Deadlines

KIND = "text/calendar"
REFRESH = timedelta(hours=1)
NINE = time(9, tzinfo=BEIJING)
ALARM_DAYS = (3, 0)  # before the day
_CODES = {"due": "ICS_DUE", "overdue": "ICS_OVERDUE", "term-ends": "ICS_TERM_ENDS", "right-ends": "ICS_RIGHT_ENDS",
          "claim-ends": "ICS_CLAIM_ENDS",
          "limitation": "ICS_LIMITATION"}  # fmt: skip


def deadlines(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger = Routes("deadlines"), components.ledger

    @routes.get("/contracts/{contract}/deadlines.ics", kinds=(KIND,), query=QUESTION, headers=("If-None-Match",))
    def contract_deadlines(context: Context, contract: str) -> Response:
        context.permissions.may("read", contract)
        components.known(contract)
        return _calendar(context, [ledger.deadlines(contract, context.question)], contract)

    @routes.get("/deadlines.ics", kinds=(KIND,), query=QUESTION, headers=("If-None-Match",), statuses=(503,),
                stands=True)  # fmt: skip
    def all_deadlines(context: Context) -> Response:
        listed = ledger.deadlines_of_all(context.permissions.seen(), context.question)
        return _calendar(context, listed.found, "portfolio", stands_at(listed.position, listed.current))

    return routes


def _calendar(
    context: RequestContext, found: Iterable[Deadlines], name: str, stands: Mapping[str, str] = {}
) -> Response:  # fmt: skip
    calendar, lang = Calendar(), context.lang
    calendar.add("prodid", "-//lvyue//lvyue//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("uid", f"deadlines@{name}")
    calendar.calendar_name = say("ICS_NAME", lang, name=name)  # NAME, and X-WR-CALNAME for those who know no RFC 7986
    calendar.add("description", say("ICS_DESCRIPTION", lang))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    for of_contract in found:
        role = context.permissions.principal.role(of_contract.contract)
        for deadline in of_contract.deadlines:
            if deadline.for_role in (None, role):
                calendar.add_component(_event(of_contract, deadline, lang))
    body = calendar.to_ical()
    headers = {"Content-Disposition": f'inline; filename="{name}.ics"', "Content-Language": lang, **stands}
    return context.send(body, f"{KIND}; charset=utf-8", tag=f'"{sha256(body).hexdigest()[:32]}"', headers=headers)


def _event(of: Deadlines, deadline: FeedEntry, lang: Language) -> Event:
    event, changed = Event(), _changed(of, deadline)
    named = deadline.obligor is not None or deadline.for_role is not None
    subject = obligation(deadline.subject, lang) if named else deadline.subject
    obligor = label("role", deadline.obligor, lang) if deadline.obligor is not None else ""
    clause = article(deadline.clause, lang)
    event.add("uid", f"{deadline.uid}@{of.contract}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    values = {"subject": subject, "obligor": obligor, "clause": clause, "title": of.title}
    event.add("summary", say(_CODES[deadline.what], lang, **values))
    event.add("description", say("ICS_ABOUT", lang, contract=of.contract, path=deadline.path))
    event.add("status", "TENTATIVE" if deadline.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for days in ALARM_DAYS if deadline.what != "overdue" else ():
        event.add_component(_alarm(deadline.day - timedelta(days=days), str(event["summary"])))
    return event


def _alarm(day: date, said: str) -> Alarm:
    """At nine in the morning in Beijing, wherever the calendar is read."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", datetime.combine(day, NINE).astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    alarm.add("description", said)
    return alarm


def _changed(of: Deadlines, deadline: FeedEntry) -> datetime:
    """When the event last became what it is: by what was recorded, or by a day that passed."""
    recorded = datetime.fromtimestamp(of.changed_at // 1_000_000, UTC)
    if deadline.changed_on is None:
        return recorded
    return max(recorded, datetime.combine(deadline.changed_on, time(tzinfo=BEIJING)).astimezone(UTC))
