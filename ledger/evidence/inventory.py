"""The list of evidence: for each item what it is, from whom and when, who kept it, where it is, what it shows.

Everything is read from the stored bytes of the facts; nothing is decided here.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sqlite3
import ssl
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ledger.bilingual import Bilingual, label, phrase, type_name
from ledger.domain.fact import TYPES
from ledger.domain.moments import format_utc
from ledger.domain.template import Template, template_of
from ledger.evidence.bag import Content, digests
from ledger.evidence.package import LoggedFact
from ledger.log.checkpoint import cosigned_at
from ledger.log.log import TransparencyLog
from ledger.log.storage import SignedHead
from ledger.messages import say
from ledger.projections.status import RULES

Leaf = dict[str, Any]
_LIBRARIES = ("lvyue-ledger", "eventsourcing", "orjson", "cryptography", "rfc3161-client", "typst")


def items(
    contract: Mapping[str, str], facts: Sequence[tuple[LoggedFact, Leaf]], sources: Mapping[str, Content],
    absent: Iterable[str], disclosed: Iterable[str],
) -> list[dict[str, object]]:  # fmt: skip
    """One entry for every fact shown, in the order of `events.jsonl`, then one for every document it names.

    `contract` is the table `contract` of its terms, `disclosed` are the commitments that the package opens; `absent`
    the digests of documents that are missing.
    """
    opened = set(disclosed)
    template = template_of(contract["template"])
    listed = [_of_fact(template, line, fact, leaf, opened) for line, (fact, leaf) in enumerate(facts, 1)]
    return listed + list(_of_documents(facts, sources, set(absent)))


def _of_fact(template: Template, line: int, fact: LoggedFact, leaf: Leaf, opened: set[str]) -> dict[str, object]:
    name = leaf["type"].partition(".v")[0]
    type_ = TYPES[name]
    actor = leaf.get("actor", leaf["by"])
    did = label("role", actor)
    of = Bilingual("", "") if actor == leaf["by"] else Bilingual(did.zh, f" by {did.en}")
    return {
        "title": type_name(name).json(),
        "source": f"data/events.jsonl:{line}",
        "fact": f"{fact.contract}#{fact.seq}",
        "author": leaf["by"],
        "actor": actor,
        "happened": leaf["on"],
        "recorded": leaf["recorded_at"],
        "custodian": leaf["recorded_by"],
        "digest_sha256": hashlib.sha256(fact.leaf).hexdigest(),
        "digest_sm3": hashlib.new("sm3", fact.leaf).hexdigest(),
        "leaf_index": fact.index,
        "article": template.article_of(type_) if name in template.types else None,  # a notice of the calendar: none
        "proves": phrase(
            "report.proves", role=label("role", leaf["by"]), of=of, type=type_name(name), on=leaf["on"],
            recorded=leaf["recorded_at"],
        ).json(),
        "redactions": [
            {"field": field, "commitment": commitment, "disclosed": commitment in opened}
            for field, commitment in commitments(leaf["data"])
        ],
    }


def commitments(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The personal fields of a fact's data, by dotted path, with the commitment that stands for each."""
    for field, value in data.items():
        if isinstance(value, dict):
            if set(value) == {"commitment"}:
                yield prefix + field, value["commitment"]
            else:
                yield from commitments(value, f"{prefix}{field}.")


def documents_of(leaf: Leaf) -> Iterator[dict[str, Any]]:
    """The documents a fact names: `sha256`, `name`, `media_type`."""
    yield from leaf.get("documents", ())
    for data in (leaf["data"], leaf["data"].get("data")):
        if isinstance(data, dict) and isinstance(data.get("sha256"), str):
            yield data


def _of_documents(
    facts: Sequence[tuple[LoggedFact, Leaf]], sources: Mapping[str, Content], absent: set[str]
) -> Iterator[dict[str, object]]:
    seen: set[str] = set()
    for fact, leaf in facts:
        for document in documents_of(leaf):
            sha256 = document["sha256"]
            if sha256 in seen:
                continue
            seen.add(sha256)
            entry: dict[str, object] = {
                "title": document.get("name"), "media_type": document.get("media_type"), "author": leaf["by"],
                "recorded": leaf["recorded_at"], "custodian": leaf["recorded_by"], "leaf_index": fact.index,
                "fact": f"{fact.contract}#{fact.seq}", "sha256": sha256, "redactions": [],
                "proves": phrase("catalogue.document.proves", fact=f"#{fact.seq}").json(),
            }  # fmt: skip
            if sha256 in absent:
                yield entry | {"absent": True}
            else:
                found = digests(sources[sha256])
                yield entry | {"source": f"data/sources/{sha256}", "sm3": found.sm3, "size": found.size}


def custody(facts: Iterable[Leaf], log: TransparencyLog, heads: Sequence[SignedHead]) -> list[dict[str, object]]:
    """Who held what when: recordings in runs of one recorder and day, checkpoints, time stamps, witnesses, exports.

    In order of time. `heads` are the checkpoints that the package shows.
    """
    listed: list[dict[str, object]] = []
    for leaf in facts:
        by, at, contract = leaf["recorded_by"], leaf["recorded_at"], leaf["contract"]
        if leaf["type"].startswith("EvidenceExported."):
            listed.append({"at": at, "did": "exported", "by": by, "as": leaf["by"], "scope": leaf["data"]["scope"],
                           "fact": f"{contract}#{leaf['seq']}"})  # fmt: skip
            continue
        last: dict[str, Any] = listed[-1] if listed else {}
        run = (last.get("did"), last.get("by"), last.get("contract"), str(last.get("at"))[:10])
        if run == ("recorded", by, contract, at[:10]) and last["last"] == leaf["seq"] - 1:
            last |= {"last": leaf["seq"], "until": at}
        else:
            listed.append({"at": at, "did": "recorded", "by": by, "contract": contract, "first": leaf["seq"],
                           "last": leaf["seq"], "until": at})  # fmt: skip
    for head in heads:
        listed += _attested(log, head)
    return sorted(listed, key=lambda entry: str(entry["at"]))


def _attested(log: TransparencyLog, head: SignedHead) -> Iterator[dict[str, object]]:
    size = head.checkpoint.size
    yield {"at": format_utc(head.made_at), "did": "signed checkpoint", "by": head.checkpoint.origin, "size": size}
    for number, stamp in enumerate(log.tokens(size), 1):
        yield {"at": format_utc(stamp.stamped_at), "did": "time-stamped", "size": size, "number": number}
    witnesses = {one.key.name for one in log.witnesses()}
    for signature in log.cosigned(head).signatures:
        if signature.name in witnesses:
            seen = cosigned_at(signature) * 1_000_000
            yield {"at": format_utc(seen), "did": "cosigned", "by": signature.name, "size": size}


def environment(question: Mapping[str, object], origin: str, dialect: str) -> dict[str, object]:
    """What made the package, and how its conclusions were asked for; neither the machine nor any path is named."""
    return {
        "rules": RULES,
        "question": dict(question),
        "log": origin,
        "store": dialect,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": platform.system(),
        "byte_order": sys.byteorder,
        "sqlite": sqlite3.sqlite_version,
        "openssl": ssl.OPENSSL_VERSION,
        "libraries": {name: found for name in _LIBRARIES if (found := _version(name)) is not None},
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def clauses(answer: Mapping[str, Any], facts: Iterable[Leaf], contract: Mapping[str, str]) -> dict[str, str]:
    """The words cited, one text per clause: file name -> title, Chinese words, English gloss.

    ``contract`` is the table ``contract`` of its terms.
    """
    template = template_of(contract["template"])
    cited = set(_cited(answer)) | {
        clause for key, section in template.sections.items() if section.cites is not None
        for clause in section.cites(answer[key])
    } | {template.article_of(TYPES[leaf["type"].partition(".v")[0]]) for leaf in facts}
    told = "\n".join(say("EX_OTHER_WORDS", lang) for lang in ("zh", "en"))
    other = "" if contract["id"] == template.words_of else f"{told}\n\n"
    files = {}
    for clause in sorted(cited & template.words.keys()):
        words = template.words[clause]
        text = f"{other}{words.title} ({clause})\n\n{words.zh}\n\n{words.title_en}\n\n{words.en}\n"
        files[clause.replace(" ", "-").replace("_", "-") + ".txt"] = text
    return files


def _cited(answer: Any) -> Iterator[str]:
    if isinstance(answer, Mapping):
        if isinstance(answer.get("clause"), str):
            yield answer["clause"]
        for value in answer.values():
            yield from _cited(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from _cited(value)


def leaf_of(stored: bytes) -> Leaf:
    """The stored JSON of a fact."""
    return dict(json.loads(stored))
