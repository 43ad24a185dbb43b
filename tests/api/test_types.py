"""The types of facts over HTTP are those of the command line, as declared, and their examples fit the schemas."""

from __future__ import annotations

from urllib.parse import quote

from jsonschema import Draft202012Validator

from api.shapes.fact_schemas import fact_schemas
from api.shapes.types import FactTypeJson, TypeLine
from ledger.domain.fact import TYPES
from ledger.projections.fact_types import fact_type, fact_types
from tests.api.server import AT, Served

SCHEMAS = fact_schemas()


def test_a_type_is_as_declared_and_its_example_fits_the_schema() -> None:
    for name in list(TYPES):
        told = fact_type(name)
        FactTypeJson.model_validate(told, strict=True)
        if told["example_fact"] is not None:
            schema = {"$ref": f"#/components/schemas/{name}FactIn", "components": {"schemas": SCHEMAS}}
            assert [error.message for error in Draft202012Validator(schema).iter_errors(told["example_fact"])] == []


def test_types_are_listed_and_read_by_any_name(served: Served) -> None:
    with served.client("bureau") as client:
        listed = client.get("/api/v1/types").json()
        for name in ("InvoiceIssued", "开具发票", "invoice issued"):
            assert client.get(f"/api/v1/types/{quote(name)}").json() == fact_type("InvoiceIssued")
        missing = client.get("/api/v1/types/InvoiceIssed", headers={"Accept-Language": "en"})
        example = client.get("/api/v1/types/InvoiceIssued").json()["example_fact"]
        imagined = client.post(f"{AT}/simulate", json=example)
    assert listed == fact_types() and all(TypeLine.model_validate(one, strict=True) for one in listed)
    assert (missing.status_code, missing.json()["code"], missing.json()["field"]) == (404, "TYPE_UNKNOWN", "type")
    assert "InvoiceIssued" in missing.json()["detail"]
    assert imagined.status_code == 200
