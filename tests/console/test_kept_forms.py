"""What was typed is there after a new sign-in and in another language, and nothing of it is done by that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest
from starlette.routing import compile_path

from api.console.kept_forms import OF_A_FIELD, OF_THE_SIGN_IN, PREFIX, kept_at
from api.settings import Settings
from tests.api.server import Served
from tests.console.served import console
from tests.console.visitor import AT, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Whoever is not signed in has ten thousand requests before having to wait, and not 20: these tests have many strangers.
UNHURRIED = """
from api.settings import Settings
Settings.__init__.__defaults__ = tuple(1e4 if one == 20.0 else one for one in Settings.__init__.__defaults__)
"""
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


@pytest.fixture(scope="module")
def served(told: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with console(tmp_path_factory.mktemp("console"), *told, first=UNHURRIED) as server:
        yield server


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
    assert fields["typed.left-behind"] == "a.pdf"
    wrong = person.post("/sign-in", params={"to": RECORD}, data={**fields, "key": "lvy_wrong"})
    assert wrong.status_code == 401 and hidden(wrong)["typed.data.invoice"] == name

    back = person.post("/sign-in", params={"to": RECORD}, data={**hidden(wrong), "key": served.keys["bureau"]})

    fields = hidden(back)
    assert back.status_code == 200 and f'action="{RECORD}"' in back.text and fields["data.invoice"] == name
    assert "do" not in fields and fields["form_token"] != token and back.text.count('method="post"') == 1
    assert re.findall(r'name="do" value="([^"]+)"', back.text)[-1] == "show" and not recorded(served, name)
    assert "这些文件没有保留，请重新选择：a.pdf" in back.text
    shown = person.post(RECORD, data={**fields, "do": "show"})
    assert shown.status_code == 200 and f'value="{name}"' in shown.text and not recorded(served, name)
    assert "这些文件没有保留，请重新选择：a.pdf" in shown.text and "aria-invalid" not in shown.text
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

    assert page.status_code == 200 and hidden(page)["data.invoice"] == "FP-TAB" and f'action="{RECORD}"' in page.text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_given_a_form_of_another_site_when_it_is_sent_without_a_session_then_nothing_is_kept_or_recorded(
    served: Served, person: httpx.Client, site: str
) -> None:
    answer = person.post(RECORD, data=typed("FP-CROSS"), headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 401 and "FP-CROSS" not in answer.text and not recorded(served, "FP-CROSS")


def test_only_addresses_of_forms_are_kept_however_a_browser_would_read_them() -> None:
    forms = [compile_path(f"/contract/{{contract}}/{rest}")[0] for rest in ("record", "facts/{fact}/{act}")]
    assert kept_at(forms, f"{AT}/record?fact_type=A") and kept_at(forms, f"{AT}/facts/21/correct")
    hostile = ["/sign-out", f"{AT}/evidence", f"{AT}/facts/a/..\\..\\..\\..\\access",
               f"{AT}/facts/21/%2e%2e", f"{AT}/facts/../record", f"{AT}/record/", "/record"]  # fmt: skip
    assert [kept_at(forms, one) for one in hostile] == [False] * len(hostile)


@pytest.mark.parametrize("to", ["https://elsewhere.example/contract/x/record", "//elsewhere.example/contract/x/record",
                                "/readings"])  # fmt: skip
def test_given_an_address_that_is_no_form_when_signed_in_then_nothing_typed_is_sent_there(
    served: Served, person: httpx.Client, to: str
) -> None:
    token = hidden(person.get("/sign-in"))["form_token"]
    given = {"key": served.keys["bureau"], "form_token": token, "typed.on": "2026-11-25", "typed.do": "record"}
    answer = person.post("/sign-in?to=" + quote(to, safe=""), data=given)
    there = to if to == "/readings" else "/"
    assert (answer.status_code, answer.headers["location"], answer.text) == (303, there, "")


def test_of_every_form_what_was_typed_comes_back_to_its_page_and_nothing_is_done_by_that(served: Served) -> None:
    drafts = re.sub(r"[?#].*", "", _drafted(served))
    forms = {  # the address of each, what is typed, and what of it stands in its page again
        "operator": {"/access": ({"name": "new-officer", "role": "party_b", "days": "31"}, "new-officer"),
                     "/log": ({}, ""), "/sessions": ({"session": "0" * 12}, ""), "/verify": ({}, "")},
        "bureau": {"/start/terms": ({"data.terms.contract.id": "NEW-2"}, "NEW-2"),
                   "/start": ({"terms": "[contract]\nid = 'NEW-1'"}, "NEW-1"), f"{AT}/evidence?about=D-1": ({}, "D-1"),
                   f"{AT}/facts/21": ({}, ""), f"{AT}/facts/43/contest": ({"reason": "不是我方原因"}, "不是我方原因"),
                   f"{AT}/import": ({"pasted": "一行\t两行", "kind": "table"}, "一行\t两行"), drafts: ({}, "")},
    }  # fmt: skip
    for who, posts in forms.items():
        with served.client(None) as person:
            person.headers["accept"] = "text/html"
            sign_in(person, served, who)
            for address, (given, again) in posts.items():
                sent = {**given, "do": "anything", "form_token": "of an earlier session"}
                kept = person.post(address, data=sent, files={"file": ("附件.bin", b"x")})
                assert kept.status_code == 403 and "附件.bin" in kept.text, address
                shown = person.post(address, data={**hidden(kept), "do": "show"})
                main = unescape(shown.text[shown.text.index("<main") :] if shown.text else "")
                if address == "/log":
                    assert person.get("/trust.txt").status_code == 200  # which the page hands out to its reader
                told = shown.status_code == 200 and again in main and "附件.bin" in main
                assert told or (shown.status_code == 303 and not again), address
    with served.client("operator") as program:
        assert "new-officer" not in program.get("/access", headers={"accept": "text/html"}).text


def _drafted(served: Served) -> str:
    """The address of the drafts of a table with one invoice."""
    with served.client(None) as officer:
        officer.headers["accept"] = "text/html"
        sign_in(officer, served)
        pasted = "on\tdata.invoice\tdata.instalment\tdata.amount\tdata.tax_rate\n2026-11-25\tFP-D\t2\t100.00\t6%\n"
        given = {"kind": "table", "type": "InvoiceIssued", "pasted": pasted}
        token = hidden(officer.get(f"{AT}/import"))["form_token"]
        return officer.post(f"{AT}/import", data={**given, "form_token": token}).headers["location"]


def test_given_a_table_with_columns_of_its_own_when_they_are_ticked_then_the_rest_is_read(served: Served) -> None:
    pasted = "on\tdata.invoice\tdata.instalment\tdata.amount\t经办人\t税额\n2026-11-25\tFP-S\t2\t100.00\t某人\t6.00\n"
    with served.client(None) as officer:
        officer.headers["accept"] = "text/html"
        sign_in(officer, served)
        given: dict[str, object] = {"kind": "table", "type": "InvoiceIssued", "pasted": pasted}
        given["form_token"] = hidden(officer.get(f"{AT}/import"))["form_token"]
        refused = officer.post(f"{AT}/import", data=given)
        assert refused.status_code == 422
        assert re.findall('name="column" value="([^"]*)">', refused.text) == ["经办人", "税额"]
        refused = officer.post(f"{AT}/import", data={**given, "column": "经办人"})
        offered = re.findall('name="column" value="([^"]*)"( checked)?>', refused.text)
        assert offered == [("经办人", " checked"), ("税额", "")]
        for more in ({"column": ["经办人", "税额"]}, {"column": "经办人", "skip": "税额"}, {"skip": "经办人、税额"}):
            drafts = officer.post(f"{AT}/import", data={**given, **more})
            assert (drafts.status_code, "/import/" in drafts.headers["location"]) == (303, True)


def test_as_much_as_the_sign_in_takes_is_kept_and_of_one_byte_more_it_is_said_that_it_is_not(
    served: Served, person: httpx.Client
) -> None:
    most = Settings().body_limit - OF_THE_SIGN_IN - OF_A_FIELD - len("pasted")
    for size, kept in ((most, True), (most + 1, False)):
        asked = person.post(f"{AT}/import", data={"pasted": "x" * size, "do": "anything"})
        assert asked.status_code == 401 and (PREFIX + "pasted" in hidden(asked)) is kept
        assert ("没有随登录保留（最多 1024 KB）" in asked.text) is not kept
        parts = {name: (None, value) for name, value in hidden(asked).items()}
        given = {**parts, "key": (None, served.keys["bureau"])}
        back = person.post("/sign-in", params={"to": f"{AT}/import"}, files=given)
        assert back.status_code == (200 if kept else 303) and ("x" * 500_000 in back.text) is kept
        person.cookies.clear()


def switched(page: httpx.Response) -> tuple[str, str]:
    """Where the page's form is sent to be shown in the other language, and the value of ``do``."""
    found = re.search(r'<button class="link" form="filled" formaction="([^"]+lang=[^"]+)"[^>]*value="(\w+)"', page.text)
    assert found is not None
    return unescape(found[1]), found[2]


def test_in_the_other_language_what_was_typed_is_there_and_nothing_is_recorded(
    served: Served, person: httpx.Client
) -> None:
    sign_in(person, served)
    page = person.get(RECORD)
    to, do = switched(page)
    given = typed("FP-OTHER", form_token=hidden(page)["form_token"], do=do) | {"data.amount": "一百"}

    in_english = person.post(to, data=given, files={"documents": ("paper.pdf", b"%PDF-1.4 b", "application/pdf")})

    assert in_english.status_code == 200 and '<html lang="en"' in in_english.text
    assert 'value="FP-OTHER"' in in_english.text and 'value="一百"' in in_english.text
    assert "paper.pdf" in in_english.text and "aria-invalid" not in in_english.text
    assert '<html lang="en"' in person.get("/").text and not recorded(served, "FP-OTHER")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_in_a_browser_without_script_a_person_signs_in_and_comes_back_to_the_form(
    browser: Browser, served: Served, lang: str
) -> None:
    visitor = Visitor(browser, served, java_script_enabled=False).sign_in("bureau", lang)
    visitor.go(RECORD)
    page = visitor.page
    page.fill('[name="data.invoice"]', f"FP-SEEN-{lang}")
    page.get_by_role("button", name="English" if lang == "zh" else "中文", exact=True).click()
    page.get_by_role("button", name="中文" if lang == "zh" else "English", exact=True).click()
    visitor.context.clear_cookies(name="lvyue")
    page.locator('main .buttons button[value="record"]').click()
    visitor.picture(f"kept-sign-in-{lang}")
    page.get_by_role("button", name="English" if lang == "zh" else "中文", exact=True).click()
    page.get_by_role("button", name="中文" if lang == "zh" else "English", exact=True).click()
    page.fill("#key", served.keys["bureau"])
    page.locator("main button.main").click()
    visitor.picture(f"kept-typed-{lang}")
    page.locator('main button[name="do"]').click()
    assert page.locator('[name="data.invoice"]').input_value() == f"FP-SEEN-{lang}"
    assert not recorded(served, f"FP-SEEN-{lang}")
    visitor.close()


def test_the_choice_of_what_evidence_is_about_is_kept_in_the_other_language_and_each_page_on_the_way_is_accessible(
    browser: Browser, served: Served
) -> None:
    visitor = Visitor(browser, served).sign_in("bureau")
    visitor.go(f"{AT}/evidence")
    page = visitor.page
    page.fill("#others", "inc-4")
    page.get_by_role("button", name="English", exact=True).click()
    assert page.locator("#others").input_value() == "inc-4" and page.locator("html").get_attribute("lang") == "en"
    visitor.go(f"{AT}/import")
    page.fill("#pasted", "a\tb")
    visitor.context.clear_cookies(name="lvyue")
    page.locator("main button.main").click()
    assert visitor.violations() == []  # the sign-in that keeps what was typed
    page.fill("#key", served.keys["bureau"])
    page.locator("main button.main").click()
    assert visitor.violations() == []  # what was typed
    page.locator('main button[name="do"]').click()
    assert page.locator("#pasted").input_value() == "a\tb" and visitor.violations() == []
    visitor.close()
