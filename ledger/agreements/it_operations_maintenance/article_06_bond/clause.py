"""第六条 履约保证金."""

from __future__ import annotations

from functools import partial

from ledger.agreements.it_operations_maintenance.article_06_bond import rule
from ledger.agreements.it_operations_maintenance.article_06_bond.answer import beyond
from ledger.agreements.it_operations_maintenance.article_06_bond.facts import BondDrawn, BondPaid, BondReturned
from ledger.agreements.it_operations_maintenance.article_06_bond.said import SAID
from ledger.agreements.it_operations_maintenance.article_06_bond.state import BondAccount
from ledger.domain.clause import Anomalous, Clause, Duty, no_items
from ledger.domain.facts.agreement import ContractSigned
from ledger.messages import declare

declare(SAID)


def clause(unsettled: rule.Unsettled) -> Clause:
    """``unsettled`` says what of items stands and is not settled."""
    return Clause(
        "article 6",
        handles={
            ContractSigned: rule.effective,
            BondPaid: rule.bond_paid,
            BondDrawn: partial(rule.bond_drawn, unsettled=unsettled),
            BondReturned: rule.bond_returned,
        },
        states=(BondAccount,),
        closes=rule.close,
        duties={"pay-bond": Duty(within="bond.pay_within_days"), "return-bond": Duty(within="bond.return_within_days")},
        anomalies={
            "BOND_DRAWN_BEYOND": Anomalous(("6.2",), beyond), "BOND_RETURNED_BEYOND": Anomalous(("6.3",), beyond),
        },
        adds_items={BondDrawn: no_items, BondReturned: no_items},
        debts=rule.debts,
    )
