"""The log's own keys: made at first use, readable by their owner only, replaced without a gap.

A key directory holds `log.key` (Ed25519, one line) and, where `openssl` or gmssl-pyx does SM2, `log-sm2.pem`. A key
that is about to take over waits in `log.key.next` until the record that announces it is in the log: whoever
trusts the old key can then follow to the new one.
"""

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from ledger.domain.errors import Refusal
from ledger.log.note import MalformedNote, VerifierKey
from ledger.log.signing import Ed25519Signer, Sm2Signer, generate_sm2, sm2_available

KEY, NEXT, SM2_KEY = "log.key", "log.key.next", "log-sm2.pem"
_HOST = re.compile(r"(?P<host>\[[^]]*\]|[^:]*)(?::(?P<port>[0-9]*))?")
_NO_PORT = re.compile(r"(?<=//)(?:[^/@]*@)?[^/@:]+(?=/)")
_SEARCH_PATH = re.compile(r"(?:-c\s*|--)search[_-]path=((?:[^\s,]|\s*,\s*)*)")


@dataclass(frozen=True, slots=True)
class Keyring:
    """What signs this log's checkpoints: Ed25519 always, SM2 beside it where it can be had."""

    signer: Ed25519Signer
    sm2: Sm2Signer | None
    directory: Path | None

    @property
    def origin(self) -> str:
        """The log's name, first line of its checkpoints."""
        return self.signer.name

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """The public keys somebody needs to verify a checkpoint made now."""
        return (self.signer.key, *([self.sm2.key] if self.sm2 else []))


def open_keyring(
    directory: Path | None, environment: Mapping[str, str], *, sm2: bool = True
) -> Keyring:
    """The keys in `directory`, made there when it has none; without one, a key that is never written down.

    `LVYUE_LOG_KEY` (the one-line private key itself) or `LVYUE_LOG_KEY_FILE` supply a key instead,
    `LVYUE_LOG_SM2_KEY_FILE` an SM2 key in PEM; `LVYUE_LOG_ORIGIN` names a log whose key is made here.
    Raises Refusal KEY_UNREADABLE or KEY_EXPOSED.
    """
    supplied = environment.get("LVYUE_LOG_KEY")
    if supplied is None and (file := environment.get("LVYUE_LOG_KEY_FILE")):
        supplied = _read(Path(file))
    if supplied is not None:
        signer = _parse(supplied, "LVYUE_LOG_KEY")
    elif directory is None:
        signer = Ed25519Signer.generate(environment.get("LVYUE_LOG_ORIGIN") or _new_origin())
    else:
        signer = _own_key(directory, environment.get("LVYUE_LOG_ORIGIN"))
    pem = environment.get("LVYUE_LOG_SM2_KEY_FILE")
    if pem is None and directory is not None and sm2 and supplied is None and sm2_available():
        pem = str(_own_sm2_key(directory))
    return Keyring(signer, _load_sm2(signer.name, Path(pem)) if pem else None, directory)


def key_directory(store_url: str, environment: Mapping[str, str]) -> Path | None:
    """Where the keys of the log in `store_url` live.

    `LVYUE_KEYS`; else `<file>.keys` beside an SQLite file, and for a server a folder under `~/.lvyue`, the same
    however its address is spelled. None for a store in memory, whose keys live no longer than it does.
    """
    if named := environment.get("LVYUE_KEYS"):
        return Path(named)
    if store_url.startswith("sqlite:///"):
        path = unquote(store_url.removeprefix("sqlite:///"))
        return None if path == ":memory:" else Path(path + ".keys")
    home, place = Path(environment.get("HOME", ".")) / ".lvyue", _server_place(store_url, environment)
    folder = home / _folder(place.database, str(place))
    former = (home / name for name in _former_folders(store_url, place, environment))
    return folder if folder.exists() else next((one for one in former if one.exists()), folder)


class _Place(NamedTuple):
    """What tells one ledger on a PostgreSQL server from another, whoever logs in and however it is connected to."""

    hosts: tuple[str, ...]  # host:port, in the order they are tried
    database: str
    search_path: str
    service: str  # of pg_service.conf, which may name any of the others

    def __str__(self) -> str:
        return f"{','.join(self.hosts)}/{self.database}?search_path={self.search_path}&service={self.service}"


def _server_place(url: str, environment: Mapping[str, str]) -> _Place:
    """The place a libpq URI names (PostgreSQL manual, 34.1.1.2); libpq's environment has what it leaves out.

    Of `options` the search path counts: another schema is another ledger.
    """
    authority, _, rest = url.partition("://")[2].partition("/")
    authority, _, bare = authority.partition("?")  # there need be no slash before the query
    path, _, query = rest.partition("?")
    given = {name: unquote(value) for name, _, value in (pair.partition("=") for pair in (query or bare).split("&"))}
    login, _, servers = authority.rpartition("@")
    named = [_HOST.fullmatch(unquote(one)) for one in servers.split(",")]
    hosts = given.get("host") or given.get("hostaddr") or ",".join(one["host"] for one in named if one)
    hosts = hosts or environment.get("PGHOST") or environment.get("PGHOSTADDR") or ""
    ports = given.get("port") or ",".join(one["port"] or "" for one in named if one)
    each = [port or environment.get("PGPORT") or "5432" for port in ports.split(",")]
    user = given.get("user") or unquote(login.partition(":")[0]) or environment.get("PGUSER") or ""
    database = given.get("dbname") or unquote(path) or environment.get("PGDATABASE") or user
    searched = _SEARCH_PATH.findall((given.get("options") or environment.get("PGOPTIONS") or "").replace("\\", ""))
    return _Place(
        tuple(f"{host.strip('[]').lower()}:{each[min(index, len(each) - 1)]}"
              for index, host in enumerate(hosts.split(","))),
        database, re.sub(r"\s", "", searched[-1]) if searched else "",
        given.get("service") or environment.get("PGSERVICE") or "",
    )  # fmt: skip


def _former_folders(url: str, place: _Place, environment: Mapping[str, str]) -> Iterator[str]:
    """Folders made when they went by the address as spelled: in this spelling and in simpler ones of the place."""
    plain = url.partition("?")[0]
    for one in (url, plain, plain.replace(":5432/", "/"), _NO_PORT.sub(r"\g<0>:5432", plain, count=1)):
        if _server_place(one, environment) == place:
            name, tail = one.partition("?")[0].rpartition("/")[2], one.partition("://")[2].rpartition("@")[2]
            yield from (_folder(name, spelled) for spelled in (tail, "postgresql://" + tail, "postgres://" + tail))


def _folder(name: str, place: str) -> str:
    fit = re.sub(r"[^A-Za-z0-9_-]", "", name) or "ledger"
    return f"{fit}-{hashlib.sha256(place.encode()).hexdigest()[:8]}.keys"


def prepare_successor(keyring: Keyring) -> Ed25519Signer:
    """A new key of the same name, kept aside until `succeed`; called again, the one already waiting.

    Raises Refusal KEY_SUPPLIED when the keys are not this directory's own to replace.
    """
    directory = keyring.directory
    if directory is None or not (directory / KEY).exists():
        raise Refusal("KEY_SUPPLIED", "key")
    if not (directory / NEXT).exists():
        write_private(directory / NEXT, Ed25519Signer.generate(keyring.origin).private_line())
    return _parse(_read(directory / NEXT), NEXT)


def succeed(keyring: Keyring) -> Keyring:
    """Put the waiting key in place of the old one, whose private half is gone from then on."""
    directory = keyring.directory
    if directory is not None and (directory / NEXT).exists():
        os.replace(directory / NEXT, directory / KEY)
        return Keyring(_parse(_read(directory / KEY), KEY), keyring.sm2, directory)
    return keyring


def write_private(path: Path, content: str | bytes) -> None:
    """Create a file only its owner can read; its directory only its owner can enter. Never overwrites."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def _own_key(directory: Path, origin: str | None) -> Ed25519Signer:
    path = directory / KEY
    if not path.exists():
        name = origin or _new_origin()
        try:
            with suppress(FileExistsError):  # another process was first: its key is the log's
                write_private(path, Ed25519Signer.generate(name).private_line())
        except MalformedNote as error:
            raise Refusal("KEY_UNREADABLE", "LVYUE_LOG_ORIGIN", file=name) from error
    _owner_only(path)
    return _parse(_read(path), KEY)


def _new_origin() -> str:
    return f"lvyue.local/{secrets.token_hex(4)}"


def _own_sm2_key(directory: Path) -> Path:
    path = directory / SM2_KEY
    if not path.exists():
        with suppress(FileExistsError):  # another process was first: its key is the log's
            write_private(path, generate_sm2())
    _owner_only(path)
    return path


def _owner_only(path: Path) -> None:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Refusal("KEY_EXPOSED", "key", file=path.name)


def _load_sm2(name: str, pem: Path) -> Sm2Signer:
    try:
        return Sm2Signer.load(name, pem)
    except (OSError, MalformedNote) as error:
        raise Refusal("KEY_UNREADABLE", "LVYUE_LOG_SM2_KEY_FILE", file=pem.name) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("KEY_UNREADABLE", "key", file=path.name) from error


def _parse(line: str, where: str) -> Ed25519Signer:
    try:
        return Ed25519Signer.parse(line)
    except MalformedNote as error:
        raise Refusal("KEY_UNREADABLE", "key", file=where) from error
