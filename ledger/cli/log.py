"""`lvyue log`: checkpoints, proofs, keys and witnesses of the transparency log, and an operator's decisions."""

from __future__ import annotations

import base64
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.cli.arguments import UsageError
from ledger.cli.opening import ledger_of
from ledger.cli.output import Output
from ledger.cli.recording import read_bytes, shown
from ledger.domain.errors import Refusal
from ledger.messages import say
from ledger.recording import Recorded
from ledger.service import Ledger

if TYPE_CHECKING:
    from ledger.domain.fact import Fact
    from ledger.log.storage import SignedHead

Act = Callable[[Ledger, Namespace, Output], int | None]

BROKEN = 3
MOST_NAMED = 20  # facts listed that a corrected clock affects


def log(asked: Namespace, out: Output) -> int | None:
    """Run one action of `lvyue log`, after checking the number of its arguments and its options."""
    act, words, options = ACTS[asked.action]
    given = {name for name in ("key", "reason") if getattr(asked, name) is not None}
    given |= {"entries"} if asked.entries and act is not _tiles else set()
    if len(asked.words) != words or given != options:
        message = say("USAGE_LOG", out.lang)
        raise UsageError("USAGE_LOG", say("USAGE", out.lang, message=message, program="lvyue log"))
    return act(ledger_of(asked), asked, out)


def _head(ledger: Ledger) -> SignedHead:
    head = ledger.checkpoint()
    if head is None:
        raise Refusal("CHECKPOINT_NONE", "size")
    return head


def _note(out: Output, head: SignedHead, note: object) -> None:
    if out.as_json:
        root = base64.b64encode(head.checkpoint.root).decode()
        return out.json({"origin": head.checkpoint.origin, "size": head.checkpoint.size, "root": root,
                         "checkpoint": str(note)})  # fmt: skip
    print(note, end="", file=out.stream)


def _checkpoint(ledger: Ledger, asked: Namespace, out: Output) -> None:
    head = _head(ledger)
    _note(out, head, ledger.custody.log.cosigned(head))


def _proof(ledger: Ledger, asked: Namespace, out: Output) -> None:
    """Print a C2SP tlog-proof that a fact is in the log."""
    contract, name = asked.words
    fact = ledger.fact(contract, name)
    head, kept = _head(ledger), ledger.custody.log
    if out.as_json:
        path = [base64.b64encode(step).decode() for step in kept.inclusion(fact.position - 1, head.checkpoint.size)]
        return out.json({"fact": fact.id, "index": fact.position - 1, "size": head.checkpoint.size, "path": path,
                         "checkpoint": str(kept.cosigned(head))})  # fmt: skip
    print(kept.proof(fact.position - 1, head), end="", file=out.stream)


def _compare(ledger: Ledger, asked: Namespace, out: Output) -> int:
    """Check that a checkpoint is a prefix of this log. Returns 3 if it is not, 1 if it is of another log."""
    from ledger.log.witness import ALARMS, compare

    found = compare(ledger.custody.log, read_bytes(asked.words[0], 1 << 20))
    held, ours = str(found.held), str(found.ours) if found.ours else None
    if found.sound:
        size = int(found.held.text.split("\n")[1])
        if out.as_json:
            path = [base64.b64encode(step).decode() for step in found.path]
            out.json({"verdict": found.verdict, "held": held, "ours": ours, "path": path})
        else:
            out.say("DONE_COMPARED", size=size)
        return 0
    code = ALARMS.get(found.verdict)
    if code is None:
        origin = found.held.text.split("\n")[0]
        raise Refusal("CHECKPOINT_FOREIGN", "checkpoint", origin=origin)
    sentence = say(code, out.lang, held=held.rstrip(), ours=(ours or "–").rstrip())
    return out.failed(code, sentence, BROKEN)


def _tiles(ledger: Ledger, asked: Namespace, out: Output) -> None:
    """Write the log as static files (C2SP tlog-tiles) to a folder; the facts themselves only with --entries."""
    from ledger.log.publishing import publish

    folder, head = Path(asked.words[0]), _head(ledger)
    leaves = ledger.store if asked.entries else None
    written = publish(ledger.custody.log, head, folder, leaves=leaves)
    if out.as_json:
        return out.json({"folder": str(folder), "size": head.checkpoint.size, "tiles": written})
    out.say("DONE_TILES_WITH_ENTRIES" if asked.entries else "DONE_TILES", folder=folder, size=head.checkpoint.size,
            count=written)  # fmt: skip


def _cosign(ledger: Ledger, asked: Namespace, out: Output) -> None:
    """Cosign the current checkpoint as a witness if it extends the one signed last, which ``KEY.seen`` keeps."""
    from ledger.log.witness import cosign, open_witness

    path = Path(asked.key)
    witness = open_witness(path, asked.name or f"witness.{path.stem}")
    head = _head(ledger)
    seen = path.with_name(path.name + ".seen")
    _note(out, head, cosign(ledger.custody.log, head, witness, seen, ledger.clock()))


def _rotate(ledger: Ledger, asked: Namespace, out: Output) -> None:
    before, after = ledger.operator.rotate(recorded_by=asked.principal)
    if out.as_json:
        return out.json({"before": before, "after": after})
    out.say("DONE_ROTATED", before=before, after=after)


def _keys(ledger: Ledger, asked: Namespace, out: Output) -> None:
    """Print the public keys with which others verify, in the form of a file for --trust."""
    from ledger.log.handout import handed_out

    _head(ledger)
    given = handed_out(ledger.custody.log)
    if out.tabular:
        listed = [*given["keys"], *({"role": "witness"} | one for one in given["witnesses"])]
        return out.table({key: one[key] for key in one if key != "pem"} for one in listed)  # no file fits a cell
    if out.as_json:
        return out.json(given)
    for one in given["keys"]:
        retired = one["retired"]
        bound = say("LOG_KEY_RETIRED", out.lang, **retired) if retired else ""
        _say_key(out, "LOG_KEY", one, say(f"LOG_KEY_{one['role']}", out.lang), bound)
        print(one["trust"], one["pem"], sep="\n", file=out.stream)
    for one in given["witnesses"]:
        _say_key(out, "LOG_KEY", one, say("LOG_KEY_witness", out.lang, principal=one["principal"]), "")
        print(one["key"], one["pem"], sep="\n", file=out.stream)


def _say_key(out: Output, code: str, key: dict[str, Any], role: str, bound: str) -> None:
    print("#", say(code, out.lang, role=role, fingerprint=key["fingerprint"], bound=bound), file=out.stream)


def _admit(ledger: Ledger, asked: Namespace, out: Output) -> None:
    key, principal = asked.words
    admitted = ledger.operator.admit_witness(key, principal, recorded_by=asked.principal)
    _decided(ledger, out, admitted, "DONE_ADMITTED", key=key, principal=principal)


def _accept_rollback(ledger: Ledger, asked: Namespace, out: Output) -> None:
    fact = ledger.operator.accept_rollback(asked.reason, recorded_by=asked.principal)
    what: Any = fact.what
    _decided(ledger, out, Recorded(fact, repeated=False), "DONE_ROLLBACK_ACCEPTED", size=what.size, found=what.found)


def _correct_clock(ledger: Ledger, asked: Namespace, out: Output) -> None:
    fact = ledger.operator.correct_clock(asked.reason, recorded_by=asked.principal)
    what: Any = fact.what
    named = ledger.operator.named(what.first, what.last)
    ids = ", ".join(named[:MOST_NAMED]) + (" …" if len(named) > MOST_NAMED else "")
    count = what.last - what.first + 1
    recorded = Recorded(fact, repeated=False)
    _decided(ledger, out, recorded, "DONE_CLOCK_CORRECTED", count=count, latest=what.latest, named=ids)


def _decided(ledger: Ledger, out: Output, recorded: Recorded, code: str, **values: object) -> None:
    """Sign a checkpoint over an operator's decision, and report it."""
    _head(ledger)
    if out.as_json:
        return out.json(shown(recorded))
    fact: Fact = recorded.fact
    out.say(code, fact=fact.id, **values)


# Per action: its function, the number of arguments, required options.
ACTS: dict[str, tuple[Act, int, set[str]]] = {
    "checkpoint": (_checkpoint, 0, set()),
    "proof": (_proof, 2, set()),
    "compare": (_compare, 1, set()),
    "cosign": (_cosign, 0, {"key"}),
    "tiles": (_tiles, 1, set()),
    "rotate": (_rotate, 0, set()),
    "keys": (_keys, 0, set()),
    "admit": (_admit, 2, set()),
    "accept-rollback": (_accept_rollback, 0, {"reason"}),
    "correct-clock": (_correct_clock, 0, {"reason"}),
}
