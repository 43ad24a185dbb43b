"""A network namespace for each host, joined by a bridge, so that a host can be cut off from all others.

They need Linux and root. The test itself runs in one of them, so that the machine's own network is not changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

SWITCH, NETWORK, OWN = "lvyue0", "10.77.0.0/24", "10.77.0.1"
_APART = "LVYUE_CLUSTER_APART"  # set if this process already runs in its own network namespace


def run_apart(module: str) -> str:
    """Restart the module in its own network namespace. Returns only if it did not: the reason, "" if already in one."""
    if os.environ.get(_APART):
        return ""
    needed = [program for program in ("ip", "nsenter", "unshare") if shutil.which(program) is None]
    if sys.platform != "linux" or needed or os.geteuid():
        return f"not Linux, not root, or without {', '.join(needed) or 'rights'}"
    if (tried := subprocess.run(["unshare", "--net", "true"], capture_output=True, text=True)).returncode:
        return tried.stderr.strip()
    command = ["unshare", "--net", sys.executable, "-m", module, *sys.argv[1:]]
    os.execvpe("unshare", command, os.environ | {_APART: "1"})


@dataclass
class Network:
    """The bridge and the namespaces joined to it; removed by :meth:`end`."""

    _holding: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _ip("link", "set", "lo", "up")
        _ip("link", "add", SWITCH, "type", "bridge")
        _ip("addr", "add", f"{OWN}/24", "dev", SWITCH)
        _ip("link", "set", SWITCH, "up")

    def join(self, name: str, address: str) -> tuple[str, ...]:
        """Make the namespace of a host; returns the prefix of commands to run in it."""
        holding = self._holding[name] = subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE)
        within = ("nsenter", f"--net=/proc/{holding.pid}/ns/net")
        own = os.readlink("/proc/self/ns/net")
        while os.readlink(f"/proc/{holding.pid}/ns/net") == own:
            if holding.poll() is not None:
                raise OSError(f"{name} has no network of its own")
        _ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", str(holding.pid))
        _ip("link", "set", name, "master", SWITCH, "up")
        _ip("addr", "add", f"{address}/24", "dev", "eth0", within=within)
        for one in ("eth0", "lo"):
            _ip("link", "set", one, "up", within=within)
        return within

    def cut(self, name: str) -> None:
        """Drop all traffic to and from this host, silently."""
        _ip("link", "set", name, "down")

    def heal(self, name: str) -> None:
        """Restore the host's traffic."""
        _ip("link", "set", name, "up")

    def end(self) -> None:
        """End the processes that hold the namespaces, which removes them."""
        for holding in self._holding.values():
            holding.communicate()


def _ip(*command: str, within: tuple[str, ...] = ()) -> None:
    subprocess.run([*within, "ip", *command], check=True, timeout=20)
