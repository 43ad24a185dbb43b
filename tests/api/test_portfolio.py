"""The contracts of whoever asks, found by how they stand, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ledger.service import Ledger
from tests.api.server import AT, CONTRACT, serving, signed, terms
from tests.api.test_two_servers import until

OTHERS = ["CITY-1", "CITY-2"]
NOTICE = {"year": 2025, "document": "国办发明电〔2025〕99号", "published_on": "2025-12-01", "off_days": ["2025-12-24"],
          "makeup_days": []}  # fmt: skip
PAYMENT = {"type": "PaymentMade", "on": "2025-12-23", "by": "party_a",
           "data": {"payment": "p", "invoice": "i", "amount": "40.00"}}  # fmt: skip


def test_what_would_change_is_worked_out_in_the_background_among_what_the_caller_may_see(tmp_path: Path) -> None:
    at_once = "from api.resources import what_if; what_if.WAIT_SECONDS = 0.0"
    with serving(tmp_path, first=at_once) as server, serving(tmp_path, store=server.store, seeded=False) as other:
        other.keys.update(server.keys)
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
        with other.client("provider") as provider:
            invoice = {"invoice": "i", "instalment": 1, "amount": "100.00", "tax_rate": "0.06"}
            told = {"type": "InvoiceIssued", "on": "2025-12-22", "by": "party_b", "data": invoice}
            provider.post(f"{AT}/facts", json=told).raise_for_status()
        with (
            server.client("audit") as auditor, other.client("audit") as elsewhere, other.client("stranger") as stranger,
        ):  # fmt: skip

            def changed(swept: int, **supposed: Any) -> set[str]:
                """The paths that change in one contract of those swept, begun at one server and fetched at the other.
                """
                asked = auditor.post("/api/v1/portfolio/what-if", json=supposed)
                assert asked.status_code == 202 and asked.json()["progress"] <= 100
                address = asked.headers["location"]
                assert stranger.get(address).json()["code"] == "SUPPOSITION_UNKNOWN"
                until(lambda: elsewhere.get(address).status_code != 202)
                found = elsewhere.get(address).raise_for_status().json()
                assert (found["swept"], [one["contract"] for one in found["changed"]]) == (swept, [CONTRACT])
                return {change["path"] for change in found["changed"][0]["changes"]}

            assert "term.ends_on" in changed(3, readings={"term-end": "day-before"})
            assert "obligations.pay-invoice:i.due_on" in changed(3, notices=[NOTICE])
            assert "balance.paid" in changed(1, facts=[PAYMENT], prefix=CONTRACT[:2])
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
