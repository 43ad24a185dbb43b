"""What turns on readings, for a page: worked out in the background, and shared with whoever asks the API the same."""

from __future__ import annotations

from json import loads
from typing import Any, NamedTuple

from api.components import Components
from api.resources.conclusions import weighing
from ledger.service import Question

WAIT_SECONDS = 1.5  # for a page; after that it says how far it is, and can be asked again


class Weighed(NamedTuple):
    """The answer with ``sensitivity`` and ``robust``; None while it is on its way, of which ``progress`` percent are
    done."""

    answer: dict[str, Any] | None
    progress: int


def weighed(components: Components, contract: str, question: Question, wait: float = WAIT_SECONDS) -> Weighed:
    asked = weighing(components, contract, question, "status", lambda answer: answer)
    found = components.weighings.within(asked, wait)
    return Weighed(loads(found[0]) if found is not None else None, asked.progress)
