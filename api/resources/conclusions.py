"""What follows from the facts: status and its parts, replay, explain, diff, what-if.

Nothing is worked out here; the service's answers go out as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args
from urllib.parse import quote, urlencode

from starlette.responses import Response

from api import shapes
from api.background.weighings import Key, Weighing
from api.components import Components
from api.parameters import AS_OF, KNOWN_AT, QUESTION, SENSITIVITY, choice, question, text
from api.request_context import Context, RequestContext, placed
from api.response_cache import encoded, question_key
from api.routes import Routes
from api.shapes.bodies import ImaginedFact, ImaginedFacts
from api.tables import tabulated
from ledger.domain.calendar import format_utc
from ledger.domain.errors import Refusal
from ledger.domain.moments import parse_utc
from ledger.exporters import ListTable, by_change, section_table, table_of
from ledger.service import Question

MOST_IMAGINED = 1000
_STATE = choice("state", *get_args(shapes.State))
_OBLIGOR = choice("obligor", "party_a", "party_b")
_ORDER = choice("by", "happened", "recorded", about="replay")
_PATH = text("path", 300, required=True)
_ARTICLE = text("article", 100)
_TWO_DAYS, _TWO_MOMENTS = replace(AS_OF, most=2), replace(KNOWN_AT, most=2)
WAIT_SECONDS = 2.0  # for an answer that is worked out in the background
_HELD = ("If-None-Match",)


def conclusions(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger = Routes("conclusions"), components.ledger

    def give(
        context: RequestContext, contract: str, what: str, make: Callable[[Question], Any],
        table: Callable[[Any], ListTable] | None = None,
    ) -> Response:  # fmt: skip
        """The answer that ``make`` gives, or the ``table`` of it where the client asked for one."""
        context.permissions.may("read", contract)
        components.known(contract)
        if table is not None:
            asked = context.question
            name = f"{what.partition(' ')[0]}-{contract}"
            tag = components.responses.state(contract, asked)[1]
            found = tabulated(context, name, lambda _: [table(make(asked))], tag=tag)
            if found is not None:
                return found
        return components.responses.give(context, contract, what, make)

    def section(contract: str, key: str) -> Callable[[Any], ListTable]:
        return lambda answer: section_table(answer, ledger.template(contract), key)

    def part(contract: str, section: str) -> Callable[[Question], dict[str, Any]]:
        def make(asked: Question) -> dict[str, Any]:
            answer = ledger.status(contract, asked)
            return {key: answer[key] for key in ("contract", "as_of", "known_at", section)}

        return make

    @routes.get("/contracts/{contract}/status", answer=shapes.Status, query=(*QUESTION, SENSITIVITY),
                headers=(*_HELD, "Prefer"), also={202: shapes.WeighingShown})  # fmt: skip
    def status(context: Context, contract: str) -> Response:
        if context.question.sensitivity:
            return weigh(components, context, contract, "status", lambda answer: answer)
        return give(context, contract, "status", lambda asked: ledger.status(contract, asked))

    @routes.get("/contracts/{contract}/obligations", answer=shapes.ALONE["obligations"],
                query=(*QUESTION, _STATE, _OBLIGOR), headers=_HELD, tables=True)  # fmt: skip
    def obligations(context: Context, contract: str) -> Response:
        state, obligor = context.one("state"), context.one("obligor")

        def make(asked: Question) -> dict[str, Any]:
            shown = part(contract, "obligations")(asked)
            shown["obligations"] = [
                duty for duty in shown["obligations"]
                if state in (None, duty["state"]) and obligor in (None, duty["obligor"])
            ]  # fmt: skip
            return shown

        return give(context, contract, f"obligations {state} {obligor}", make, section(contract, "obligations"))

    for key in shapes.ALONE:
        if key != "obligations":  # which can be filtered
            _alone(routes, key, give, part, section)

    @routes.get("/contracts/{contract}/sensitivity", answer=shapes.SensitivitySection, query=QUESTION,
                headers=(*_HELD, "Prefer"), also={202: shapes.WeighingShown})  # fmt: skip
    def sensitivity(context: Context, contract: str) -> Response:
        keys = ("contract", "as_of", "known_at", "sensitivity", "robust")
        return weigh(components, context, contract, "sensitivity", lambda answer: {key: answer[key] for key in keys})

    @routes.get("/contracts/{contract}/replay", answer=list[shapes.ReplayEntry], query=(*QUESTION, _ORDER),
                headers=_HELD, tables=True)  # fmt: skip
    def replay(context: Context, contract: str) -> Response:
        by = context.one("by", "happened")
        return give(context, contract, f"replay by {by}",
                    lambda asked: ledger.replay(contract, asked, as_recorded=by == "recorded"),
                    lambda entries: table_of("replay", by_change(entries)))  # fmt: skip

    @routes.get("/contracts/{contract}/explain", answer=shapes.ExplanationJson, query=(*QUESTION, _PATH), headers=_HELD)
    def explain(context: Context, contract: str) -> Response:
        path = context.one("path")
        return give(context, contract, f"explain {path}", lambda asked: ledger.explain(contract, path, asked))

    @routes.get("/contracts/{contract}/clauses", answer=shapes.Clauses, query=(*QUESTION, _ARTICLE), headers=_HELD)
    def clauses(context: Context, contract: str) -> Response:
        article = context.one("article")
        return give(context, contract, f"clauses {article}", lambda asked: ledger.clauses(contract, article, asked))

    _compared(routes, components)
    return routes


def weigh(
    components: Components, context: RequestContext, contract: str, what: str,
    part: Callable[[Mapping[str, Any]], Mapping[str, Any]],
) -> Response:  # fmt: skip
    """``part`` of the answer with its sensitivity; where that takes its time, 202 and where to ask again."""
    context.permissions.may("read", contract)
    components.known(contract)
    _, tag = components.responses.state(contract, replace(context.question, sensitivity=True))
    if context.unchanged(tag):
        return context.send(b"", tag=tag)
    asked = weighing(components, contract, context.question, what, part)
    now = "respond-async" in context.headers.get("prefer", "").lower()
    found = components.weighings.within(asked, 0 if now else WAIT_SECONDS)
    if found is not None:
        return context.send(found[0], tag=tag, zipped=found[1])
    return context.answer(asked.shown(), 202, headers={"Location": asked.address, "Retry-After": "1"})


def weighing(
    components: Components, contract: str, asked: Question, what: str,
    part: Callable[[Mapping[str, Any]], Mapping[str, Any]],
) -> Weighing:  # fmt: skip
    """``part`` of the answer with its sensitivity on its way; who asks the same again shares it."""
    ledger, weighings = components.ledger, components.weighings
    key = _weighing_key(components, contract, asked, what)
    found = weighings.known(key)
    if found is not None:
        return found
    plain = ledger.status(contract, replace(asked, sensitivity=False))
    fixed = replace(
        asked, as_of=date.fromisoformat(plain["as_of"]), known_at=parse_utc(plain["known_at"]), sensitivity=True
    )  # fmt: skip
    return weighings.begin(
        (key, _weighing_key(components, contract, fixed, what)),
        Weighing(contract, _address(contract, what, fixed), ledger.clock()),
        lambda tell: encoded(part(ledger.status(contract, fixed, progress=tell))),
    )


def weighing_known(components: Components, contract: str, asked: Question, what: str) -> Weighing | None:
    """The same where somebody asked for it already, without beginning it."""
    return components.weighings.known(_weighing_key(components, contract, asked, what))


def _weighing_key(components: Components, contract: str, asked: Question, what: str) -> Key:
    """What tells one answer from another."""
    question = replace(asked, sensitivity=True)
    # more may come to be known by a moment that lies ahead
    ahead = question.known_at is not None and question.known_at > components.ledger.clock()
    open_ended = question.as_of is None or question.known_at is None or ahead
    state = components.responses.state(contract, question)[0] if open_ended else None
    return contract, what, state, *question_key(question)


def _address(contract: str, what: str, asked: Question) -> str:
    """Where the answer to exactly this question can be had."""
    assert asked.as_of is not None and asked.known_at is not None
    pairs = [("as_of", asked.as_of.isoformat()), ("known_at", format_utc(asked.known_at))]
    pairs += [("as_seen_by", asked.as_seen_by)] if asked.as_seen_by is not None else []
    pairs += [("reading", f"{reading}={option}") for reading, option in asked.readings.items()]
    pairs += [("sensitivity", "true")] if what == "status" else []
    return f"/api/v1/contracts/{quote(contract)}/{what}?{urlencode(pairs)}"


def _alone(
    routes: Routes, key: str, give: Callable[..., Response], part: Callable[[str, str], Callable[[Question], Any]],
    table: Callable[[str, str], Callable[[Any], ListTable]],
) -> None:  # fmt: skip
    """A section of the answer by itself."""

    def section(context: Context, contract: str) -> Response:
        return give(context, contract, key, part(contract, key), table(contract, key))

    section.__name__ = key
    routes.get(f"/contracts/{{contract}}/{key}", answer=shapes.ALONE[key], query=QUESTION, headers=_HELD,
               tables=True)(section)  # fmt: skip


def _compared(routes: Routes, components: Components) -> None:
    """Two answers against each other."""
    ledger = components.ledger

    @routes.get("/contracts/{contract}/diff", answer=shapes.Diff, query=(_TWO_DAYS, _TWO_MOMENTS, *QUESTION[2:]))
    def diff(context: Context, contract: str) -> Response:
        context.permissions.may("read", contract)
        components.known(contract)
        first, second = _two(context.query)
        return context.answer(ledger.diff(contract, first, second))

    @routes.post("/contracts/{contract}/simulate", body=(ImaginedFact, ImaginedFacts), answer=shapes.WhatIf,
                 query=(*QUESTION, SENSITIVITY))  # fmt: skip
    def simulate(context: Context, contract: str) -> Response:
        context.permissions.may("read", contract)
        components.known(contract)
        given = context.json()
        envelopes = given if isinstance(given, list) else [given]
        if not 1 <= len(envelopes) <= MOST_IMAGINED:
            raise Refusal("BATCH_LENGTH", "body", most=MOST_IMAGINED, length=len(envelopes))
        try:
            return context.answer(ledger.simulate(contract, envelopes, context.question))
        except Refusal as refused:
            raise placed(refused) from None


def _two(query: Mapping[str, Sequence[Any]]) -> tuple[Question, Question]:
    """The two questions to compare. Refusal PARAMETER_MISSING unless exactly one parameter is there twice."""
    days, moments = query.get("as_of", ()), query.get("known_at", ())
    if len(days) == 2 and len(moments) < 2:
        return _with(query, "as_of", 0), _with(query, "as_of", 1)
    if len(moments) == 2 and len(days) < 2:
        return _with(query, "known_at", 0), _with(query, "known_at", 1)
    name = "as_of, known_at"
    raise Refusal("PARAMETER_TWO_WANTED", "as_of", names=name)


def _with(query: Mapping[str, Sequence[Any]], name: str, which: int) -> Question:
    return question({**query, name: [query[name][which]]})


