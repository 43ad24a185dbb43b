"""Facts: recorded one or several at once, all or nothing, exactly once; and listed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from api.components import Components
from api.parameters import AS_OF, KNOWN_AT, LIMIT, at, choice, cursor, not_ahead
from api.request_context import Context, RequestContext, placed
from api.response_cache import version_tag
from api.routes import Routes
from api.shapes import FactJson, RecordedJson
from api.shapes.bodies import FactIn, FactsIn
from api.tables import tabulated, wanted_form
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.exporters import facts_tables
from ledger.recording import AlreadyAnswered, Once, Recorded
from ledger.service import ROLES, Ledger, envelope
from ledger.store.encoding import encode

MOST_FACTS = 1000
_TYPE = choice("type", *TYPES)
_BY = choice("by", *ROLES)
_CURSOR = cursor("fact")


def facts(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger = Routes("facts"), components.ledger

    @routes.post("/contracts/{contract}/facts", body=(FactIn, FactsIn), answer=RecordedJson, also={200: RecordedJson},
                 status=201, headers=("If-Match", "Idempotency-Key"), threads=components.writer)  # fmt: skip
    def record_facts(context: Context, contract: str) -> Response:
        envelopes = _envelopes(context.json())
        context.permissions.asserts(contract, envelopes)
        expected, key = context.expected_version(), context.idempotency_key()
        if components.settings.require_if_match and "if-match" not in context.headers:
            raise Refusal("IF_MATCH_REQUIRED", "If-Match")
        once, digest = None, ""
        if key is not None:
            digest = _digest(ledger, context, envelopes)
            once = Once(context.principal.name, key, digest, lambda done: _kept(ledger, done))
        try:
            done = ledger.record(
                contract, envelopes, recorded_by=context.principal.name, expected_version=expected, once=once
            )
        except AlreadyAnswered as answered:
            return _again(context, answered, digest)
        except Refusal as refused:
            raise placed(refused, expected) from None
        return recorded_answer(context, ledger, done)

    @routes.get("/contracts/{contract}/facts", answer=list[FactJson], tables=True, statuses=(409,),
                query=(AS_OF, KNOWN_AT, _TYPE, _BY, LIMIT, _CURSOR), headers=("If-None-Match",))  # fmt: skip
    def list_facts(context: Context, contract: str) -> Response:
        context.permissions.may("read", contract)
        version = ledger.version(contract)
        listed = ledger.facts(contract, context.question)
        after, most = context.one("cursor", 0), context.one("limit", 1000)
        not_ahead("cursor", after, version)
        type_, by = context.one("type"), context.one("by")
        found = [
            fact for fact in listed
            if fact.seq > after and type_ in (None, fact.type) and by in (None, fact.by)
        ]  # fmt: skip
        if wanted_form(context.headers.get("accept", "")) is not None:
            most = context.one("limit", len(found)) or 1
        seqs = {fact.seq for fact in found[:most]}
        table = tabulated(context, f"facts-{contract}", lambda form: facts_tables(
            [one for one in ledger.register_of(contract, context.question) if one["seq"] in seqs], form, context.lang
        ), tag=version_tag(version))  # fmt: skip
        if table is not None:
            return table
        shown = [envelope(fact) for fact in found[:most]]
        next_ = at("fact", found[most - 1].seq) if len(found) > most else None
        return context.answer(shown, tag=version_tag(version), headers=context.next_page(next_))

    @routes.get("/contracts/{contract}/facts/{fact}", answer=FactJson, headers=("If-None-Match",))
    def read_fact(context: Context, contract: str, fact: str) -> Response:
        context.permissions.may("read", contract)
        found = ledger.fact(contract, fact)
        return context.answer(envelope(found), tag=f'"{found.digest[:16]}"')

    @routes.get("/contracts/{contract}/facts/{fact}/personal", answer=dict[str, str | None])
    def read_personal(context: Context, contract: str, fact: str) -> Response:
        context.permissions.may("disclose", contract)
        found = ledger.fact(contract, fact)
        values = ledger.personal.of(contract, found.id)
        if values and context.request.method != "HEAD":  # which shows none of them
            components.principals.note({"did": "disclosed", "fact": found.id, "by": context.principal.name})
        return context.answer(values)

    return routes


def recorded_answer(context: RequestContext, ledger: Ledger, done: Sequence[Recorded]) -> Response:
    """What was recorded, and the version that made."""
    body = _body(ledger, done)
    return context.answer(body, _status(done), tag=version_tag(body["version"]))


def _envelopes(given: Any) -> Sequence[Any]:
    envelopes = given if isinstance(given, list) else [given]
    if not 1 <= len(envelopes) <= MOST_FACTS:
        raise Refusal("BATCH_LENGTH", "body", most=MOST_FACTS, length=len(envelopes))
    return envelopes


def _status(done: Sequence[Recorded]) -> int:
    return 200 if all(one.repeated for one in done) else 201


def _body(ledger: Ledger, done: Sequence[Recorded]) -> dict[str, Any]:
    contract = done[0].fact.contract
    version = max((one.fact.seq for one in done if not one.repeated), default=0) or ledger.version(contract)
    repeated = sum(one.repeated for one in done)
    return {
        "contract": contract, "version": version, "recorded": len(done) - repeated, "repeated": repeated,
        "facts": [envelope(one.fact) | {"repeated": one.repeated} for one in done],
    }  # fmt: skip


def _kept(ledger: Ledger, done: Sequence[Recorded]) -> bytes:
    """What is kept of an answer: its status, the version then, and its body as it is sent."""
    body = _body(ledger, done)
    return b"%d %d " % (_status(done), body["version"]) + encode(body)


def _digest(ledger: Ledger, context: RequestContext, envelopes: Sequence[Any]) -> str:
    """What tells one request from another: its path and JSON values, in whatever order an object's keys came.

    Keyed, because personal values are among them: an unsalted hash would give them away.
    """
    path: str = context.request.scope["path"]
    # The standard library's JSON, because what a client sends may hold more than stored facts can.
    return ledger.custody.keyed_digest(json.dumps([path, envelopes], sort_keys=True).encode())


def _again(context: RequestContext, answered: AlreadyAnswered, digest: str) -> Response:
    """The first answer, byte for byte. Refusal IDEMPOTENCY_KEY_REUSED for another request."""
    if answered.answer.request != digest:
        raise Refusal("IDEMPOTENCY_KEY_REUSED", "Idempotency-Key")
    status, version, body = answered.answer.response.split(b" ", 2)
    headers = {"Idempotency-Replayed": "true"}
    return context.send(body, status=int(status), tag=version_tag(int(version)), headers=headers)
