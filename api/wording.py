"""Both languages in one text, Chinese first, as the OpenAPI document shows them. The words are the catalogue's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.messages import CATALOGUE, say


def line(code: str) -> str:
    """On one line: ``登记合同 / Register a contract``."""
    return f"{say(code, 'zh')} / {say(code, 'en')}"


def paragraphs(code: str, **values: str) -> str:
    """A paragraph each, in Markdown."""
    return f"{say(code, 'zh', **values)}\n\n{say(code, 'en', **values)}"


# Whose fields have the labels that the command line shows.
_LABELLED = {
    "Status": "path", "Term": "path.term", "Balance": "path.balance", "Incidents": "path.incidents",
    "Termination": "path.termination", "Exit": "path.exit", "Damages": "path.damages", "Obligation": "field",
    "CountedIncident": "field", "ExcludedIncident": "field", "Ground": "field", "DamagesItem": "field",
    "Anomaly": "field",
}  # fmt: skip


def describe(schemas: Mapping[str, dict[str, Any]]) -> None:
    """Say in both languages what each schema and each of its properties is, wherever the catalogue does."""
    for name, schema in schemas.items():
        if f"api.schema.{name}" in CATALOGUE:
            schema["description"] = paragraphs(f"api.schema.{name}")
        for key, part in schema.get("properties", {}).items():
            if f"api.field.{name}.{key}" in CATALOGUE:
                part["description"] = paragraphs(f"api.field.{name}.{key}")
            elif f"{_LABELLED.get(name)}.{key}" in CATALOGUE:
                part["description"] = line(f"{_LABELLED[name]}.{key}")
