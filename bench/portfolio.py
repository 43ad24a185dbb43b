"""The portfolio of many contracts against its floors: building it, querying pages, and the passing of a quiet day.

    python -m bench.portfolio [contracts [facts each [store URL [rows]]]]

A store URL of ``postgresql`` alone starts a server from packages in a temporary folder.
``rows``: portfolio rows are copied under other contract numbers up to this count, to query a city's portfolio without
sweeping that many contracts first.

Seconds are processor seconds (user + system), as the machine may be shared; pages are by the clock, the best of
several. The floor of building is reading the same rows and decoding them with orjson.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import orjson

from bench.ledger import history, terms
from bench.ledger import timed as spent
from bench.postgres import server
from ledger.portfolio import PortfolioPlace, PortfolioQuery
from ledger.portfolio_rows import in_processes
from ledger.service import Ledger, Question
from ledger.store import portfolio
from ledger.store.leaf import Draft

TODAY = dt.datetime(2026, 9, 1, 4, tzinfo=dt.UTC)
SOUGHT = {
    "first page": PortfolioQuery(),
    "overdue > 5.00, highest first": PortfolioQuery(["overdue>5.00"]),
    "termination allowed": PortfolioQuery(["termination_allowed"]),
    "deadlines in 30 days": PortfolioQuery(["next_deadline<=30d"]),
    "one short of a threshold": PortfolioQuery(["one_short"]),
    "claims waiting": PortfolioQuery(["claims>=1"]),
    "in service and overdue": PortfolioQuery(["phase=in_service", "overdue>0.00"], order="next_due"),
    "number begins": PortfolioQuery(prefix="CITY-00042"),
    "title contains, one hit": PortfolioQuery(contains="city-000777"),
}


def fill(url: str, contracts: int, each: int) -> None:
    """Append ``contracts`` contracts of ``each`` facts, admitted once; every tenth owes, every seventh has a duty."""
    with tempfile.TemporaryDirectory() as folder:
        model = Ledger(f"sqlite:///{folder}/model.db", create=True)
        model.register(terms("MODEL"))
        model.record("MODEL", list(history(each - 1)))
        leaves = [orjson.loads(leaf) for _, _, leaf in model.store.rows("MODEL")]
        model.store.close()
    drafts = [Draft(one["type"], one["on"], one["by"], one["ref"], one["data"], None, None, one.get("actor"))
              for one in leaves]  # fmt: skip
    ledger, at = Ledger(url, create=True), int(TODAY.timestamp()) * 1_000_000 - 86_400_000_000

    document = terms()

    def of(number: str, place: int) -> list[Draft]:
        stated = document | {"contract": document["contract"] | {"id": number}}
        told = [drafts[0]._replace(data={"terms": stated}), *drafts[1:]]
        if place % 10 == 0:  # owes an invoice since June; every hundredth contract owes one more
            bill = {"invoice": "unpaid", "instalment": 1, "amount": f"{1 + place % 1000}.00", "tax_rate": "0.06"}
            told[-1] = Draft("InvoiceIssued.v1", f"2026-0{6 + place % 100 // 90}-10", "party_b", None, bill)
        if place % 7 == 0:
            asked = {"report": "due", "due_on": f"2026-09-{1 + place % 30:02}"}
            told[-2] = Draft("MonitoringReportRequested.v1", "2026-08-30", "party_a", None, asked)
        return told

    for start in range(0, contracts, 200):
        numbers = range(start, min(start + 200, contracts))
        with ledger.store.group_commit():
            for one in numbers:
                number = f"CITY-{one:06}"
                ledger.store.append(number, of(number, one), now=lambda: at, recorded_by="bench", expected_seq=0)
    ledger.store.close()


def floor(url: str) -> int:
    """Read and decode every row; returns their number."""
    ledger, count = Ledger(url), 0
    for _, leaf in ledger.store.leaves():
        orjson.loads(leaf)
        count += 1
    ledger.store.close()
    return count


def statuses(url: str, contracts: int) -> int:
    """Compute the cold status of each contract in turn; returns the number of facts."""
    ledger, count = Ledger(url), 0
    for number in range(contracts):
        count += ledger.status(f"CITY-{number:06}", Question(as_of=TODAY.date()))["facts"]
    ledger.store.close()
    return count


def pages(ledger: Ledger, wanted: PortfolioQuery) -> Iterator[tuple[float, int]]:
    """For the first page, then for a late one: the least milliseconds and the number of lines."""
    after: PortfolioPlace | None = None
    for depth in (0, 60):
        for _ in range(depth):
            page = ledger.portfolio.page(wanted, after)
            if page.following is None:
                return
            after = page.following
        took = []
        for _ in range(7):
            begun = time.perf_counter()
            page = ledger.portfolio.page(wanted, after)
            took.append(time.perf_counter() - begun)
        yield min(took) * 1000, len(page.lines)


def spread(ledger: Ledger, most: int) -> None:
    """Copy the portfolio rows under other contract numbers until there are ``most``."""
    serving = portfolio.in_state(ledger.store, "serving")
    assert serving is not None
    made, last = portfolio.rows(ledger.store, serving.number, 0, 1 << 60), ledger.store.leaf_count()
    for turn in range(1, most // len(made)):
        again = [
            row._replace(place=last + turn * len(made) + count, contract=f"MORE-{turn:04}-{count:05}",
                         named=row.named.replace("city", f"more-{turn:04}"))
            for count, row in enumerate(made)
        ]  # fmt: skip
        with ledger.store.writing() as transaction:
            portfolio.write(transaction, serving.number, again, fresh=True)


def reading_rows(ledger: Ledger) -> int:
    """The floor of listing everything: read every line as stored."""
    return len(ledger.store.query("SELECT line FROM portfolio_lines"))


def listing(ledger: Ledger) -> int:
    """List every line, page by page."""
    count, after = 0, None
    while True:
        page = ledger.portfolio.page(PortfolioQuery(), after, 1000)
        count, after = count + len(page.lines), page.following
        if after is None:
            return count


def main(contracts: int, each: int, url: str, rows: int) -> None:
    now = TODAY
    if not url:
        folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{Path(folder.name, 'city.db')}"
    print(f"{contracts} contracts of {each} facts in {url.partition(':')[0]}", flush=True)
    print(f"     filled in {spent(lambda: fill(url, contracts, each)):.1f} s", flush=True)
    count = floor(url)
    base = spent(lambda: floor(url))
    ledger = Ledger(url, clock=lambda: int(now.timestamp()) * 1_000_000)
    built = spent(ledger.projector.rebuild)
    print(f"built: {count / built:.0f} facts a second of one processor, {built / base:.1f} x reading the rows "
          f"({base:.2f} s)", flush=True)  # fmt: skip
    asked = min(contracts, 1_000)
    elapsed = spent(lambda: statuses(url, asked))
    print(f"cold status of each: {asked * each / elapsed:.0f} facts a second of one processor", flush=True)
    begun = time.perf_counter()
    with in_processes(url) as swept:
        ledger.projector.rebuild(swept)
    wall = time.perf_counter() - begun
    print(f"built by {os.cpu_count()} processes: {count / wall:.0f} facts a second by the clock", flush=True)
    now += dt.timedelta(days=1)
    due = ledger.store.query("SELECT count(*) FROM portfolio WHERE again_on <= ?", (now.toordinal(),))[0][0]
    day = spent(lambda: ledger.projector.current(contracts))
    print(f"a day passes, {due} contracts due: {day:.2f} s, {day / built:.2%} of building", flush=True)
    if rows:
        spread(ledger, rows)
        print(f"{reading_rows(ledger)} rows", flush=True)
    base, listed = spent(lambda: reading_rows(ledger)), spent(lambda: listing(ledger))
    ratio = listed / base
    print(f"all lines page by page: {listed:.2f} s, {ratio:.1f} x reading the rows ({base:.2f} s)", flush=True)
    for name, wanted in SOUGHT.items():
        shown = ", ".join(f"{took:.2f} ms ({held} lines)" for took, held in pages(ledger, wanted))
        print(f"{name}: {shown}; {ledger.portfolio.count(wanted)} in all", flush=True)
    ledger.store.close()


if __name__ == "__main__":
    given = [*sys.argv[1:], *("10000", "20", "", "0")[len(sys.argv) - 1 :]]
    with server() if given[2] == "postgresql" else nullcontext(given[2]) as place:
        main(int(given[0]), int(given[1]), place, int(given[3]))
