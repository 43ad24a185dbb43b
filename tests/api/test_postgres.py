"""The same API over a ledger in PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.api.server import AT, CONTRACT, serving, signed, system


def test_a_ledger_in_postgresql_is_served_alike(postgres_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, store=postgres_url) as server, server.client("bureau") as client:
        made = client.post(f"{AT}/facts", json=signed(), headers={"If-Match": '"1"', "Idempotency-Key": "k"})
        again = client.post(f"{AT}/facts", json=signed(), headers={"If-Match": '"1"', "Idempotency-Key": "k"})
        assert (made.status_code, again.content) == (201, made.content)

        def write(number: int) -> int:
            return client.post(f"{AT}/facts", json=system(f"s{number}"), headers={"If-Match": '"2"'}).status_code

        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(write, range(4))) == [201, 412, 412, 412]
        status = client.get(f"{AT}/status").json()
        assert (status["contract"], status["facts"]) == (CONTRACT, 3)
        assert client.get("/api/v1/log/proof", params={"contract": CONTRACT, "seq": 3}).status_code == 200
        made = client.post(f"{AT}/documents", content=b"a file", headers={"Content-Type": "text/plain"})
        assert client.get(f"{AT}/documents/{made.json()['sha256']}").content == b"a file"
        with server.client("operator") as operator:  # PostgreSQL keeps no NUL, and says where it is when asked for one
            answered = [operator.get(f"/api/v1/{path}") for path in (
                "access/principals/a%00b", "contracts/%00/status", f"contracts/{CONTRACT}/documents/%00",
                "events?contract=%00", "access/log?after=%00",
            )]  # fmt: skip
            assert {one.status_code for one in answered} <= {400, 403, 404, 422}
            assert not any("postgres" in one.text or "%00" in one.json()["detail"] for one in answered)
        with server.client("stranger") as stranger:
            assert stranger.get(f"{AT}/status").status_code == 403
