"""The verifier, open to everybody: a package goes in, what was found comes out. Nothing is kept."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from json import loads
from pathlib import Path
from threading import BoundedSemaphore

from starlette.responses import Response

from api.components import Components
from api.processor import everywhere
from api.request_context import Context
from api.routes import Routes
from api.shapes import VerdictJson
from api.threads import Threads
from ledger.domain.errors import Refusal
from ledger.log.handout import trust_file
from ledger.log.log import TransparencyLog
from ledger.messages import Language

SECONDS = 120
AT_ONCE = 2


def verifying(components: Components) -> Routes:
    """The routes of this resource."""
    routes, turns = Routes("evidence"), BoundedSemaphore(AT_ONCE)
    threads = Threads(2 * AT_ONCE, "verify")  # of its own: strangers wait here, and hold up nobody who has a key

    @routes.post("/verify", body="application/octet-stream", answer=VerdictJson, open_=True, threads=threads)
    def verify_package(context: Context) -> Response:
        if not context.body:
            raise Refusal("DOCUMENT_EMPTY", "body")
        if not turns.acquire(timeout=5):
            raise Refusal("SERVER_BUSY")
        try:
            return context.answer(verdict(components.ledger.custody.log, context.body, context.lang))
        finally:
            turns.release()

    return routes


def verdict(log: TransparencyLog, package: bytes, lang: Language) -> dict[str, object]:
    """What ``lvyue verify --trust`` says of it, with this log's own keys; its rule is the only one."""
    with tempfile.TemporaryDirectory(prefix="lvyue-verify-") as folder:
        at, keys = Path(folder, "package.zip"), Path(folder, "keys.txt")
        at.write_bytes(package)
        handed_out = trust_file(log)  # retired ones with their bound
        keys.write_text(handed_out, "utf-8")
        trust = ["--trust", str(keys)] if handed_out else []
        command = [sys.executable, "-m", "ledger.cli", "--json", "--lang", lang, "verify", str(at), *trust]
        try:
            with everywhere():
                done = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise Refusal("SERVER_BUSY") from None
    found: dict[str, object] = loads(done.stdout)
    if "verdict" not in found:
        raise RuntimeError("the verifier failed")  # of our own; whatever a package holds, it gives a verdict
    return {key: value for key, value in found.items() if key != "file"}
