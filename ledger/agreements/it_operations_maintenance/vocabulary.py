"""What the facts of several clauses name: kinds of identifiers, and what must stand in the terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from ledger.agreements.it_operations_maintenance.terms.shape import PRIORITIES
from ledger.domain.fact import kind
from ledger.domain.values import choice

if TYPE_CHECKING:
    from ledger.domain.admission_names import Assertion

MAINTENANCE = kind("maintenance", "维护公告", "announced maintenance", "M-1")
TICKET = kind("ticket", "报障单", "ticket", "T-1")
Priority: TypeAlias = Annotated[str, choice("级别", "priority", {
    one: (f"{one} 级", f"priority {one}") for one in PRIORITIES
}, name="TicketPriority")]


def _named(table: str, rows: str | None, key: str) -> Any:
    def names(documents: Sequence[Mapping[str, Any]]) -> frozenset[str]:
        found: set[str] = set()
        for document in documents:
            listed = document.get(table, ()) if rows is None else document.get(table, {}).get(rows, ())
            found |= {row[key] for row in listed}
        return frozenset(found)

    return names


_SYSTEMS, _STAGES = _named("service", "systems", "system"), _named("stages", None, "stage")


def system_is_known(said: Assertion) -> None:
    """Refusal SYSTEM_NOT_IN_TERMS unless the terms, as registered or amended, have the system."""
    known = said.state.of_terms(_SYSTEMS)
    if said.what.system not in known:
        names = ", ".join(sorted(known)) or "–"
        raise said.refusal("SYSTEM_NOT_IN_TERMS", "system", system=said.what.system, known=names)


def stage_is_known(said: Assertion) -> None:
    """Refusal STAGE_UNKNOWN unless the terms, as registered or amended, have the stage."""
    known = said.state.of_terms(_STAGES)
    if said.what.stage not in known:
        names = ", ".join(sorted(known)) or "–"
        raise said.refusal("STAGE_UNKNOWN", "stage", stage=said.what.stage, known=names)
