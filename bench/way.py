"""The number of function calls for recording one fact, for an answer, and from a conclusion back to its clause.

    python -m bench.way

Calls of the project's own functions are counted, without generators and comprehensions, on the story's first 40 facts.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Callable
from datetime import date
from json import loads
from pathlib import Path
from types import FrameType
from typing import Any

from ledger.domain.terms_amendment import document_json
from ledger.projections.explain import explainer
from ledger.service import Ledger, Question

ROOT = Path(__file__).parent.parent
NAMED = ROOT / "contracts" / "cu12-1101-2025-018605"
QUESTION, PATH = Question(as_of=date(2026, 6, 1)), "termination.allowed"
NEWS = {
    "type": "LeakReported", "on": "2026-05-20", "by": "party_a",
    "data": {"leak": "L-9", "summary": "a report", "leaked_by": "unknown"},
}  # fmt: skip


def counted(what: str, do: Callable[[], Any]) -> Any:
    """Run ``do`` and print the number of calls, of different functions and of modules; returns its result."""
    calls, functions = 0, set[tuple[str, str]]()

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(f"{ROOT}/ledger/") and not code.co_name.startswith("<"):
            calls += 1
            functions.add((code.co_filename, code.co_qualname))

    sys.setprofile(note)
    try:
        return do()
    finally:
        sys.setprofile(None)
        modules = {file for file, _ in functions}
        print(f"{what:<38}{calls:>7} calls of {len(functions):>4} functions in {len(modules):>3} modules")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(f"sqlite:///{folder}/ledger.db", create=True)
        terms = document_json(tomllib.loads(NAMED.with_suffix(".toml").read_text("utf-8")))
        contract = ledger.register(terms).fact.contract
        story = [line for line in NAMED.with_suffix(".story.jsonl").read_text("utf-8").splitlines() if line[:1] == "{"]
        for line in story[:40]:
            ledger.record(contract, [loads(line)])
        ledger.status(contract, QUESTION)
        ledger.explain(contract, PATH, QUESTION)  # fills the caches
        counted("record a fact", lambda: ledger.record(contract, [NEWS]))
        counted("status after it", lambda: ledger.status(contract, QUESTION))
        counted("status again", lambda: ledger.status(contract, QUESTION))
        counted(f"explain {PATH}", lambda: ledger.explain(contract, PATH, QUESTION))
        why = explainer(ledger.load(contract, QUESTION))
        counted("the same, its sweep aside", lambda: why(PATH))


if __name__ == "__main__":
    main()
