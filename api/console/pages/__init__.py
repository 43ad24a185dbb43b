"""The pages of the console, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable

from api.console.pages.access import access
from api.console.pages.acts import acts
from api.console.pages.contract import contract
from api.console.pages.dispute import dispute
from api.console.pages.evidence import evidence
from api.console.pages.explain import explain
from api.console.pages.facts import facts
from api.console.pages.home import home
from api.console.pages.importing import importing
from api.console.pages.jobs import jobs
from api.console.pages.log import log
from api.console.pages.readings import readings
from api.console.pages.record import record
from api.console.pages.sessions import sessions
from api.console.pages.sign_in import sign_in
from api.console.pages.start import start
from api.console.pages.static import static
from api.console.pages.text import text
from api.console.pages.time import time
from api.console.routes import Pages

PAGES: tuple[Callable[[Pages], None], ...] = (
    static, sign_in, sessions, home, contract, text, explain, time,
    facts, acts, record, importing, jobs, dispute, evidence, readings, log, access, start,
)  # fmt: skip
