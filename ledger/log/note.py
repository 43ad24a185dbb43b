"""Signed notes and the keys that verify them (C2SP signed-note, tlog-cosignature).

A note is a text, a blank line, and signature lines `— <key name> <base64(key id || signature)>`. Lines by
keys nobody asked about are ignored, which is how an SM2 signature rides along without disturbing
programs that know Ed25519 only.
"""

import base64
import binascii
import hashlib
import re

from ledger.domain.declare import dataclass, replace

ED25519 = b"\x01"
COSIGNATURE = b"\x04"
SM2 = b"\xfflvyue/sm2-sm3"
"""0xff announces a type C2SP has not assigned, the rest says which: SM2 with SM3 (GB/T 32918.2, DER), the
signer's identity being the usual 1234567812345678; the public key is the 65-byte uncompressed point."""

KINDS = (ED25519, COSIGNATURE, SM2)
LIMIT = 1 << 20  # a note longer than this is refused unread
MOST_SIGNATURES = 100

_NAME = r"[^\s+]+"
_SIGNATURE_LINE = r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})"


class MalformedNote(ValueError):
    """The bytes are no signed note, checkpoint or key of the format they claim to be."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key as others hold it: `name+keyid+base64(type || key)` on one line (a vkey)."""

    name: str
    kind: bytes
    public: bytes

    def __post_init__(self) -> None:
        if not re.fullmatch(_NAME, self.name):
            raise MalformedNote(f"key name {self.name!r} is empty or holds a space or a plus sign")

    @property
    def key_id(self) -> bytes:
        """SHA-256(name || 0x0A || type || key)[:4]."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(self.kind + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who claims to have signed, and the bytes after the key id."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"— {self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, its last newline included, and the lines that sign it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))

    def with_signatures(self, *more: Signature) -> "Note":
        """The same text with signatures added, none twice."""
        new = tuple(line for line in dict.fromkeys(more) if line not in self.signatures)
        return replace(self, signatures=self.signatures + new)

    def by(self, key: VerifierKey) -> tuple[Signature, ...]:
        """The lines that claim to be by `key`; whether they are is not said here."""
        return tuple(s for s in self.signatures if s.name == key.name and s.key_id == key.key_id)


def parse_key(vkey: str) -> VerifierKey:
    """Read a vkey. Raises MalformedNote unless its id belongs to its name, type and key."""
    parts = vkey.strip().split("+", 2)
    if len(parts) != 3:
        raise MalformedNote("a verifier key reads name+keyid+base64")
    name, key_id, encoded = parts
    payload = decode_base64(encoded)
    kind = next((kind for kind in KINDS if payload.startswith(kind)), None)
    if kind is None:
        raise MalformedNote(f"verifier key {name} is of an unknown type")
    key = VerifierKey(name, kind, payload[len(kind) :])
    if len(key.public) != (65 if kind == SM2 else 32) or key.key_id.hex() != key_id:
        raise MalformedNote(f"verifier key {name} does not match its key id {key_id}")
    return key


def parse_note(data: bytes) -> Note:
    """Read a signed note strictly. Raises MalformedNote for anything else."""
    if len(data) > LIMIT:
        raise MalformedNote("longer than any note")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedNote("not UTF-8") from error
    if any(character < " " and character != "\n" for character in whole):
        raise MalformedNote("control characters")
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise MalformedNote("no signatures after a blank line")
    signatures = tuple(map(_signature, lines.removesuffix("\n").split("\n")))
    if len(signatures) > MOST_SIGNATURES:
        raise MalformedNote(f"more than {MOST_SIGNATURES} signatures")
    return Note(text + "\n", signatures)


def decode_base64(text: str) -> bytes:
    """Standard base64, canonical only: one encoding for each value. Raises MalformedNote."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedNote("not base64") from error
    if base64.b64encode(value).decode() != text:
        raise MalformedNote("not canonical base64")
    return value


def _signature(line: str) -> Signature:
    match = re.fullmatch(_SIGNATURE_LINE, line)
    payload = decode_base64(match[2]) if match else b""
    if not match or len(payload) < 5:
        raise MalformedNote("a line after the blank line is no signature")
    return Signature(match[1], payload[:4], payload[4:])
