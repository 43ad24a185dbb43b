"""What an alert says to a person, in Chinese or English: one sentence, with its day and who has to do what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import labels
from ledger.messages import Language, say
from ledger.projections.alerts import RECORD

_DEADLINES = {
    "due": "ALERT_DUE", "term-ends": "ALERT_TERM_ENDS", "right-ends": "ALERT_RIGHT_ENDS",
    "claim-ends": "ALERT_CLAIM_ENDS", "limitation": "ALERT_LIMITATION",
}  # fmt: skip
_RIGHTS = {"right-ends": "ALERT_RIGHT", "claim-ends": "ALERT_CLAIMABLE"}


def sentence(alert: Mapping[str, Any], role: str | None, lang: Language) -> str:
    """The sentence of an alert as told; ``role`` is in whose view it stands, None of record."""
    told = _said(alert, lang)
    if alert.get("provisional"):
        told += say("ALERT_PROVISIONAL", lang)
    if role is not None and RECORD not in alert["views"]:
        return say("ALERT_SEEN_BY", lang, role=labels.label("role", role, lang), said=told)
    return told


def _said(alert: Mapping[str, Any], lang: Language) -> str:
    kind = alert["kind"]
    if kind == "threshold":
        return say("ALERT_THRESHOLD", lang, about=labels.path(alert["path"], lang))
    if kind == "claim":
        return say("ALERT_CLAIM", lang, fact=labels.short_id(alert["because"][0]))
    if kind == "state":
        return say("ALERT_STATE", lang, change=labels.change(alert["path"], alert["from"], alert["to"], lang))
    code = "ALERT_OVERDUE" if kind == "overdue" else (_RIGHTS if kind == "right" else _DEADLINES)[alert["what"]]
    obligor = labels.label("role", alert["obligor"], lang) if alert["obligor"] is not None else ""
    return say(code, lang, subject=_subject(alert, lang), obligor=obligor, day=labels.weekday(alert["on"], lang),
               clause=labels.article(alert["clause"], lang))  # fmt: skip


def _subject(alert: Mapping[str, Any], lang: Language) -> str:
    """What is to be performed, or is owed, in words; what made a right, by its name."""
    if alert["what"] in ("due", "overdue"):
        return f"“{labels.obligation(alert['subject'], lang)}”"
    if alert["what"] in ("limitation", "claim-ends"):
        return f"“{labels.debt(alert['subject'], lang)}”"
    return str(alert["subject"])
