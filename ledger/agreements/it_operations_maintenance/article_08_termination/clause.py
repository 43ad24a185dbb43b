"""第八条 解除."""

from __future__ import annotations

from functools import partial

from ledger.agreements.it_operations_maintenance.article_08_termination import answer, explain, rule
from ledger.agreements.it_operations_maintenance.article_08_termination.facts import TerminationNoticed
from ledger.agreements.it_operations_maintenance.article_08_termination.said import SAID
from ledger.agreements.it_operations_maintenance.article_08_termination.state import LatePayments, TerminationNotices
from ledger.domain.clause import Anomalous, Clause
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.facts.record import FactAcknowledged
from ledger.domain.facts.settlement import NoticeServed
from ledger.messages import declare

declare(SAID)


def clause(terminate: rule.Terminate) -> Clause:
    """``terminate`` ends the contract on a day."""
    told = Anomalous(("8.5",), explain.anomaly)
    return Clause(
        "article 8",
        handles={
            TerminationNoticed: rule.noticed, NoticeServed: rule.arrived, FactAcknowledged: rule.arrived,
            JudgmentEntered: rule.judgment_entered,
        },
        begins=partial(rule.begin, terminate=terminate),
        states=(LatePayments, TerminationNotices),
        closes=partial(rule.close, open_on=answer.open_on, terminate=terminate),
        anomalies={"NOTICE_WITHOUT_GROUND": told, "NOTICE_GROUND_NOT_OPEN": told},
        feed=answer.feed,
    )
