"""One request of a browser as a page's endpoint sees it: the user, the question, the form, and how to answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hmac import compare_digest
from json import loads
from typing import Any
from urllib.parse import parse_qsl, urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from api.components import Components
from api.console import forms, moment, navigation
from api.console.fact_register import FactRegister
from api.console.forms import Form
from api.console.long_pages import LongPages
from api.console.parameters import ON_EVERY_PAGE
from api.console.preferences import Preferences, kept_preferences, preferences, session_cookie
from api.console.provider import Provider
from api.console.rendering import render
from api.console.sessions import Session, Sessions, form_token
from api.console.words import PageWords
from api.parameters import Parameter, question, read_query
from api.permissions import Permissions
from api.refusals import Refusals
from api.request_context import RequestContext
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc
from ledger.messages import Language
from ledger.service import Question
from ledger.store.encoding import encode

HTML = "text/html"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; connect-src 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(slots=True)
class Console:
    """What the pages of one server share; ``addresses`` are their paths by name.

    ``kept_forms`` are the paths of forms in which what was typed is kept when they could not be taken.
    """

    components: Components
    sessions: Sessions
    refusals: Refusals
    provider: Provider | None = None
    addresses: dict[str, str] = field(default_factory=dict)
    open_paths: set[tuple[str, str]] = field(default_factory=set)
    kept_forms: list[re.Pattern[str]] = field(default_factory=list)
    long_pages: LongPages = field(default_factory=LongPages)
    register: FactRegister = field(init=False)

    def __post_init__(self) -> None:
        self.register = FactRegister(self.components)


class PageContext(RequestContext):
    """A browser's request that passed the gateway, and how to answer it.

    Empty fields of an address count as left out, since a form sends them all.
    """

    __slots__ = ("__dict__", "console", "files_kept", "preferences")

    def __init__(self, request: Request, body: bytes, console: Console, known: Mapping[str, Parameter]) -> None:
        self.request = request
        self.headers = request.headers
        self.body = body
        self.console = console
        self.files_kept = False  # were the files of this form kept, so that they need not be chosen again?
        self.preferences: Preferences = preferences(request.scope)
        raw: bytes = request.scope["query_string"]
        filled = urlencode([pair for pair in parse_qsl(raw.decode("latin-1")) if pair[1].strip()])
        self.query = read_query(filled.encode(), {**ON_EVERY_PAGE, **known})

    def refused_form(self) -> Refusal | None:
        """Why the form of a POST is not taken: the session is over, or it does not carry the token of its cookie."""
        over: Refusal | None = self.request.scope.get("lvyue.refused")
        if over is None and self.request.method == "POST" and not self._sent_by_our_page():
            return Refusal("FORM_TOKEN", forms.TOKEN)
        return over

    def _sent_by_our_page(self) -> bool:
        """Does the form carry the token of the cookie that came with it?

        Without a cookie it may come from anywhere, unless a key came with it, which no browser adds by itself.
        """
        cookie = self.request.cookies.get(session_cookie(self.request.scope), "")
        known = bool(cookie) or "authorization" in self.headers
        return known and compare_digest(self.form.one(forms.TOKEN).encode(), self.form_token.encode())

    # --- who -------------------------------------------------------------------------------------

    @property
    def components(self) -> Components:
        return self.console.components

    @property
    def lang(self) -> Language:
        return self.preferences.lang

    @property
    def session(self) -> Session | None:
        """The session; None before signing in, and where a key came with the request itself."""
        found: Session | None = self.request.scope.get("lvyue.session")
        return found

    @property
    def signed_in(self) -> Permissions | None:
        """The user; None on a page that is open to everybody."""
        found: Permissions | None = self.request.scope.get("lvyue.permissions")
        return found

    @property
    def form_token(self) -> str:
        """The token in every form of this browser."""
        return form_token(self.request.cookies.get(session_cookie(self.request.scope), ""))

    def may(self, action: str, contract: str) -> str:
        """The caller's role on an existing contract. Refusal CONTRACT_NOT_YOURS, ROLE_MAY_NOT, CONTRACT_UNKNOWN."""
        role = self.permissions.may(action, contract)
        self.components.known(contract)
        return role

    # --- what is asked ---------------------------------------------------------------------------

    @cached_property
    def form(self) -> Form:
        return forms.read_page_form(self)

    def _left_behind(self, status: int) -> list[str]:
        """The names of files chosen in this form that was not done, which have to be chosen again."""
        if self.request.method != "POST":
            return []
        undone = self.form.is_shown_only or status == 422
        lost = self.form.files if undone and not self.files_kept else ()
        return list(dict.fromkeys([*self.form.all(forms.LEFT), *(one.name for one in lost)]))

    @property
    def question(self) -> Question:
        known = ("as_of", "known_at", "as_seen_by", "reading")
        return question({name: values for name, values in self.query.items() if name in known})

    @cached_property
    def carried(self) -> list[tuple[str, str]]:
        """The question as it stands in the address, for links to other views of the same contract."""
        raw: bytes = self.request.scope["query_string"]
        known = ("as_of", "known_at", "as_seen_by", "reading")
        return [(name, value.strip()) for name, value in parse_qsl(raw.decode("latin-1"))
                if name in known and value.strip()]  # fmt: skip

    # --- answering -------------------------------------------------------------------------------

    def words(self, contract: str | None = None) -> PageWords:
        """The words of this page, in its language, about a contract."""
        return PageWords(self.lang, self.console.addresses, contract, self.carried if contract else [])

    def render(self, template: str, contract: str | None = None, **values: Any) -> Markup:
        """The text of a template, with the words of the page."""
        asked = self._asked_for(contract) if contract is not None and self.carried else ""
        now = self.address(as_of="", known_at="", as_seen_by="", reading="")
        return render(template, self.words(contract), form_token=self.form_token, asked_for=asked, as_now=now, **values)

    def _asked_for(self, contract: str) -> Markup:
        """What the question names, in words."""
        words, asked = self.words(contract), self.question
        said = []
        if asked.as_of is not None:
            said.append(words.say("asked.as-of", day=words.day(asked.as_of.isoformat())))
        if asked.known_at is not None:
            said.append(words.say("moment.known", moment=words.moment(format_utc(asked.known_at))))
        if asked.as_seen_by is not None:
            said.append(words.say("asked.as-seen-by", role=words.label("role", asked.as_seen_by)))
        for name, option in sorted(asked.readings.items()):
            option_said = words.label("reading", f"{name}={option}")
            said.append(words.say("moment.read", reading=words.label("reading", name), option=option_said))
        return words.listed(said)

    def page(
        self, title: str, body: Markup, *, here: str = "", contract: str | None = None, status: int = 200,
        foot: Markup | str = "", again: int = 0, filled: str = "", enter: str = "", at: str = "",
    ) -> Response:  # fmt: skip
        """The whole page; ``here`` is its name among the links at the top, ``foot`` what it rests on.

        ``filled`` is the method of its form of id ``filled``, which is sent along where language or type are changed,
        and to ``at`` where that is not this page's address. ``enter`` (``do=preview``) is what pressing Enter in a
        field of it sends: a browser takes the form's first button, and those of language and type stand above it.
        ``again`` are the seconds after which it asks anew by itself what stands in its element ``data-again``.
        """
        words = self.words(contract)
        shown = render(
            "layout.html", words, title=title, body=body, here=here, contract=contract, foot=foot,
            large=self.preferences.large, again=again, form_token=self.form_token, address=self.address(),
            filled=filled, enter=enter.partition("="), left_behind=self._left_behind(status),
            other_lang=changed(at or self.address(), lang="zh" if self.lang == "en" else "en"),
            other_type=changed(at or self.address(), type="normal" if self.preferences.large else "large"),
            **navigation.links(self, words, here, contract),
        )  # fmt: skip
        headers = {"Content-Security-Policy": POLICY, "Content-Language": self.lang}
        return self.send(str(shown).encode(), f"{HTML}; charset=utf-8", status=status, headers=headers)

    def remembered(self, contract: str, what: str, make: Callable[[], Markup]) -> Markup:
        """The result of ``make``, cached for this question as long as nothing it rests on has changed."""
        kind = f"page {what} {self.lang} {self.permissions.principal.role(contract)}"
        made = self.components.responses.recall(
            contract, kind, self.question, lambda: (str(make()).encode(), None)
        )
        return Markup(made[0].decode())

    def reckoned(self, contract: str) -> dict[str, Any]:
        """How each due day was worked out, by obligation; cached, since it takes a sweep."""
        ledger, asked = self.components.ledger, self.question

        def make() -> tuple[bytes, None]:
            return encode(ledger.reckoned(contract, asked)), None

        found: dict[str, Any] = loads(self.components.responses.recall(contract, "reckoned", asked, make)[0])
        return found

    def moment(self, contract: str) -> Markup:
        """The line of time and the form for the question, which stand above every view of a contract."""
        return moment.moment(self, contract)

    def redirect(self, to: str, cookies: Sequence[str] = ()) -> Response:
        """See other (303): after something was done, or where the page is elsewhere."""
        response = Response(None, 303, {"Location": to, "Cache-Control": "no-store"})
        for cookie in cookies:
            response.headers.append("Set-Cookie", cookie)
        return response

    def kept(self, response: Response) -> Response:
        """The answer, with the cookies that store what the address chose."""
        for cookie in kept_preferences(self.request.scope, self.preferences):
            response.headers.append("Set-Cookie", cookie)
        return response

    def address(self, *, without: tuple[str, str] | None = None, **changed: str) -> str:
        """This page's address, with some of its query changed ("" takes it away), or one pair of it left out."""
        raw: bytes = self.request.scope["query_string"]
        pairs = [pair for pair in parse_qsl(raw.decode("latin-1"))
                 if pair[0] not in ("lang", "type", *changed) and pair != without]  # fmt: skip
        query = urlencode([(name, value) for name, value in (*pairs, *changed.items()) if value])
        return self.request.url.path + (f"?{query}" if query else "")


def changed(address: str, **asked: str) -> str:
    """An address that asks something more."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
