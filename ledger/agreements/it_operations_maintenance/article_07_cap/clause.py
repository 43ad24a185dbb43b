"""第七条 责任限额."""

from __future__ import annotations

from functools import partial

from ledger.agreements.it_operations_maintenance.article_05_delay.delays import follow_delays
from ledger.agreements.it_operations_maintenance.article_07_cap import answer, rule
from ledger.agreements.it_operations_maintenance.article_07_cap.counting import counted, standing
from ledger.agreements.it_operations_maintenance.article_07_cap.said import SAID
from ledger.agreements.it_operations_maintenance.article_07_cap.state import Items
from ledger.domain.clause import Clause
from ledger.domain.facts.damages import DamagesAgreed, DamagesSettled
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.machine import Machine
from ledger.messages import declare

declare(SAID)


def _close(m: Machine) -> None:
    follow_delays(m, m.day)


def _found(m: Machine) -> None:
    counted(m, m.day)


CLAUSE = Clause(
    "article 7",
    handles={
        DamagesAgreed: rule.damages_agreed,
        DamagesSettled: rule.damages_settled,
        JudgmentEntered: rule.judgment_entered,
    },
    states=(Items,),
    closes=_close,
    found=_found,
    items=answer.item_ids,
    adds_items={DamagesAgreed: rule.sum_added, DamagesSettled: rule.none_if_paid},
    feed=answer.feed,
    debts=partial(rule.debts, count=counted, standing=standing),
)
