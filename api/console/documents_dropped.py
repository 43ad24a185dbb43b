"""Documents dropped on a form: stored at once under their digest, so that they need not be sent again after a fault."""

from __future__ import annotations

import json
from collections.abc import Sequence

from api.console.context import PageContext
from ledger.custody.documents import describe
from ledger.domain.errors import Refusal
from ledger.service import Ledger

FIELD = "documents"  # where files are dropped
KEPT = "document"  # what was kept before, ticked to go with the fact


def kept(context: PageContext, ledger: Ledger, contract: str) -> list[dict[str, str]]:
    """The documents that go with the fact: those ticked, and those dropped now, which are stored from here on.

    Refusal DOCUMENT_EMPTY, DOCUMENT_TOO_LARGE, MEDIA_TYPE_MISMATCH; ROLE_MAY_NOT.
    """
    files = [one for one in context.form.files if one.field == FIELD]
    context.files_kept = True
    if files:
        context.permissions.may("attach", contract)
    found = _ticked(ledger, contract, context.form.all(KEPT))
    at = ledger.clock()
    for one in files:
        described = describe(one.content, one.media_type or "application/octet-stream", context.principal.name, at)
        with ledger.store.writing() as transaction:
            ledger.custody.documents.keep(transaction, contract, one.content, described, at=at)
        digests: dict[str, str] = {key: described[key] for key in ("sha256", "sm3") if key in described}
        found.append({**digests, "name": one.name, "media_type": one.media_type or "application/octet-stream"})
    return list({one["sha256"]: one for one in found}.values())


def _ticked(ledger: Ledger, contract: str, given: Sequence[str]) -> list[dict[str, str]]:
    held = {one["sha256"] for one in ledger.custody.documents.of(contract)}
    try:
        listed = [json.loads(one) for one in given]
    except ValueError:
        raise Refusal("FORM_DOCUMENT", KEPT) from None
    return [one for one in listed if isinstance(one, dict) and one.get("sha256") in held]


def as_field(document: dict[str, str]) -> str:
    """A document as the form carries it on."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True)

