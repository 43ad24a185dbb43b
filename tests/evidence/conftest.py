"""A package of a small ledger with everything in it, held as a dict so that it can be altered at will."""

import functools
import hashlib
import io
import json
import secrets
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ledger.evidence import verify
from ledger.evidence.bag import write_bag
from ledger.evidence.gather import gather_checkpoints, gather_facts, gather_keys
from ledger.evidence.package import Package, write_package
from ledger.evidence.report import report
from ledger.log.keys import open_keyring
from ledger.log.lineage import Witness
from ledger.log.log import TransparencyLog
from ledger.log.note import Note
from ledger.log.tables import TreeTables
from ledger.log.witness import cosign, open_witness
from ledger.projections.status import RULES
from ledger.store import Draft, open_store

Files = dict[str, bytes]
START = 1_795_327_200_000_000
CONTRACT, OTHER = "CU12-1101-2025-018605", "CU12-OTHER"
SCAN = b"%PDF-1.7 a scanned notice"


@dataclass
class Case:
    """A package as files, the keys to trust, and what made them."""

    files: Files
    trust: str
    package: Package
    sign: Callable[[str], str]

    def zip(self, files: Mapping[str, bytes] | None = None) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in (files or self.files).items():
                archive.writestr(f"bag/{name}", content)
        return out.getvalue()

    def resealed(self, files: Files, sign: Callable[[str], str] | None = None) -> Files:
        """The files with manifests and seal made anew, as an attacker with the bag tool would."""
        payload = {name: data for name, data in files.items() if name.startswith("data/")}
        out = io.BytesIO()
        tags = {name: files[name] for name in ("verify.py", "HOW-TO-VERIFY.txt")}
        origin = self.package.checkpoint.partition("\n")[0]
        seal = sign or (lambda text: files["seal.txt"].decode())
        write_bag(out, "bag", payload, tags, {"External-Identifier": CONTRACT},
                  lambda digest: seal(f"{origin} package\n{digest}\n{CONTRACT}\n"))
        return unzipped(out.getvalue())


def unzipped(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename.partition("/")[2]: archive.read(entry) for entry in archive.infolist()}


def verified(files: Mapping[str, bytes], trust: str) -> verify.Verification:
    """What `verify.py` finds, on files held in memory."""
    return verify.Verification({name: functools.partial(io.BytesIO, data) for name, data in files.items()}, trust)


def receipted(answer: dict[str, object], head: str) -> dict[str, object]:
    plain = json.dumps(answer, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return {**answer, "receipt": {"rules": RULES, "head": head, "result": hashlib.sha256(plain).hexdigest()}}


@pytest.fixture(scope="session", autouse=True)
def _remembered_openssl() -> None:
    """Ask openssl once for each signature: what it says about the same bytes does not change."""
    ask, answers = verify.openssl, dict[object, str]()

    def remembered(command: str, **files: bytes) -> str:
        question = command, tuple(sorted(files.items()))
        if question not in answers:
            answers[question] = ask(command, **files)
        return answers[question]

    verify.openssl = remembered


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_case(tmp_path_factory.mktemp("package"))


def make_case(folder: Path, *, withheld: tuple[int, ...] = ()) -> Case:
    clock = iter(range(START, START + 10**9, 10**6)).__next__
    store = open_store(f"sqlite:///{folder}/ledger.db", create=True, extensions=[TreeTables()])
    keyring = open_keyring(folder / "keys", {"LVYUE_LOG_ORIGIN": "log.example/lvyue"})
    witness = open_witness(folder / "party-b.key", "party-b.example/witness")
    log = TransparencyLog(store, keyring, witnesses=lambda: [Witness(witness.witness_key, "party-b")])
    disclosure = json.dumps([secrets.token_urlsafe(16), "name", "值班员甲"], ensure_ascii=False)
    scan = {"sha256": hashlib.sha256(SCAN).hexdigest(), "name": "通知.pdf", "media_type": "application/pdf"}
    commitment = {"commitment": hashlib.sha256(disclosure.encode()).hexdigest()}

    def record(contract: str, type_: str, data: Mapping[str, object], **more: object) -> None:
        draft = Draft(f"{type_}.v1", "2026-11-20", "party_a", None, data, **more)  # type: ignore[arg-type]
        store.append(contract, [draft], now=clock, recorded_by="local")

    for number in range(4):
        record(CONTRACT, "ComplaintFiled", {"complaint": f"c{number}", "system": "portal", "subject": "other"})
        record(OTHER, "ComplaintFiled", {"complaint": f"d{number}", "system": "portal", "subject": "other"})
        log.checkpoint(clock())
    record(CONTRACT, "PersonnelAssigned", {"person": "p-1", "nda_signed": True, "name": commitment})
    record(CONTRACT, "LeakReported", {"leak": "l-1", "summary": "见附件", "leaked_by": "unknown"}, documents=[scan])
    counted = store.head(CONTRACT)
    record(CONTRACT, "EvidenceExported", {"scope": "all", "facts": counted.seq})
    record(OTHER, "ComplaintFiled", {"complaint": "d9", "system": "portal", "subject": "other"})
    head = log.checkpoint(clock())
    size = head.checkpoint.size
    answer: dict[str, object] = {"contract": CONTRACT, "phase": "in_service", "甲": ["乙", {"b": 1, "a": None}]}
    cosign(log, head, witness, folder / "party-b.seen", clock())
    scope = None if withheld == () else set(range(1, 8)) - set(withheld)
    facts = gather_facts(store, log, size, CONTRACT, scope=scope)
    keys = gather_keys(log)
    package = Package(
        contract=CONTRACT,
        facts=facts,
        checkpoint=str(head.note),
        tokens=[],
        earlier=gather_checkpoints(log, head, facts),
        keys=keys,
        conclusions=receipted(answer, counted.digest),
        items=[{"title": "通知", "sha256": scan["sha256"]}],
        custody=[{"what": "exported"}],
        environment={"python": "3"},
        report=b"%PDF-1.7 report",
        clauses={"9.1.txt": "待乙方向甲方提供发票后的 5 个工作日内"},
        sources={scan["sha256"]: SCAN},
        disclosures=[disclosure],
    )

    def sign(text: str) -> str:
        return str(Note(text, (keyring.signer.sign(text),)))

    out = io.BytesIO()
    write_package(out, package, lambda text: str(log.seal(text)))
    store.close()
    return Case(unzipped(out.getvalue()), keys["keys.txt"], package, sign)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.evidence.exported import tell

    return tell(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The whole story, and the material of a report on it."""
    from tests.evidence.test_report import story, told, unchanged

    return told(tmp_path_factory.mktemp("reported"), story(), unchanged)


@pytest.fixture(scope="session")
def reported_pdf(reported: Any) -> bytes:
    return report(reported.material())
