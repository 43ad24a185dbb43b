"""The console against the JSON of the same contract, on loopback.

    python -m bench.console [facts …]

- the size of the contract page, at most 60 KB (without style sheet and script, which a browser caches);
- the server's time of each warm page against the warm JSON status of the same contract, at most 20 times;
- first contentful paint of the contract page in Chromium, at most 0.5 s, where Chromium is installed;
- with ``facts`` (1000 10000 50000): pages of contracts of these sizes, whose portfolio rows exist, each on a server
  just started: processor seconds of the first request, then ms of a repeated one; for the facts page also further
  pages and the reading after a recording; the last two sizes are compared.
- ``python -m bench.console home 1000 10000``: Home of ledgers of so many contracts, with filters, search and orders.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from bench.ledger import fact, history, terms
from bench.load import Line, drive, once, open_line, request
from bench.portfolio import fill
from ledger.service import Ledger
from tests.api.server import Served, people, serving
from tests.console.served import console, told_store
from tests.story import CONTRACT

KILOBYTE, MOST_KILOBYTES, MOST_TIMES, MOST_SECONDS, MOST_GROWTH = 1000, 60, 20.0, 0.5, 3.0
MOST_FIRST, READY_SECONDS = 2.0, 2.0  # for 10,000 facts; in proportion for more
AS_OF = "as_of=2026-11-20"
PAGES = {
    "contract": f"/contract/{CONTRACT}?{AS_OF}", "text": f"/contract/{CONTRACT}/text?{AS_OF}",
    "time": f"/contract/{CONTRACT}/time?{AS_OF}", "facts": f"/contract/{CONTRACT}/facts?{AS_OF}",
    "reasons": f"/contract/{CONTRACT}/explain?path=termination.allowed&{AS_OF}", "home": "/",
}  # fmt: skip

LONG_PAGES = {"contract": "", "text": "/text", "time": "/time", "facts": "/facts"}
HOMES = (
    "/", "/?state=late", "/?state=due&sort=next_deadline", "/?sort=-overdue", "/?q=city-000777", "/?state=deductible",
)  # fmt: skip


def page(path: str, key: str) -> bytes:
    """The request of a browser with an empty cache."""
    asked = request("GET", path, key)
    return asked[:-2] + b"Accept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"


def warm(line: Line, asked: bytes, times: int = 60) -> float:
    """The median time of a cached answer (ms)."""
    once(line, asked)
    return statistics.median(drive([line], [asked] * times).each) * 1000


def painted(served: Served, key: str) -> float | None:
    """Median seconds to the first contentful paint of the contract page; None without a browser."""
    program = shutil.which("chromium")
    if program is None:
        return None
    from playwright.sync_api import sync_playwright

    from tests.browsers import FLAGS

    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        view = browser.new_context().new_page()
        view.goto(f"{served.url}/sign-in")
        view.fill("#key", key)
        view.click("button.main")
        for _ in range(5):
            view.goto(served.url + PAGES["contract"])
            while not view.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
                view.wait_for_timeout(20)
            found.append(view.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        browser.close()
    return statistics.median(found) / 1000


def long_contract(store: str, count: int) -> str:
    """Record a contract of ``count`` facts in a store; returns its number."""
    ledger = Ledger(store)
    number = ledger.register(terms(f"LONG-{count}")).fact.contract
    facts = list(history(count - 1))
    for start in range(0, len(facts), 1000):
        ledger.record(number, facts[start : start + 1000])
    ledger.projector.rebuild()
    ledger.store.close()
    return number


def main(sizes: list[int]) -> int:
    held = []

    def floor(name: str, figure: float, most: float, detail: str = "") -> None:
        held.append(figure <= most)
        print(f"{'ok  ' if held[-1] else 'FAIL'} {name}: {figure:.2f} (at most {most:g}) {detail}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told")
        told.mkdir()
        keys = told_store(told)
        with console(Path(folder, "served"), told, keys) as served:
            line, key = open_line(served.url), keys["bureau"]
            size = len(once(line, page(PAGES["contract"], key))) / KILOBYTE
            floor("contract page on the wire, KB", size, MOST_KILOBYTES)
            status = warm(line, request("GET", f"/api/v1/contracts/{CONTRACT}/status?{AS_OF}", key))
            for name, path in PAGES.items():
                took = warm(line, page(path, key))
                detail = f"{took:.1f} ms, {status:.2f} ms"
                floor(f"warm {name} page / warm JSON status", took / status, MOST_TIMES, detail)
            seconds = painted(served, key)
            if seconds is not None:
                floor("first contentful paint, s", seconds, MOST_SECONDS)
        growth(Path(folder), sizes, floor)
    return 0 if all(held) else 1


def growth(folder: Path, sizes: list[int], floor) -> None:  # type: ignore[no-untyped-def]
    """Pages of contracts of these ``sizes``; a page of facts must cost the same at every size."""
    turned, first_of, recorded = {}, {}, {}
    for size in sizes:
        place = folder / str(size)
        place.mkdir()
        store = f"sqlite:///{place / 'long.db'}"
        Ledger(store, create=True).store.close()
        number = long_contract(store, size)
        at, keys = f"/contract/{quote(number)}", people(store, ["office", "operator"])
        status = None
        for name, path in LONG_PAGES.items():
            with serving(place, seeded=False, store=store) as served:
                line, key = open_line(served.url), keys["office"]
                once(line, page("/start", keys["operator"]))
                time.sleep(READY_SECONDS)  # lets the process for long questions finish its imports
                before, asked = processor(served.process.pid), page(at + path, key)
                once(line, asked)
                first = processor(served.process.pid) - before
                again = best(line, [asked] * 9)
                if status is None:
                    api = f"/api/v1/contracts{at.removeprefix('/contract')}/status"
                    status = best(line, [request("GET", api, key)] * 9)
                print(f"     {size:6} facts, {name}: first {first:.2f} s of processor, then {again:.1f} ms "
                      f"(JSON status {status:.1f} ms)", flush=True)  # fmt: skip
                floor(f"warm {name} page of {size} facts / warm JSON status", again / status, MOST_TIMES)
                if name == "facts":
                    pages_ = [page(f"{at}/facts?page={one}", key) for one in range(2, min(8, size // 100))]
                    before = processor(served.process.pid)
                    drive([line], pages_)
                    turned[size] = (processor(served.process.pid) - before) / len(pages_) * 1000
                    first_of[size], recorded[size] = first, after_recording(store, number)
                    print(f"     {size:6} facts, turning a page: {turned[size]:.0f} ms of processor; read after a "
                          f"recording: {recorded[size]:.1f} ms", flush=True)  # fmt: skip
                else:
                    most = MOST_FIRST * max(1, size / 10_000)
                    floor(f"first {name} page of {size} facts, s of processor", first, most)
    if len(turned) > 1:
        for what, took in (("turning pages", turned), ("first page of facts", first_of), ("after recording", recorded)):
            floor(f"{what}, the longest / the shortest", took[max(took)] / took[min(took)], MOST_GROWTH)


def after_recording(store: str, number: str) -> float:
    """A page of the register after a recording, read in this process: processor ms, the maximum without the first.

    The first one reads all facts, unless the fact recorded is of record regardless of earlier ones.
    """
    ledger, took = Ledger(store), []
    for _ in range(6):
        ledger.record(number, [fact("ServicePerformed", "2026-10-02", "party_b", service="vcpu", units=1)])
        begun = time.thread_time()
        last = ledger.registers.index(number).facts
        ledger.registers.between(number, last - 99, last)
        took.append((time.thread_time() - begun) * 1000)
    ledger.store.close()
    return max(took[1:])


def home(sizes: list[int]) -> int:
    """Home of ledgers of these sizes (contracts): each address for the first time, and again."""
    took: dict[str, dict[int, float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as made_in:
            place = Path(made_in)
            store = f"sqlite:///{place / 'city.db'}"
            fill(store, size, 15)
            keys = people(store, ["office"])
            ledger = Ledger(store)
            ledger.projector.rebuild()
            ledger.store.close()
            with serving(place, seeded=False, store=store) as served:
                line = open_line(served.url)
                once(line, page("/", keys["office"]))
                for address in HOMES:
                    asked = page(address, keys["office"])
                    before = processor(served.process.pid)
                    once(line, asked)
                    first = took.setdefault(address, {})[size] = (processor(served.process.pid) - before) * 1000
                    again = best(line, [asked] * 9)
                    print(f"     {size:6} contracts, {address}: {first:.0f} ms of processor, again {again:.1f} ms",
                          flush=True)  # fmt: skip
    grown = [of_sizes[sizes[-1]] / of_sizes[sizes[0]] for of_sizes in took.values()]
    held = statistics.median(grown) <= MOST_GROWTH
    print(f"{'ok  ' if held else 'FAIL'} home of {sizes[-1]} / of {sizes[0]} contracts: {statistics.median(grown):.2f} "
          f"(at most {MOST_GROWTH:g})")  # fmt: skip
    return 0 if held else 1


def best(line: Line, asked: list[bytes]) -> float:
    """The shortest time of these answers (ms), as other work may share the machine."""
    return min(drive([line], asked).each) * 1000


def processor(pid: int | None) -> float:
    """Processor seconds of a process and all its descendants."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    used = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    below = (child for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split())
    return used + sum(processor(int(child)) for child in below)


if __name__ == "__main__":
    if sys.argv[1:2] == ["home"]:
        sys.exit(home([int(one) for one in sys.argv[2:]] or [1_000, 10_000]))
    sys.exit(main([int(one) for one in sys.argv[1:]]))
