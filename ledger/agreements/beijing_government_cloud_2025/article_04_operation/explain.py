"""Who was absent from on-site duty (4.2), and what was missing before a system was moved (4.3, 6.2)."""

from __future__ import annotations

from typing import Any

from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events, Migration
from ledger.bilingual import Bilingual, joined, label
from ledger.domain.fact import Fact
from ledger.domain.machine import Obligation
from ledger.explanation import Explanation


def absences(x: Explanation, duty: Obligation) -> None:
    for fact in x.m[Events].absences.get(duty.id.partition(":")[2], []):
        x.step("EX_HAPPENED", fact=x.fact(fact.id))


def deployed_untested(x: Explanation, fact: Fact) -> None:
    what: Any = fact.what
    migration = x.when_judged(fact)[Migration]
    x.step("EX_DEPLOYED_UNTESTED", fact=x.fact(fact.id), system=what.system, missing=_missing(migration, what.system))


def trial_run_untested(x: Explanation, fact: Fact) -> None:
    migration = x.when_judged(fact)[Migration]
    x.step("EX_TRIAL_RUN_UNTESTED", fact=x.fact(fact.id))
    for system in migration.unready:
        x.step("EX_SYSTEM_UNREADY", registered=x.fact(migration.registered[system].id), system=system,
               missing=_missing(migration, system, deployed=True))  # fmt: skip


def _missing(migration: Migration, system: str, *, deployed: bool = False) -> Bilingual:
    steps = {"tested": migration.tested, "assessed": migration.assessed}
    if deployed:
        steps["deployed"] = migration.deployed
    return joined(label("migration", name) for name, passed in steps.items() if system not in passed)
