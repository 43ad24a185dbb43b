"""Single appends, appends of 100 at once, and reading 10,000 back, compared with other event stores.

    python -m bench.peers

UmaDB (its Python client and server, from pip) and emmett (its PostgreSQL store, from npm) are installed with the
machine's own pip and npm into a folder that is removed at the end; if one cannot be installed, the reason is printed.
The stock eventsourcing library is a dependency already. All store the same data, each append durable before the next;
times are by the clock, the best of three rounds in turn. Ours is the store's append without admission (no check of the
fact), but with hash chain, digests and the log's tree, which the others do not have.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from bench.postgres import server

ROOT = Path(__file__).parent.parent
ROUNDS = 3
PIP, NPM = ["umadb"], ["@event-driven-io/emmett@0.42.0", "@event-driven-io/emmett-postgresql@0.42.0"]
OURS = """
from ledger.log.tables import TreeTables
from ledger.store import open_store
from bench.store import DRAFT, NOW
store = open_store(sys.argv[1], create=True, extensions=[TreeTables()])
def append(stream, many):
    store.append(stream, [DRAFT] * many, now=NOW, recorded_by="local")
def replay(stream):
    return sum(len(fact.what.invoice) > 0 for fact in store.facts(stream))
"""
STOCK = """
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
class Contract(Aggregate):
    def __init__(self): self.count = 0
    @event("Recorded")
    def record(self, data): self.count += 1
environment = json.loads(sys.argv[1])
ledger, contracts = Application(env=environment), {}
def append(stream, many):
    if stream not in contracts:
        contracts[stream] = Contract()
    for _ in range(many):
        contracts[stream].record(DATA)
    ledger.save(contracts[stream])
def replay(stream):
    anew = Application(env=environment)
    return anew.repository.get(contracts[stream].id).count
"""
UMADB = """
import atexit, subprocess, umadb
run = "import sys, umadb; umadb.run_server_from_args(['umadb', '--db-path', sys.argv[1], '--listen', sys.argv[2]])"
address = "127.0.0.1:" + sys.argv[2]
running = subprocess.Popen([sys.executable, "-c", run, sys.argv[1], address], stdout=subprocess.DEVNULL)
atexit.register(running.kill)
client = umadb.Client("http://" + address)
for _ in range(100):
    try:
        client.head()
        break
    except Exception:
        time.sleep(0.1)
def append(stream, many):
    client.append([umadb.Event("InvoiceIssued", json.dumps(DATA).encode(), tags=[stream])] * many)
def replay(stream):
    found = client.read(umadb.Query([umadb.QueryItem(tags=[stream])]))
    return sum(len(json.loads(one.event.data)["invoice"]) > 0 for one in found)
"""
MEASURED = """
import json, sys, time
ONE, BULK, AT_ONCE, DATA = 200, 10_000, 100, {
    "invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"}
def timed(do):
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun
name = sys.argv[-1]
%s
append("warm" + name, 1)
one = timed(lambda: [append("one" + name, 1) for _ in range(ONE)]) / ONE
bulk = timed(lambda: [append("bulk" + name, AT_ONCE) for _ in range(BULK // AT_ONCE)]) / BULK
found = []
read = timed(lambda: found.append(replay("bulk" + name)))
assert found[0] == BULK, found
print(json.dumps([one, bulk, read]))
"""
EMMETT = """
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
const ONE = 200, BULK = 10000, AT_ONCE = 100, data = {
  invoice: 'INV-1', instalment: 1, amount: '1843129.06', tax_rate: '0.06' };
const store = getPostgreSQLEventStore(process.argv[2]);
const append = (stream, many) =>
  store.appendToStream(stream, Array.from({ length: many }, () => ({ type: 'InvoiceIssued', data })));
const timed = async (work) => {
  const begun = performance.now(); await work(); return (performance.now() - begun) / 1e3; };
const name = process.argv[3];
await append('warm' + name, 1);
const one = (await timed(async () => { for (let i = 0; i < ONE; i++) await append('one' + name, 1); })) / ONE;
const bulk = (await timed(async () => {
  for (let i = 0; i < BULK / AT_ONCE; i++) await append('bulk' + name, AT_ONCE); })) / BULK;
let found;
const read = await timed(async () => {
  found = await store.aggregateStream('bulk' + name, {
    initialState: () => 0, evolve: (count, event) => count + (event.data.invoice.length > 0 ? 1 : 0) }); });
if (found.state !== BULK) throw new Error('read ' + found.state);
console.log(JSON.stringify([one, bulk, read]));
await store.close();
"""


class Missing(Exception):
    """A peer cannot be installed here; the message says why."""


def installed(command: list[str], folder: Path) -> None:
    """Install a peer. Raises Missing."""
    if shutil.which(command[0]) is None:
        raise Missing(f"{command[0]} is not here")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise Missing((done.stderr.strip().splitlines() or ["it said nothing"])[-1][:200])


def measured(command: list[str], folder: Path, path: str = "") -> list[float]:
    """Seconds per single append, per fact of 10,000 in hundreds, and for reading these back, in its own process."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), path)))}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise Missing(done.stderr.strip()[-300:])
    return [float(one) for one in json.loads(done.stdout.strip().splitlines()[-1])]


def commands(folder: Path, url: str) -> dict[str, Callable[[str], list[str]]]:
    """The command that measures each store, by the name of the round; peers that cannot be installed are left out."""
    node, python = folder / "node", [sys.executable, "-c"]
    node.mkdir()
    found: dict[str, Callable[[str], list[str]]] = {
        "ours, SQLite": lambda name: [*python, MEASURED % OURS, f"sqlite:///{folder}/{name}.db", name],
        "eventsourcing, SQLite": lambda name: [*python, MEASURED % STOCK, json.dumps({
            "PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": f"{folder}/{name}-stock.db"}), name],
        "ours, PostgreSQL": lambda name: [*python, MEASURED % OURS, url, name],
        "eventsourcing, PostgreSQL": lambda name: [*python, MEASURED % STOCK, json.dumps(_stock(url)), name],
        "UmaDB": lambda name: [*python, MEASURED % UMADB, f"{folder}/{name}-uma", str(_free_port()), name],
        "emmett, PostgreSQL": lambda name: ["node", str(node / "measured.mjs"), url, name],
    }  # fmt: skip
    (node / "measured.mjs").write_text(EMMETT, "utf-8")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target"]
    for peer, command in (
        ("UmaDB", [*pip, str(folder / "pip"), *PIP]),
        ("emmett, PostgreSQL", ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(node), *NPM]),
    ):
        try:
            installed(command, folder)
        except Missing as missing:
            print(f"{peer} is not measured: {missing}")
            del found[peer]
    return found


def _stock(url: str) -> dict[str, str]:
    named = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    return {"PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": named["dbname"],
            "POSTGRES_HOST": named["host"], "POSTGRES_PORT": named.get("port", "5432"),
            "POSTGRES_USER": named["user"], "POSTGRES_PASSWORD": named.get("password") or "none"}  # fmt: skip


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name, server() as url:
        folder = Path(name)
        how = commands(folder, url)
        best: dict[str, list[float]] = {}
        for turn in range(ROUNDS):
            for peer, command in list(how.items()):
                try:
                    found = measured(command(f"round{turn}"), folder, str(folder / "pip") if peer == "UmaDB" else "")
                except Missing as missing:
                    print(f"{peer} is not measured: {missing}")
                    del how[peer]
                    continue
                best[peer] = [min(pair) for pair in zip(found, best.get(peer, found), strict=True)]
    for peer, (one, bulk, replay) in best.items():
        print(f"{peer:26} one {one * 1e3:7.2f} ms   bulk {bulk * 1e6:7.1f} µs a fact   read {replay * 1e3:7.0f} ms")


if __name__ == "__main__":
    main()
