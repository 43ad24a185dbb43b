"""The OpenAPI document lints clean, and a typed client generated from it works against the real server."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from types import ModuleType

import httpx
import pytest

from api.shapes.fact_schemas import fact_schemas
from tests.api.server import AT, CONTRACT, Served

CONFIG = """\
project_name_override: lvyue-client
package_name_override: lvyue_client
post_hooks: []
content_type_overrides:
  application/zip: application/octet-stream
"""


@pytest.fixture(scope="module")
def document(served: Served) -> dict[str, dict[str, dict[str, dict[str, object]]]]:
    with served.client("bureau", auth=("x", served.keys["bureau"])) as client:
        found: dict[str, dict[str, dict[str, dict[str, object]]]] = client.get("/openapi.json").json()
    return found


@pytest.fixture(scope="module")
def generated(document: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(document), "utf-8")
    (folder / "config.yml").write_text(CONFIG, "utf-8")
    program = Path(sys.executable).with_name("openapi-python-client")
    done = subprocess.run(
        [program, "generate", "--path", "openapi.json", "--config", "config.yml", "--meta", "none",
         "--output-path", "lvyue_client"], cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stdout + done.stderr, done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    return importlib.import_module("lvyue_client")


def test_the_document_is_valid_openapi(document: dict[str, object]) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator  # here, as every worker imports what stands above

    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_operation_says_what_it_is_and_how_it_fails(
    document: dict[str, dict[str, dict[str, dict[str, object]]]],
) -> None:
    seen: set[object] = set()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["summary"] and operation["description"] and operation["tags"], where
            assert operation["operationId"] not in seen, where
            seen.add(operation["operationId"])
            assert "500" in operation["responses"], where  # type: ignore[operator]
            assert operation["security"] == ([{"key": []}] if where.split()[1] not in OPEN else []), where


OPEN = {"/healthz", "/readyz", "/api/v1/verify"}


def test_the_generated_client_records_asks_and_understands_a_refusal(generated: ModuleType, served: Served) -> None:
    def operation(tag: str, name: str) -> ModuleType:
        return importlib.import_module(f"lvyue_client.api.{tag}.{name}")

    client = generated.AuthenticatedClient(base_url=served.url, token=served.keys["bureau"], verify_ssl=False)
    models = importlib.import_module("lvyue_client.models")
    fact = models.SystemRegisteredFactIn(
        type_="SystemRegistered", on=date(2025, 10, 2), by=models.ByPartyAOrPartyB.PARTY_A, ref="generated",
        data=models.SystemRegisteredData("gen", "办公系统", annual_fee="100001", mlps_level=3, important=False),
    )  # fmt: skip
    recorded = operation("facts", "record_facts").sync(CONTRACT, client=client, body=fact)
    assert isinstance(recorded.facts[0], models.SystemRegisteredRecordedFact)
    assert (recorded.facts[0].recorded_by, recorded.facts[0].data.annual_fee) == ("bureau", "100001.00")
    status = operation("conclusions", "status").sync(CONTRACT, client=client)
    with served.client("bureau") as plain:
        told = plain.get(f"{AT}/status").json()
    assert status.known_at.isoformat() == told["known_at"].replace("Z", "+00:00")
    assert status.to_dict() | {"known_at": told["known_at"]} == told
    refused = operation("conclusions", "explain").sync_detailed(CONTRACT, client=client, path="nowhere")
    assert (refused.status_code, refused.parsed.code) == (404, "PATH_UNKNOWN")
    other = generated.AuthenticatedClient(base_url=served.url, token="wrong", verify_ssl=False)
    assert operation("access", "who_am_i").sync(client=other).code == "KEY_INVALID"


def test_the_generated_client_knows_the_data_and_the_roles_of_every_type(
    generated: ModuleType, served: Served, document: dict[str, dict[str, dict[str, dict[str, object]]]]
) -> None:
    models = importlib.import_module("lvyue_client.models")
    invoice = models.InvoiceIssuedFactIn(
        type_="InvoiceIssued", on=datetime.fromisoformat("2025-10-03T10:00:00+08:00"),
        by=models.ByPartyAOrPartyB.PARTY_A,
        actor=models.ActorPartyB("party_b"),
        data=models.InvoiceIssuedData("GEN-1", 1, amount="1843129.06", tax_rate="0.06"),
    )  # fmt: skip
    assert invoice.to_dict() == {
        "type": "InvoiceIssued", "on": "2025-10-03T10:00:00+08:00", "by": "party_a", "actor": "party_b",
        "data": {"invoice": "GEN-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"},
    }  # fmt: skip
    simulate = importlib.import_module("lvyue_client.api.conclusions.simulate")
    client = generated.AuthenticatedClient(base_url=served.url, token=served.keys["bureau"], verify_ssl=False)
    before = importlib.import_module("lvyue_client.api.conclusions.status").sync(CONTRACT, client=client)
    imagined = simulate.sync(CONTRACT, client=client, body=invoice).status
    assert (imagined.facts, imagined.receipt.head) == (before.facts + 1, "")
    with pytest.raises(ValueError):
        models.ActorPartyB("party_a")
    for union in ("FactIn", "Fact", "RecordedFact"):
        for member in document["components"]["schemas"][union]["discriminator"]["mapping"].values():  # type: ignore[attr-defined]
            assert hasattr(models, str(member).rpartition("/")[2])


def test_the_document_holds_every_schema_of_facts_as_it_was_worked_out(
    document: dict[str, dict[str, dict[str, object]]],
) -> None:
    served = document["components"]["schemas"]
    assert {name: served[name] for name in fact_schemas()} == fact_schemas()


def test_the_document_is_small_on_the_wire(served: Served, document: dict[str, object]) -> None:
    with served.client("bureau", auth=("x", served.keys["bureau"])) as client:
        zipped = client.get("/openapi.json")
        plain = client.get("/openapi.json", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert zipped.json() == plain.json() == document
    # Two thirds are words in two languages, a fifth examples; what stands twice is all but free within gzip's window.
    assert zipped.num_bytes_downloaded < 110_000 < len(plain.content)


def test_the_docs_page_needs_no_other_server(served: Served) -> None:
    with httpx.Client(base_url=served.url, auth=("x", served.keys["bureau"]), trust_env=False, verify=False) as client:
        page = client.get("/docs")
        assert "http://" not in page.text and "https://" not in page.text
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        for asset in ("swagger-ui.css", "swagger-ui-bundle.js", "favicon.png"):
            assert client.get(f"/docs/assets/{asset}").status_code == 200
        assert client.get("/docs/start.js").headers["Content-Type"].startswith("text/javascript")
