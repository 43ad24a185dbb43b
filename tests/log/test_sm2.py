"""SM2 with SM3 by two real programs: what one makes, signs or refuses, the other reads, verifies or refuses too."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import gmssl_pyx
import pytest

from ledger.domain.errors import Refusal
from ledger.log.keys import SM2_KEY, open_keyring
from ledger.log.note import SM2, MalformedNote
from ledger.log.signing import Sm2Signer, generate_sm2, sm2_available, verifies
from ledger.log.sm2 import Gmssl, Openssl, Sm2, _openssl_knows_sm2, sm2

needs_openssl = pytest.mark.skipif(not _openssl_knows_sm2(), reason="no openssl command that knows SM2")
PAIRS = [("openssl", "gmssl"), ("gmssl", "openssl"), ("gmssl", "gmssl"), ("openssl", "openssl")]
MESSAGE = "log.example/lvyue\n履约\n".encode()


def program(name: str) -> Sm2:
    return Openssl() if name == "openssl" else Gmssl(gmssl_pyx)


@pytest.fixture(autouse=True)
def _looked_for_anew() -> Iterator[None]:
    sm2.cache_clear()
    yield
    sm2.cache_clear()


@pytest.fixture
def no_openssl(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert shutil.which("openssl") is None


@pytest.fixture
def no_gmssl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gmssl_pyx", None)  # import then raises ImportError


@needs_openssl
@pytest.mark.parametrize(("maker", "reader"), PAIRS)
def test_a_key_made_by_one_is_the_same_key_to_the_other(maker: str, reader: str, tmp_path: Path) -> None:
    pem = tmp_path / "key.pem"
    pem.write_bytes(program(maker).generate())
    assert program(reader).public(pem) == program(maker).public(pem)
    signature = program(reader).sign(pem, MESSAGE)
    assert program(maker).verifies(program(maker).public(pem), MESSAGE, signature)


@needs_openssl
@pytest.mark.parametrize(("signing", "verifying"), PAIRS)
def test_what_one_signs_the_other_verifies_and_nothing_else(signing: str, verifying: str, tmp_path: Path) -> None:
    pem, other = tmp_path / "key.pem", tmp_path / "other.pem"
    pem.write_bytes(program(signing).generate())
    other.write_bytes(program(verifying).generate())
    check, public = program(verifying), program(signing).public(pem)
    for message in (MESSAGE, b"", b"x" * 100_000):
        assert check.verifies(public, message, program(signing).sign(pem, message))
    value = program(signing).sign(pem, MESSAGE)
    assert not check.verifies(public, MESSAGE + b"\n", value)
    assert not check.verifies(check.public(other), MESSAGE, value)
    assert not check.verifies(b"\x04" + bytes(64), MESSAGE, value), "a point that is not on the curve"
    longer = b"\x30\x81" + value[1:]  # the same numbers, not in DER
    for altered in (b"", b"junk", value[:-1], value + b"\0", longer, value[:-1] + bytes([value[-1] ^ 1])):
        assert not check.verifies(public, MESSAGE, altered)


@needs_openssl
def test_openssl_comes_first_where_both_are_there() -> None:
    assert isinstance(sm2(), Openssl)


@needs_openssl
@pytest.mark.usefixtures("no_gmssl")
def test_openssl_alone_is_enough(tmp_path: Path) -> None:
    keyring = open_keyring(tmp_path / "keys", {})
    assert isinstance(sm2(), Openssl) and keyring.sm2 is not None
    assert verifies(keyring.sm2.key, "text\n", keyring.sm2.sign("text\n"))


def test_without_openssl_gmssl_makes_the_key_signs_and_verifies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as hidden:
        hidden.setenv("PATH", str(tmp_path))
        keyring = open_keyring(tmp_path / "keys", {})
        assert isinstance(sm2(), Gmssl) and keyring.sm2 is not None
        signature = keyring.sm2.sign("text\n")
        assert keyring.sm2.key.kind == SM2 and verifies(keyring.sm2.key, "text\n", signature)
        assert not verifies(keyring.sm2.key, "texts\n", signature)
        assert (tmp_path / "keys" / SM2_KEY).stat().st_mode & 0o077 == 0
        assert open_keyring(tmp_path / "keys", {}).keys == keyring.keys, "the key is kept"
    if _openssl_knows_sm2():  # and on a machine that has it, the log goes on under the same key
        sm2.cache_clear()
        assert open_keyring(tmp_path / "keys", {}).keys == keyring.keys and isinstance(sm2(), Openssl)
        assert verifies(keyring.sm2.key, "text\n", signature)


@pytest.mark.usefixtures("no_openssl")
def test_an_openssl_without_sm2_leaves_it_to_gmssl(tmp_path: Path) -> None:
    (tmp_path / "bin" / "openssl").write_text("#!/bin/sh\necho 'Invalid command' >&2\nexit 1\n")
    (tmp_path / "bin" / "openssl").chmod(0o755)
    assert shutil.which("openssl") and isinstance(sm2(), Gmssl)


@pytest.mark.usefixtures("no_openssl", "no_gmssl")
def test_with_neither_a_log_signs_with_ed25519_alone(tmp_path: Path) -> None:
    assert not sm2_available()
    keyring = open_keyring(tmp_path / "keys", {})
    assert keyring.sm2 is None and not (tmp_path / "keys" / SM2_KEY).exists()
    with pytest.raises(OSError, match="gmssl-pyx"):
        generate_sm2()
    with pytest.raises(Refusal, match="KEY_UNREADABLE"):
        open_keyring(None, {"LVYUE_LOG_SM2_KEY_FILE": str(tmp_path / "supplied.pem")})


@needs_openssl
def test_with_neither_no_sm2_signature_passes(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "key.pem").write_bytes(generate_sm2())
    signer = Sm2Signer.load("log.example/lvyue", tmp_path / "key.pem")
    signature = signer.sign("text\n")
    for missing in ("no_openssl", "no_gmssl"):
        request.getfixturevalue(missing)
    sm2.cache_clear()
    assert not verifies(signer.key, "text\n", signature)


@pytest.mark.usefixtures("no_openssl")
@pytest.mark.parametrize("content", [
    "", "junk", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
    "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n",
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n"
    "-----END PRIVATE KEY-----\n",
    "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n",
])
def test_gmssl_refuses_a_file_that_is_not_an_sm2_key_in_pkcs8(content: str, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text(content)
    with pytest.raises(MalformedNote):
        Sm2Signer.load("log.example/lvyue", tmp_path / "key.pem")
