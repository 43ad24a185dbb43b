"""Contracts: registering one, listing those the caller may see, and one with its terms."""

from __future__ import annotations

from typing import Any, get_args

from starlette.responses import Response

from api.components import Components
from api.parameters import LIMIT, QUESTION, at, choice, cursor, not_ahead, question, text
from api.request_context import Context
from api.response_cache import version_tag
from api.routes import Routes
from api.shapes import Contract, ContractLine, ContractRegisteredRecordedFact, Phase
from api.shapes.bodies import Registration
from ledger.domain.errors import Refusal
from ledger.domain.values import quoted
from ledger.service import CALENDAR, envelope

_CONTAINS = text("contains", 200)
_PHASE = choice("phase", *get_args(Phase))
_CURSOR = cursor("contract")


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

    @routes.get("/contracts", answer=list[ContractLine], query=(*QUESTION, _PHASE, _CONTAINS, LIMIT, _CURSOR),
                statuses=(409,))  # fmt: skip
    def list_contracts(context: Context) -> Response:
        most, start = context.one("limit", 50), context.one("cursor", 0)
        asked, items, place = context.question, list[dict[str, Any]](), start
        numbers = ledger.contracts()
        not_ahead("cursor", start, len(numbers))
        for number in numbers[start:]:
            if len(items) == most:
                return context.answer(items, headers=context.next_page(at("contract", place)))
            place += 1
            line = ledger.portfolio_line(number, asked) if context.permissions.sees(number) else None
            if line is not None and _wanted(line, context.one("phase"), context.one("contains")):
                items.append(line)
        return context.answer(items)

    @routes.get("/portfolio", answer=list[ContractLine], query=QUESTION)
    def portfolio(context: Context) -> Response:
        asked = question(context.query)
        seen = (number for number in ledger.contracts() if context.permissions.sees(number))
        lines = (ledger.portfolio_line(number, asked) for number in seen)
        return context.answer([line for line in lines if line is not None])

    @routes.get("/contracts/{contract}", answer=Contract, headers=("If-None-Match",))
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


def _wanted(line: dict[str, Any], phase: str | None, contains: str | None) -> bool:
    if phase is not None and line["phase"] != phase:
        return False
    return contains is None or contains in line["contract"] or contains in line["title"]
