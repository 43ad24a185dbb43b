"""The story's ledger with a person, two documents and a witness, told once; copies of it to export from."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ledger.evidence.export import Exporting, Preview, Wanted, export, preview
from ledger.evidence.progress import Progress
from ledger.exporting import exporting
from ledger.loading import TODAY, Question
from ledger.log.handout import trust_file
from ledger.log.witness import cosign, open_witness
from ledger.service import Ledger
from tests.evidence.conftest import Files, unzipped
from tests.story import CONTRACT, LATER, Told

SCAN = b"%PDF-1.7 a notice, scanned"
MINUTE = 60_000_000


class Place:
    """A copy of the ledger told, in a folder of its own, with a clock that stands still until it is moved."""

    def __init__(self, told: Path, folder: Path) -> None:
        shutil.copytree(told, folder, dirs_exist_ok=True)
        self.folder, self.now = folder, LATER + MINUTE
        self.url = f"sqlite:///{folder / 'story.db'}"
        self.ledger = Ledger(self.url, clock=lambda: self.now)

    @property
    def trust(self) -> str:
        return trust_file(self.ledger.custody.log)

    def record(self, type_: str, data: dict[str, Any], **more: Any) -> None:
        self.ledger.record(CONTRACT, [{"type": type_, "on": "2026-11-22", "by": "party_b", "data": data, **more}])

    def export(
        self, name: str = "evidence.zip", *, pdf: bool = False, progress: Callable[[int], None] | None = None,
        **asked: Any,
    ) -> Files:  # fmt: skip
        """The package as files by name."""
        source = self.source(asked.pop("question", TODAY), weighed=pdf)
        told = {key: tuple(value) if isinstance(value, list) else value for key, value in asked.items()}
        export(source, Wanted(pdf=pdf, **told), self.folder / name, Progress(progress))
        return self.files(name)

    def preview(self, **asked: Sequence[str]) -> Preview:
        return preview(self.source(), Wanted(**{key: tuple(names) for key, names in asked.items()}))

    def source(self, question: Question = TODAY, *, weighed: bool = False) -> Exporting:
        return exporting(self.ledger, CONTRACT, question, weighed=weighed)

    def files(self, name: str = "evidence.zip") -> Files:
        return unzipped((self.folder / name).read_bytes())


def tell(folder: Path) -> Path:
    """The story, then what makes a package rich; the folder can be copied as a whole."""
    told = Told(folder)
    ledger = told.ledger
    ledger.record(CONTRACT, [{
        "type": "PersonnelAssigned", "on": "2026-11-22", "by": "party_b", "ref": "staff-9",
        "data": {"person": "ops-09", "nda_signed": True, "name": "运维工程师丙", "phone": "000-0000-0003"},
    }])  # fmt: skip
    attach, pdf = ledger.attachments.attach, "application/pdf"
    attach(CONTRACT, "notice-1", SCAN, name="通知.pdf", media_type=pdf, by="supervisor")
    witness = open_witness(folder / "party-b.key", "party-b.example/witness")
    ledger.operator.admit_witness(str(witness.witness_key), "party-b", recorded_by="local")
    head = ledger.checkpoint()
    assert head is not None
    cosign(ledger.custody.log, head, witness, folder / "party-b.seen", told.now)
    ledger.store.close()
    return folder


def unpacked(files: Files, folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def zipped(files: Files, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"bag/{name}", data)
    return path
