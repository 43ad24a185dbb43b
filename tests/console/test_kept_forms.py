"""What was typed is there after a new sign-in, and nothing of it is recorded before it was previewed and confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest
from starlette.routing import compile_path

from api.console.kept_forms import preview_at
from tests.api.server import Served
from tests.console.visitor import AT, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RECORD = f"{AT}/record?fact_type=InvoiceIssued"
INPUT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def hidden(page: httpx.Response, within: str = "<main") -> dict[str, str]:
    """The hidden fields of the page's own form."""
    return {name: unescape(value) for name, value in INPUT.findall(page.text[page.text.index(within) :])}


def typed(name: str, **more: str) -> dict[str, str]:
    given = {"data.invoice": name, "data.instalment": "2", "data.amount": "100.00", "data.tax_rate": "6%"}
    return {"on": "2026-11-25", "once": "abc", **given, "do": "record", **more}


def sign_in(client: httpx.Client, served: Served, who: str = "bureau") -> None:
    given = {"key": served.keys[who], "form_token": hidden(client.get("/sign-in"))["form_token"]}
    assert client.post("/sign-in", data=given).status_code == 303


def recorded(served: Served, name: str) -> bool:
    with served.client("bureau") as program:
        program.headers["accept"] = "text/html"
        return "<tbody" in program.get(f"{AT}/facts", params={"q": name}).text


@pytest.fixture
def person(served: Served) -> Iterator[httpx.Client]:
    with served.client(None) as client:
        client.headers["accept"] = "text/html"
        yield client


def end_elsewhere(served: Served) -> None:
    """End every session of the bureau, from another browser."""
    with served.client(None) as other:
        other.headers["accept"] = "text/html"
        sign_in(other, served)
        page = other.get("/sessions")
        token = hidden(page)["form_token"]
        for one in reversed(re.findall(r'name="session" value="([^"]+)"', page.text)):  # its own comes last
            other.post("/sessions", data={"session": one, "form_token": token})


@pytest.mark.parametrize("cookie", ["of an ended session", "gone"])
def test_given_a_session_that_ended_while_typing_when_signed_in_again_then_the_values_are_previewed_and_recorded(
    served: Served, person: httpx.Client, cookie: str
) -> None:
    name = f"FP-KEPT-{len(cookie)}"
    sign_in(person, served)
    token = hidden(person.get(RECORD))["form_token"]
    if cookie == "gone":
        person.cookies.clear()
    else:
        end_elsewhere(served)

    asked = person.post(RECORD, data=typed(name, form_token=token), files={"documents": ("a.pdf", b"%PDF-1.4 a")})

    fields = hidden(asked)
    assert asked.status_code == 401 and fields["typed.data.invoice"] == name
    assert not {"typed.do", "typed.form_token", "typed.documents"} & fields.keys()
    wrong = person.post("/sign-in", params={"to": RECORD}, data={**fields, "key": "lvy_wrong"})
    assert wrong.status_code == 401 and hidden(wrong)["typed.data.invoice"] == name

    back = person.post("/sign-in", params={"to": RECORD}, data={**hidden(wrong), "key": served.keys["bureau"]})

    fields = hidden(back)
    assert back.status_code == 200 and f'action="{RECORD}"' in back.text and fields["data.invoice"] == name
    assert "do" not in fields and fields["form_token"] != token and back.text.count('method="post"') == 1
    assert re.findall(r'name="do" value="([^"]+)"', back.text) == ["preview"] and not recorded(served, name)
    shown = person.post(RECORD, data={**fields, "do": "preview"})
    assert shown.status_code == 200 and f'value="{name}"' in shown.text and not recorded(served, name)
    done = person.post(RECORD, data={**typed(name), "form_token": hidden(shown)["form_token"]})
    assert done.status_code == 303 and recorded(served, name)


def test_given_an_open_session_and_an_earlier_token_when_sent_then_a_page_says_so_and_keeps_what_was_typed(
    served: Served, person: httpx.Client
) -> None:
    sign_in(person, served)
    earlier = hidden(person.get(RECORD))["form_token"]
    person.cookies.clear()
    sign_in(person, served)

    page = person.post(RECORD, data=typed("FP-EARLIER", form_token=earlier))

    assert page.status_code == 403 and hidden(page)["data.invoice"] == "FP-EARLIER"
    assert hidden(page)["form_token"] != earlier and not recorded(served, "FP-EARLIER")


def test_given_the_sign_in_page_with_what_was_typed_when_signed_in_in_another_tab_then_it_still_leads_to_the_values(
    served: Served, person: httpx.Client
) -> None:
    asked = person.post(RECORD, data=typed("FP-TAB"))
    sign_in(person, served)

    page = person.post("/sign-in", params={"to": RECORD}, data={**hidden(asked), "key": served.keys["bureau"]})

    assert page.status_code == 403 and hidden(page)["data.invoice"] == "FP-TAB" and f'action="{RECORD}"' in page.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_given_a_form_of_another_site_when_it_is_sent_without_a_session_then_nothing_is_kept_or_recorded(
    served: Served, person: httpx.Client, site: str
) -> None:
    answer = person.post(RECORD, data=typed("FP-CROSS"), headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 401 and "FP-CROSS" not in answer.text and not recorded(served, "FP-CROSS")


def test_only_addresses_of_forms_with_a_preview_are_kept_however_a_browser_would_read_them() -> None:
    forms = {compile_path(f"/contract/{{contract}}/{rest}")[0]: "preview" for rest in ("record", "facts/{fact}/{act}")}
    assert preview_at(forms, f"{AT}/record?fact_type=A") == preview_at(forms, f"{AT}/facts/21/correct") == "preview"
    hostile = ["/access", "/sign-out", f"{AT}/evidence", f"{AT}/facts/a/..\\..\\..\\..\\access",
               f"{AT}/facts/21/%2e%2e", f"{AT}/facts/../record", f"{AT}/record/", "/record"]  # fmt: skip
    assert [preview_at(forms, one) for one in hostile] == [None] * len(hostile)


@pytest.mark.parametrize("to", ["https://elsewhere.example/contract/x/record", "//elsewhere.example/contract/x/record",
                                "/access"])  # fmt: skip
def test_given_an_address_that_is_no_form_with_a_preview_when_signed_in_then_nothing_typed_is_sent_there(
    served: Served, person: httpx.Client, to: str
) -> None:
    token = hidden(person.get("/sign-in"))["form_token"]
    given = {"key": served.keys["bureau"], "form_token": token, "typed.on": "2026-11-25", "typed.do": "record"}
    answer = person.post("/sign-in?to=" + quote(to, safe=""), data=given)
    there = to if to == "/access" else "/"
    assert (answer.status_code, answer.headers["location"], answer.text) == (303, there, "")


def test_what_is_typed_into_forms_without_a_preview_is_refused_as_before(person: httpx.Client) -> None:
    for address in ("/access", f"{AT}/evidence", f"{AT}/facts/21", "/log/audit"):
        answer = person.post(address, data={"name": "typed-name", "do": "grant"})
        assert answer.status_code == 401 and "typed-name" not in answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_in_a_browser_without_script_a_person_signs_in_and_comes_to_the_preview(
    browser: Browser, served: Served, lang: str
) -> None:
    visitor = Visitor(browser, served, java_script_enabled=False).sign_in("bureau", lang)
    visitor.go(RECORD)
    page = visitor.page
    page.fill('[name="data.invoice"]', f"FP-SEEN-{lang}")
    visitor.context.clear_cookies(name="lvyue")
    page.locator('main .buttons button[value="record"]').click()
    visitor.picture(f"kept-sign-in-{lang}")
    page.fill("#key", served.keys["bureau"])
    page.locator("main button").click()
    visitor.picture(f"kept-typed-{lang}")
    page.locator('main button[name="do"]').click()
    assert page.locator('[name="data.invoice"]').input_value() == f"FP-SEEN-{lang}"
    assert not recorded(served, f"FP-SEEN-{lang}")
    visitor.close()
