"""Three hosts, each with etcd, Patroni and PostgreSQL, from the configuration files in this folder.

They share loopback, or have a network namespace each.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from string import Template
from typing import Any

from deploy.network import NETWORK, Network
from deploy.tools import Tools

HERE = Path(__file__).parent
LOOPBACK, PASSWORD = "127.0.0.1", "only-on-loopback"
PORTS = ("etcd_client", "etcd_peer", "rest", "postgres")


def until(true: Callable[[], Any], what: str, seconds: float = 90.0) -> Any:
    """Wait until ``true`` returns a true value, and return it. Raises TimeoutError naming ``what`` did not happen."""
    end = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.2)
    return found


class Machine:
    """One host: folder, address, ports, two processes; ``within`` is the prefix of commands run in its network."""

    def __init__(self, name: str, folder: Path, tools: Tools, host: str, within: tuple[str, ...]) -> None:
        self.name, self.folder, self._tools = name, folder, tools
        self.host, self.within = host, within
        self.ports = dict(zip(PORTS, _free_ports(len(PORTS)), strict=True))
        self.processes: list[subprocess.Popen[bytes]] = []
        folder.mkdir()
        _hand_over(folder, tools.user)

    def configure(self, machines: list[Machine]) -> None:
        """Write the configurations of etcd and Patroni, which name all hosts."""
        values = {
            "name": self.name, "host": self.host, "data": str(self.folder), "bin": str(self._tools.postgres),
            "password": PASSWORD, "network": NETWORK if self.within else f"{LOOPBACK}/32",
            "etcd_hosts": ",".join(f"{one.host}:{one.ports['etcd_client']}" for one in machines),
            "etcd_members": ",".join(f"{one.name}=http://{one.host}:{one.ports['etcd_peer']}" for one in machines),
            **{port: str(number) for port, number in self.ports.items()},
        }  # fmt: skip
        for file in ("etcd.yml", "patroni.yml"):
            made = Template((HERE / file).read_text("utf-8")).substitute(values)
            (self.folder / file).write_text(made, "utf-8")
            _hand_over(self.folder / file, self._tools.user)

    def start(self) -> None:
        """Start etcd and Patroni, which starts PostgreSQL; after a kill they continue from what is on disk."""
        self._start("etcd", [str(self._tools.etcd), "--config-file", str(self.folder / "etcd.yml")])
        self._start("patroni", [self._tools.python, "-m", "patroni", str(self.folder / "patroni.yml")])

    def _start(self, name: str, command: list[str]) -> None:
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(self._tools.patroni), "LC_ALL": "C",
                       "HOME": str(self.folder), "ETCD_UNSUPPORTED_ARCH": ""}  # fmt: skip
        user = self._tools.user
        if self.within:
            whose = pwd.getpwnam(user) if user is not None else pwd.getpwuid(os.geteuid())
            command = [*self.within, f"--setuid={whose.pw_uid}", f"--setgid={whose.pw_gid}", *command]
            user = None
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes.append(subprocess.Popen(
                command, stdout=log, stderr=log, env=environment, cwd=self.folder, user=user, start_new_session=True,
            ))  # fmt: skip

    def kill(self) -> None:
        """Kill everything on this host at once (SIGKILL), as a power cut does: no peer is notified."""
        self._send(signal.SIGKILL)
        for process in self.processes:
            process.wait()
        self.processes.clear()

    def freeze(self) -> None:
        """Suspend everything on this host with its connections open (SIGSTOP), as a hypervisor or a full disk does."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        """Resume a suspended host, which does not know that time has passed."""
        self._send(signal.SIGCONT)

    def _send(self, how: signal.Signals) -> None:
        pids = [process.pid for process in self.processes]
        with suppress(OSError, ValueError, IndexError):
            postmaster = int((self.folder / "postgres/postmaster.pid").read_text().splitlines()[0])
            pids += [postmaster, *_children(postmaster)]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, how)

    def follows(self) -> bool:
        """Whether the host's own Patroni reports it as a standby."""
        with suppress(OSError), urllib.request.urlopen(f"http://{self.host}:{self.ports['rest']}/replica", timeout=2):
            return True  # 503 if it is not
        return False

    def said(self, name: str) -> str:
        """The last lines of a log, to diagnose a failure."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")[-1500:]


class Cluster:
    """The three hosts, as a context manager: at its end everything is stopped and removed."""

    def __init__(self, tools: Tools, network: Network | None = None, count: int = 3) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lvyue-cluster-"))
        self.folder.chmod(0o755)
        self.network = network
        self.machines: list[Machine] = []
        for number in range(1, count + 1):
            name, host = f"host{number}", f"10.77.0.{10 + number}" if network is not None else LOOPBACK
            within = network.join(name, host) if network is not None else ()
            self.machines.append(Machine(name, self.folder / name, tools, host, within))
        for machine in self.machines:
            machine.configure(self.machines)

    def __enter__(self) -> Cluster:
        for machine in self.machines:
            machine.start()
        return self

    def __exit__(self, *_: object) -> None:
        for machine in self.machines:
            machine.kill()
        if self.network is not None:
            self.network.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def members(self, but: Machine | None = None) -> list[dict[str, Any]]:
        """All members (name, role, state, lag), as reported by the first Patroni that answers, not that of ``but``."""
        for machine in (one for one in self.machines if one is not but):
            address = f"http://{machine.host}:{machine.ports['rest']}/cluster"
            with suppress(OSError, ValueError), urllib.request.urlopen(address, timeout=2) as answer:
                return list(json.load(answer)["members"])
        return []

    def leader(self, but: Machine | None = None) -> Machine | None:
        """The host, other than ``but``, whose PostgreSQL accepts writes; None if there is none."""
        names = [one["name"] for one in self.members(but) if one["role"] == "leader" and one["state"] == "running"]
        return next((machine for machine in self.machines if machine.name in names and machine is not but), None)

    def whole(self) -> bool:
        """Whether there is a leader, all others follow it, and some of them count for the quorum."""
        members = self.members()
        roles = [one["role"] for one in members if one["state"] in ("running", "streaming")]
        return len(roles) == len(self.machines) and "leader" in roles and "quorum_standby" in roles

    def url(self, user: str, database: str) -> str:
        """The URL of the database on whichever host leads: it lists all hosts and asks for the writable one."""
        return self.url_of(user, database, *self.machines)

    def url_of(self, user: str, database: str, *machines: Machine) -> str:
        """The URL of the database on whichever of these hosts accepts writes."""
        hosts = ",".join(f"{machine.host}:{machine.ports['postgres']}" for machine in machines)
        more = "target_session_attrs=read-write&tcp_user_timeout=5000&keepalives_idle=5"
        return f"postgresql://{user}:{PASSWORD}@{hosts}/{database}?{more}"


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server((LOOPBACK, 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _hand_over(path: Path, user: str | None) -> None:
    if user is not None:
        shutil.chown(path, user)
        path.chmod(0o700 if path.is_dir() else 0o600)
