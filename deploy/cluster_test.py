"""`make cluster-test`: starts the cluster, records facts, makes the leading host fail, and checks the facts.

The leader is killed (as by a power cut), frozen (SIGSTOP) until another leads, and cut off from all others while it
runs on and a client on its side keeps writing to it. A server of two workers runs meanwhile and must record again by
itself. Prints a line for each failure. The exit status is 0 only if no acknowledged fact was lost or doubled, the host
cut off acknowledged nothing, the ledger's log is sound and extends what was signed before, and the failed host joined
again.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import tomllib
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg

from deploy.cluster import PASSWORD, Cluster, Machine, until
from deploy.facts import complaint
from deploy.network import Network, run_apart
from deploy.tools import Missing, tools
from ledger.domain.errors import Refusal
from ledger.domain.terms_amendment import document_json
from ledger.log.witness import compare
from ledger.service import Ledger

ROOT = Path(__file__).parent.parent
TERMS = document_json(tomllib.loads((ROOT / "contracts/cu12-1101-2025-018605.toml").read_text("utf-8")))
CONTRACT = str(TERMS["contract"]["id"])
AGAIN_SECONDS = 0.1  # seconds before an unacknowledged fact is sent again
FIRST = 3  # facts recorded at the leader before it is cut off
ON_ITS_WAY_SECONDS = 1.0


@dataclass
class Writer:
    """Records facts one after another, each sent again under its ref until it is acknowledged."""

    ledger: Ledger
    acknowledged: list[tuple[str, float, float]] = field(default_factory=list)  # ref, when, seconds taken
    refused: dict[str, int] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            ref, began = f"c-{number}", time.monotonic()
            fact = complaint(ref)
            while not self._record(fact) and not self.stop.wait(AGAIN_SECONDS):
                pass
            if not self.stop.is_set():
                self.acknowledged.append((ref, time.monotonic(), time.monotonic() - began))

    def _record(self, fact: dict[str, object]) -> bool:
        try:
            self.ledger.record(CONTRACT, [fact])
            return True
        except Refusal as refused:
            self.refused[refused.code] = self.refused.get(refused.code, 0) + 1
            if not refused.code.startswith("STORE_"):
                raise
            return False


class Server:
    """`lvyue serve --workers 2` on the cluster, and a principal who may record."""

    def __init__(self, url: str, folder: Path) -> None:
        environment = os.environ | {"LVYUE_STORE": url, "LVYUE_LANG": "en"}
        run = [sys.executable, "-m", "ledger.cli"]
        granted = subprocess.run([*run, "access", "grant", "writer", "party_a", "--json"], env=environment, cwd=ROOT,
                                 check=True, capture_output=True, timeout=60)  # fmt: skip
        self._key = json.loads(granted.stdout)["key"]
        self._log = (folder / "server.log").open("w+", encoding="utf-8")
        self._process = subprocess.Popen([*run, "serve", "--port", "0", "--workers", "2"], env=environment, cwd=ROOT,
                                         stderr=self._log)  # fmt: skip
        self._address = until(self._serves_at, "the server")
        self.acknowledged: list[str] = []

    def _serves_at(self) -> str | None:
        lines = Path(self._log.name).read_text("utf-8").splitlines()
        return next((line.rpartition(" ")[2] for line in lines if line.startswith("lvyue serves at")), None)

    def records(self) -> bool:
        """Send one more fact, the same one until it is acknowledged; returns whether it was."""
        fact = complaint(f"http-{len(self.acknowledged) + 1}")
        request = urllib.request.Request(
            f"{self._address}/api/v1/contracts/{CONTRACT}/facts", json.dumps(fact).encode(),
            {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                answer.read()
        except OSError:  # 503 while there is no leader
            return False
        self.acknowledged.append(str(fact["ref"]))
        return True

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(30)
        self._log.close()


class LateWriter:
    """A client on a host's side of a partition, which records at that host only."""

    def __init__(self, cluster: Cluster, machine: Machine) -> None:
        url, self._said = cluster.url_of("lvyue", "lvyue", machine), (cluster.folder / "late.log").open("w+b")
        command = [*machine.within, sys.executable, "-m", "deploy.late_writer", url, CONTRACT]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=self._said)

    def lines(self) -> list[tuple[float, str, str]]:
        """Its output: the time, ``acknowledged`` or ``refused``, and the ref or the code."""
        told = Path(self._said.name).read_text("utf-8").splitlines()
        return [(float(at), became, what) for at, became, what in (line.split(" ") for line in told)]

    def end(self) -> list[tuple[float, str, str]]:
        self._process.kill()
        self._process.wait(30)
        self._said.close()
        return self.lines()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make cluster-test", description=__doc__)
    parser.add_argument("--kills", type=int, default=1, help="how often the leading host is killed")
    parser.add_argument("--freezes", type=int, default=1, help="how often it is stopped where it stands, and goes on")
    parser.add_argument("--cuts", type=int, default=1, help="how often it is cut off from everybody, and heard again")
    parser.add_argument("--seconds", type=float, default=10.0, help="recording before and after each of these")
    asked = parser.parse_args()
    try:
        found = tools(ROOT / ".venv/cluster")
    except Missing as missing:
        print(f"cluster-test cannot run: {missing}", file=sys.stderr)
        return 2
    print(f"etcd {found.etcd}, PostgreSQL {found.postgres}, Patroni in {found.patroni}", flush=True)
    why = run_apart("deploy.cluster_test") if asked.cuts else ""
    if why:
        print(f"no host is cut off from the others: no network of its own can be made here ({why})", flush=True)
        asked.cuts = 0
    began = time.monotonic()
    with Cluster(found, Network() if asked.cuts else None) as cluster:
        try:
            until(cluster.whole, "a leader and two standbys", 120)
            print(f"three etcd and three PostgreSQL stand after {time.monotonic() - began:.1f} s", flush=True)
            failures = ["killed"] * asked.kills + ["frozen"] * asked.freezes + ["cut off"] * asked.cuts
            return _run(cluster, failures, asked.seconds)
        except (TimeoutError, Refusal, psycopg.Error) as error:
            print(f"FAILED: {error!r}", file=sys.stderr)
            for machine in cluster.machines:
                print(f"--- {machine.name}\n{machine.said('patroni')}", file=sys.stderr)
            return 1


def _run(cluster: Cluster, failures: list[str], seconds: float) -> int:
    os.environ["LVYUE_KEYS"] = str(cluster.folder / "keys")
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE lvyue LOGIN PASSWORD '{PASSWORD}'")
        connection.execute("CREATE DATABASE lvyue OWNER lvyue")
    ledger = Ledger(cluster.url("lvyue", "lvyue"), create=True)
    ledger.register(TERMS)
    data = {"system": "portal", "name": "portal", "annual_fee": "100001.00", "mlps_level": 3, "important": False}
    ledger.record(CONTRACT, [{"type": "SystemRegistered", "on": "2025-10-02", "by": "party_a", "data": data}])
    server, writer = Server(cluster.url("lvyue", "lvyue"), cluster.folder), Writer(ledger)
    thread = threading.Thread(target=writer.run)
    thread.start()
    try:
        until(server.records, "a fact recorded over HTTP")
        late: list[str] = []  # refs that a host acknowledged to the client on its side
        sound = [_fail(cluster, writer, server, seconds, how, late) for how in failures]
    finally:
        writer.stop.set()
        thread.join(60)
        server.end()
    told, url = [*server.acknowledged, *late], cluster.url("lvyue", "lvyue")
    [fit] = until(lambda: cluster.whole() and _reached(lambda: _nothing_lost(writer, told, url)), "the end", 180)
    took = sorted(spent for _, _, spent in writer.acknowledged)
    print(f"{len(took)} facts one at a time: median {statistics.median(took) * 1000:.1f} ms, 99 % within"
          f" {took[len(took) * 99 // 100] * 1000:.1f} ms; refused meanwhile {writer.refused or 'none'}")  # fmt: skip
    return 0 if fit and all(sound) else 1


def _fail(cluster: Cluster, writer: Writer, server: Server, seconds: float, how: str, late: list[str]) -> bool:
    """Make the leading host fail under load; prints the gap without acknowledgements, returns whether all recovered.

    A ``frozen`` host keeps its connections and resumes, believing it leads, once another does. A host ``cut off`` keeps
    running, as does a client on its side; ``late`` collects the refs acknowledged to that client.
    """
    time.sleep(seconds)
    log, clock = writer.ledger.custody.log, writer.ledger.clock
    [held] = until(lambda: _reached(lambda: str(log.checkpoint(clock()).note).encode()), "a checkpoint", 60)
    leader: Machine = until(cluster.leader, "a leader")
    beside = LateWriter(cluster, leader) if how == "cut off" else None
    if beside is not None:
        until(lambda: len(beside.lines()) >= FIRST, "facts recorded beside the leader")
    _let_fail(cluster, leader, how)
    failed = time.monotonic()
    until(server.records, "a fact recorded over HTTP after the failure", 120)
    recorded = time.monotonic()
    until(lambda: writer.acknowledged[-1][1] > recorded, "a fact acknowledged after the failure", 120)
    gap = _longest_gap(writer, failed)
    new: Machine = until(lambda: cluster.leader(but=leader), "a new leader")
    time.sleep(seconds)
    refused_late = beside is None or _refused_late(beside.end(), failed, late)
    _let_come_back(cluster, leader, how)
    joined = time.monotonic()
    until(lambda: cluster.whole() and (leader.follows() or cluster.leader() is leader), "it is back", 180)
    [verdict] = until(lambda: _reached(lambda: compare(log, held).verdict), "the log", 60)
    print(f"{leader.name} led and was {how}, {new.name} leads; gap {gap:.1f} s, the server"
          f" recorded again after {recorded - failed:.1f} s; checkpoint held before: {verdict}; {leader.name} is back"
          f" after {time.monotonic() - joined:.1f} s", flush=True)  # fmt: skip
    return verdict in ("same", "prefix") and refused_late


def _longest_gap(writer: Writer, failed: float) -> float:
    """The longest time between two acknowledgements, from the last before the failure on.

    What was under way at that moment may still be acknowledged just after it.
    """
    times = [at for _, at, _ in writer.acknowledged]
    return max(following - at for at, following in pairwise(times) if following > failed)


def _let_fail(cluster: Cluster, leader: Machine, how: str) -> None:
    if how == "killed":
        leader.kill()
    elif how == "frozen":
        leader.freeze()
    elif cluster.network is not None:
        cluster.network.cut(leader.name)


def _let_come_back(cluster: Cluster, leader: Machine, how: str) -> None:
    if how == "killed":
        leader.start()
    elif how == "frozen":
        leader.thaw()
    elif cluster.network is not None:
        cluster.network.heal(leader.name)


def _refused_late(lines: list[tuple[float, str, str]], cut: float, late: list[str]) -> bool:
    """Whether the host acknowledged nothing after being cut off; what was under way at that moment is not counted."""
    late += [what for _, became, what in lines if became == "acknowledged"]
    after = [(became, what) for at, became, what in lines if at > cut + ON_ITS_WAY_SECONDS]
    acknowledged = sum(became == "acknowledged" for became, _ in after)
    codes = sorted({what for became, what in after if became == "refused"})
    print(f"the host cut off: {len(late)} facts acknowledged before to a client beside it; {acknowledged} after, and"
          f" {len(after) - acknowledged} writes refused ({', '.join(codes)})", flush=True)  # fmt: skip
    return not acknowledged and bool(codes)


def _reached(do: Callable[[], Any]) -> list[Any]:
    """The result of ``do``, or an empty list if there was no leader at that moment, as on a busy machine."""
    try:
        return [do()]
    except Refusal as refused:
        if refused.code != "STORE_UNREACHABLE":
            raise
        return []


def _nothing_lost(writer: Writer, over_http: list[str], url: str) -> bool:
    """Whether every acknowledged fact is stored once, in the order acknowledged, and the log is sound."""
    ledger = Ledger(url)  # a new ledger: nothing cached
    refs = [fact.ref for fact in ledger.facts(CONTRACT) if fact.type == "ComplaintFiled"]
    wanted, kept = [ref for ref, _, _ in writer.acknowledged], set(refs)
    told = [*wanted, *over_http]
    lost, doubled = [ref for ref in told if ref not in kept], len(refs) - len(kept)
    ledger.checkpoint()
    found = ledger.audit()
    print(f"{len(told)} facts acknowledged, {len(lost)} lost, {doubled} doubled, {len(refs) - len(told)} recorded"
          f" and not acknowledged; audit {'sound' if found.sound else found.findings}")  # fmt: skip
    in_order = [ref for ref in refs if ref.startswith("c-")][: len(wanted)] == wanted
    return not lost and not doubled and found.sound and in_order


if __name__ == "__main__":
    sys.exit(main())
