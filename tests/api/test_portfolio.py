"""The contracts of whoever asks, found by how they stand, over HTTP."""

from __future__ import annotations

from pathlib import Path

from ledger.service import Ledger
from tests.api.server import AT, CONTRACT, serving, signed, terms

OTHERS = ["CITY-1", "CITY-2"]


def test_what_would_change_is_worked_out_in_the_background_among_what_the_caller_may_see(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        ledger = Ledger(server.store)
        for number in OTHERS:
            ledger.register(terms(number))
        ledger.store.close()
        for who in ("bureau", "provider"):
            with server.client(who) as client:
                lease = {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}}
                role = "party_a" if who == "bureau" else "party_b"
                given = [signed(role, on="2025-11-19"), *([lease] if who == "bureau" else [])]
                client.post(f"{AT}/facts", json=given).raise_for_status()
        with server.client("audit") as auditor, server.client("stranger") as stranger:
            asked = auditor.post("/api/v1/portfolio/what-if", json={"readings": {"term-end": "day-before"}})
            address = asked.headers.get("location", "")
            for _ in range(60):
                if asked.status_code != 202:
                    break
                assert asked.json()["progress"] <= 100
                assert stranger.get(address).json()["code"] == "SUPPOSITION_UNKNOWN"
                asked = auditor.get(address)
            found = asked.json()
            assert (found["swept"], [one["contract"] for one in found["changed"]]) == (3, [CONTRACT])
            assert "term.ends_on" in {change["path"] for change in found["changed"][0]["changes"]}
            for body, code in (({}, "SUPPOSITION_EMPTY"), ({"notices": [{}]}, "NOTICE_KEYS"),
                               ({"readings": {"x": "y"}}, "READING_UNKNOWN"), ({"facts": [{}] * 101}, "LIST_LENGTH"),
                               ({"facts": [[None]]}, "FIELD_TYPE")):
                assert auditor.post("/api/v1/portfolio/what-if", json=body).json()["code"] == code


def test_contracts_are_sought_ordered_and_paged_among_those_the_caller_may_see(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        ledger = Ledger(server.store)
        for number in OTHERS:
            ledger.register(terms(number))
        ledger.store.close()
        with server.client("audit") as auditor, server.client("bureau") as bureau:

            def numbers(query: str) -> list[str]:
                return [line["contract"] for line in auditor.get(f"/api/v1/contracts?{query}").json()]

            assert numbers("where=phase=registered&order=-outstanding") == [*OTHERS[::-1], CONTRACT]
            assert numbers("prefix=CITY") == OTHERS and numbers("contains=city-2") == OTHERS[1:]
            assert numbers("as_of=2026-12-01&contains=city-2&phase=registered") == OTHERS[1:]
            for path in ("contracts", "contracts?as_of=2026-12-01", "portfolio", "deadlines.ics"):
                stands = auditor.get(f"/api/v1/{path}").headers
                assert (stands["Lvyue-Position"], stands["Lvyue-Current"]) == ("3", "true")
            page, seen = auditor.get("/api/v1/contracts?limit=1&order=outstanding"), list[str]()
            while True:
                seen += [line["contract"] for line in page.json()]
                if "next" not in page.links:
                    break
                page = auditor.get(page.links["next"]["url"])
            assert seen == [CONTRACT, *OTHERS]
            assert [line["contract"] for line in auditor.get("/api/v1/portfolio").json()] == seen
            assert {line["contract"] for line in bureau.get("/api/v1/portfolio").json()} == {CONTRACT}
            assert bureau.get("/api/v1/contracts?prefix=CITY").json() == []
            mistaken = {
                "where=colour=red": "WHERE_UNKNOWN", "where=overdue>x": "WHERE_VALUE", "order=phase": "ORDER_UNKNOWN",
                "order=overdue&as_of=2026-12-01": "ORDER_TODAY_ONLY",
            }  # fmt: skip
            for query, code in mistaken.items():
                refused = auditor.get(f"/api/v1/contracts?{query}")
                assert (refused.status_code, refused.json()["code"]) == (422, code)
