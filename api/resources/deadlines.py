"""Deadlines as iCalendar (RFC 5545), for one contract and for all of the caller's.

A calendar client sends the key as a Basic password. What rests on a year without a published notice is
TENTATIVE.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event
from starlette.responses import Response

from api.call import ACall, Call
from api.parameters import QUESTION
from api.rooms import Rooms
from api.routes import Routes
from ledger.domain.errors import Refusal
from ledger.domain.moments import parse_utc
from ledger.labels import label
from ledger.messages import Language, say

KIND = "text/calendar"
OPEN = ("pending", "overdue")


def deadlines(rooms: Rooms) -> Routes:
    """The routes of this resource."""
    routes, ledger = Routes("deadlines"), rooms.ledger

    @routes.get("/contracts/{contract}/deadlines.ics", kinds=(KIND,), query=QUESTION)
    def contract_deadlines(call: ACall, contract: str) -> Response:
        call.caller.may("read", contract)
        rooms.known(contract)
        answer = ledger.status(contract, call.question)
        return _calendar(call, [(answer, ledger.terms(contract)["contract"]["title"])], contract)

    @routes.get("/deadlines.ics", kinds=(KIND,), query=QUESTION)
    def all_deadlines(call: ACall) -> Response:
        answers = []
        for contract in ledger.contracts():
            if call.caller.sees(contract):
                try:
                    answer = ledger.status(contract, call.question)
                except Refusal as refused:
                    if refused.code != "CONTRACT_UNKNOWN_THEN":
                        raise
                    continue
                answers.append((answer, ledger.terms(contract)["contract"]["title"]))
        return _calendar(call, answers, "portfolio")

    return routes


def _calendar(call: Call, answers: Iterable[tuple[dict[str, Any], str]], name: str) -> Response:
    calendar = Calendar()
    calendar.add("prodid", "-//lvyue//lvyue 2026.1//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("ICS_NAME", call.lang, name=name))
    for answer, title in answers:
        for event in _events(answer, title, call.lang):
            calendar.add_component(event)
    headers = {"Content-Disposition": f'inline; filename="{name}.ics"', "Content-Language": call.lang}
    return call.send(calendar.to_ical(), f"{KIND}; charset=utf-8", headers=headers)


def _events(answer: dict[str, Any], title: str, lang: Language) -> Iterable[Event]:
    at = datetime.fromtimestamp(parse_utc(answer["known_at"]) / 1_000_000, UTC).replace(microsecond=0)
    contract = answer["contract"]

    def event(uid: str, day: str, code: str, *, tentative: bool, **values: object) -> Event:
        one, start = Event(), date.fromisoformat(day)
        one.add("uid", f"{uid}@{contract}")
        one.add("dtstamp", at)
        one.add("dtstart", start)
        one.add("dtend", start + timedelta(days=1))
        one.add("summary", say(code, lang, title=title, **values))
        one.add("description", say("ICS_ABOUT", lang, contract=contract, uid=uid, as_of=answer["as_of"]))
        one.add("status", "TENTATIVE" if tentative else "CONFIRMED")
        one.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(days=-3))
        alarm.add("description", one["summary"])
        one.add_component(alarm)
        return one

    for duty in answer["obligations"]:
        if duty["state"] in OPEN and duty["due_on"] is not None:
            kind = label("duty", duty["kind"], lang)
            code = "ICS_OVERDUE" if duty["state"] == "overdue" else "ICS_DUE"
            yield event(duty["id"], duty["due_on"], code, tentative=duty["provisional"], kind=kind,
                        obligor=label("role", duty["obligor"], lang), clause=duty["clause"])  # fmt: skip
    if answer["phase"] == "in_service" and answer["term"]["ends_on"] is not None:
        yield event("term-end", answer["term"]["ends_on"], "ICS_TERM_ENDS", tentative=answer["term"]["provisional"])
    for number, ground in enumerate(answer["termination"]["grounds"], 1):
        if ground["state"] == "open" and ground["lapses_on"] is not None:
            yield event(f"lapse-{number}-{ground['arose_on']}", ground["lapses_on"], "ICS_GROUND_LAPSES",
                        tentative=False, clause=ground["clause"])  # fmt: skip
