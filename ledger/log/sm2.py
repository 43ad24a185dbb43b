"""SM2 with SM3 (GB/T 32918.2), signer's identity 1234567812345678, by whichever program is there.

The `openssl` command of OpenSSL 3 comes first, the optional package gmssl-pyx (`pip install lvyue-ledger[sm2]`)
where there is none. Both read and write the same things: a private key as PKCS #8 in PEM, a signature as
DER (SEQUENCE of r and s), so what one signed the other verifies.

Why not the one in this process first, though it is faster (3 ms against 5 to sign, 0.6 against 5 to verify): a
checkpoint is signed once and an audit verifies twenty, so it would save a tenth of a second; and GmSSL writes lines
of its C sources to standard error whenever a signature does not verify, just when a person reads what it says there.

gmssl-pyx reads no PEM. The key is taken out of the one layout `openssl genpkey -algorithm SM2` writes (and so do
we); a key in another one (SEC 1, encrypted, without its public half) needs openssl.
"""

import base64
import functools
import re
import shutil
import subprocess
import tempfile
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol

IDENTITY = "1234567812345678"
SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
"""What stands before the 65-byte uncompressed point in a SubjectPublicKeyInfo of the curve SM2."""
_PKCS8 = bytes.fromhex("308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420")
_PKCS8_PUBLIC = bytes.fromhex("a144034200")  # between the 32-byte private number and the 65-byte point
_BEGIN, _END = "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----"
_PEM = re.compile(f"{_BEGIN}([A-Za-z0-9+/=\\s]*){_END}")
_OPTIONS = ("-rawin", "-digest", "sm3", "-pkeyopt", f"distid:{IDENTITY}")


class Sm2(Protocol):
    """A program that knows SM2. Points are 65 bytes, uncompressed; `pem` is the file of a private key."""

    def generate(self) -> bytes:
        """A new private key in PEM."""

    def public(self, pem: Path) -> bytes:
        """The public point of a private key. Raises OSError (unreadable) or ValueError (not SM2)."""

    def sign(self, pem: Path, message: bytes) -> bytes:
        """The DER signature. Raises OSError or ValueError as `public` does."""

    def verifies(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Does the DER signature stand?"""


class Openssl:
    """The `openssl` command of OpenSSL 3."""

    def generate(self) -> bytes:
        return _openssl("genpkey", "-algorithm", "SM2")

    def public(self, pem: Path) -> bytes:
        spki = _openssl("pkey", "-in", str(pem), "-pubout", "-outform", "DER")
        if not spki.startswith(SPKI) or len(spki) != len(SPKI) + 65:
            raise ValueError(f"{pem.name} holds no SM2 key")
        return spki[len(SPKI) :]

    def sign(self, pem: Path, message: bytes) -> bytes:
        with tempfile.NamedTemporaryFile() as file:
            file.write(message)
            file.flush()
            return _openssl("pkeyutl", "-sign", "-inkey", str(pem), "-in", file.name, *_OPTIONS)

    def verifies(self, public: bytes, message: bytes, signature: bytes) -> bool:
        with tempfile.TemporaryDirectory() as folder:
            text, value, key = (Path(folder) / name for name in ("message", "signature", "public"))
            text.write_bytes(message)
            value.write_bytes(signature)
            key.write_bytes(SPKI + public)
            try:
                _openssl("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", str(key), "-in", str(text),
                         "-sigfile", str(value), *_OPTIONS)
            except OSError:
                return False
        return True


class Gmssl:
    """The package gmssl-pyx: GmSSL in this process. Its points go without the leading 0x04."""

    def __init__(self, module: ModuleType) -> None:
        self._gmssl = module

    def generate(self) -> bytes:
        point, number = self._gmssl.sm2_key_generate()
        encoded = base64.b64encode(_PKCS8 + number + _PKCS8_PUBLIC + b"\x04" + point).decode()
        return "\n".join([_BEGIN, *(encoded[at : at + 64] for at in range(0, len(encoded), 64)), _END, ""]).encode()

    def public(self, pem: Path) -> bytes:
        return _halves(pem)[1]

    def sign(self, pem: Path, message: bytes) -> bytes:
        number, point = _halves(pem)
        try:
            return bytes(self._gmssl.sm2_sign(number, point[1:], message, IDENTITY.encode()))
        except self._gmssl.GmsslInnerError as error:
            raise ValueError(f"{pem.name} holds no SM2 key") from error

    def verifies(self, public: bytes, message: bytes, signature: bytes) -> bool:
        if public[:1] != b"\x04":  # openssl reads the hybrid forms 06 and 07, too; a log's key is never one
            return False
        try:
            return bool(self._gmssl.sm2_verify(public[1:], message, signature, IDENTITY.encode()))
        except self._gmssl.GmsslInnerError:  # an empty signature, a point that is not on the curve
            return False


@functools.cache
def sm2() -> Sm2 | None:
    """What does SM2 on this machine: openssl, else gmssl-pyx, else nothing. Looked for once."""
    if _openssl_knows_sm2():
        return Openssl()
    try:
        return Gmssl(import_module("gmssl_pyx"))
    except ImportError:
        return None


def _openssl_knows_sm2() -> bool:
    if shutil.which("openssl") is None:
        return False
    try:
        return b"SM2" in _openssl("list", "-signature-algorithms")
    except OSError:
        return False


def _halves(pem: Path) -> tuple[bytes, bytes]:
    """The private number (32 bytes) and the public point (65) in `pem`. Raises OSError or ValueError."""
    block = _PEM.search(pem.read_text(encoding="utf-8"))
    der = base64.b64decode("".join(block[1].split())) if block else b""
    number, between, point = der[36:68], der[68:73], der[73:]
    if (der[:36], between) != (_PKCS8, _PKCS8_PUBLIC) or len(point) != 65:
        raise ValueError(f"{pem.name} is not laid out as openssl genpkey -algorithm SM2 does, which gmssl-pyx needs")
    return number, point


def _openssl(*arguments: str) -> bytes:
    """Run `openssl`. Raises OSError when it is missing or fails."""
    done = subprocess.run(["openssl", *arguments], capture_output=True, check=False)
    if done.returncode:
        raise OSError(f"openssl {arguments[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
