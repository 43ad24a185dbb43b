"""The dispute package (SPEC section 7): what goes into the bag, and where.

Everything is passed in; no clock, store or environment is read here. `verify.py` checks what is built here, and is
included unchanged.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ledger.domain.declare import dataclass, field
from ledger.evidence.bag import Content, write_bag
from ledger.evidence.guide import GUIDE
from ledger.evidence.progress import Counted, unheard

VERIFIER = Path(__file__).with_name("verify.py")


@dataclass(frozen=True, slots=True)
class LoggedFact:
    """A fact as it stands in the log: its leaf index and stored bytes.

    With `withheld` only its digests go into the package, so that its place in the stream stays visible.
    """

    index: int
    contract: str
    seq: int
    leaf: bytes
    path: Sequence[bytes]
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class EarlierCheckpoint:
    """An earlier checkpoint: its file's name, the note, the proof that it is a prefix, its time stamps."""

    name: str
    note: str
    path: Sequence[bytes]
    tokens: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """All that one package contains. Names of `clauses` are file names; `sources` are files by their SHA-256."""

    contract: str
    facts: Sequence[LoggedFact]
    checkpoint: str
    tokens: Sequence[bytes]
    earlier: Sequence[EarlierCheckpoint]
    keys: Mapping[str, str]  # file name under data/keys -> content; keys.txt holds the vkeys
    conclusions: Mapping[str, object]
    items: Sequence[Mapping[str, object]]
    custody: Sequence[Mapping[str, object]]
    environment: Mapping[str, object]
    report: Callable[[Mapping[str, Content]], bytes] | bytes | None = None  # made from the other files under data/
    catalogue: Callable[[bytes], bytes] | None = None  # made from the report
    clauses: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Content] = field(default_factory=dict)
    disclosures: Sequence[str] = ()
    info: Mapping[str, str] = field(default_factory=dict)


def write_package(
    out: BinaryIO, package: Package, seal: Callable[[str], str], progress: Counted = unheard
) -> None:  # fmt: skip
    """Write the package as one zip. `seal` gets a text and returns it as a signed note.

    The seal's text names the log, the digest of the tag manifest and the contract. It has one signature, by the log's
    Ed25519 key: a further line, which a reader may not know, could be altered unseen, since nothing covers the seal.
    """
    payload = {f"data/{name}": content for name, content in _payload(package).items()}
    origin = package.checkpoint.partition("\n")[0]
    tags = {"verify.py": VERIFIER.read_bytes(), "HOW-TO-VERIFY.txt": GUIDE.encode()}
    info = {"External-Identifier": package.contract, **package.info}
    write_bag(
        out, folder_name(package.contract), payload, tags, info,
        lambda digest: seal(f"{origin} package\n{digest}\n{package.contract}\n"), progress,
    )  # fmt: skip


def folder_name(contract: str) -> str:
    """The bag's folder: `evidence-` and the contract's number, with `-` for whatever is not an ASCII letter or digit.
    """
    safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in contract)
    return f"evidence-{safe}"


def _payload(package: Package) -> dict[str, Content]:
    files: dict[str, Content] = {
        "events.jsonl": b"".join(fact.leaf + b"\n" for fact in package.facts if not fact.withheld),
        "log/checkpoint": package.checkpoint.encode(),
        "log/inclusion.jsonl": _lines(map(_inclusion, package.facts)),
        "conclusions.json": _json(package.conclusions),
        "items.json": _json({"contract": package.contract, "items": package.items}),
        "custody.jsonl": _lines(package.custody),
        "environment.json": _json(package.environment),
        "disclosures.txt": "".join(line + "\n" for line in package.disclosures).encode(),
    }
    files.update(_stamped("log/checkpoint", package.tokens))
    proofs = []
    for old in package.earlier:
        name = f"log/earlier/{old.name}.note"
        files[name] = old.note.encode()
        files.update(_stamped(name, old.tokens))
        proofs.append({"file": f"data/{name}", "path": _path(old.path)})
    files["log/consistency.jsonl"] = _lines(proofs)
    files.update({f"keys/{name}": content.encode() for name, content in package.keys.items()})
    files.update({f"clauses/{name}": words.encode() for name, words in package.clauses.items()})
    files.update({f"sources/{digest}": content for digest, content in package.sources.items()})
    if package.report is not None:
        report = package.report if isinstance(package.report, bytes) else package.report(files)
        files["report.pdf"] = report
        if package.catalogue is not None:
            files["catalogue.pdf"] = package.catalogue(report)
    return files


def _stamped(name: str, tokens: Sequence[bytes]) -> dict[str, bytes]:
    """X.tsr stamps X: the first token the note, each later one the token before it."""
    return {name + ".tsr" * number: token for number, token in enumerate(tokens, 1)}


def _inclusion(fact: LoggedFact) -> dict[str, object]:
    row: dict[str, object] = {"contract": fact.contract, "seq": fact.seq, "index": fact.index}
    if fact.withheld:
        row["leaf"] = sha256(b"\x00" + fact.leaf).hexdigest()
        row["digest"] = sha256(fact.leaf).hexdigest()
    return {**row, "path": _path(fact.path)}


def _path(steps: Sequence[bytes]) -> str:
    return base64.b64encode(b"".join(steps)).decode()


def _json(value: Mapping[str, object]) -> bytes:
    """JSON for people and programs: a member a line, and a line for each element of a list in it."""
    members = (f" {_compact(key)}: {_member(value[key])}" for key in sorted(value))
    return ("{\n" + ",\n".join(members) + "\n}\n").encode()


def _member(value: object) -> str:
    if isinstance(value, list | tuple) and value:
        return "[\n  " + ",\n  ".join(map(_compact, value)) + "\n ]"
    return _compact(value)


_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _lines(rows: Iterable[Mapping[str, object]]) -> bytes:
    return "".join(_compact(row) + "\n" for row in rows).encode()
