"""What depends on readings, for a page: worked out in the background, and shared with API requests for the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from json import loads
from typing import Any

from api.components import Components
from api.resources.conclusions import weighing, weighing_known
from ledger.domain.errors import Refusal
from ledger.service import Question

WAIT_SECONDS = 1.5  # for a page; after that it says how far it is, and asks again by itself


@dataclass(frozen=True)
class WeighedAnswer:
    """What is known of it by now: its JSON, None while it is on its way, of which ``progress`` percent are done."""

    body: bytes | None
    progress: int

    @cached_property
    def answer(self) -> dict[str, Any] | None:
        """The answer with ``sensitivity`` and ``robust``."""
        return loads(self.body) if self.body is not None else None


def weighed_already(components: Components, contract: str, question: Question) -> WeighedAnswer | None:
    """What is known of it where somebody asked for it before; None where nobody did. Nothing is begun."""
    asked = weighing_known(components, contract, question, "status")
    if asked is None:
        return None
    found = components.weighings.within(asked, 0)
    return WeighedAnswer(found[0] if found is not None else None, asked.progress)


def weighed(components: Components, contract: str, question: Question, wait: float = WAIT_SECONDS) -> WeighedAnswer:
    try:
        asked = weighing(components, contract, question, "status", lambda answer: answer)
    except Refusal as refused:
        if refused.code != "SERVER_BUSY":
            raise
        return WeighedAnswer(None, 0)  # others are being worked out: a page says so, and can be asked again
    found = components.weighings.within(asked, wait)
    return WeighedAnswer(found[0] if found is not None else None, asked.progress)
