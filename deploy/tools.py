"""The programs of the cluster, found on this machine or fetched: etcd, PostgreSQL, Patroni."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PATRONI = "patroni[etcd3,psycopg3]>=4.0"  # quorum commit came with 4.0; Debian 12 has 3.0


class Missing(Exception):
    """A program is missing and cannot be fetched; the message says which, and how to get it."""


@dataclass(frozen=True)
class Tools:
    """``etcd``, the folder of PostgreSQL's programs, Patroni's Python and folder, and the user they run as."""

    etcd: Path
    postgres: Path
    python: str
    patroni: Path
    user: str | None  # None: the present user; PostgreSQL refuses to run as root


def tools(folder: Path) -> Tools:
    """All programs, fetched into ``folder`` if the machine lacks them. Raises Missing."""
    folder.mkdir(parents=True, exist_ok=True)
    user = _user()
    return Tools(_etcd(folder), _postgres(), _python(user), _patroni(folder), user)


def _etcd(folder: Path) -> Path:
    kept = folder / "etcd/usr/bin/etcd"
    if (found := shutil.which("etcd")) is not None:
        return Path(found)
    if not kept.exists():
        if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
            raise Missing("etcd is not here: put it on the PATH (Debian: apt-get install etcd-server)")
        _run(["apt-get", "download", "etcd-server"], folder, "etcd-server cannot be downloaded; try apt-get update")
        package = next(folder.glob("etcd-server_*.deb"))
        _run(["dpkg-deb", "-x", str(package), "etcd"], folder, "the package of etcd cannot be unpacked")
    return kept


def _postgres() -> Path:
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name), reverse=True)
    if (found := shutil.which("initdb")) is not None:
        known.insert(0, Path(found).resolve().parent)
    for one in known:
        if all((one / program).exists() for program in ("initdb", "postgres", "pg_rewind", "pg_basebackup")):
            return one
    raise Missing("PostgreSQL's programs are not here (Debian: apt-get install postgresql)")


def _patroni(folder: Path) -> Path:
    target = folder / "patroni"
    if not (target / "patroni/__main__.py").exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target",
                   str(target), PATRONI]  # fmt: skip
        _run(command, folder, f"{PATRONI} cannot be installed by pip")
    return target


def _user() -> str | None:
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise Missing("as root, PostgreSQL needs a user of its own, such as postgres; there is none")


def _python(user: str | None) -> str:
    """This Python, or, if the other user may not run it, one of the same version that they may."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    for one in (sys.executable, f"/usr/bin/python{wanted}"):
        with suppress(OSError):
            command = [one, "-c", "import ssl, sys; print('%d.%d' % sys.version_info[:2])"]
            done = subprocess.run(command, capture_output=True, text=True, user=user, cwd="/", timeout=60)
            if done.stdout.strip() == wanted:
                return one
    raise Missing(f"the user {user} can run no Python {wanted}, which Patroni needs")


def _run(command: list[str], folder: Path, otherwise: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise Missing(f"{otherwise}\n{done.stderr.strip()[-500:]}")
