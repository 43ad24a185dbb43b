"""Keys that sign, and the check of what they signed: Ed25519 here, SM2 with SM3 through `openssl`.

An Ed25519 private key is one line, `PRIVATE+KEY+name+keyid+base64(0x01 || seed)`, the form other programs
for signed notes read and write. An SM2 private key is a PEM file, because `openssl` is what reads it.
"""

import base64
import functools
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

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

SM2_IDENTITY = "distid:1234567812345678"
_SM2_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
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
    """An SM2 key in a PEM file, used through `openssl`; `public` is the 65-byte uncompressed point."""

    name: str
    pem: Path
    public: bytes

    @classmethod
    def load(cls, name: str, pem: Path) -> "Sm2Signer":
        """Read the public half of the key in `pem`. Raises MalformedNote when it is no SM2 key."""
        spki = _openssl("pkey", "-in", str(pem), "-pubout", "-outform", "DER")
        if not spki.startswith(_SM2_SPKI) or len(spki) != len(_SM2_SPKI) + 65:
            raise MalformedNote(f"{pem.name} holds no SM2 key")
        return cls(name, pem, spki[len(_SM2_SPKI) :])

    @property
    def key(self) -> VerifierKey:
        """What verifies this key's notes."""
        return VerifierKey(self.name, SM2, self.public)

    def sign(self, text: str) -> Signature:
        """Sign a note's text with SM2 over SM3."""
        with tempfile.NamedTemporaryFile() as message:
            message.write(text.encode())
            message.flush()
            value = _openssl("pkeyutl", "-sign", "-inkey", str(self.pem), "-in", message.name, *_SM2_OPTIONS)
        return Signature(self.name, self.key.key_id, value)


_SM2_OPTIONS = ("-rawin", "-digest", "sm3", "-pkeyopt", SM2_IDENTITY)


@functools.cache
def sm2_available() -> bool:
    """Is there an `openssl` command that knows SM2?"""
    if shutil.which("openssl") is None:
        return False
    try:
        return b"SM2" in _openssl("list", "-signature-algorithms")
    except OSError:
        return False


def generate_sm2() -> bytes:
    """A new SM2 private key in PEM."""
    return _openssl("genpkey", "-algorithm", "SM2")


def public_pem(key: VerifierKey) -> str:
    """The public key as `openssl` reads it (SubjectPublicKeyInfo in PEM)."""
    spki = (_SM2_SPKI if key.kind == SM2 else _ED25519_SPKI) + key.public
    encoded = base64.b64encode(spki).decode()
    lines = [encoded[start : start + 64] for start in range(0, len(encoded), 64)]
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])


def verifies(key: VerifierKey, text: str, signature: Signature) -> bool:
    """Did `key` make `signature` over `text`? False also where no `openssl` is there to ask about SM2."""
    if (signature.name, signature.key_id) != (key.name, key.key_id):
        return False
    if key.kind == SM2:
        return _verifies_sm2(key, text, signature)
    message, value = text.encode(), signature.value
    if key.kind == COSIGNATURE:
        message, value = cosigned_text(int.from_bytes(value[:8], "big"), text), value[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(value, message)
    except InvalidSignature:
        return False
    return True


def signed_by(key: VerifierKey, note: Note) -> bool:
    """Does the note carry a signature by `key`, and does every one that says so verify?"""
    lines = note.by(key)
    return bool(lines) and all(verifies(key, note.text, line) for line in lines)


def _verifies_sm2(key: VerifierKey, text: str, signature: Signature) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        message, value, public = (Path(folder) / name for name in ("message", "signature", "public"))
        message.write_bytes(text.encode())
        value.write_bytes(signature.value)
        public.write_text(public_pem(key), encoding="ascii")
        try:
            _openssl("pkeyutl", "-verify", "-pubin", "-inkey", str(public), "-in", str(message),
                     "-sigfile", str(value), *_SM2_OPTIONS)
        except OSError:
            return False
    return True


def _openssl(*arguments: str) -> bytes:
    """Run `openssl`. Raises OSError when it is missing or fails."""
    done = subprocess.run(["openssl", *arguments], capture_output=True, check=False)
    if done.returncode:
        raise OSError(f"openssl {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
