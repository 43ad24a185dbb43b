"""The verifier, open to everybody: a package goes in, what was found comes out. Nothing is kept."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from threading import BoundedSemaphore
from typing import Literal

from starlette.responses import Response

from api.call import ACall
from api.rooms import Rooms
from api.routes import Routes
from api.shapes import Verdict
from ledger.domain.errors import Refusal
from ledger.evidence.package import VERIFIER

SECONDS = 120
AT_ONCE = 2
VERDICTS: dict[int, Literal["passed", "incomplete", "failed"]] = {0: "passed", 1: "incomplete", 3: "failed"}


def verifying(rooms: Rooms) -> Routes:
    """The routes of this resource."""
    routes, turns = Routes("evidence"), BoundedSemaphore(AT_ONCE)

    @routes.post("/verify", "Verify an evidence package", body="application/octet-stream", answer=Verdict, open_=True)
    def verify_package(call: ACall) -> Response:
        """The very `verify.py` that lies in the package, run here against this log's own keys. Do not take our
        word for it: run it yourself, with keys you were given elsewhere."""
        if not call.body:
            raise Refusal("DOCUMENT_EMPTY", "body")
        if not turns.acquire(timeout=5):
            raise Refusal("SERVER_BUSY")
        try:
            return call.answer(_verdict(rooms, call.body))
        finally:
            turns.release()

    return routes


def _verdict(rooms: Rooms, package: bytes) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="lvyue-verify-") as folder:
        at, keys = Path(folder, "package.zip"), Path(folder, "keys.txt")
        at.write_bytes(package)
        keys.write_text("".join(f"{known.key}\n" for known in rooms.log.known_keys()), "utf-8")
        command = [sys.executable, "-I", "-X", "utf8", str(VERIFIER), str(at), "--trust", str(keys)]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise Refusal("SERVER_BUSY") from None
    said = done.stdout.decode("utf-8", "replace").splitlines()
    findings = [line for line in said if line.startswith(("不符", "未核对"))]
    facts = next((line.rpartition(" ")[2] for line in said if line.startswith("核对事实")), "0")
    # An exit status the verifier does not know means that it could not read what it was given.
    verdict = VERDICTS.get(done.returncode, "failed")
    return {"verdict": verdict, "facts": int(facts) if facts.isdigit() else 0, "findings": findings[:1000],
            "report": "\n".join(said[-20:])[:4000]}  # fmt: skip
