"""The console's foundation over real HTTP: signing in and out, forms, languages, refusals as pages, static files."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.console import assets
from api.console.sessions import form_token
from api.console.tables import LedgerTable, RowGroup, TableColumn, TableRow, shortened
from ledger.messages import CATALOGUE
from tests.api.server import Served, serving

CONSOLE = Path(assets.__file__).parents[1]
HTML = {"Accept": "text/html"}
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@pytest.fixture
def visitor(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, headers=HTML, timeout=30, trust_env=False, verify=False) as client:
        yield client


def signed_in(client: httpx.Client, served: Served, who: str = "bureau", to: str = "") -> httpx.Response:
    """Sign in as a browser does: read the form, send it with its token."""
    where = f"/sign-in?to={to}" if to else "/sign-in"
    token = TOKEN.search(client.get(where).text)
    assert token is not None
    return client.post(where, data={"key": served.keys[who], "form_token": token[1]})


def test_who_is_not_signed_in_is_sent_to_sign_in_and_from_there_back(served: Served, visitor: httpx.Client) -> None:
    sent = visitor.get("/?lang=en")
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?to=/%3Flang%3Den")

    answer = signed_in(visitor, served, to="/%3Flang%3Den")

    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=en")
    assert visitor.get("/").status_code == 200
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("lvyue="))
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))


def test_behind_a_trusted_proxy_that_ends_tls_the_cookie_is_secure_and_of_this_host(tmp_path: Path) -> None:
    with serving(tmp_path, "--proxy-headers", "127.0.0.1") as served, served.client(None) as client:
        client.headers.update({"Accept": "text/html", "X-Forwarded-Proto": "https"})
        token = TOKEN.search(client.get("/sign-in").text)
        assert token is not None
        visitor = client.cookies.get("__Host-lvyue") or ""
        answer = client.post("/sign-in", data={"key": served.keys["bureau"], "form_token": token[1]},
                             headers={"Cookie": f"__Host-lvyue={visitor}"})  # fmt: skip
        cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("__Host-lvyue="))
        assert answer.status_code == 303 and {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))


def test_a_wrong_key_leaves_one_on_the_form_with_the_fault_beside_the_field(visitor: httpx.Client) -> None:
    token = TOKEN.search(visitor.get("/sign-in").text)
    assert token is not None
    answer = visitor.post("/sign-in", data={"key": "lvy_nonsense", "form_token": token[1]})

    assert answer.status_code == 401 and 'aria-invalid="true"' in answer.text
    assert visitor.get("/").status_code == 303


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_signing_in_leads_to_no_other_host(served: Served, visitor: httpx.Client, to: str) -> None:
    token = TOKEN.search(visitor.get("/sign-in").text)
    assert token is not None
    answer = visitor.post("/sign-in", params={"to": to}, data={"key": served.keys["bureau"], "form_token": token[1]})
    assert answer.headers["location"] == "/"


def test_a_form_without_its_token_changes_nothing(served: Served, visitor: httpx.Client) -> None:
    signed_in(visitor, served)
    refused = visitor.post("/sign-out", data={"form_token": "another"})

    assert refused.status_code == 403 and CATALOGUE["FORM_TOKEN"][0] in refused.text
    assert visitor.get("/").status_code == 200


def test_a_form_that_another_site_sends_signs_nobody_in(served: Served) -> None:
    """It comes without a cookie, which is strict, and so without a token that could be right."""
    with served.client(None) as elsewhere:
        sent = elsewhere.post("/sign-in", data={"key": served.keys["bureau"], "form_token": form_token("")})
    assert sent.status_code == 403 and "set-cookie" not in sent.headers


def test_sessions_are_listed_and_each_can_be_ended_here_or_by_signing_out(served: Served) -> None:
    with served.client(None, follow_redirects=False) as one, served.client(None) as two:
        one.headers["accept"] = two.headers["accept"] = "text/html"
        signed_in(one, served, "builder")
        signed_in(two, served, "builder")
        page = one.get("/sessions").text
        open_ = re.findall(r'name="session" value="([^"]+)"', page)
        assert len(open_) == 2
        token = TOKEN.search(page)
        assert token is not None
        one.post("/sessions", data={"session": open_[0], "form_token": token[1]})  # the latest first: the other one
        assert two.get("/").status_code == 303 and one.get("/").status_code == 200

        one.post("/sign-out", data={"form_token": token[1]})
        assert one.get("/").status_code == 303


def test_a_revoked_key_ends_the_sessions_that_began_with_it(served: Served, visitor: httpx.Client) -> None:
    with served.client("operator") as operator:
        made = operator.post("/api/v1/access/principals/watch/keys", json={}).json()
        token = TOKEN.search(visitor.get("/sign-in").text)
        assert token is not None
        visitor.post("/sign-in", data={"key": made["key"], "form_token": token[1]})
        assert visitor.get("/sessions").status_code == 200
        operator.delete(f"/api/v1/access/keys/{made['id']}")
    deadline = 30
    while visitor.get("/sessions").status_code == 200 and deadline:  # within the second a session is remembered
        deadline -= 1
        visitor.get("/sign-in")
        time.sleep(0.1)
    assert visitor.get("/sessions").status_code == 303


def test_the_session_opens_pages_and_not_the_api(served: Served, visitor: httpx.Client) -> None:
    signed_in(visitor, served)
    assert visitor.get("/api/v1/me").status_code == 401


def test_chinese_unless_english_was_chosen_which_is_kept(served: Served, visitor: httpx.Client) -> None:
    signed_in(visitor, served)
    assert '<html lang="zh-CN">' in visitor.get("/", headers={"Accept-Language": "en"}).text
    assert '<html lang="en">' in visitor.get("/?lang=en").text
    assert '<html lang="en">' in visitor.get("/").text
    assert 'class="large"' in visitor.get("/?type=large&lang=zh").text
    assert 'class="large"' in visitor.get("/").text


def test_refusals_are_pages_to_browsers_and_problems_to_programs(served: Served, visitor: httpx.Client) -> None:
    signed_in(visitor, served)
    page = visitor.get("/no/such/page")
    assert page.status_code == 404 and CATALOGUE["console.refused.not-found"][0] in page.text
    with served.client("bureau") as program:
        assert program.get("/no/such/page").headers["content-type"] == "application/problem+json"


def test_pages_come_under_a_policy_that_lets_nothing_of_others_in(served: Served, visitor: httpx.Client) -> None:
    signed_in(visitor, served)
    page = visitor.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and page.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?! type=\"module\" src=)|\sstyle=|\son[a-z]+=", page.text)
    for address in re.findall(r'(?:href|src)="(/console/[^"]+)"', page.text):
        asset = visitor.get(address)
        assert asset.status_code == 200 and "immutable" in asset.headers["cache-control"]


def test_every_sentence_of_the_console_is_there_and_none_is_unused() -> None:
    files = [*CONSOLE.rglob("*.py"), *CONSOLE.rglob("*.html")]
    text = "\n".join(file.read_text("utf-8") for file in files)
    asked = set(re.findall(r"""(?:say|plain)\(\s*["']([a-z][^"'{}]*)["']\s*[,)]""", text))
    assert {one for one in asked if not {one, f"console.{one}"} & CATALOGUE.keys()} == set()
    known = {code.removeprefix("console.") for code in CATALOGUE if code.startswith("console.")}
    families = set(re.findall(r"""["']([a-z][a-z.-]*[.-])["'] ~|f["']([a-z][a-z.-]*[.-])\{""", text))
    starts = tuple(one or other for one, other in families)
    literal = set(re.findall(r"""["']([a-z][\w.?/\[\]-]*)["']""", text))
    assert {one for one in known if not {one, f"console.{one}"} & literal and not one.startswith(starts)} == set()


def test_a_long_table_shows_its_first_rows_and_says_how_many_are_left() -> None:
    rows = [TableRow([str(number)]) for number in range(70)]
    whole = LedgerTable("", [TableColumn("n")], [RowGroup("", rows), RowGroup("few", rows[:3])])

    shown = shortened(whole, whole=False)

    assert [len(group.lines) for group in shown.groups] == [60, 3] and shown.left == 10
    assert shortened(whole, whole=True) == whole


def test_style_sheet_and_script_use_nothing_that_chromium_86_does_not_know() -> None:
    style = (CONSOLE / "assets" / "console.css").read_text("utf-8")
    unknown = re.compile(
        r":has\(|:is\(|:where\(|@layer|@container|oklch|\binset\b|(margin|padding)-(inline|block)|&\s*[.:>]"
    )
    assert not unknown.search(re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
