"""From a ledger to its dispute package: choose what to show, record the export, write the package.

The order matters. Conclusions are drawn first and do not count the export. `choose` then refuses whatever would be
missing, before anything is recorded. The export itself becomes the stream's last fact, a checkpoint is signed over it,
and only then the file is written; it replaces the file asked for once it is whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from ledger.bilingual import Edition
from ledger.domain.declare import dataclass, replace
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.history import numbering, pointed
from ledger.domain.moments import format_utc
from ledger.evidence import inventory
from ledger.evidence.at_issue import AtIssue, at_issue, named
from ledger.evidence.bag import Content, digests
from ledger.evidence.catalogue import Cataloguing, catalogue
from ledger.evidence.gather import RowSource, gather_checkpoints, gather_facts, gather_keys
from ledger.evidence.inventory import commitments, documents_of, leaf_of
from ledger.evidence.package import EarlierCheckpoint, LoggedFact, Package, write_package
from ledger.evidence.progress import Counted, Progress, unheard
from ledger.evidence.report import Material, report
from ledger.evidence.scope import closure, with_what_is_said_of
from ledger.evidence.workplace import workplace
from ledger.log.log import TransparencyLog
from ledger.log.storage import SignedHead

WHOLE = ("calendar", "log")  # streams of the ledger itself that every contract rests on
ATTACHED = ("events.jsonl", "conclusions.json", "items.json", "log/checkpoint")  # to the PDF, as data
ATTEMPTS = 20
MOST_NAMED = 20  # names a scope is described by; more are only counted


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a package is to contain: facts about these names (none: all facts), personal fields disclosed as
    ``FACT.FIELD``.

    `edition` says in which languages its report and catalogue are, `pdf` whether it has them.
    """

    about: tuple[str, ...] = ()
    disclose: tuple[str, ...] = ()
    edition: Edition = "zh"
    pdf: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a package will contain: the seqs shown (None: all), documents by SHA-256, lines that open commitments.

    `said` is the data of the export's own fact, `at_issue` says which conclusions the report covers (None: all);
    `absent` are documents that facts name and that were never handed in: the package says so.
    """

    contract: str
    said: str
    shown: frozenset[int] | None
    at_issue: AtIssue | None
    sources: Mapping[str, Content]
    absent: frozenset[str]
    disclosures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conclusions:
    """What was asked and answered before the export: the status (SPEC 5) and the facts it was drawn from."""

    question: Mapping[str, Any]
    conclusions: Mapping[str, Any]
    terms: Mapping[str, Any]
    facts: Sequence[Fact]
    explain: Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Exporting:
    """What an export needs of the ledger, about one contract.

    - `whole` gives all its facts; `answer` the conclusions asked for, and reports its progress.
    - `record` records EvidenceExported with a scope after exactly so many facts: Refusal VERSION_CONFLICT where there
      are more.
    - `checkpoint` signs a head over everything and has it time-stamped where that is available.
    - `document` gives a document by its SHA-256, None where it was never handed in.
    - `opened` gives the line that opens a commitment, None where it no longer exists.
    """

    streams: RowSource
    log: TransparencyLog
    dialect: str
    whole: Callable[[], Sequence[Fact]]
    answer: Callable[[Counted], Conclusions]
    record: Callable[[str, int], Fact]
    checkpoint: Callable[[], SignedHead]
    document: Callable[[str], bytes | None]
    opened: Callable[[str], str | None]


def export(ledger: Exporting, wanted: Wanted, out: Path, progress: Progress | None = None) -> Fact:
    """Export one contract to the file `out`; returns the fact that records it. The report is made where conclusions can
    be explained.

    Raises what `choose` raises, Refusal VERSION_CONFLICT where others keep recording facts of the contract, Tampered
    where a document or the log was altered; in every case `out` stays as it was.
    """
    progress = progress or Progress()
    with workplace(out.parent) as folder:
        for attempt in range(ATTEMPTS):
            facts = ledger.whole()  # first: what comes between is a conflict
            answered = ledger.answer(progress.of("read"))
            progress("read")
            chosen = choose(ledger, facts, answered, wanted, folder, progress)
            try:
                exported = ledger.record(chosen.said, len(facts))
                break
            except Refusal as refused:
                if refused.code != "VERSION_CONFLICT" or attempt == ATTEMPTS - 1:
                    raise
        made = folder / "package.zip"
        with made.open("wb") as file:
            head = ledger.checkpoint()
            progress("recorded")
            write(file, chosen, answered, ledger, head, exported, wanted, progress)
            file.flush()
            os.fsync(file.fileno())
        made.replace(out)
    progress("whole")
    return exported


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export would contain: how many facts it would show and withhold, the sections of its report (None: all),
    documents by SHA-256, documents missing, how many personal values it would disclose.
    """

    facts: int
    withheld: int
    sections: tuple[str, ...] | None
    documents: tuple[str, ...]
    absent: tuple[str, ...]
    disclosed: int


def preview(ledger: Exporting, wanted: Wanted) -> Preview:
    """What `export` would choose; nothing is recorded, signed or written. Raises what `choose` raises."""
    facts, answered = ledger.whole(), ledger.answer(unheard)
    with TemporaryDirectory(prefix="lvyue-") as folder:
        chosen = choose(ledger, facts, answered, wanted, Path(folder), Progress())
    return previewed(chosen, facts)


def previewed(chosen: Chosen, facts: Sequence[Fact]) -> Preview:
    """The choice from a contract's ``facts``, in numbers."""
    shown = len(facts) if chosen.shown is None else len(chosen.shown)
    sections = None if chosen.at_issue is None else tuple(sorted(chosen.at_issue.sections))
    return Preview(shown, len(facts) - shown, sections, tuple(sorted(chosen.sources)), tuple(sorted(chosen.absent)),
                   len(chosen.disclosures))  # fmt: skip


def choose(
    ledger: Exporting, facts: Sequence[Fact], answered: Conclusions, wanted: Wanted, folder: Path, progress: Progress
) -> Chosen:  # fmt: skip
    """Decide what a package of these `facts` (a contract's whole stream) contains; nothing is recorded yet.

    Documents are put into `folder`, for they may be more than memory can take. Raises Refusal SCOPE_UNKNOWN,
    DISCLOSE_UNKNOWN or DISCLOSE_ERASED, and what the documents raise.
    """
    contract = facts[0].contract
    rows = {seq: leaf for _, seq, leaf in ledger.streams.rows(contract)}
    fields = [_personal(name, facts, rows) for name in wanted.disclose]
    disclosures = tuple(dict.fromkeys(_line(name, commitment, ledger.opened) for name, _, commitment in fields))
    shown = concerned = None
    if wanted.about:
        concerned, rests = at_issue(facts, *named(facts, wanted.about), answered.conclusions, answered.explain)
        followed = closure(facts, wanted.about) | with_what_is_said_of(facts, rests)
        shown = frozenset(followed | {seq for _, seq, _ in fields})
    mentioned = [
        document["sha256"] for seq, leaf in rows.items() if (shown is None or seq in shown) and b'"sha256"' in leaf
        for document in documents_of(leaf_of(leaf))
    ]  # fmt: skip
    sources: dict[str, Content] = {}
    documents = dict.fromkeys(mentioned)
    for number, sha256 in enumerate(documents, 1):
        content = ledger.document(sha256)
        if content is not None:
            sources[sha256] = folder / sha256
            (folder / sha256).write_bytes(content)
        progress("documents", number, len(documents))
    absent = frozenset(mentioned) - sources.keys()
    return Chosen(contract, _said(wanted.about), shown, concerned, sources, absent, disclosures)


def _said(about: Sequence[str]) -> str:
    if not about:
        return "all"
    more = f", +{len(about) - MOST_NAMED}" if len(about) > MOST_NAMED else ""
    return "about " + ", ".join(about[:MOST_NAMED]) + more


def _personal(name: str, facts: Sequence[Fact], rows: Mapping[int, bytes]) -> tuple[str, int, str]:
    """(name, seq, commitment) of ``FACT.FIELD``; ids, refs and fields may hold dots, so every split is tried."""
    seqs = numbering(facts)
    for at in (at for at, letter in enumerate(name) if letter == "."):
        seq = pointed(seqs, name[:at], len(facts) + 1)
        if seq is not None:
            found = dict(commitments(leaf_of(rows[seq])["data"]))
            commitment = found.get(name[at + 1 :], found.get(f"data.{name[at + 1 :]}"))  # of a correction
            if commitment is not None:
                return name, seq, commitment
    raise Refusal("DISCLOSE_UNKNOWN", "disclose", name=name)


def _line(name: str, commitment: str, opened: Callable[[str], str | None]) -> str:
    line = opened(commitment)
    if line is None:
        raise Refusal("DISCLOSE_ERASED", "disclose", name=name)
    return line


# -- writing ----------------------------------------------------------------------------------------


def write(
    out: BinaryIO, chosen: Chosen, answered: Conclusions, ledger: Exporting, head: SignedHead, exported: Fact,
    wanted: Wanted, progress: Progress,
) -> None:  # fmt: skip
    """Write the package that ends with the fact `exported`, which `head` covers, as one zip to `out`."""
    log = ledger.log
    facts = list(_facts(chosen, ledger.streams, log, head, exported, progress))
    bodies = [(fact, leaf_of(fact.leaf)) for fact in facts if not fact.withheld]
    leaves = [leaf for _, leaf in bodies]
    earlier = gather_checkpoints(log, head, facts)
    title = answered.terms.get("contract", {}).get("title", "")
    package = Package(
        contract=chosen.contract,
        facts=facts,
        checkpoint=str(head.note),
        tokens=[stamp.response for stamp in log.tokens(head.checkpoint.size)],
        earlier=earlier,
        keys=gather_keys(log),
        conclusions=answered.conclusions,
        items=inventory.items(
            answered.terms["contract"], bodies, chosen.sources, chosen.absent, values_opened(chosen)
        ),
        custody=inventory.custody(leaves, log, list(_heads(log, head, earlier))),
        environment=inventory.environment(answered.question, log.origin, ledger.dialect),
        clauses=inventory.clauses(
            answered.conclusions, leaves, answered.terms["contract"]
        ),
        sources=chosen.sources,
        disclosures=chosen.disclosures,
        info={"External-Description": str(title), "Bagging-Date": format_utc(exported.recorded_at)[:10]},
    )
    progress("listed")
    if wanted.pdf:
        package = replace(
            package,
            report=lambda files: _report(package, files, answered, chosen, wanted, exported, progress),
            catalogue=lambda report: catalogue(package.items, report, Cataloguing(
                chosen.contract, answered.terms, exported.by, exported.recorded_at, wanted.edition
            )),
        )  # fmt: skip
    write_package(out, package, lambda text: str(log.seal(text)), progress.of("written"))


def _facts(
    chosen: Chosen, streams: RowSource, log: TransparencyLog, head: SignedHead, exported: Fact, progress: Progress
) -> Iterator[LoggedFact]:
    """The facts up to the export; others may have been recorded since.

    Of the ledger's own stream, facts about persons of other contracts are shown as digests only.
    """
    scope = None if chosen.shown is None else chosen.shown | {exported.seq}
    found = gather_facts(
        streams, log, head.checkpoint.size, chosen.contract, whole=WHOLE, scope=scope, progress=progress.of("proved")
    )
    for fact in found:
        if fact.contract == "log" and fact.leaf.startswith(b'{"type":"PersonalDataErased.'):
            own = str(leaf_of(fact.leaf)["data"]["subject"]).startswith(f"{chosen.contract}/")
            yield replace(fact, withheld=not own)
        elif fact.contract != chosen.contract or fact.seq <= exported.seq:
            yield fact


def values_opened(chosen: Chosen) -> dict[str, str]:
    """The personal values opened, by their commitments."""
    return {digests(line.encode()).sha256: str(json.loads(line)[2]) for line in chosen.disclosures}


def _heads(log: TransparencyLog, head: SignedHead, earlier: Iterable[EarlierCheckpoint]) -> Iterator[SignedHead]:
    for size in sorted({int(old.name[:12]) for old in earlier} | {head.checkpoint.size}):
        kept = log.head(size)
        if kept is not None:
            yield kept


def _report(
    package: Package, files: Mapping[str, Content], answered: Conclusions, chosen: Chosen, wanted: Wanted,
    exported: Fact, progress: Progress,
) -> bytes:  # fmt: skip
    attached = {name.replace("/", "-"): files[name] for name in ATTACHED}
    return report(Material(
        terms=answered.terms,
        conclusions=answered.conclusions,
        facts=answered.facts,
        explain=answered.explain,
        made_at=exported.recorded_at,
        checkpoint=package.checkpoint,
        attachments={name: content for name, content in attached.items() if isinstance(content, bytes)},
        withheld=frozenset(fact.seq for fact in package.facts if fact.withheld and fact.contract == package.contract),
        as_seen_by=answered.question.get("as_seen_by"),
        disclosed=values_opened(chosen),
        edition=wanted.edition,
        at_issue=chosen.at_issue,
    ), progress.of("reported"))  # fmt: skip
