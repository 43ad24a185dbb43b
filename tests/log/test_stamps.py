"""RFC 3161 against a real authority, `openssl ts`, which the test starts itself."""

import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ledger.log.log import TransparencyLog
from ledger.log.stamps import StampFailed, read_stamp, request_stamp
from tests.installed import installed
from tests.log.conftest import Bench


@pytest.fixture(scope="module", autouse=True)
def _openssl() -> None:
    installed("openssl")


CONFIG = """
[tsa]
default_tsa = here
[here]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
certs = tsa.pem
[ext]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = name
[name]
"""
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


def openssl(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    done = subprocess.run(["openssl", *arguments], cwd=folder, input=given, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    (folder / "ts.cnf").write_text(CONFIG)
    (folder / "serial").write_text("01")
    openssl(folder, "req", "-x509", *KEY, "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650", "-subj", "/CN=CA")
    openssl(folder, "req", *KEY, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test TSA", "-config", "ts.cnf")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-out", "tsa.pem", "-days", "365", "-extfile", "ts.cnf", "-extensions", "ext")  # fmt: skip
    return folder


@pytest.fixture
def url(authority: Path) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            (authority / "query").write_bytes(request)
            command = ["ts", "-reply", "-config", "ts.cnf", "-section", "here", "-queryfile", "query", "-out", "reply"]
            openssl(authority, *command)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"nonsense" if self.path == "/broken" else (authority / "reply").read_bytes())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_stamp_of_a_checkpoint_verifies_with_openssl(
    ledger: Bench, authority: Path, url: str, tmp_path: Path
) -> None:
    log = TransparencyLog(ledger.store, ledger.keyring, tsa_url=url)
    ledger.record(3)
    head = log.checkpoint(ledger.clock())
    assert log.stamp(ledger.clock()) == 1
    (token,) = log.tokens(3)
    (tmp_path / "note").write_text(str(head.note))
    (tmp_path / "note.tsr").write_bytes(token.response)
    ca = str(authority / "ca.pem")
    said = openssl(tmp_path, "ts", "-verify", "-data", "note", "-in", "note.tsr", "-CAfile", ca)
    assert b"OK" in said and token.expires_at - token.stamped_at < 366 * 86_400 * 10**6


def test_the_package_verifier_checks_stamps_and_stamps_of_stamps(authority: Path, url: str) -> None:
    from ledger.evidence import verify

    first = request_stamp(url, b"note").response
    second = request_stamp(url, first).response
    verdicts = []
    for name, data, token in (("x.tsr", b"note", first), ("x.tsr.tsr", first, second), ("x.tsr", b"other", first)):
        said = verify.openssl("ts -verify -data data -in token -CAfile ca", data=data, token=token,
                              ca=(authority / "ca.pem").read_bytes())  # fmt: skip
        verdicts.append((name, "Verification: OK" in said))
    assert verdicts == [("x.tsr", True), ("x.tsr.tsr", True), ("x.tsr", False)]


def test_an_authority_that_is_away_or_answers_nonsense_is_no_stamp(url: str) -> None:
    for address in ("http://127.0.0.1:9/", f"{url}/broken", "no address"):
        with pytest.raises(StampFailed):
            request_stamp(address, b"note", timeout=2)
    with pytest.raises(StampFailed):
        read_stamp(b"")
