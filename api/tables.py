"""Lists as tables: CSV, xlsx or Parquet, where ``Accept`` asks for one of them before JSON (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from api.request_context import JSON, RequestContext
from ledger.exporters import FORMS, Form, ListTable, table_of, written

_QUALITY = re.compile(r";\s*q=([01](?:\.[0-9]{0,3})?)")


def wanted_form(accept: str) -> Form | None:
    """The form of a table that a client likes better than JSON; None for JSON, and for whatever else."""
    best: tuple[float, Form | None] = (0.0, None)
    for part in accept.split(","):
        essence = part.partition(";")[0].strip().lower()
        quality = _QUALITY.search(part)
        weight = float(quality[1]) if quality is not None else 1.0
        form = next((form for form, kind in FORMS.items() if kind == essence), None)
        known = form is not None or essence in (JSON, "application/*", "*/*")
        if known and weight > best[0]:
            best = weight, form
    return best[1]


def listed(
    context: RequestContext, name: str, rows: Sequence[Mapping[str, Any]], headers: Mapping[str, str] = {}
) -> Response:  # fmt: skip
    """A list, as the table that the client asked for or as JSON."""
    table = tabulated(context, name, lambda _: [table_of(name, rows)])
    if table is not None:
        table.headers.update(headers)
        return table
    return context.answer(rows, headers=headers)


def tabulated(
    context: RequestContext, name: str, tables: Callable[[Form], list[ListTable]], *, tag: str | None = None
) -> Response | None:
    """The list as the table that the client asked for, a file called ``name``; None where it asked for none."""
    form = wanted_form(context.headers.get("accept", ""))
    if form is None:
        return None
    tag = f'{tag[:-1]}.{form}"' if tag is not None else None
    if tag is not None and context.unchanged(tag):
        return context.send(b"", FORMS[form], tag=tag)
    kind = f"{FORMS[form]}; charset=utf-8" if form == "csv" else FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return context.send(written(tables(form), form), kind, tag=tag, headers=headers)
