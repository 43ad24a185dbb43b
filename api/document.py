"""The OpenAPI 3.1 document: FastAPI's description of the routes, completed here."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.examples import add_examples
from api.parameters import CONTRACT_ID
from api.routes import BODIES
from api.shapes import Problem
from api.shapes.fact_schemas import fact_schemas
from api.wording import describe, entitle, line, paragraphs

TAGS = (
    "contracts", "facts", "conclusions", "documents", "imports", "deadlines", "events", "evidence", "access",
    "operations",
)  # fmt: skip
PATHS: dict[str, dict[str, Any]] = {
    "contract": {"type": "string", "pattern": CONTRACT_ID},
    "type": {"type": "string", "minLength": 1, "maxLength": 100},
    "fact": {"type": "string", "minLength": 1, "maxLength": 300},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]{0,63}$"},
    "key": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
    "webhook": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    "delivery": {"type": "string", "pattern": "^[0-9a-f]{16}-(alert-)?[0-9]{1,18}$"},
    "tile": {"type": "string", "pattern": "^(entries|[0-9]{1,2})(/x[0-9]{3})*/[0-9]{3}([.]p/[0-9]{1,3})?$"},
    "export": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    "imported": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    "supposition": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    "row": {"type": "string", "pattern": "^[0-9]{1,7}$"},
}


def openapi(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=paragraphs("api.about"), routes=app.routes,
            tags=[{"name": name, "description": line(f"api.tag.{name}")} for name in TAGS],
            servers=[{"url": "/", "description": line("api.server")}],
        )  # fmt: skip
        made["info"]["contact"] = {"name": "lvyue-ledger"}
        made["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        wanted = [(model, "validation") for model in (*BODIES, Problem)]
        _, found = models_json_schema(wanted, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
        for name, schema in found["$defs"].items():
            schemas.setdefault(name, schema)
        schemas |= fact_schemas()
        describe(schemas)
        entitle(schemas)
        key = {"type": "http", "scheme": "bearer", "description": paragraphs("api.key")}
        made["components"]["securitySchemes"] = {"key": key}
        for path in made["paths"].values():
            for operation in path.values():
                _exact(operation)
        add_examples(made)
        app.openapi_schema = made
    return app.openapi_schema


def methods_of(app: FastAPI, path: str) -> list[str]:
    """Every method that an address accepts."""
    found: set[str] = set()
    for template, operations in openapi(app)["paths"].items():
        pattern = re.sub(r"\\{[a-z0-9]+\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path):
            found |= {method.upper() for method in operations}
    return sorted(found | {"HEAD"} if "GET" in found else found) or ["GET", "HEAD"]


def _exact(operation: dict[str, Any]) -> None:
    """Add what FastAPI cannot know: the patterns of ids in paths."""
    operation["responses"] = dict(sorted(operation["responses"].items()))
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            parameter["schema"] = dict(PATHS[parameter["name"]])
            parameter["description"] = paragraphs(f"api.path.{parameter['name']}")
