"""Three hosts, each an etcd and a Patroni with its PostgreSQL, from the configuration beside this file.

They are on loopback, or in a network each.
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
    """What ``true`` gives once that is something. Raises TimeoutError that says what never came about."""
    end = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.2)
    return found


class Machine:
    """One host: its folder, its address and ports, its two processes; commands in its network begin with ``within``."""

    def __init__(self, name: str, folder: Path, tools: Tools, host: str, within: tuple[str, ...]) -> None:
        self.name, self.folder, self._tools = name, folder, tools
        self.host, self.within = host, within
        self.ports = dict(zip(PORTS, _free_ports(len(PORTS)), strict=True))
        self.processes: list[subprocess.Popen[bytes]] = []
        folder.mkdir()
        _hand_over(folder, tools.user)

    def configure(self, machines: list[Machine]) -> None:
        """Write both configurations, which name all hosts."""
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
        """Start etcd and Patroni, which starts PostgreSQL; again after a kill they go on from what is on disk."""
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
        """End everything on this host at once, as a power cut does: nothing is told to anybody (SIGKILL)."""
        self._send(signal.SIGKILL)
        for process in self.processes:
            process.wait()
        self.processes.clear()

    def freeze(self) -> None:
        """Stop everything on this host where it stands, its connections open: as a hypervisor does, or a full disk."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on, believing that no time has passed."""
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
        """Does its own Patroni say that it is a standby?"""
        with suppress(OSError), urllib.request.urlopen(f"http://{self.host}:{self.ports['rest']}/replica", timeout=2):
            return True  # it answers 503 otherwise
        return False

    def said(self, name: str) -> str:
        """The end of a log, for who has to find out why."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")[-1500:]


class Cluster:
    """The three of them. Use it in a ``with``: everything is ended and removed at the end."""

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
        """Every member as any Patroni that answers, none of ``but``, sees it: name, role, state, lag."""
        for machine in (one for one in self.machines if one is not but):
            address = f"http://{machine.host}:{machine.ports['rest']}/cluster"
            with suppress(OSError, ValueError), urllib.request.urlopen(address, timeout=2) as answer:
                return list(json.load(answer)["members"])
        return []

    def leader(self, but: Machine | None = None) -> Machine | None:
        """The host whose PostgreSQL takes writes, and which is not ``but``."""
        names = [one["name"] for one in self.members(but) if one["role"] == "leader" and one["state"] == "running"]
        return next((machine for machine in self.machines if machine.name in names and machine is not but), None)

    def whole(self) -> bool:
        """Is there a leader, with every other one following it, some of them counted for the quorum?"""
        members = self.members()
        roles = [one["role"] for one in members if one["state"] in ("running", "streaming")]
        return len(roles) == len(self.machines) and "leader" in roles and "quorum_standby" in roles

    def url(self, user: str, database: str) -> str:
        """The address of the database wherever it leads: every host, and the wish for the one that takes writes."""
        return self.url_of(user, database, *self.machines)

    def url_of(self, user: str, database: str, *machines: Machine) -> str:
        """The address of the database where one of these hosts takes writes."""
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
