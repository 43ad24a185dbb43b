"""C2SP signed notes and checkpoints: what is read, what is refused, and that others read ours."""

import subprocess
from pathlib import Path

import pytest
from tlog_scales import signing, tlog

from ledger.log.checkpoint import Checkpoint, cosigned_at, parse_checkpoint, parse_text
from ledger.log.note import ED25519, SM2, MalformedNote, Note, VerifierKey, parse_key, parse_note
from ledger.log.signing import (
    Ed25519Signer,
    Sm2Signer,
    generate_sm2,
    public_pem,
    signed_by,
    sm2_available,
    verifies,
)

needs_sm2 = pytest.mark.skipif(not sm2_available(), reason="neither openssl with SM2 nor gmssl-pyx")

# The example of the Go module proxy's checksum database and of C2SP's signed-note page.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBw"
    "JnAM=\n"
)


@pytest.fixture
def signer() -> Ed25519Signer:
    return Ed25519Signer.generate("log.example/lvyue")


def signed(signer: Ed25519Signer, checkpoint: Checkpoint) -> Note:
    return Note(str(checkpoint), (signer.sign(str(checkpoint)),))


CHECKPOINT = Checkpoint("log.example/lvyue", 20_852_163, bytes(range(32)))


def test_a_note_of_the_go_checksum_database_verifies() -> None:
    note = parse_note(PETER_NOTE.encode())
    assert signed_by(parse_key(PETER), note)
    assert str(note) == PETER_NOTE and str(parse_key(PETER)) == PETER
    assert not signed_by(parse_key(PETER), Note(note.text.replace("answer", "remedy"), note.signatures))


def test_a_checkpoint_reads_back_as_it_was_written(signer: Ed25519Signer) -> None:
    checkpoint, note = parse_checkpoint(str(signed(signer, CHECKPOINT)).encode())
    assert checkpoint == CHECKPOINT and signed_by(signer.key, note)


def test_a_private_key_reads_back_and_shows_no_secret(signer: Ed25519Signer) -> None:
    assert Ed25519Signer.parse(signer.private_line()) == signer
    assert signer.seed.hex() not in repr(signer) and "PRIVATE" not in repr(signer)


def test_a_cosignature_binds_its_moment_and_is_no_signature_of_the_log(signer: Ed25519Signer) -> None:
    line = signer.cosign(str(CHECKPOINT), 1_795_327_200)
    assert cosigned_at(line) == 1_795_327_200
    assert verifies(signer.witness_key, str(CHECKPOINT), line)
    assert not verifies(signer.key, str(CHECKPOINT), line)
    later = type(line)(line.name, line.key_id, (1_795_327_201).to_bytes(8, "big") + line.value[8:])
    assert not verifies(signer.witness_key, str(CHECKPOINT), later)


@needs_sm2
def test_an_sm2_signature_rides_along_for_openssl_to_check(signer: Ed25519Signer, tmp_path: Path) -> None:
    (tmp_path / "sm2.pem").write_bytes(generate_sm2())
    sm2 = Sm2Signer.load("log.example/lvyue", tmp_path / "sm2.pem")
    note = signed(signer, CHECKPOINT).with_signatures(sm2.sign(str(CHECKPOINT)))
    assert signed_by(signer.key, note) and signed_by(sm2.key, note)
    assert not signed_by(sm2.key, Note(note.text + "more\n", note.signatures))
    assert parse_key(str(sm2.key)) == sm2.key and sm2.key.kind == SM2


def test_openssl_verifies_what_we_sign(signer: Ed25519Signer, tmp_path: Path) -> None:
    (tmp_path / "note").write_text(str(CHECKPOINT))
    (tmp_path / "signature").write_bytes(signer.sign(str(CHECKPOINT)).value)
    (tmp_path / "key.pem").write_text(public_pem(signer.key))
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "note"]
    command += ["-sigfile", "signature"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0


def test_tlog_scales_verifies_our_checkpoint(signer: Ed25519Signer) -> None:
    note = signed(signer, CHECKPOINT).with_signatures(signer.cosign(str(CHECKPOINT), 1_795_327_200))
    theirs = tlog.Checkpoint.from_text(str(note))
    theirs.verify(signing.Vkey.from_string(str(signer.key)))
    assert (theirs.size, theirs.root_hash) == (CHECKPOINT.size, CHECKPOINT.root)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"text\n", b"text\n\n", b"text\n\nno signature\n", "text\n\n— name AAAA\n".encode(),
        "text\n\n— name AAAAAAB=\n".encode(), "te\x01xt\n\n— name AAAAAAA=\n".encode(), b"\xff\n\n",
        "text\n\n— name AAAAAAA=".encode(), "text\n\n— na+me AAAAAAA=\n".encode(), b"x" * (1 << 21),
        ("text\n\n" + "— name AAAAAAA=\n" * 101).encode(),
    ],
)  # fmt: skip
def test_what_is_no_signed_note_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedNote):
        parse_note(data)


@pytest.mark.parametrize(
    "text",
    [
        "", "origin\n1\n", "origin\n01\n" + "A" * 43 + "=\n", "origin\n-1\n" + "A" * 43 + "=\n",
        "origin\n1\nAAAA\n", "\n1\n" + "A" * 43 + "=\n", "origin\n1\n" + "A" * 43 + "=",
        "origin\n1\n" + "A" * 42 + "B=\n",
        "origin\n1\n" + "A" * 43 + "=\n\nextension\n",
    ],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(MalformedNote):
        parse_text(text)


@pytest.mark.parametrize("vkey", ["", "name", "name+00000000+AAAA", PETER.replace("c74f", "c74e"), "a+b+c+d"])
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(MalformedNote):
        parse_key(vkey)


def test_a_key_name_with_a_space_is_refused() -> None:
    with pytest.raises(MalformedNote):
        VerifierKey("two words", ED25519, bytes(32))
