"""Places of event streams are counted over all workers of a server, and free again when a worker ends, however."""

from __future__ import annotations

import subprocess
import sys

import pytest

from api.rate_limits import shared_file
from api.streams import MOST_OF_ONE, Places
from ledger.domain.errors import Refusal

WORKER = (
    "import sys\n"
    "from api.streams import Places\n"
    "places = Places(print, int(sys.argv[1]))\n"
    "for _ in range(int(sys.argv[2])): places.take('bureau')\n"
    "print('taken', flush=True)\n"
    "sys.stdin.read()\n"
)


def test_one_limit_holds_over_all_workers_and_a_worker_that_is_killed_holds_no_place() -> None:
    told: list[int] = []
    with shared_file() as file:
        here = Places(told.append, file)
        other = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(file), str(MOST_OF_ONE - 2)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(file,), text=True,
        )  # fmt: skip
        try:
            assert other.stdout is not None
            while other.stdout.readline() != "taken\n":
                assert other.poll() is None
            here.take("bureau")
            here.take("bureau")  # the last of its share
            with pytest.raises(Refusal, match="STREAMS_MANY"):
                here.take("bureau")
            here.take("provider")  # nobody else waits for it
            here.leave("bureau")
            here.take("bureau")
            assert told == [1, 2, 3, 2, 3]  # of this process
        finally:
            other.kill()
            other.communicate()
        for _ in range(MOST_OF_ONE - 2):
            here.take("bureau")
        with pytest.raises(Refusal, match="STREAMS_MANY"):
            here.take("bureau")


def test_without_other_workers_the_limit_is_the_same() -> None:
    here = Places(lambda total: None)
    for _ in range(MOST_OF_ONE):
        here.take("bureau")
    with pytest.raises(Refusal, match="STREAMS_MANY"):
        here.take("bureau")
    here.leave("bureau")
    here.take("bureau")
