"""Both languages in one text, Chinese first, as the OpenAPI document shows them. The words are the catalogue's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.messages import CATALOGUE, say


def line(code: str) -> str:
    """On one line: ``登记合同 / Register a contract``."""
    return f"{say(code, 'zh')} / {say(code, 'en')}"


def paragraphs(code: str, **values: str) -> str:
    """A paragraph each, in Markdown."""
    return f"{say(code, 'zh', **values)}\n\n{say(code, 'en', **values)}"


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
    labels = _labels(schemas)
    for name, schema in schemas.items():
        if f"api.schema.{name}" in CATALOGUE:
            schema["description"] = paragraphs(f"api.schema.{name}")
        for key, part in schema.get("properties", {}).items():
            if f"api.field.{name}.{key}" in CATALOGUE:
                part["description"] = paragraphs(f"api.field.{name}.{key}")
            elif f"{labels.get(name)}.{key}" in CATALOGUE:
                part["description"] = line(f"{labels[name]}.{key}")


def _labels(schemas: Mapping[str, dict[str, Any]]) -> dict[str, str]:
    """Where the command line's labels of a schema's fields are: of the answer and its sections, ``path.…``; of the
    records within them, ``field``.
    """  # fmt: skip
    found = {"Status": "path"}
    for key, part in schemas.get("Status", {}).get("properties", {}).items():
        found |= dict.fromkeys(_named(part), f"path.{key}")
    inner = list(found)
    while inner:
        for part in schemas.get(inner.pop(), {}).get("properties", {}).values():
            within = [name for name in _within(part) if name not in found]
            found |= dict.fromkeys(within, "field")
            inner += within
    return found


def _named(part: dict[str, Any]) -> list[str]:
    """The schemas that a property is, itself or as one of several."""
    return [one["$ref"].rpartition("/")[2] for one in (part, *part.get("anyOf", ())) if "$ref" in one]


def _within(part: Any) -> Iterator[str]:
    """Every schema that a property refers to, however deep."""
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _within(one)
    if isinstance(part, dict) and "$ref" in part:
        yield part["$ref"].rpartition("/")[2]
