"""The log as tiles over HTTP: the hashes for everybody where the operator wants that, the facts for readers only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tlog_scales import backend, reader, signing

from ledger.log.merkle import leaf_hash
from tests.api.server import AT, Served, serving, signed


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path, "--public-log") as server:
        yield server


def test_another_program_reads_the_public_log_and_nobody_reads_its_facts(published: Served) -> None:
    with published.client("bureau") as client, published.client("audit") as auditor, published.client() as anybody:
        client.post(f"{AT}/facts", json=signed()).raise_for_status()
        size = int(client.get("/api/v1/log/checkpoint").text.splitlines()[1])
        key = client.get("/api/v1/log/keys").json()["keys"][0]["key"]
        opened = reader.TilesReader(backend.HttpBackend(f"{published.url}/log"))
        checkpoint = opened.get_checkpoint()
        checkpoint.verify(signing.Vkey.from_string(key))
        assert checkpoint.size == size and opened.calculate_root_hash() == checkpoint.root_hash
        tile = anybody.get(f"/log/tile/0/000.p/{size}")
        assert tile.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert anybody.get("/log/checkpoint").headers["cache-control"] == "public, max-age=5"
        facts = f"/log/tile/entries/000.p/{size}"
        assert (anybody.get(facts).status_code, client.get(facts).status_code) == (401, 403)
        given = auditor.get(facts)
        first = given.content[2 : 2 + int.from_bytes(given.content[:2])]
        assert leaf_hash(first) == tile.content[:32] and given.headers["cache-control"].startswith("private")
        for path in (f"0/000.p/{size + 1}", "0/000", "1/000.p/1", "0/7", "64/000", "0/../checkpoint"):
            refused = anybody.get(f"/log/tile/{path}")
            assert refused.status_code in (401, 404), (path, refused.text)
        assert anybody.get("/log/tile/0/000").json()["code"] == "TILE_UNKNOWN"
        assert anybody.post("/log/checkpoint").status_code == 401
