"""What the OpenAPI document tells a person: everything in Chinese first and in English, with examples that are true."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest

import api.wording
from api.app import make_app
from api.examples import CONTRACT, held
from api.settings import Settings
from ledger.domain.terms_amendment import document_json
from ledger.messages import CATALOGUE, say
from ledger.messages.api import API
from ledger.service import Ledger
from tests.api.server import AT, ROOT, Served, serving
from tests.api.shown_answers import SPEAKS, answers
from tests.story import story

CHINESE, LATIN = re.compile("[一-鿿]"), re.compile("[A-Za-z]{2,}")
SHOWN = ("summary", "description")
NAMES = ("SHA-256", "SM3")  # the same in every language
VALUES = ("value", "example", "examples", "enum", "const", "mapping")
SCHEMATA = "#/components/schemas"
BODIES = held("requests")
CASES = [(operation, name) for operation, bodies in BODIES.items() for name in bodies]


@pytest.fixture(scope="module")
def said() -> Iterator[set[str]]:
    """The codes of the catalogue that were said, so far."""
    codes = set[str]()

    def listening(code: str, *more: Any, **values: Any) -> str:
        codes.add(code)
        return say(code, *more, **values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api.wording, "say", listening)
        yield codes


@pytest.fixture(scope="module")
def document(said: set[str]) -> dict[str, Any]:
    ledger = Ledger("sqlite:///:memory:", create=True)
    return make_app(ledger, Settings(logs=False)).api.openapi()


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def sentences(part: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every summary and description, and where it stands; what examples hold is no sentence of the document."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if key in SHOWN and isinstance(value, str):
            yield f"{where}/{key}", value
        elif key not in VALUES or (key == "examples" and isinstance(value, dict)):  # of a schema they are a list
            yield from sentences(value, f"{where}/{key}")


def chinese_then_english(text: str) -> bool:
    sign = next((sign for sign in ("\n\n", " / ", " · ") if sign in text), "")
    zh, _, en = text.partition(sign) if sign else (text, "", "")
    return bool(CHINESE.search(zh) and LATIN.search(en) and not CHINESE.match(en))


# --- both languages ---------------------------------------------------------------------------------


def test_every_sentence_of_the_document_is_chinese_first_and_english_second(document: dict[str, Any]) -> None:
    found = list(sentences(document))
    assert len(found) > 1500
    assert [one for one in found if one[1] not in NAMES and not chinese_then_english(one[1])] == []


def test_whatever_can_be_described_is(document: dict[str, Any]) -> None:
    parts = [document["info"], *document["tags"], *document["components"]["schemas"].values()]
    for operation in operations(document):
        assert operation["summary"], operation["operationId"]
        parts += [operation, *operation["parameters"], *operation["responses"].values()]
    assert [part for part in parts if not part.get("description")] == []


def test_the_part_of_the_catalogue_is_said_in_the_document_and_all_of_it(
    document: dict[str, Any], said: set[str]
) -> None:
    declared = {code for code in CATALOGUE if code.startswith("api.")}  # those of agreements among them
    assert document and {code for code in said if code.startswith("api.")} == declared >= set(API)


@pytest.mark.parametrize("text, fine", [
    ("登记合同 / Register a contract", True), ("登记。\n\nRegister.", True), ("日期 · day", True), ("登记合同", False),
    ("Register a contract", False), ("Register / 登记", False), ("登记 / 合同", False), ("登记合同 Register", False),
])  # fmt: skip
def test_a_sentence_in_one_language_or_the_other_way_round_would_be_found(text: str, fine: bool) -> None:
    assert chinese_then_english(text) is fine


# --- examples: of the shapes they are shown for --------------------------------------------------------


Stated = tuple[str, dict[str, Any], object]
"""Where an example stands, the schema it is shown for, the value."""


def test_every_example_fits_its_schema(document: dict[str, Any]) -> None:
    examples = document["components"]["examples"]
    stated: list[Stated] = []
    for operation in operations(document):
        of = operation["operationId"]
        for place in (operation.get("requestBody", {}), *operation["responses"].values()):
            for content in place.get("content", {}).values():
                for name, example in content.get("examples", {}).items():
                    one = examples[example["$ref"].rpartition("/")[2]] if "$ref" in example else example
                    stated.append((f"{of} {name}", content["schema"], one["value"]))
        for parameter in operation["parameters"]:
            schema = parameter["schema"]
            one_of_many = schema.get("items", schema)
            given = [parameter["example"]] if "example" in parameter else []
            where = f"{of} {parameter['name']}"
            stated += [(where, schema, value) for value in (*given, *schema.get("examples", ()))]
            stated += [(where, one_of_many, value) for value in one_of_many.get("examples", ())]
    assert len(stated) > 400 and faults(document, stated) == []


def faults(document: dict[str, Any], stated: list[Stated]) -> list[str]:
    """What is wrong with the examples, by one validator: each that is made reads all the components."""
    known = {str(number): schema for number, (_, schema, _) in enumerate(stated)}
    validator = jsonschema_rs.Draft202012Validator(
        {"properties": known, "components": document["components"]}, validate_formats=True
    )
    values = {str(number): value for number, (_, _, value) in enumerate(stated)}
    return [
        f"{stated[int(error.instance_path[0])][0]}: {str(error)[:300]}" for error in validator.iter_errors(values)
    ]


def test_a_value_of_another_shape_would_be_found(document: dict[str, Any]) -> None:
    schema = {"$ref": f"{SCHEMATA}/FactIn"}
    signing = BODIES["record_facts"]["signing"]
    found = faults(document, [("one", schema, signing), ("another", schema, signing | {"by": "nobody"})])
    assert found and all(said.startswith("another: ") for said in found)


def test_every_body_of_json_has_an_example_and_every_status_its_problem(document: dict[str, Any]) -> None:
    for operation in operations(document):
        if "application/json" in operation.get("requestBody", {}).get("content", {}):
            assert operation["operationId"] in BODIES
        for status, response in operation["responses"].items():
            for example in response.get("content", {}).get("application/problem+json", {}).get("examples", {}).values():
                shown = document["components"]["examples"][example["$ref"].rpartition("/")[2]]["value"]
                assert str(shown["status"]) == status


# --- examples: true ------------------------------------------------------------------------------------


def test_the_facts_shown_are_those_of_the_story_and_the_terms_those_that_ship() -> None:
    shown = [fact for body in BODIES["record_facts"].values() for fact in (body if isinstance(body, list) else [body])]
    assert [fact for fact in shown if fact not in story()] == [] and len(shown) == 8
    terms = tomllib.loads((ROOT / "contracts/three-year-example.toml").read_text("utf-8"))
    assert BODIES["register_contract"]["three_years"]["terms"] == document_json(terms)


def test_the_answers_shown_are_those_of_the_server(tmp_path: Path) -> None:
    assert asyncio.run(answers(tmp_path)) == held("answers")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that was told the story up to the exit request, each fact by its own role."""
    with serving(tmp_path_factory.mktemp("examples")) as served:
        clients = {role: served.client(name) for role, name in SPEAKS.items()}
        for fact in story():
            if fact["on"] <= BODIES["record_facts"]["exit_request"]["on"]:
                answer = clients[fact["by"]].post(f"{AT}/facts", json=fact)
                assert answer.status_code == 201, answer.text
        for client in clients.values():
            client.close()
        yield served


def ask(served: Served, who: str, method: str, path: str, body: object) -> httpx.Response:
    with served.client(who) as client:
        return client.request(method, f"/api/v1{path}", json=body)


PATHS = {
    "register_contract": ("post", "/contracts"), "record_facts": ("post", f"/contracts/{CONTRACT}/facts"),
    "simulate": ("post", f"/contracts/{CONTRACT}/simulate?as_of=2026-04-16"), "create_webhook": ("post", "/webhooks"),
    "suppose": ("post", "/portfolio/what-if"), "log_cosign": ("post", "/log/cosign"),
    "grant_role": ("put", "/access/principals/oa-office"),
    "issue_key": ("post", "/access/principals/oa-office/keys"),
    "make_import": ("post", f"/contracts/{CONTRACT}/imports?kind=alertmanager"),
    "amend_draft": ("put", f"/contracts/{CONTRACT}/imports/{{imported}}/rows/1"),
}  # fmt: skip


def test_the_story_holds_every_fact_shown_so_that_it_is_answered_as_recorded_before(told: Served) -> None:
    method, path = PATHS["record_facts"]
    for name, body in BODIES["record_facts"].items():
        by = body[0]["by"] if isinstance(body, list) else body["by"]
        answer = ask(told, SPEAKS[by], method, path, body)
        count = len(body) if isinstance(body, list) else 1
        assert (answer.status_code, answer.json()["repeated"]) == (200, count), (name, answer.text)


def test_facts_shown_are_taken_anew_by_a_contract_that_has_none(told: Served, tmp_path: Path) -> None:
    with serving(tmp_path) as fresh:
        for name in ("signing", "two_systems"):
            assert ask(fresh, "bureau", *PATHS["record_facts"], BODIES["record_facts"][name]).status_code == 201


def test_the_third_incident_shown_would_let_party_a_terminate(told: Served) -> None:
    answer = ask(told, "bureau", *PATHS["simulate"], BODIES["simulate"]["third_b_incident"]).json()
    assert {"path": "termination.allowed", "from": False, "to": True} in answer["changes"]


def test_the_other_bodies_shown_are_taken(told: Served) -> None:
    others = {
        "register_contract": "party_a", "grant_role": "operator", "issue_key": "operator",  # of the one granted a role
        "create_webhook": "operator", "suppose": "bureau",
    }  # fmt: skip
    for operation, who in others.items():
        for body in BODIES[operation].values():
            answer = ask(told, who, *PATHS[operation], body)
            assert answer.status_code in (200, 201, 202), (operation, answer.text)


def test_the_alert_shown_becomes_a_draft_that_is_filled_in_as_shown(told: Served) -> None:
    made = ask(told, "bureau", *PATHS["make_import"], BODIES["make_import"]["an_alert"])
    assert (made.status_code, made.json()["counts"]) == (
        201, {"draft": 1, "faulty": 0, "confirmed": 0, "discarded": 0})  # fmt: skip
    method, path = PATHS["amend_draft"]
    path = path.format(imported=made.json()["id"])
    amended = ask(told, "bureau", method, path, BODIES["amend_draft"]["people_and_loss"])
    assert amended.status_code == 200, amended.text
    assert amended.json()["rows"][0]["envelope"]["data"] == {
        "incident": "am-5c1d9f0a7be2e4c8-20260402T011000", "kind": "outage", "duration_minutes": 30,
        "people_affected": 1200, "economic_loss": "20000.00",
    }  # fmt: skip


def test_the_cosignature_shown_is_one_though_of_another_log(told: Served) -> None:
    body = BODIES["log_cosign"]["cosignature"]
    with told.client("bureau") as client:
        size = int(client.get("/api/v1/log/checkpoint").text.splitlines()[1])
    answer = ask(told, "bureau", *PATHS["log_cosign"], body | {"size": size})
    assert (answer.status_code, answer.json()["code"]) == (403, "WITNESS_NOT_ADMITTED")


def test_the_tests_above_take_every_example_there_is() -> None:
    assert {operation for operation, _ in CASES} == set(PATHS)
