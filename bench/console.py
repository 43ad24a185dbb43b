"""The console against the JSON of the same contract, on loopback.

    python -m bench.console [facts]

- the contract page on the wire, at most 60 KB (without style sheet and script, which a browser keeps);
- the server's time of each warm page against the warm JSON status of the same contract, at most 20 times;
- first contentful paint of the contract page in Chromium, at most 0.5 s, where Chromium is installed;
- with ``facts`` (10,000): the first and the last page of the facts of a contract of so many, against one of a tenth.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from bench.ledger import history, terms
from bench.load import Line, drive, once, open_line, request
from ledger.service import Ledger
from tests.api.server import Served
from tests.console.served import console, told_store
from tests.story import CONTRACT

KILOBYTE, MOST_KILOBYTES, MOST_TIMES, MOST_SECONDS, MOST_GROWTH = 1000, 60, 20.0, 0.5, 3.0
AS_OF = "as_of=2026-11-20"
PAGES = {
    "contract": f"/contract/{CONTRACT}?{AS_OF}", "text": f"/contract/{CONTRACT}/text?{AS_OF}",
    "time": f"/contract/{CONTRACT}/time?{AS_OF}", "facts": f"/contract/{CONTRACT}/facts?{AS_OF}",
    "reasons": f"/contract/{CONTRACT}/explain?path=termination.allowed&{AS_OF}", "home": "/",
}  # fmt: skip


def page(path: str, key: str) -> bytes:
    """The request of a browser that keeps nothing."""
    asked = request("GET", path, key)
    return asked[:-2] + b"Accept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"


def warm(line: Line, asked: bytes, times: int = 60) -> float:
    """The median time of an answer given before, in ms."""
    once(line, asked)
    return statistics.median(drive([line], [asked] * times).each) * 1000


def painted(served: Served, key: str) -> float | None:
    """Seconds to the first contentful paint of the contract page, the median of some; None without a browser."""
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
            view.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
            found.append(view.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        browser.close()
    return statistics.median(found) / 1000


def long_contract(store: str, count: int) -> str:
    """A contract of so many facts in a store; its number."""
    ledger = Ledger(store)
    number = ledger.register(terms(f"LONG-{count}")).fact.contract
    facts = list(history(count - 1))
    for start in range(0, len(facts), 1000):
        ledger.record(number, facts[start : start + 1000])
    ledger.store.close()
    return number


def main(count: int) -> int:
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
            if count:
                growth(served, line, keys["office"], count, floor)
    return 0 if all(held) else 1


def growth(served: Served, line: Line, key: str, count: int, floor) -> None:  # type: ignore[no-untyped-def]
    """The first page of the facts of a long history, against one of a tenth."""
    times = {}
    for facts in (count // 10, count):
        number = quote(long_contract(served.store, facts))
        times[facts] = warm(line, page(f"/contract/{number}/facts", key), 5)
        print(f"     facts of {facts}: {times[facts]:.1f} ms", flush=True)
    floor(f"facts page of {count} / of {count // 10}", times[count] / times[count // 10], MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
