"""Signing in to the console at an identity provider: one of our own, on loopback, that keeps to OpenID Connect."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from api.principals import Principals
from api.serve import open_ledger
from tests.api.server import Served, serving

KEY = ECKey.generate_key("P-256", {"kid": "one"})
CLIENT = "lvyue-console"
BACK = "https://console.example/sign-in/back"


class Bureau(BaseHTTPRequestHandler):
    """The provider: its metadata, and tokens for codes, which say that ``subject`` is there, and ``nonce``."""

    subject, nonce, asked = "u-1", "", dict[str, str]()

    def do_GET(self) -> None:
        at = f"http://127.0.0.1:{self.server.server_address[1]}"
        self._say({"issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        Bureau.asked = {key: values[0] for key, values in parse_qs(body).items()}
        claims = {"iss": f"http://127.0.0.1:{self.server.server_address[1]}", "aud": CLIENT, "sub": Bureau.subject,
                  "nonce": Bureau.nonce, "exp": int(time.time()) + 300}  # fmt: skip
        self._say({"id_token": jwt.encode({"alg": "ES256", "kid": "one"}, claims, KEY)})

    def _say(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bureau)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture(scope="module")
def provided(issuer: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that knows the provider, and of its people one, who is party A's officer."""
    folder: Path = tmp_path_factory.mktemp("provided")
    store, keys = f"sqlite:///{folder / 'lvyue.db'}", folder / "jwks.json"
    keys.write_text(json.dumps(KeySet([KEY]).as_dict(private=False)), "utf-8")
    ledger = open_ledger(store)
    Principals(ledger.store, ledger.clock).grant("officer", "party_a", by="test", subject=(issuer, "u-1"))
    ledger.store.close()
    named = {"ISSUER": issuer, "AUDIENCE": CLIENT, "JWKS": str(keys), "REDIRECT": BACK, "SECRET": "whispered"}
    first = f"import os; os.environ.update({ {f'LVYUE_OIDC_{name}': value for name, value in named.items()}!r})"
    with serving(folder, seeded=False, store=store, first=first, afresh=True) as server:
        yield server


def went(client: httpx.Client, to: str = "/sessions") -> dict[str, str]:
    """Go to the provider; what it was asked."""
    sent = client.get("/sign-in/provider", params={"to": to})
    assert sent.status_code == 303
    return {key: values[0] for key, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}


@pytest.fixture
def browser(provided: Served) -> Iterator[httpx.Client]:
    with provided.client(None) as client:
        client.headers["accept"] = "text/html"
        yield client


def test_who_comes_back_with_a_code_is_signed_in_and_goes_on_where_it_began(browser: httpx.Client) -> None:
    assert "/sign-in/provider" in browser.get("/sign-in").text
    asked = went(browser)
    assert (asked["redirect_uri"], asked["code_challenge_method"], asked["scope"]) == (BACK, "S256", "openid")
    Bureau.nonce = asked["nonce"]

    back = browser.get("/sign-in/back", params={"code": "c-1", "state": asked["state"]})

    assert back.status_code == 200 and back.headers["refresh"] == "0; url=/sessions"
    assert re.search("officer", browser.get("/sessions").text)
    assert Bureau.asked["client_secret"] == "whispered" and len(Bureau.asked["code_verifier"]) >= 43


@pytest.mark.parametrize("wrong", ["state", "nonce", "subject"])
def test_what_was_not_begun_here_or_is_nobody_here_signs_nobody_in(browser: httpx.Client, wrong: str) -> None:
    asked = went(browser)
    Bureau.nonce = "another" if wrong == "nonce" else asked["nonce"]
    Bureau.subject = "u-2" if wrong == "subject" else "u-1"
    state = "another" if wrong == "state" else asked["state"]
    try:
        assert browser.get("/sign-in/back", params={"code": "c-2", "state": state}).status_code == 401
    finally:
        Bureau.subject = "u-1"
    assert browser.get("/sessions").status_code == 303


def test_given_typed_text_and_a_session_that_ended_when_signed_in_in_another_window_then_it_is_there_to_go_on(
    provided: Served, browser: httpx.Client
) -> None:
    """The window that keeps what was typed stays open; the other one goes to the provider and back."""
    asked = browser.post("/start", data={"terms": "[contract]\nid = 'TYPED-1'", "do": "register"})
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', asked.text))
    assert asked.status_code == 401 and "TYPED-1" in fields["typed.terms"]
    other_window = re.search(r'href="(/sign-in/provider[^"]*)" target="_blank"', asked.text)
    assert other_window is not None
    too_early = browser.post("/sign-in?to=/start", data={**fields, "do": "go-on"})
    assert too_early.status_code == 401 and "还没有登录成功" in too_early.text and "TYPED-1" in too_early.text

    sent = browser.get(other_window[1])
    query = {key: values[0] for key, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}
    Bureau.nonce = query["nonce"]
    back = browser.get("/sign-in/back", params={"code": "c-3", "state": query["state"]})
    assert back.headers["refresh"] == "0; url=/sign-in/done" and "回到填写的窗口" in browser.get("/sign-in/done").text
    typed = browser.post("/sign-in?to=/start", data={**fields, "do": "go-on"})

    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', typed.text.partition("<main")[2]))
    assert typed.status_code == 200 and 'action="/start"' in typed.text and "TYPED-1" in fields["terms"]
    shown = browser.post("/start", data={**fields, "do": "show"})
    assert shown.status_code == 200 and "TYPED-1" in shown.text and "TYPED-1" not in browser.get("/").text
