"""Examples in the OpenAPI document, so that "Try it out" starts from something true.

``requests.json`` holds bodies by operation and name, ``answers.json`` answers by operation, status and name; the
facts are those of the contract that ships. Tests tell both to a server; ``python -m tests.api.shown_answers`` writes
the answers anew. What an example shows, the catalogue says at ``api.example.`` and its name.
"""

from __future__ import annotations

from json import loads
from pathlib import Path
from typing import Any

from api.problems import MEDIA_TYPE, document, status_of
from api.wording import line
from ledger.domain.errors import Refusal

CONTRACT = "CU12-1101-2025-018605"
# What is in the path or must be asked, as the page fills it in.
PARAMETERS: dict[str, object] = {"contract": CONTRACT, "fact": "2", "type": "InvoiceIssued", "name": "oa-office",
                                 "path": "termination.allowed"}  # fmt: skip
REFUSED = (
    Refusal("PARAMETER_UNKNOWN", "colour", name="colour", known="as_of, known_at, as_seen_by, reading"),
    Refusal("KEY_INVALID", "Authorization"),
    Refusal("CONTRACT_NOT_YOURS", "contract", contract=CONTRACT),
    Refusal("CONTRACT_UNKNOWN", "contract", contract="CU12-1101-2025-000000"),
    Refusal("REF_CONFLICT", "ref", line=1, ref="inv-2", first=f"{CONTRACT}#10"),
    Refusal("VERSION_CONFLICT", "If-Match", actual=42, expected=41),
    Refusal("BODY_TOO_LARGE", "body", most=1_048_576),
    Refusal("MEDIA_TYPE_UNSUPPORTED", "Content-Type", wanted="application/json", given="text/plain"),
    Refusal("AMOUNT_DECIMALS", "data.amount", line=1, value="1843129.065"),
    Refusal("IF_MATCH_REQUIRED", "If-Match"),
    Refusal("RATE_EXCEEDED", seconds=1),
    Refusal("INTERNAL"),
    Refusal("SERVER_BUSY"),
)
_HERE = Path(__file__).parent


def held(file: str) -> dict[str, dict[str, Any]]:
    """``requests`` by operation and name, or ``answers`` by operation, status and name."""
    found: dict[str, dict[str, Any]] = loads((_HERE / f"{file}.json").read_text("utf-8"))
    return found


def problems() -> dict[str, Any]:
    """A problem for every status, for `components.examples`."""
    made = {}
    for refused in REFUSED:
        status = status_of(refused)
        made[str(status)] = {"value": document(refused, status, "zh", "0123456789abcdef")}
    return made


def add_examples(made: dict[str, Any]) -> None:
    """Put every example into the document."""
    refused = made["components"]["examples"] = problems()
    requests, answers = held("requests"), held("answers")
    for path in made["paths"].values():
        for operation in path.values():
            name = operation["operationId"]
            _parameters(operation)
            if name in requests:
                _content(operation["requestBody"])["examples"] = _named(requests[name])
            for status, values in answers.get(name, {}).items():
                _content(operation["responses"][status])["examples"] = _named(values)
            for status, response in operation["responses"].items():
                if MEDIA_TYPE in response.get("content", {}):
                    code = refused[status]["value"]["code"]
                    response["content"][MEDIA_TYPE]["examples"] = {code: {"$ref": f"#/components/examples/{status}"}}


def _parameters(operation: dict[str, Any]) -> None:
    for parameter in operation["parameters"]:
        if parameter["name"] in PARAMETERS and parameter["required"]:
            parameter["example"] = PARAMETERS[parameter["name"]]


def _content(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = body["content"]["application/json"]
    return found


def _named(values: dict[str, Any]) -> dict[str, Any]:
    return {name: {"summary": line(f"api.example.{name}"), "value": value} for name, value in values.items()}
