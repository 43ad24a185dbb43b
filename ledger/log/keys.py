"""The log's own keys: made at first use, readable by their owner only, replaced without a gap.

A key directory holds `log.key` (Ed25519, one line) and, where `openssl` or gmssl-pyx does SM2, `log-sm2.pem`. A key
that is about to take over waits in `log.key.next` until the record that announces it is in the log: whoever
trusts the old key can then follow to the new one. What the keys said of their successors is kept in `log.statements`
as well, so that a ledger put back to before a rotation can be told of it again.
"""

import errno
import json
import os
import secrets
import shlex
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.log.folder import KEY
from ledger.log.note import MalformedNote, VerifierKey
from ledger.log.signing import Ed25519Signer, Sm2Signer, generate_sm2, sm2_available

NEXT, SM2_KEY, STATEMENTS = "log.key.next", "log-sm2.pem", "log.statements"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys that sign this log's checkpoints: Ed25519 always, SM2 where it is available."""

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
    Raises Refusal KEY_UNREADABLE, KEY_EXPOSED or KEY_FOLDER_EXPOSED.
    """
    require_private(directory)
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


def statements(directory: Path | None) -> list[str]:
    """The signed notes by which the keys of this folder named each its successor, oldest first.

    Raises Refusal KEY_UNREADABLE.
    """
    path = directory / STATEMENTS if directory is not None else None
    if path is None or not path.exists():
        return []
    try:
        said = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Refusal("KEY_UNREADABLE", "key", file=STATEMENTS) from error
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise Refusal("KEY_UNREADABLE", "key", file=STATEMENTS)
    return said


def keep_statement(directory: Path | None, statement: str) -> None:
    """Keep, beside the key it names, the note that names it; once."""
    if directory is not None and statement not in (said := statements(directory)):
        replace_private(directory / STATEMENTS, json.dumps([*said, statement]) + "\n")


def require_private(directory: Path | None) -> None:
    """Raise Refusal KEY_FOLDER_EXPOSED, with the command that corrects it, where others can enter the folder of the
    keys.
    """
    if os.name != "posix" or directory is None or not directory.is_dir():
        return
    if stat.S_IMODE(directory.stat().st_mode) & 0o077:
        command = f"chmod 700 {shlex.quote(str(directory))}"
        raise Refusal("KEY_FOLDER_EXPOSED", "key", folder=str(directory), command=command)


def write_private(path: Path, content: str | bytes) -> None:
    """Create a file that only its owner can read, wholly or not at all, in a directory that only its owner can enter.
    Never overwrites. Refusal STORE_DISK_FULL.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)  # half a key would be taken for a broken one ever after
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal("STORE_DISK_FULL", "store", store=str(path), detail=error.strerror) from error
        raise


def replace_private(path: Path, content: str) -> None:
    """Replace a file by one that only its owner can read, wholly or not at all."""
    passing = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    write_private(passing, content)
    os.replace(passing, path)


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
