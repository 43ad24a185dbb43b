"""A server's threads share one processor, unless others are in their way; processes they start do not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.processor import ALLOWED, everywhere
from tests.api.server import AT, ROOT, Served

pytestmark = pytest.mark.skipif(len(ALLOWED) < 2, reason="the system places threads nowhere else")

# Four processes that never rest share the processor of a server that has much to do as well.
CROWDED = """
import asyncio, os, subprocess, sys, threading, time
from api.processor import ALLOWED, OneProcessor
async def main():
    other = threading.Event()
    threading.Thread(target=other.wait, daemon=True).start()
    one, thread = OneProcessor(), threading.enumerate()[-1].native_id
    one.look()
    kept = os.sched_getaffinity(0)
    told = [len(kept), os.sched_getaffinity(thread) == kept]
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
    try:
        end = time.monotonic() + 1.2
        while time.monotonic() < end: pass
        one.look()
    finally:
        for process in busy: process.kill()
    told += [os.sched_getaffinity(0) == ALLOWED, os.sched_getaffinity(thread) == ALLOWED]
    one.look()
    print(*told, len(os.sched_getaffinity(0)))
asyncio.run(main())
"""


def test_given_a_server_then_all_its_threads_may_run_on_one_processor_and_it_is_the_same(served: Served) -> None:
    with served.client("bureau") as client:
        client.get(f"{AT}/status").raise_for_status()
    places, end = set[frozenset[int]](), time.monotonic() + 20
    while {len(place) for place in places} != {1} or len(places) > 1:  # for a second they may have been let go
        assert time.monotonic() < end, places
        time.sleep(0.05)
        threads = Path(f"/proc/{served.process.pid}/task").iterdir()
        places = {frozenset(os.sched_getaffinity(int(thread.name))) for thread in threads}


def test_given_a_processor_that_others_keep_busy_then_the_threads_are_let_go_and_kept_where_they_come_to() -> None:
    told = subprocess.run([sys.executable, "-c", CROWDED], cwd=ROOT, stdout=subprocess.PIPE, timeout=60, check=True)
    assert told.stdout.split() == [b"1", b"True", b"True", b"True", b"1"]


def test_given_a_thread_that_is_kept_on_one_processor_when_it_starts_a_process_then_that_may_run_on_each() -> None:
    asks = [sys.executable, "-c", "import os; print(len(os.sched_getaffinity(0)))"]

    def started() -> tuple[str, str, int]:
        os.sched_setaffinity(0, {min(ALLOWED)})
        kept = subprocess.run(asks, capture_output=True, text=True, timeout=60, check=True).stdout
        with everywhere():
            free = subprocess.run(asks, capture_output=True, text=True, timeout=60, check=True).stdout
        return kept.strip(), free.strip(), len(os.sched_getaffinity(0))

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(started).result() == ("1", str(len(ALLOWED)), 1)
