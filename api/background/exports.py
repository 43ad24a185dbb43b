"""Evidence packages built in the background, one after another."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace

from api.background import leases
from api.background.packages import Export, Packages, folder_of
from api.principals import Principals
from api.processor import everywhere
from ledger.bilingual import Edition
from ledger.domain.errors import Refusal
from ledger.evidence.export import Wanted, export
from ledger.evidence.progress import Progress
from ledger.exporting import exporting
from ledger.log.failure import Tampered
from ledger.service import Ledger, Question

MOST_WAITING = 20
POINTS = 5  # percent between two notes of how far a package is, for each is a commit


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What a package is to contain, and who asked for it in which role."""

    contract: str
    question: Question
    about: tuple[str, ...]
    disclose: tuple[str, ...]
    by: str
    principal: str
    edition: Edition = "zh"


class Cancelled(Exception):
    """The package being built no longer belongs to this server."""


class Exports:
    """The exports requested at one server; other servers of the same ledger may run at the same time."""

    def __init__(self, ledger: Ledger, principals: Principals) -> None:
        self._ledger = ledger
        self._principals = principals
        self.packages = Packages(ledger.store, ledger.clock, folder_of(ledger.store.url, os.environ))
        self._pool = ThreadPoolExecutor(1, "export")
        self._lock = threading.Lock()
        self._own: dict[str, Future[None]] = {}
        self._stop = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="export-keeper", daemon=True)
        if self.packages.any:
            self._keeper.start()

    def ask(self, asked: ExportRequest) -> Export:
        """Begin a package, or queue it. Refusal SERVER_BUSY where too many wait, EXPORTS_MANY where too many of one."""
        at = self._ledger.clock()
        export = Export(secrets.token_hex(8), asked.contract, asked.principal, bool(asked.disclose), at)
        with self._lock:
            self._own = {id_: building for id_, building in self._own.items() if not building.done()}
            if len(self._own) >= MOST_WAITING:
                raise Refusal("SERVER_BUSY")
            self.packages.begin(export)
            self._own[export.id] = self._pool.submit(self._build, export.id, asked)
            if self._keeper.ident is None:
                self._keeper.start()
        return export

    def ended(self, id_: str, seconds: float) -> bool:
        """Whether the building of a package asked for here ends within so many seconds."""
        with self._lock:
            building = self._own.get(id_)
        return building is None or bool(wait([building], seconds).done)

    def cancel(self, id_: str) -> None:
        """Cancel a package: one that waits is never begun, one that is being built ends at its next step."""
        with self._lock:
            building = self._own.get(id_)
        if building is not None:
            building.cancel()
        self.packages.cancel(id_)

    def stop(self) -> None:
        """Finish what is being built; packages that wait have failed."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._stop.set()
        if self._keeper.ident is not None:
            self._keeper.join()
        for id_, building in self._own.items():
            if building.cancelled():
                self._failed(id_, Refusal("EXPORT_INTERRUPTED"))
        self.packages.close()

    def _keep(self) -> None:
        """Until the end: renew the leases of packages that wait or are being built here, and remove old ones."""
        while True:
            with suppress(Refusal):  # a store that cannot be written now is written the next time
                with self._lock:
                    own = [id_ for id_, building in self._own.items() if not building.done()]
                for id_ in own:
                    self.packages.renew(id_)
                self.packages.sweep()
            if self._stop.wait(leases.LEASE_SECONDS / 6):
                return

    def _build(self, id_: str, asked: ExportRequest) -> None:
        with everywhere():  # setting pages and compressing is done outside Python
            self._build_now(id_, asked)

    def _build_now(self, id_: str, asked: ExportRequest) -> None:
        try:
            if not self.packages.note(id_, lambda export: replace(export, state="building")):
                return
            file = self.packages.place(id_)
            source = exporting(
                self._ledger, asked.contract, asked.question, by=asked.by, recorded_by=asked.principal, weighed=True
            )
            wanted = Wanted(asked.about, asked.disclose, asked.edition)
            fact = export(source, wanted, file, Progress(self._teller(id_)))
            file.chmod(0o600)
            self._principals.note({
                "did": "exported", "principal": asked.principal, "contract": asked.contract, "fact": fact.id,
                "disclosed": len(asked.disclose),
            })  # fmt: skip
            done, size = self._ledger.clock(), file.stat().st_size
            kept = self.packages.note(id_, lambda export: replace(
                export, state="done", progress=100, ended_at=done, fact=fact.id, bytes=size
            ))  # fmt: skip
            if not kept:
                self.packages.discard(id_)
        except Cancelled:
            self.packages.discard(id_)
        except Refusal as refused:
            # That others kept recording is nothing the request said: it named no version.
            self._failed(id_, Refusal("SERVER_BUSY") if refused.code == "VERSION_CONFLICT" else refused)
        except Tampered as found:
            self._failed(id_, Refusal(found.code, **found.values))  # type: ignore[arg-type]
        except Exception as error:
            self._failed(id_, Refusal("EXPORT_FAILED", detail=type(error).__name__))

    def _failed(self, id_: str, refusal: Refusal) -> None:
        self.packages.discard(id_)
        self.packages.note(id_, lambda export: export.failed(self._ledger.clock(), refusal))

    def _teller(self, id_: str) -> Callable[[int], None]:
        """Note the progress of a package now and then; raise Cancelled where it was cancelled.

        Its completion is noted together with where it can be fetched.
        """
        noted = 0

        def tell(percent: int) -> None:
            nonlocal noted
            if noted + POINTS <= percent < 100:
                noted = percent
                with suppress(Refusal):  # the package does not depend on it
                    if not self.packages.note(id_, lambda export: replace(export, progress=percent)):
                        raise Cancelled

        return tell
