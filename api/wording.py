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


def describe(schemas: Mapping[str, dict[str, Any]]) -> None:
    """Say in both languages what each schema and each of its properties is, wherever the catalogue does."""
    for name, schema in schemas.items():
        if f"api.schema.{name}" in CATALOGUE:
            schema["description"] = paragraphs(f"api.schema.{name}")
        for key, part in schema.get("properties", {}).items():
            if f"api.field.{name}.{key}" in CATALOGUE:
                part["description"] = paragraphs(f"api.field.{name}.{key}")
