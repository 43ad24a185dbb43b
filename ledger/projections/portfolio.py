"""How do all contracts stand, at a glance?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def summary(answer: Mapping[str, Any], title: str) -> dict[str, Any]:
    """One line for one contract, from its status."""
    pending = [duty for duty in answer["obligations"] if duty["state"] in ("pending", "overdue") and duty["due_on"]]
    following = min(pending, key=lambda duty: (duty["due_on"], duty["id"]), default=None)
    return {
        "contract": answer["contract"],
        "title": title,
        "phase": answer["phase"],
        "ends_on": answer["term"]["ends_on"],
        "outstanding": answer["balance"]["outstanding"],
        "overdue": answer["balance"]["overdue"],
        "overdue_obligations": sum(duty["state"] == "overdue" for duty in answer["obligations"]),
        "next_due": {"id": following["id"], "due_on": following["due_on"]} if following else None,
        "b_count_rolling_year": answer["incidents"]["b_count_rolling_year"],
        "termination_allowed": answer["termination"]["allowed"],
        "damages_accrued": answer["damages"]["accrued"],
        "anomalies": len(answer["anomalies"]),
    }
