"""From refusals to RFC 9457 problem documents: the one place that knows HTTP statuses.

A problem has ``type`` (a URN of its code), ``title``, ``status``, ``detail`` (the sentence, in the language
of ``Accept-Language``), ``instance`` (the request's id), ``code``, and where they are known ``field`` (dotted),
``line`` (of a batch, or of a text that is no JSON, from 1) and ``errors`` (every fault of a document or a batch,
each with code, field, line, detail).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from ledger import messages
from ledger.domain.errors import Refusal
from ledger.messages import Language
from ledger.store.encoding import encode

MEDIA_TYPE = "application/problem+json"

# What the request says is well formed, and cannot be true of what is on record (SPEC 2.1).
_CONFLICT = (
    "CONTRACT_EXISTS ID_USED ID_UNKNOWN ID_RETRACTED TARGET_UNKNOWN TARGET_NOT_EARLIER REF_CONFLICT REF_IS_AN_ID"
    " PROPOSAL_ANSWERED_BY_PROPOSER REJECTED_BY_ANOTHER NOTICE_NOT_SUPERVISORS ITEM_UNKNOWN SERVICE_UNKNOWN"
    " ABOUT_UNKNOWN BY_DID_NOT_ASSERT BY_ASSERTED_IT_ITSELF REGISTRATION_STAYS CONTRACT_ID_FIXED ON_IN_FUTURE"
    " ABOUT_AMBIGUOUS REGISTRATION_ONLY_FIRST RECORD_KEPT PRINCIPAL_LAST_OPERATOR EXPORT_FAILED EXPORT_NOT_DONE"
    " EXPORT_INTERRUPTED WEBHOOKS_MANY CURSOR_AHEAD MONTH_NOT_OVER DURATION_IN_FUTURE PAYER_OWES_NOTHING"
    " NOT_A_NOTICE DEBT_UNKNOWN IMPORTS_MANY IMPORT_MOVED_ON IMPORT_NOTHING_LEFT ROW_DONE"
)
_BY_STATUS: dict[int, str] = {
    400: "BODY_EMPTY NOT_UTF8 JSON_BROKEN JSON_TOO_DEEP JSON_KEY_TWICE JSON_NUMBER_LONG PARAMETER_UNKNOWN"
         " MULTIPART_MALFORMED MULTIPART_FILES FIELD_TWICE PARAMETER_MISSING"
         " PARAMETER_TWICE PARAMETER_INVALID PARAMETERS_MANY HEADER_INVALID HEADER_TWICE"
         " REQUEST_UNREADABLE PLUS_UNESCAPED HEADER_MISSING ENCODING_BROKEN",
    401: "KEY_MISSING KEY_INVALID TOKEN_INVALID SESSION_OVER",
    403: "FORM_TOKEN ROLE_MAY_NOT CONTRACT_NOT_YOURS BY_NOT_YOURS WITNESS_NOT_ADMITTED WITNESS_NOT_YOURS"
         " FACT_TYPE_NOT_YOURS ACT_NOT_YOURS",
    404: "CONTRACT_UNKNOWN CONTRACT_UNKNOWN_THEN PATH_UNKNOWN CLAUSE_UNKNOWN ROUTE_UNKNOWN DOCUMENT_UNKNOWN"
         " WEBHOOK_UNKNOWN PRINCIPAL_UNKNOWN KEY_UNKNOWN JOB_UNKNOWN EXPORT_UNKNOWN EXPORT_NOT_HELD DELIVERY_UNKNOWN"
         " CHECKPOINT_NONE CHECKPOINT_UNKNOWN TILE_UNKNOWN FACT_UNKNOWN TYPE_UNKNOWN PATH_PART_UNUSABLE"
         " SESSION_UNKNOWN IMPORT_UNKNOWN ROW_UNKNOWN SUPPOSITION_UNKNOWN",
    405: "METHOD_UNKNOWN",
    408: "BODY_TOO_SLOW HEAD_TOO_SLOW",
    409: _CONFLICT,
    412: "VERSION_CONFLICT PRECONDITION_FAILED",
    413: "BODY_TOO_LARGE DOCUMENT_TOO_LARGE",
    415: "MEDIA_TYPE_UNSUPPORTED MEDIA_TYPE_MISMATCH ENCODING_UNSUPPORTED",
    428: "IF_MATCH_REQUIRED",
    429: "RATE_EXCEEDED STREAMS_MANY EXPORTS_MANY",
    431: "HEAD_TOO_LARGE",
    500: "INTERNAL STORE_BROKEN STORE_DAMAGED STORE_REPLACED STORE_FOREIGN STORE_NEWER STORE_MISSING"
         " CHAIN_BROKEN LEAF_BROKEN"
         " LOG_SHRUNK CHECKPOINT_ALTERED LEAF_ALTERED LEAF_MISSING TREE_ALTERED TREE_AHEAD KEY_FOREIGN KEY_UNREADABLE"
         " KEY_EXPOSED KEY_FOLDER_EXPOSED KEY_FOLDER_UNWRITABLE ROLLED_BACK FACTS_GONE KEY_UNANNOUNCED",
    503: "STORE_LOCKED STORE_READ_ONLY STORE_UNREACHABLE OIDC_UNREACHABLE SERVER_BUSY KEY_RETIRED CLOCK_BEHIND"
         " TODAY_UNKNOWN PORTFOLIO_BUILDING",
    507: "STORE_DISK_FULL",
}  # fmt: skip
STATUS: dict[str, int] = {code: status for status, codes in _BY_STATUS.items() for code in codes.split()}
BUSY_SECONDS = 5  # when to ask again where we are to blame
OTHERWISE = 422  # the body is JSON and says something no fact, or no terms, can say

_QUALITY = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


def status_of(refused: Refusal) -> int:
    """The HTTP status of a refusal; of several faults theirs, where they have one."""
    if refused.code == "FACTS_FAULTY":
        of_each = {status_of(fault) for fault in refused.faults}
        return of_each.pop() if len(of_each) == 1 else OTHERWISE
    return STATUS.get(refused.code, OTHERWISE)


def language(accepted: str | None) -> Language:
    """Chinese or English, whichever ``Accept-Language`` prefers; Chinese where it says nothing of either."""
    best: tuple[float, Language] = (0.0, "zh")
    for part in (accepted or "").split(",")[:20]:
        tag, _, rest = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        found = _QUALITY.fullmatch(rest.strip()) if rest else None
        quality = float(found[1]) if found else 1.0
        if primary in ("zh", "en") and quality > best[0]:
            best = (quality, "zh" if primary == "zh" else "en")
    return best[1]


def document(refused: Refusal, status: int, lang: Language, instance: str) -> dict[str, Any]:
    """The problem's JSON."""
    values = public(refused)
    shown: dict[str, Any] = {
        "type": f"urn:lvyue:problem:{refused.code.lower().replace('_', '-')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": messages.say(refused.code, lang, **values),
        "instance": f"urn:lvyue:request:{instance}",
        "code": refused.code,
    }
    shown |= _where(refused)
    if refused.faults:
        shown["errors"] = [
            {"code": fault.code, **_where(fault), "detail": messages.say(fault.code, lang, **fault.values)}
            for fault in refused.faults
        ]
    return shown


def public(refused: Refusal) -> Mapping[str, object]:
    """What the sentence may tell a caller: where the store is and what its driver said is the operator's to read."""
    if not refused.code.startswith("STORE_"):
        return refused.values
    return {**refused.values, "store": "lvyue", "detail": "–"}


def _where(refused: Refusal) -> dict[str, Any]:
    where: dict[str, Any] = {}
    if refused.field is not None:
        where["field"] = refused.field
    if refused.line is not None:
        where["line"] = refused.line
    return where


def problem(refused: Refusal, lang: Language, instance: str, headers: Mapping[str, str] | None = None) -> Response:
    """The response that says why a request was not taken."""
    status = status_of(refused)
    waits = {429: refused.values.get("seconds"), 503: BUSY_SECONDS}.get(status)
    again = {"Retry-After": str(waits)} if waits is not None else {}
    added = {"Content-Language": lang, "Vary": "Accept-Language", "Cache-Control": "no-store", **again,
             **(headers or {})}  # fmt: skip
    said = document(refused, status, lang, instance)
    try:
        body = encode(said)
    except TypeError:  # a lone surrogate of the request, quoted back
        body = json.dumps(said).encode()
    return Response(body, status, added, MEDIA_TYPE)
