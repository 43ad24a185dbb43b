"""Where the keys of a ledger's log live: one folder for each ledger, however its address is spelled."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from ledger.domain.declare import NamedTuple

KEY = "log.key"  # the Ed25519 private key, one line
_HOST = r"(?P<host>\[[^]]*\]|[^:]*)(?::(?P<port>[0-9]*))?"
_NO_PORT = r"(?<=//)(?:[^/@]*@)?[^/@:]+(?=/)"
_SEARCH_PATH = r"(?:-c\s*|--)search[_-]path=((?:[^\s,]|\s*,\s*)*)"


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
    """What identifies a ledger on a PostgreSQL server, whoever logs in and however the connection is made."""

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
    named = [re.fullmatch(_HOST, unquote(one)) for one in servers.split(",")]
    hosts = given.get("host") or given.get("hostaddr") or ",".join(one["host"] for one in named if one)
    hosts = hosts or environment.get("PGHOST") or environment.get("PGHOSTADDR") or ""
    ports = given.get("port") or ",".join(one["port"] or "" for one in named if one)
    each = [port or environment.get("PGPORT") or "5432" for port in ports.split(",")]
    user = given.get("user") or unquote(login.partition(":")[0]) or environment.get("PGUSER") or ""
    database = given.get("dbname") or unquote(path) or environment.get("PGDATABASE") or user
    searched = re.findall(_SEARCH_PATH, (given.get("options") or environment.get("PGOPTIONS") or "").replace("\\", ""))
    return _Place(
        tuple(f"{host.strip('[]').lower()}:{each[min(index, len(each) - 1)]}"
              for index, host in enumerate(hosts.split(","))),
        database, re.sub(r"\s", "", searched[-1]) if searched else "",
        given.get("service") or environment.get("PGSERVICE") or "",
    )  # fmt: skip


def _former_folders(url: str, place: _Place, environment: Mapping[str, str]) -> Iterator[str]:
    """Folders of earlier versions, which were named by the address as spelled: in this spelling and in simpler ones."""
    plain = url.partition("?")[0]
    for one in (url, plain, plain.replace(":5432/", "/"), re.sub(_NO_PORT, r"\g<0>:5432", plain, count=1)):
        if _server_place(one, environment) == place:
            name, tail = one.partition("?")[0].rpartition("/")[2], one.partition("://")[2].rpartition("@")[2]
            yield from (_folder(name, spelled) for spelled in (tail, "postgresql://" + tail, "postgres://" + tail))


def _folder(name: str, place: str) -> str:
    fit = re.sub(r"[^A-Za-z0-9_-]", "", name) or "ledger"
    return f"{fit}-{hashlib.sha256(place.encode()).hexdigest()[:8]}.keys"
