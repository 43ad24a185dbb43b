"""Several processes on one store: one signs, one at a time delivers, and each may be killed at any moment."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.background.roles import ROLES
from ledger.service import Ledger
from tests.api.server import AT, ROOT, Served, serving, system
from tests.api.server_process import ServerProcess, start
from tests.api.test_two_servers import LEASE, SHORT, Receiver, receiver, record, store, until

__all__ = ["receiver", "store"]  # fixtures

QUICK = (
    f"{SHORT}; from api.background import notary; notary.LOOK_SECONDS = 0.2;"
    " from ledger.service import Ledger; Ledger.checkpoint_if_due.__defaults__ = (0.0,)"
)


def send(process: ServerProcess, how: signal.Signals) -> None:
    """A signal to a process that has perhaps ended already."""
    assert process.pid is not None
    if process.exitcode is None:
        os.kill(process.pid, how)


class Work:
    """`lvyue work ROLE…` in a process of its own; ``leads`` is set once it says that it signs."""

    def __init__(self, store: str, home: Path, *roles: str) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LVYUE_")}
        environment |= {"HOME": str(home), "LVYUE_TEST_RECEIVERS": "loopback"}
        self.process, lines = start(["--store", store, "--lang", "en", "work", *roles], environment, str(ROOT), QUICK)
        self.leads, self.printed = threading.Event(), list[str]()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()

    def _read(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.printed.append(line)
            if line.startswith("{") and json.loads(line).get("leads") == "signer":
                self.leads.set()

    def end(self, how: signal.Signals) -> None:
        send(self.process, how)
        self.process.join(20)


@contextmanager
def working(store: str, home: Path, *roles: str) -> Iterator[Work]:
    made = Work(store, home, *roles)
    try:
        yield made
    finally:
        made.end(signal.SIGKILL)


def signed_sizes(ledger: Ledger) -> list[int]:
    return [head.checkpoint.size for head in ledger.custody.log.heads()]


def projected(ledger: Ledger) -> bool:
    """Whether the portfolio served covers every fact; nobody has asked for it."""
    serving = ledger.projector.serving()
    return serving is not None and serving.position == ledger.store.leaf_count()


def arrived(receiver: Receiver) -> list[str]:
    """What was delivered, in the order in which it first came: what was under way when its sender ended comes again."""
    return list(dict.fromkeys(receiver.got))


def test_a_leader_that_is_killed_is_followed_nothing_is_signed_twice_and_all_is_sent_in_order(
    store: str, receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with ExitStack() as stack:
        served = stack.enter_context(serving(tmp_path, "--no-background", store=store))
        with served.client("operator") as client:
            client.post("/api/v1/webhooks", json={"url": receiver.url}).raise_for_status()
        ledger = Ledger(store)
        wanted = record(served, "before")

        def caught_up() -> bool:
            signed = signed_sizes(ledger)[-1:] == [ledger.store.leaf_count()]
            return signed and len(arrived(receiver)) >= len(wanted)

        time.sleep(0.7)
        assert not signed_sizes(ledger) and not receiver.got, "a server without a background signs and sends nothing"
        one, other = (stack.enter_context(working(store, tmp_path)) for _ in range(2))
        until(lambda: one.leads.is_set() or other.leads.is_set())
        for number in range(3):
            wanted += record(served, f"while-both-{number}")
        until(caught_up)
        leader, follower = (one, other) if one.leads.is_set() else (other, one)
        assert not follower.leads.is_set() and receiver.got == wanted, "each once while nobody is killed"

        leader.end(signal.SIGKILL)
        killed = time.monotonic()
        wanted += record(served, "after-the-kill")
        until(lambda: follower.leads.is_set())
        assert time.monotonic() - killed < LEASE + 5
        until(caught_up)
        assert arrived(receiver) == wanted, "in order, whoever delivered it"

        # an upgrade: new ones beside the old, which then ends; each role in a process of its own
        anew = {role: stack.enter_context(working(store, tmp_path, role)) for role in ROLES}
        until(lambda: all(any("works in the background" in line for line in one.printed) for one in anew.values()))
        follower.end(signal.SIGTERM)
        ended = time.monotonic()
        until(lambda: anew["signer"].leads.is_set())
        assert time.monotonic() - ended < LEASE, "who ends in good order lets the lease go"
        wanted += record(served, "after-the-upgrade")
        until(caught_up)
        until(lambda: projected(ledger))
        for role, one in anew.items():  # each is killed, and another started in its place
            one.end(signal.SIGKILL)
            stack.enter_context(working(store, tmp_path, role))
        wanted += record(served, "after-each-was-killed")
        until(lambda: caught_up() and projected(ledger))
        sizes = signed_sizes(ledger)
        assert sizes == sorted(set(sizes)) and ledger.audit().sound and arrived(receiver) == wanted
        ledger.store.close()


# --- one server of several processes -------------------------------------------------------------


def children(served: Served) -> list[int]:
    """The processes a server started; the last is the one that works in the background."""
    pid = served.process.pid
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def answering(served: Served, times: int = 8) -> bool:
    for _ in range(times):  # each over a connection of its own, whichever process takes it
        with served.client("bureau") as client:
            if client.get(AT).status_code != 200:
                return False
    return True


@pytest.mark.skipif(not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(), reason="no /proc")
def test_workers_share_a_port_are_started_again_and_renewed_one_by_one(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "2") as served:
        first = children(served)
        assert len(first) == 3 and answering(served)
        with served.client("bureau") as client:
            client.post(f"{AT}/facts", json=system("one")).raise_for_status()
        for pid in (first[0], first[2]):
            os.kill(pid, signal.SIGKILL)
        assert answering(served), "the other one answers meanwhile"
        until(lambda: len(children(served)) == 3 and not {first[0], first[2]} & set(children(served)))
        until(lambda: sum('"ended"' in line for line in served.printed) == 2)
        before = children(served)
        send(served.process, signal.SIGHUP)
        while set(children(served)) & set(before):
            assert answering(served, 1)
            time.sleep(0.05)  # asked without a pause it would keep a processor from the ones that start
        assert len(children(served)) == 3 and answering(served)
        after = children(served)
        served.process.kill()  # whoever loses the process that started it ends by itself
        served.process.join(10)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in after))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, str]:
    """The files of a certificate for this machine, and of its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, begins, begins + timedelta(days=9))
    pem = serialization.Encoding.PEM
    files = tmp_path / "cert.pem", tmp_path / "key.pem"
    files[0].write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(pem, *private))
    return str(files[0]), str(files[1])


def test_workers_answer_over_tls_and_count_requests_together(tmp_path: Path, certificate: tuple[str, str]) -> None:
    tls = ["--tls-cert", certificate[0], "--tls-key", certificate[1]]
    with serving(tmp_path, "--workers", "2", *tls, rate=5) as served:
        assert served.url.startswith("https://")
        began, statuses = time.monotonic(), list[int]()
        for _ in range(40):  # each over a connection of its own, whichever process takes it
            with served.client("provider") as client:
                statuses.append(client.get(AT).status_code)
        passed = statuses.count(200)
        assert 10 <= passed <= 11 + 5 * (time.monotonic() - began), "the limit is that of all together"
        assert statuses[:10] == [200] * 10, "and of all of it, whichever process answers"
        told = set[str]()
        for _ in range(5):
            with served.client("operator") as client:
                text = client.get("/metrics").text
            told |= {line for line in text.splitlines() if '_count{' in line and '/contracts/{contract}"' in line}
        counts = {line.partition('status="')[2][:3]: float(line.rpartition(" ")[2]) for line in told}
        assert len(told) == 1 and counts == {"200": float(passed)}, told
