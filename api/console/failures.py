"""Refusals and failures as pages: what was not done, what was kept, and one link to continue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import Response
from starlette.types import Scope

from api.console.context import HTML, POLICY, Console
from api.console.preferences import preferences
from api.console.rendering import render
from api.console.words import PageWords
from api.problems import public, status_of
from ledger import messages
from ledger.domain.errors import Refusal

HEADS = {401: "signed-out", 403: "forbidden", 404: "not-found", 409: "conflict", 413: "too-large", 429: "slow-down",
         500: "failed", 503: "unavailable", 507: "unavailable"}  # fmt: skip

BEFORE_RECORDING = frozenset((
    "STORE_DISK_FULL", "STORE_LOCKED", "STORE_READ_ONLY", "STORE_REPLACED", "CLOCK_BEHIND", "ROLLED_BACK", "FACTS_GONE",
))  # fmt: skip


def refused_page(console: Console, refused: Refusal, scope: Scope, headers: Mapping[str, str]) -> Response:
    """The page; without a session a redirect to the sign-in page, which leads back to the address."""
    status, reading = status_of(refused), scope["method"] in ("GET", "HEAD")
    address = scope["path"] + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
    if status == 401 and reading:
        to = "/sign-in" + (f"?to={quote(address, safe='/')}" if address != "/" else "")
        return Response(None, 303, {"Location": to, "Cache-Control": "no-store", **headers})
    chosen = preferences(scope)
    words = PageWords(chosen.lang, console.addresses, None, [])
    head = words.say(f"refused.{HEADS.get(status, 'refused')}")
    faults = [messages.refusal(fault, chosen.lang) for fault in refused.faults]
    sentence = messages.say(refused.code, chosen.lang, **_told(refused, words)) if not faults else head
    onward, onward_words = _way_on(words, status, address, reading)
    body = render(
        "refused.html", words, head=head, sentence=sentence, faults=faults, id=scope["lvyue.id"], onward=onward,
        kept=words.say(f"refused.{_kept(refused.code, status, reading)}"),
        ask=words.say("refused.ask") if status == 403 else "",
        onward_words=onward_words,
    )  # fmt: skip
    shown = render(
        "layout.html", words, title=head, body=body, here="", contract=None, foot="", large=chosen.large,
        form_token="", address=address, other_lang="/?lang=" + ("zh" if chosen.lang == "en" else "en"),
        other_type="/?type=" + ("normal" if chosen.large else "large"), ledger_links=[], contract_links=[], who="",
        again=0, filled="", enter=("", "", ""), left_behind=[],
    )  # fmt: skip
    again = {"Retry-After": str(refused.values["seconds"])} if "seconds" in refused.values and status == 429 else {}
    added = {"Content-Security-Policy": POLICY, "Content-Language": chosen.lang, "Cache-Control": "no-store"}
    return Response(str(shown), status, {**added, **again, **headers}, HTML)


def _told(refused: Refusal, words: PageWords) -> Mapping[str, object]:
    """The values of its sentence, with roles and sizes in words."""
    told = dict(public(refused))
    if isinstance(told.get("role"), str):
        told["role"] = words.label("role", str(told["role"]))
    if isinstance(told.get("allowed"), str):
        told["allowed"] = words.listed(words.label("role", one) for one in str(told["allowed"]).split(", "))
    if isinstance(told.get("action"), str):
        told["action"] = words.say(f"action.{told['action']}")
    if isinstance(told.get("most"), int):
        told["most"] = f"{told['most']:,}"
    return told


def _kept(code: str, status: int, reading: bool) -> str:
    """The sentence on the ledger's state: a server that failed on the way may have recorded what was sent."""
    if reading:
        return "nothing-asked"
    return "uncertain" if status >= 500 and code not in BEFORE_RECORDING else "nothing-recorded"


def _way_on(words: PageWords, status: int, address: str, reading: bool) -> tuple[str, object]:
    if status == 401:
        return "/sign-in", words.say("refused.to-sign-in")
    contract = re.match("/contract/[^/?]+", address)
    if status == 404 and contract is not None and address != contract[0]:
        return contract[0], words.say("refused.to-contract")
    if status == 413:
        return address, words.say("refused.to-form")
    if status in (429, 503, 507) and reading:
        return address, words.say("refused.again")
    return "/", words.say("refused.to-home")
