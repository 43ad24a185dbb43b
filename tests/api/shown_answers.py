"""Tells the first months of the story to a server and asks it: the answers that the OpenAPI document shows.

    python -m tests.api.shown_answers

writes them to ``api/examples/answers.json``; test_document.py holds that they are what the server answers today.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

import httpx

import api.examples
from api.app import make_app
from api.examples import CONTRACT, held
from api.settings import Settings
from ledger.domain.moments import parse_on
from ledger.service import Ledger
from tests.api.server import AT, PEOPLE, TERMS
from tests.story import EVENING, story

ASKED_ON = "2026-04-16"
ASKED: dict[str, tuple[str, str]] = {
    "who_am_i": ("bureau", "/api/v1/me"),
    "portfolio": ("one_contract", "/api/v1/portfolio"),
    "list_contracts": ("one_contract", "/api/v1/contracts"),
    "list_facts": ("first_two", f"{AT}/facts?type=ContractSigned"),
    "read_fact": ("one_fact", f"{AT}/facts/2"),
    "read_type": ("one_type", "/api/v1/types/AcceptancePassed"),
    "status": ("in_april", f"{AT}/status"),
    "obligations": ("in_april", f"{AT}/obligations"),
    "incidents": ("in_april", f"{AT}/incidents"),
    "termination": ("in_april", f"{AT}/termination"),
    "damages": ("in_april", f"{AT}/damages"),
    "sensitivity": ("in_april", f"{AT}/sensitivity"),
    "explain": ("why_not_yet", f"{AT}/explain?path=termination.allowed"),
    "diff": ("march", f"{AT}/diff?as_of=2026-03-01&as_of=2026-04-01"),
}
SPEAKS = {role: name for name, (role, contract) in PEOPLE.items() if contract in ("*", CONTRACT)}


async def answers(folder: Path) -> dict[str, dict[str, Any]]:
    """What the API answers, by operation, status and name of the example; the same each time."""
    now = parse_on("2025-11-18T10:00:00+08:00").at
    ledger = Ledger(f"sqlite:///{folder / 'story.db'}", clock=lambda: now, create=True)
    app = make_app(ledger, Settings(logs=False))
    clients = {}
    for role, name in SPEAKS.items():
        app.components.principals.grant(name, role, PEOPLE[name][1], by="test")
        key = app.components.principals.issue(name, by="test", days=730)[1]
        clients[role] = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://ledger", headers={"Authorization": f"Bearer {key}"}
        )
    bureau, bodies, made = clients["party_a"], held("requests"), dict[str, dict[str, Any]]()
    (await bureau.post("/api/v1/contracts", json={"terms": TERMS})).raise_for_status()
    for fact in story():
        if fact["on"] < ASKED_ON:
            now = parse_on(fact["on"][:10]).at + EVENING
            recorded = await clients[fact["by"]].post(f"{AT}/facts", json=fact)
            recorded.raise_for_status()
            if fact == bodies["record_facts"]["signing"]:
                again = await clients[fact["by"]].post(f"{AT}/facts", json=fact)
                made["record_facts"] = {
                    "201": {"signing_recorded": recorded.json()}, "200": {"signing_again": again.json()},
                }  # fmt: skip
    now = parse_on(f"{ASKED_ON}T09:00:00+08:00").at
    for operation, (name, path) in ASKED.items():
        made[operation] = {"200": {name: (await bureau.get(path)).raise_for_status().json()}}
    imagined = await bureau.post(f"{AT}/simulate", json=bodies["simulate"]["third_b_incident"])
    made["simulate"] = {"200": {"then_it_may": imagined.raise_for_status().json()}}
    ledger.store.close()
    return made


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made_in:
        text = json.dumps(asyncio.run(answers(Path(made_in))), ensure_ascii=False, indent=1)
    (Path(api.examples.__file__).parent / "answers.json").write_text(f"{text}\n", "utf-8")
