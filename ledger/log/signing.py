"""Keys that sign, and the check of what they signed: Ed25519 here, SM2 with SM3 through what `ledger.log.sm2` finds.

An Ed25519 private key is one line, `PRIVATE+KEY+name+keyid+base64(0x01 || seed)`, the form other programs
for signed notes read and write. An SM2 private key is a PEM file, the form `openssl` reads and writes.
"""

import base64
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.domain.declare import dataclass
from ledger.log.checkpoint import cosigned_text
from ledger.log.note import (
    COSIGNATURE,
    ED25519,
    SM2,
    MalformedNote,
    Note,
    Signature,
    VerifierKey,
    decode_base64,
)
from ledger.log.sm2 import SPKI, Sm2, sm2

_ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")
_PRIVATE = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """An Ed25519 key pair under a name; signs notes as a log and checkpoints as a witness."""

    name: str
    seed: bytes

    @classmethod
    def generate(cls, name: str) -> "Ed25519Signer":
        """A new key; its randomness is the operating system's."""
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, line: str) -> "Ed25519Signer":
        """Read the one-line private form. Raises MalformedNote when it is not one."""
        name, _, rest = line.strip().removeprefix(_PRIVATE).partition("+")
        key_id, _, encoded = rest.partition("+")
        payload = decode_base64(encoded)
        if not line.startswith(_PRIVATE) or payload[:1] != ED25519 or len(payload) != 33:
            raise MalformedNote("a private key reads PRIVATE+KEY+name+keyid+base64")
        signer = cls(name, payload[1:])
        if signer.key.key_id.hex() != key_id:
            raise MalformedNote(f"private key {name} does not match its key id {key_id}")
        return signer

    def __repr__(self) -> str:
        return f"Ed25519Signer({self.key})"  # the seed must not reach a log file through a traceback

    def private_line(self) -> str:
        """The one-line private form."""
        payload = base64.b64encode(ED25519 + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.key.key_id.hex()}+{payload}\n"

    @property
    def key(self) -> VerifierKey:
        """What verifies this key's notes."""
        return VerifierKey(self.name, ED25519, self._private().public_key().public_bytes_raw())

    @property
    def witness_key(self) -> VerifierKey:
        """What verifies this key's cosignatures."""
        return VerifierKey(self.name, COSIGNATURE, self.key.public)

    def sign(self, text: str) -> Signature:
        """Sign a note's text."""
        return Signature(self.name, self.key.key_id, self._private().sign(text.encode()))

    def cosign(self, text: str, time: int) -> Signature:
        """State that at `time` (seconds since the Unix epoch) this checkpoint was seen (cosignature/v1)."""
        value = time.to_bytes(8, "big") + self._private().sign(cosigned_text(time, text))
        return Signature(self.name, self.witness_key.key_id, value)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True)
class Sm2Signer:
    """An SM2 key in a PEM file; `public` is the 65-byte uncompressed point."""

    name: str
    pem: Path
    public: bytes

    @classmethod
    def load(cls, name: str, pem: Path) -> "Sm2Signer":
        """Read the public half of the key in `pem`.

        Raises MalformedNote when it is no SM2 key, OSError when it cannot be read or nothing here knows SM2.
        """
        try:
            return cls(name, pem, _sm2().public(pem))
        except ValueError as error:
            raise MalformedNote(str(error)) from error

    @property
    def key(self) -> VerifierKey:
        """What verifies this key's notes."""
        return VerifierKey(self.name, SM2, self.public)

    def sign(self, text: str) -> Signature:
        """Sign a note's text with SM2 over SM3."""
        return Signature(self.name, self.key.key_id, _sm2().sign(self.pem, text.encode()))


def sm2_available() -> bool:
    """Whether an `openssl` command that knows SM2, or else gmssl-pyx, is available."""
    return sm2() is not None


def generate_sm2() -> bytes:
    """A new SM2 private key in PEM. Raises OSError when nothing here knows SM2."""
    return _sm2().generate()


def public_pem(key: VerifierKey) -> str:
    """The public key as `openssl` reads it (SubjectPublicKeyInfo in PEM)."""
    spki = (SPKI if key.kind == SM2 else _ED25519_SPKI) + key.public
    encoded = base64.b64encode(spki).decode()
    lines = [encoded[start : start + 64] for start in range(0, len(encoded), 64)]
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])


def verifies(key: VerifierKey, text: str, signature: Signature) -> bool:
    """Whether `key` made `signature` over `text`; False also where no program that knows SM2 is available."""
    if (signature.name, signature.key_id) != (key.name, key.key_id):
        return False
    if key.kind == SM2:
        return (known := sm2()) is not None and known.verifies(key.public, text.encode(), signature.value)
    message, value = text.encode(), signature.value
    if key.kind == COSIGNATURE:
        message, value = cosigned_text(int.from_bytes(value[:8], "big"), text), value[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(value, message)
    except InvalidSignature:
        return False
    return True


def signed_by(key: VerifierKey, note: Note) -> bool:
    """Whether the note carries a signature by `key`, and every signature that claims to be by it verifies."""
    lines = note.by(key)
    return bool(lines) and all(verifies(key, note.text, line) for line in lines)


def _sm2() -> Sm2:
    if (known := sm2()) is None:
        raise OSError("neither an openssl command that knows SM2 nor gmssl-pyx is here")
    return known
