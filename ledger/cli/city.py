"""`lvyue city`: a log of the bureaus' checkpoints, with actions for its operator, for a bureau and for the public."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.cli.arguments import UsageError
from ledger.cli.opening import ledger_of
from ledger.cli.output import Output
from ledger.cli.recording import read_bytes
from ledger.domain.calendar import format_utc
from ledger.labels import clock
from ledger.messages import refusal, say
from ledger.service import now

if TYPE_CHECKING:
    from ledger.city.city import City, CollectedHead

Act = Callable[[Namespace, Output], int | None]
BROKEN, REFUSED = 3, 1
MOST_FILE = 1 << 20  # bytes of a checkpoint or a file of keys


def city(asked: Namespace, out: Output) -> int | None:
    """Run one action of `lvyue city`, after checking the number of its arguments and its options."""
    act, words, needed, optional = ACTS[asked.action]
    given = {name for name in ("key", "trust", "into", "witness", "name", "bureau") if getattr(asked, name) is not None}
    if len(asked.words) != words or not needed <= given <= needed | optional:
        message = say("USAGE_CITY", out.lang)
        raise UsageError("USAGE_CITY", say("USAGE", out.lang, message=message, program="lvyue city"))
    return act(asked, out)


def _city_of(asked: Namespace, origin: str | None = None) -> City:
    from ledger.city.city import City

    return City(asked.store, os.environ, asked.clock or now, origin=origin)


def _text(file: str) -> str:
    return read_bytes(file, MOST_FILE).decode("utf-8", "replace")


def _init(asked: Namespace, out: Output) -> None:
    made = _city_of(asked, asked.words[0])
    if out.as_json:
        return out.json({"origin": made.log.origin, "key": str(made.key)})
    out.say("DONE_CITY", origin=made.log.origin, key=made.key)


def _add(asked: Namespace, out: Output) -> None:
    name, keys, address = asked.words
    bureau = _city_of(asked).add(name, _text(keys), address, asked.witness)
    if out.as_json:
        return out.json({"name": name, "origin": bureau.origin, "address": address, "witness": bureau.witness})
    out.say("DONE_BUREAU", name=name, origin=bureau.origin, address=address)


def _collect(asked: Namespace, out: Output) -> int:
    """Collect from every bureau and publish. Returns 3 if a bureau showed two histories, 1 if one was unreachable."""
    opened = _city_of(asked)
    outcomes = opened.collect()
    head = opened.publish(Path(asked.words[0]))
    if out.as_json:
        shown = [_outcome(one, out) for one in outcomes]
        out.json({"size": head.checkpoint.size, "checkpoint": str(opened.log.cosigned(head)), "bureaus": shown,
                  "cosigned_by": opened.cosigners(head)})  # fmt: skip
    else:
        for one in outcomes:
            print(_outcome(one, out)["message"], file=out.stream)
        out.say("DONE_COLLECTED", size=head.checkpoint.size, folder=asked.words[0])
    broken = any(one.verdict == "two-histories" for one in outcomes)
    return BROKEN if broken else REFUSED if any(one.refused for one in outcomes) else 0


def _outcome(one: CollectedHead, out: Output) -> dict[str, Any]:
    if one.refused is not None:
        message = say("CITY_REFUSED", out.lang, name=one.bureau, detail=refusal(one.refused, out.lang))
        return {"bureau": one.bureau, "verdict": "refused", "code": one.refused.code, "message": message}
    code = f"CITY_{one.verdict}"
    message = say(code, out.lang, name=one.bureau, size=one.size, held=one.held or "", shown=one.shown or "")
    made = {"bureau": one.bureau, "verdict": one.verdict, "size": one.size, "message": message}
    return made | ({"held": one.held, "shown": one.shown} if one.held else {})


def _list(asked: Namespace, out: Output) -> None:
    """List the bureaus, how far each was collected, and whether it showed two histories."""
    opened, listed = _city_of(asked), list[dict[str, Any]]()
    head = opened.log.last()
    signed = opened.cosigners(head) if head else []
    for bureau in opened.bureaus():
        last = opened.last(bureau)
        listed.append({
            "name": bureau.name, "origin": bureau.origin, "address": bureau.address, "size": last and last.size,
            "collected_at": last and format_utc(last.collected_at), "cosigned": bureau.name in signed,
            "two_histories": len(opened.two_histories(bureau)),
        })  # fmt: skip
    if out.tabular:
        return out.table(listed)
    if out.as_json:
        return out.json({"origin": opened.log.origin, "key": str(opened.key), "bureaus": listed})
    out.say("CITY_IS", origin=opened.log.origin, key=opened.key, size=head.checkpoint.size if head else 0)
    for one in listed:
        state = "CITY_BUREAU_BROKEN" if one["two_histories"] else "CITY_BUREAU" if one["size"] else "CITY_BUREAU_NEW"
        mark = say("CITY_COSIGNED" if one["cosigned"] else "CITY_NOT_COSIGNED", out.lang)
        at = clock(one["collected_at"], out.lang) if one["size"] else ""
        out.say(state, **one | {"cosigned": mark, "collected_at": at})


def _keys(asked: Namespace, out: Output) -> None:
    """Print the city's public keys, in the form of a file for --trust."""
    keys = _city_of(asked).keys()
    if out.as_json:
        return out.json({"keys": keys.splitlines()})
    print(keys, end="", file=out.stream)


def _rotate(asked: Namespace, out: Output) -> None:
    before, after = _city_of(asked).rotate()
    if out.as_json:
        return out.json({"before": str(before), "after": str(after)})
    out.say("DONE_CITY_ROTATED", before=before, after=after)


def _proof(asked: Namespace, out: Output) -> None:
    proof = _city_of(asked).proof(read_bytes(asked.words[0], MOST_FILE))
    if out.as_json:
        return out.json({"tlog_proof": proof})
    print(proof, end="", file=out.stream)


def _cosign(asked: Namespace, out: Output) -> int:
    """Cosign a city's log as a bureau. Returns 3 if a log showed two histories, 1 if one could not be read."""
    from ledger.city.published import PublishedCity
    from ledger.city.witnessing import witness
    from ledger.log.witness import open_witness

    path, ledger = Path(asked.key), ledger_of(asked)
    signer = open_witness(path, asked.name or f"witness.{path.stem}")
    published = PublishedCity(asked.words[0], _text(asked.trust))
    memory = path.with_name(path.name + ".city")
    found = witness(published, ledger.custody.log, signer, memory, Path(asked.into), ledger.clock())
    alarms = [{"bureau": name, "held": held, "shown": shown} for name, held, shown in found.two_histories]
    unchecked = [{"bureau": name, "code": why.code, "message": refusal(why, out.lang)} for name, why in found.unchecked]
    if out.as_json:
        out.json({"checkpoint": str(found.note), "witness": str(signer.witness_key), "two_histories": alarms,
                  "unchecked": unchecked})  # fmt: skip
    else:
        out.say("DONE_CITY_COSIGNED", size=published.checkpoint.size, folder=asked.into, key=signer.witness_key)
        for alarm in alarms:
            print(say("CITY_two-histories", out.lang, name=alarm["bureau"], size="", **alarm), file=out.stream)
        for one in unchecked:
            print(say("CITY_REFUSED", out.lang, name=one["bureau"], detail=one["message"]), file=out.stream)
    return BROKEN if alarms else REFUSED if unchecked else 0


def _verify(asked: Namespace, out: Output) -> int:
    """Verify that a bureau's checkpoint is in the city's log. Returns 3 if the bureau showed two histories."""
    from ledger.city.published import PublishedCity

    file, address = asked.words
    published = PublishedCity(address, _text(asked.trust))
    found = published.standing(read_bytes(file, MOST_FILE), asked.bureau)
    code, cosigned = f"CITY_STANDING_{found.verdict}", published.cosigners()
    values = {"origin": found.held.origin, "size": found.held.size, "index": found.index,
              "city": published.checkpoint.size, "held": str(found.held).rstrip(), "leaf": found.leaf.decode().rstrip()}
    if found.verdict == "two-histories":
        return out.failed("CITY_TWO_HISTORIES", say(code, out.lang, **values), BROKEN)
    if out.as_json:
        out.json({"verdict": found.verdict, "index": found.index, "leaf": found.leaf.decode(), "cosigned_by": cosigned,
                  "unproven": found.unproven and refusal(found.unproven, out.lang)})  # fmt: skip
    else:
        out.say(code, **values)
        out.say("CITY_COSIGNED_BY", names=", ".join(cosigned) or "–", count=len(cosigned))
        if found.unproven is not None:
            out.say("CITY_UNPROVEN", detail=refusal(found.unproven, out.lang))
    return REFUSED if found.verdict == "newer" else 0


# Per action: its function, the number of arguments, required options, permitted options.
ACTS: dict[str, tuple[Act, int, set[str], set[str]]] = {
    "init": (_init, 1, set(), set()),
    "add": (_add, 3, set(), {"witness"}),
    "collect": (_collect, 1, set(), set()),
    "list": (_list, 0, set(), set()),
    "keys": (_keys, 0, set(), set()),
    "rotate": (_rotate, 0, set(), set()),
    "proof": (_proof, 1, set(), set()),
    "cosign": (_cosign, 1, {"key", "trust", "into"}, {"name"}),
    "verify": (_verify, 2, {"trust"}, {"bureau"}),
}
