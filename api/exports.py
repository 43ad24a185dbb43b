"""Evidence packages being built, one after another, beside the requests; kept for an hour in a folder of their own."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from api.principals import Principals
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc
from ledger.log.failure import Tampered
from ledger.service import Ledger, Question

KEPT_SECONDS = 3600.0
MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What a package is to hold, and who asked for it in which role."""

    contract: str
    question: Question
    about: tuple[str, ...]
    disclose: tuple[str, ...]
    by: str
    principal: str


@dataclass(slots=True)
class Export:
    """One package; ``fact`` is that of the export, ``refused`` why there is none."""

    id: str
    asked: Asked
    file: Path
    asked_at: int
    state: Literal["waiting", "building", "done", "failed"] = "waiting"
    fact: str | None = None
    refused: Refusal | None = None
    ended: float = 0.0
    done: threading.Event = field(default_factory=threading.Event)

    def shown(self) -> dict[str, Any]:
        """Its JSON: how far it is and, once done, where it can be had."""
        done = self.state == "done"
        return {
            "id": self.id, "contract": self.asked.contract, "state": self.state, "asked_at": format_utc(self.asked_at),
            "fact": self.fact, "bytes": self.file.stat().st_size if done else None,
            "package": f"/api/v1/exports/{self.id}/package" if done else None,
            "code": self.refused.code if self.refused is not None else None,
        }  # fmt: skip


class Exports:
    """The packages of one server."""

    def __init__(self, ledger: Ledger, principals: Principals) -> None:
        self._ledger = ledger
        self._principals = principals
        self._folder: Path | None = None
        self._pool = ThreadPoolExecutor(1, "export")
        self._lock = threading.Lock()
        self._known: dict[str, Export] = {}

    def ask(self, asked: Asked) -> Export:
        """Begin a package, or queue it. Refusal SERVER_BUSY where too many wait."""
        with self._lock:
            self._sweep()
            if sum(not one.done.is_set() for one in self._known.values()) >= MOST_WAITING:
                raise Refusal("SERVER_BUSY")
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="lvyue-exports-"))
            id_ = secrets.token_hex(8)
            export = Export(id_, asked, self._folder / f"{id_}.zip", self._ledger.clock())
            self._known[id_] = export
        running: Future[None] = self._pool.submit(self._build, export)
        del running  # what becomes of it is in `export`
        return export

    def find(self, id_: str) -> Export:
        """A package asked for within the last hour. Refusal EXPORT_UNKNOWN."""
        with self._lock:
            self._sweep()
            found = self._known.get(id_)
        if found is None:
            raise Refusal("EXPORT_UNKNOWN", "export", export=ascii(id_)[1:-1][:40])
        return found

    def stop(self) -> None:
        """Finish what is being written, and leave nothing behind."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _build(self, export: Export) -> None:
        asked, export.state = export.asked, "building"
        try:
            fact = self._ledger.export(
                asked.contract, asked.question, about=asked.about, disclose=asked.disclose, by=asked.by,
                recorded_by=asked.principal, out=export.file,
            )  # fmt: skip
            export.fact, export.state = fact.id, "done"
            self._principals.note({
                "did": "exported", "principal": asked.principal, "contract": asked.contract, "fact": fact.id,
                "disclosed": len(asked.disclose),
            })  # fmt: skip
        except Refusal as refused:
            export.refused, export.state = refused, "failed"
        except Tampered as found:
            export.refused, export.state = Refusal(found.code, **found.values), "failed"  # type: ignore[arg-type]
        except Exception as error:
            export.refused, export.state = Refusal("EXPORT_FAILED", detail=type(error).__name__), "failed"
        finally:
            export.ended = time.monotonic()
            export.done.set()

    def _sweep(self) -> None:
        for id_, one in list(self._known.items()):
            if one.done.is_set() and time.monotonic() - one.ended > KEPT_SECONDS:
                one.file.unlink(missing_ok=True)
                del self._known[id_]
