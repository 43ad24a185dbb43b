"""The answer on a page where many grounds are open: told clause by clause, not one by one."""

from __future__ import annotations

from typing import Any

from ledger.agreements.beijing_government_cloud_2025.article_10_termination.page import verdicts


def answer(count: int, denied: int) -> dict[str, Any]:
    """So many open grounds of clause 10.2, of which party B's account denies the first ones."""
    grounds = [
        {"clause": "10.2", "arose_on": f"2026-05-{number + 1:02}", "state": "open", "last_day": "2026-12-01",
         "lapses_on": f"2027-05-{number + 1:02}"} for number in range(count)
    ]  # fmt: skip
    positions = [{"path": f"termination.grounds.10.2@{one['arose_on']}", "record": one, "party_a": one, "party_b": None}
                 for one in grounds[:denied]]  # fmt: skip
    return {
        "termination": {"state": "open", "grounds": grounds, "headroom": {"b_incidents": 0}},
        "incidents": {"b_count_rolling_year": count + 2}, "positions": positions,
        "term": {"ends_on": "2026-12-01", "terminated_on": None},
    }  # fmt: skip


def test_up_to_four_grounds_are_told_one_by_one_more_of_them_clause_by_clause() -> None:
    (four,), (five,) = verdicts(answer(4, 4), "zh"), verdicts(answer(5, 3), "zh")
    assert len(four.reasons) == 4 and "按乙方的主张，第 10.2 款的事由不成立。" in four.notes
    assert four.reasons[0] == ("10.2", "一年内 B 级事件 6 起，2026-05-01 成立", "termination.grounds.10.2@2026-05-01")
    assert five.reasons == (("10.2", "2026-05-01 至 2026-05-05 先后成立 5 项事由", "termination.allowed"),)
    assert "按乙方的主张，第 10.2 款的事由有 3 项不成立。" in five.notes and five.last_day == "2026-12-01"
