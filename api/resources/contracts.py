"""Contracts: registering one, listing those the caller may see, and one with its terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from json import loads
from typing import Any, get_args

from starlette.responses import Response

from api.components import Components
from api.parameters import LIMIT, QUESTION, at, choice, cursor, matching, not_ahead, question, text
from api.request_context import Context, RequestContext, stands_at
from api.response_cache import version_tag
from api.routes import Routes
from api.shapes import ContractJson, ContractLine, ContractRegisteredRecordedFact, Phase
from api.shapes.bodies import Registration
from api.tables import tabulated
from ledger.domain.errors import Refusal
from ledger.domain.values import quoted
from ledger.exporters import portfolio_table
from ledger.portfolio import LINES_AT_ONCE, PortfolioQuery
from ledger.service import CALENDAR, envelope

_CONTAINS = text("contains", 200)
_PHASE = choice("phase", *get_args(Phase))
_PREFIX = matching("prefix", "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", "contract-beginning")
_ORDER = matching(
    "order", "^-?[a-z][a-z0-9_]{0,59}$", "order", about="contracts",
)  # fmt: skip
_SOUGHT = (replace(text("where", 100), most=8), _PHASE, _PREFIX, _CONTAINS, _ORDER)
_CURSOR = cursor("contract", 2)


def contracts(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger = Routes("contracts"), components.ledger

    @routes.post("/contracts", body=Registration, answer=ContractRegisteredRecordedFact, status=201,
                 also={200: ContractRegisteredRecordedFact})  # fmt: skip
    def register_contract(context: Context) -> Response:
        given = context.fields(terms=dict, by=str)
        if "terms" not in given:
            raise Refusal("FIELD_MISSING", "terms", missing="terms")
        number = _number(given["terms"])
        role = context.permissions.may("register", number)
        by = given.get("by", role)
        if by != role:
            raise Refusal("BY_NOT_YOURS", "by", role=role, by=quoted(by))
        done = ledger.register(given["terms"], by=by, recorded_by=context.principal.name)
        contract, version = done.fact.contract, ledger.version(done.fact.contract)
        shown = envelope(done.fact) | {"repeated": done.repeated, "advice": ledger.advice(given["terms"])}
        headers = {"Location": f"/api/v1/contracts/{contract}"}
        return context.answer(shown, 200 if done.repeated else 201, tag=version_tag(version), headers=headers)

    @routes.get("/contracts", answer=list[ContractLine], query=(*QUESTION, *_SOUGHT, LIMIT, _CURSOR),
                statuses=(409, 503), tables=True, stands=True)  # fmt: skip
    def list_contracts(context: Context) -> Response:
        after = context.one("cursor")
        if after is not None:
            not_ahead("cursor", after[1], ledger.store.leaf_count())
        page = ledger.portfolio.page(_wanted(context), after, context.one("limit", 50), context.question)
        following = at("contract", *page.following) if page.following is not None else None
        return _answer(context, page.lines, stands_at(page.position, page.current) | context.next_page(following))

    @routes.get("/portfolio", answer=list[ContractLine], query=(*QUESTION, *_SOUGHT), statuses=(503,), tables=True,
                stands=True)  # fmt: skip
    def portfolio(context: Context) -> Response:
        asked, wanted, lines, after = question(context.query), _wanted(context), list[bytes](), None
        position, current = ledger.store.leaf_count(), True
        while True:
            page = ledger.portfolio.page(wanted, after, LINES_AT_ONCE, asked)
            lines += page.lines
            position, current = min(position, page.position), current and page.current
            if (after := page.following) is None:
                return _answer(context, lines, stands_at(position, current))

    @routes.get("/contracts/{contract}", answer=ContractJson, headers=("If-None-Match",))
    def read_contract(context: Context, contract: str) -> Response:
        role = context.permissions.may("read", contract)
        if contract == CALENDAR:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        version = ledger.version(contract)
        shown = {"contract": contract, "version": version, "role": role, "terms": ledger.terms(contract)}
        return context.answer(shown, tag=version_tag(version))

    return routes


def _number(terms: dict[str, Any]) -> str:
    """The contract's number as far as it can be read before the terms are checked."""
    contract = terms.get("contract")
    number = contract.get("id") if isinstance(contract, dict) else None
    return number if isinstance(number, str) else "?"


def _wanted(context: RequestContext) -> PortfolioQuery:
    """What is sought, among the contracts that the caller may see."""
    phase = context.one("phase")
    where = [*context.query.get("where", ()), *([f"phase={phase}"] if phase is not None else [])]
    return PortfolioQuery(where, context.one("prefix", ""), context.one("contains", ""), context.one("order", ""),
                  context.permissions.seen())  # fmt: skip


def _answer(context: RequestContext, lines: Sequence[bytes], headers: Mapping[str, str]) -> Response:
    """The lines as the table that the client asked for, or as JSON."""
    table = tabulated(context, "portfolio", lambda _: [portfolio_table(map(loads, lines))])
    if table is not None:
        table.headers.update(headers)
        return table
    return context.send(b"[" + b",".join(lines) + b"]", headers=headers)
