"""The transparency log: its head, its keys, proofs, and the cosignatures of witnesses."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from api.components import Components
from api.parameters import contract_number, number
from api.request_context import Context
from api.routes import Routes
from api.shapes import LogKeys, LogProof
from api.shapes.bodies import CosignatureIn
from ledger.domain.errors import Refusal
from ledger.log.handout import handed_out
from ledger.log.note import MalformedNote, Note, parse_key, parse_note
from ledger.log.storage import SignedHead

MOST_FACTS = 10**15
_SIZE = number("size", 1, MOST_FACTS)
_CONTRACT = contract_number("proof")
_SEQ = number("seq", 1, 10**9)
_FIRST = number("first", 1, MOST_FACTS)


def transparency(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger = Routes("evidence"), components.ledger

    @routes.get("/log/checkpoint", kinds=("text/plain",), query=(_SIZE,))
    def log_checkpoint(context: Context) -> Response:
        return context.send(_note(components, _head(components, context.one("size"))), "text/plain; charset=utf-8")

    @routes.get("/log/keys", answer=LogKeys)
    def log_keys(context: Context) -> Response:
        return context.answer(handed_out(ledger.custody.log))

    @routes.get("/log/proof", answer=LogProof, query=(_CONTRACT, _SEQ, _FIRST, _SIZE))
    def log_proof(context: Context) -> Response:
        contract, seq, first = context.one("contract"), context.one("seq"), context.one("first")
        if (contract is None) != (seq is None) or (contract is None) == (first is None):
            raise Refusal("PROOF_OF_WHAT", "contract")
        if first is not None:
            head = _later(components, first, context.one("size"))
            path = ledger.custody.log.consistency(first, head.checkpoint.size)
            return context.answer(_shown(head, path, first=first))
        context.permissions.may("read", contract)
        fact = ledger.fact(contract, f"{contract}#{seq}")
        head, index = _head(components, context.one("size")), fact.position - 1
        shown = _shown(head, ledger.custody.log.inclusion(index, head.checkpoint.size), index=index)
        return context.answer(shown | {"tlog_proof": ledger.custody.log.proof(index, head)})

    @routes.post("/log/cosign", body=CosignatureIn, kinds=("text/plain",))
    def log_cosign(context: Context) -> Response:
        context.permissions.may_somewhere("cosign")
        given = context.fields(size=int, signature=str, key=str)
        for name in ("size", "signature", "key"):
            if name not in given:
                raise Refusal("FIELD_MISSING", name, missing=name)
        if not 1 <= given["size"] <= MOST_FACTS:
            raise Refusal("NUMBER_RANGE", "size", value=given["size"], least=1, most=MOST_FACTS)
        head = _head(components, given["size"])
        try:
            key, note = parse_key(given["key"]), _below(head, given["signature"])
        except MalformedNote as error:
            raise Refusal("COSIGNATURE_MALFORMED", "signature", detail=str(error)) from None
        ledger.custody.log.receive(head, note.signatures[0], key, ledger.clock(), context.principal.name)
        components.principals.note({"did": "cosigned", "size": given["size"], "by": context.principal.name})
        return context.send(_note(components, head), "text/plain; charset=utf-8")

    return routes


def _head(components: Components, size: int | None) -> SignedHead:
    """The checkpoint of a size, or one over everything, made now if need be.

    Refusal CHECKPOINT_NONE of a log without any, CHECKPOINT_UNKNOWN of a size that has none.
    """
    log, now = components.ledger.custody.log, components.ledger.clock()
    if size is None and log.size():
        return log.checkpoint(now)
    head = log.head(size) if size is not None else None
    if head is None and size is not None and size == log.size():
        head = log.checkpoint(now)
    if head is None:
        last = log.last()
        if last is None or size is None:
            raise Refusal("CHECKPOINT_NONE", "size")
        raise Refusal("CHECKPOINT_UNKNOWN", "size", size=size, latest=last.checkpoint.size)
    return head


def _later(components: Components, first: int, size: int | None) -> SignedHead:
    """The checkpoint of a size that is not below ``first``. Refusal PROOF_BACKWARDS, or those of :func:`_head`."""
    head = _head(components, size) if size is None or size >= first else None
    most = head.checkpoint.size if head is not None else size
    if head is None or first > head.checkpoint.size:
        raise Refusal("PROOF_BACKWARDS", "first", first=first, size=most)
    return head


def _note(components: Components, head: SignedHead) -> bytes:
    return str(components.ledger.custody.log.cosigned(head)).encode()


def _below(head: SignedHead, line: str) -> Note:
    given = parse_note(f"{head.note.text}\n{line.rstrip()}\n".encode("utf-8", "replace"))
    if len(given.signatures) != 1:
        raise MalformedNote("one signature line is wanted")
    return given


def _shown(head: SignedHead, path: Sequence[bytes], **more: int) -> dict[str, Any]:
    root = base64.b64encode(head.checkpoint.root).decode()
    steps = [base64.b64encode(step).decode() for step in path]
    return {"size": head.checkpoint.size, "root": root, **more, "path": steps}
