"""首页 Home: every contract one may see, in a sentence each."""

from __future__ import annotations

from starlette.responses import Response

from api.console.context import PageContext
from api.console.routes import Pages
from api.console.tables import TableColumn, TableRow, table


def home(pages: Pages) -> None:
    """``/``."""
    ledger = pages.console.components.ledger

    @pages.get("home", "/")
    def show_home(context: PageContext) -> Response:
        words = context.words()
        seen = [number for number in ledger.contracts() if context.permissions.sees(number)]
        lines = [TableRow([words.link("contract", ledger.terms(number)["contract"]["title"], contract=number),
                       words.ident(number)]) for number in seen]  # fmt: skip
        heads = [TableColumn(words.plain("home.contract")), TableColumn(words.plain("home.number"), id=True)]
        body = context.render("home.html", today=ledger.day().isoformat(), count=len(seen),
                              all=table(words.say("home.all"), heads, lines, empty=words.say("home.none")))  # fmt: skip
        return context.page(words.plain("nav.home"), body, here="home")
