"""How do all contracts stand, at a glance?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.domain.template import Template
from ledger.explanation.sections import ANOMALIES, OBLIGATIONS


def summary(answer: Mapping[str, Any], title: str, template: Template) -> dict[str, Any]:
    """One line for one contract, from its status: what its sections show at a glance, and what is due next."""
    duties = answer[OBLIGATIONS.key]
    pending = [duty for duty in duties if duty["state"] in ("pending", "overdue") and duty["due_on"]]
    following = min(pending, key=lambda duty: (duty["due_on"], duty["id"]), default=None)
    line: dict[str, Any] = {"contract": answer["contract"], "title": title}
    for key, section in template.sections.items():
        line |= {name: answer[key][part] if part else answer[key] for name, part in section.at_a_glance.items()}
        if key == OBLIGATIONS.key:
            line["overdue_obligations"] = sum(duty["state"] == "overdue" for duty in duties)
            line["next_due"] = {"id": following["id"], "due_on": following["due_on"]} if following else None
    return line | {"anomalies": len(answer[ANOMALIES.key])}
