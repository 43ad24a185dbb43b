"""``lvyue record --bulk``: records a stream of facts of many contracts in constant memory."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby, islice
from typing import Any

from ledger.cli.opening import checkpointed, ledger_of
from ledger.cli.output import Output
from ledger.cli.recording import opened, with_line
from ledger.collector import collector_paused
from ledger.domain.errors import Refusal
from ledger.importers.jsonl import Line, read_lines
from ledger.messages import say
from ledger.recording import Recorded
from ledger.service import Ledger

AT_ONCE = 1000  # lines per commit
REGISTERS = "ContractRegistered"


def record_bulk(asked: Namespace, out: Output) -> None:
    """Record the lines of a file as they are read; each thousand is one transaction, committed whole or not at all."""
    ledger = ledger_of(asked, create=True)
    ledger.spill()
    lines = count = repeated = 0
    with ExitStack() as stack:
        stream = iter(read_lines(opened(stack, asked.file or asked.contract)))
        while some := list(islice(stream, AT_ONCE)):
            try:
                with collector_paused(), ledger.group_commit():
                    recorded = _record(ledger, some, asked.principal)
            except Refusal:
                print(say("BULK_STOPPED", out.lang, line=some[0].number, count=count), file=sys.stderr)
                raise
            lines += len(some)
            repeated += sum(one.repeated for one in recorded)
            count += sum(not one.repeated for one in recorded)
            out.progress("PROGRESS_BULK", count=count)
    out.progress_done()
    checkpointed(ledger, out)
    told = {"recorded": count, "repeated": repeated, "lines": lines}
    if out.as_json:
        return out.json(told)
    out.say("DONE_BULK", count=count, repeated=repeated, lines=lines)


def _record(ledger: Ledger, lines: Sequence[Line], principal: str) -> list[Recorded]:
    recorded = list[Recorded]()
    for (contract, registers), run in groupby(lines, _of):
        some = list(run)
        with with_line(some):
            if registers:
                recorded += _registered(ledger, some, principal)
            else:
                stated = [one.fault or _bare(one.envelope) for one in some]
                recorded += ledger.record(contract, stated, recorded_by=principal)
    return recorded


def _of(line: Line) -> tuple[str, bool]:
    """The contract a line belongs to, and whether the line registers it. Refusal BULK_CONTRACT if it names none."""
    contract = line.envelope.get("contract")
    if line.fault is not None:
        raise line.located(line.fault)
    if not isinstance(contract, str):
        raise line.located(Refusal("BULK_CONTRACT", "contract"))
    return contract, line.envelope.get("type") == REGISTERS


def _registered(ledger: Ledger, lines: Iterable[Line], principal: str) -> Iterator[Recorded]:
    for line in lines:
        data: Any = line.envelope.get("data")
        terms = data.get("terms") if isinstance(data, dict) else None
        if not isinstance(terms, dict):
            raise Refusal("FIELD_MISSING", "data.terms", missing="terms")
        yield ledger.register(terms, by=str(line.envelope.get("by", "party_a")), recorded_by=principal)


def _bare(envelope: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in envelope.items() if key != "contract"}
