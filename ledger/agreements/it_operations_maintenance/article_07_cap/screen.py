"""Credits and damages on the screen: what each item comes to, what counts, by when a credit is to be claimed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import labels
from ledger.domain.money import fen
from ledger.drawing import ALARM, FAINT, STRONG, Screen, Styled
from ledger.labels import money
from ledger.messages import say


def damages(s: Screen, answer: Mapping[str, Any]) -> None:
    damages = answer["damages"]
    if not damages["items"] and not damages["running"]:
        return
    s.section(s.word("ops_damages"))
    sums = [key for key in ("accrued", "settled", "deductible", "cap", "owed_by_party_a") if damages[key] is not None]
    for key in sums:
        s.line(Styled(f"{say(f'path.damages.{key}', s.lang)} {money(damages[key])}", STRONG))
    if damages["items"]:
        s.table(("item", "clause", "ops_debtor", "amount", "ops_counted", "ops_item_state"),
                [_item(s, one) for one in damages["items"]], wide=(0, 5), right=(3, 4))  # fmt: skip
    for one in damages["running"]:
        s.line(Styled(s.word("ops_running", duty=labels.debt(one["id"], s.lang), days=one["days"],
                             amount=money(one["amount"])), ALARM))  # fmt: skip
    if damages["running"] or fen(damages["accrued"]) or fen(damages["owed_by_party_a"]):
        s.prose(say("damages.adjustable", s.lang), style=FAINT)


def _item(s: Screen, one: Mapping[str, Any]) -> tuple[str, list[str]]:
    state = labels.label("item", one["state"], s.lang)
    if one["state"] == "claimable":
        state = s.word("ops_claim_by", day=labels.weekday(one["claim_by"], s.lang))
    elif one["absorbed_by"]:
        state = s.word("ops_replaced_by", item=one["absorbed_by"])
    return "" if one["state"] in ("standing", "claimable") else FAINT, [
        labels.debt(one["id"], s.lang), labels.clause(one["clause"], s.lang),
        labels.label("role", one["debtor"], s.lang), money(one["amount"]), money(one["counted"]), state,
    ]  # fmt: skip
