"""Long questions, answered by a process of its own where a server has one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from ledger.loading import Question

LONG, LONG_TRIED = 1_000, 200  # facts: from here on answered elsewhere, if there is; and where readings are tried
P = ParamSpec("P")
Answered = TypeVar("Answered")
Elsewhere = Callable[[str, str, Sequence[Any], Mapping[str, Any]], Any]
"""Answers a method of the ledger, by its name, for a contract and what else the method is given."""


class Asked(Protocol):
    """The part of a ledger that matters here."""

    elsewhere: Elsewhere | None

    def version(self, contract: str) -> int: ...


L = TypeVar("L", bound=Asked)


def elsewhere(
    method: Callable[Concatenate[L, str, P], Answered],
) -> Callable[Concatenate[L, str, P], Answered]:
    """Let ``Ledger.elsewhere`` answer what takes long: for a long contract, sooner where readings are tried."""

    @wraps(method)
    def asked(ledger: L, contract: str, *given: P.args, **named: P.kwargs) -> Answered:
        tries = any(isinstance(one, Question) and one.sensitivity for one in given)
        if ledger.elsewhere is None or ledger.version(contract) < (LONG_TRIED if tries else LONG):
            return method(ledger, contract, *given, **named)
        found: Answered = ledger.elsewhere(method.__name__, contract, given, named)
        return found

    return asked  # type: ignore[return-value]  # the contract may be named
