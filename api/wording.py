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


def entitle(schemas: Mapping[str, dict[str, Any]]) -> None:
    """Give every schema without a title one: its own name, and within it the names on the way.

    Without one the page shows a wall of "object", and a generated client has classes numbered from 0.
    """
    for name, schema in schemas.items():
        schema.setdefault("title", name)
        _entitle_parts(schema, schema["title"])


def _entitle_parts(schema: dict[str, Any], title: str) -> None:
    for key, part in schema.get("properties", {}).items():
        _entitle(part, f"{title}{key.title().replace('_', '')}")
    if isinstance(schema.get("items"), dict):
        _entitle(schema["items"], f"{title}Item")
    for number, part in enumerate(schema.get("anyOf", ())):
        _entitle(part, f"{title}{number + 1}")


def _entitle(part: dict[str, Any], title: str) -> None:
    if part.get("type") == "object":
        part.setdefault("title", title)
    _entitle_parts(part, title)


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
