"""Somebody before the console: a page of a browser, signed in, and what the browser complained about meanwhile."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.api.server import Served
from tests.story import CONTRACT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AT = f"/contract/{CONTRACT}"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TALL = {"width": 1280, "height": 2400 if os.environ.get("LVYUE_PICTURES") else 600}  # drawn by the processor

# Every page by what its picture is called, for a party; then those for the operator.
PAGES = {
    "home": "/", "contract": AT, "contract-then": f"{AT}?as_of=2026-03-01", "text": f"{AT}/text", "time": f"{AT}/time",
    "explain": f"{AT}/explain?path=termination.allowed", "facts": f"{AT}/facts", "facts-found": f"{AT}/facts?q=inc-4",
    "fact": f"{AT}/facts/21", "record": f"{AT}/record", "record-form": f"{AT}/record?fact_type=InvoiceIssued",
    "correct": f"{AT}/facts/5/correct", "contest": f"{AT}/facts/39/contest", "import": f"{AT}/import",
    "dispute": f"{AT}/dispute?fact=43", "evidence": f"{AT}/evidence?about=D-1&look=preview",
    "amendment": f"{AT}/record?fact_type=AmendmentAgreed", "terms": "/start/terms",
    "readings": f"{AT}/readings", "log": "/log", "verify": "/verify", "sessions": "/sessions",
}  # fmt: skip
AGAIN = ("contract-then", "facts", "contest")  # of the same template as another: not held against the rules again
OPERATORS = {"access": "/access", "start": "/start"}
NOT_THERE, NOT_YOURS = f"{AT}/no-such-page", "/contract/OTHER-1"

# Two thirds of axe's time go into contrast: of texts that look the same on the same grounds it is held against one.
ALIKE = """() => {
  const grounds = new Map([[null, ""]]), seen = new Set();
  const on = (one) => {
    if (!grounds.has(one)) {
      const s = getComputedStyle(one), lies = [s.position, s.float, s.overflow, s.transform, s.display].join();
      const drawn = [s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode, s.clipPath, lies];
      grounds.set(one, on(one.parentElement) + ">" + drawn.join());
    }
    return grounds.get(one);
  };
  for (const one of document.body.querySelectorAll("*")) {
    const text = [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
    if (text.length < 2 || !one.checkVisibility({ visibilityProperty: true })) continue;
    const s = getComputedStyle(one), stands = one.closest("[disabled], [aria-disabled], label, svg, [inert]");
    const looks = [one.localName, s.color, s.fontSize, s.fontWeight, s.textShadow, s.webkitTextFillColor].join();
    const kind = [looks, on(one), stands?.outerHTML.split(">")[0]].join("|");
    if (seen.has(kind)) one.dataset.alike = "";
    seen.add(kind);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "*:not([data-alike])" }] });
}"""


class Visitor:
    """One context of a browser. ``complaints`` are console errors and warnings, and errors of scripts."""

    def __init__(self, browser: Browser, served: Served, **how: Any) -> None:
        self.served = served
        self.context = browser.new_context(**{"viewport": DESKTOP, **how})
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self, who: str, lang: str = "zh") -> Visitor:
        """Signed in as by the form, whose filling in the tests of the four days see to: Chromium 86 knows too little
        of what Playwright asks of a page for that."""
        form = self.context.request.get(f"{self.served.url}/sign-in?lang={lang}").text()
        token = re.search('name="form_token" value="([^"]+)"', form)
        assert token is not None
        given = {"key": self.served.keys[who], "form_token": token[1]}
        assert self.context.request.post(f"{self.served.url}/sign-in", form=given).ok
        return self

    def sign_in_by_form(self, who: str) -> Page:
        """Signed in as a person does it; the page."""
        self.go("/sign-in")
        self.page.fill("#key", self.served.keys[who])
        self.page.locator("main button").click()
        return self.page

    def go(self, address: str) -> int:
        """Open a page of the console; the status of the answer."""
        answer = self.page.goto(self.served.url + address)
        assert answer is not None
        return answer.status

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.1 A and AA, a line each: the rule, the first element."""
        from axe_playwright_python.sync_playwright import Axe

        self.page.evaluate(Axe().axe_script)
        self.page.evaluate(ALIKE)
        found = self.page.evaluate("how => axe.run(how)", {"runOnly": RULES, "resultTypes": ["violations"]})
        return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]

    def too_wide(self) -> int:
        """By how many pixels the page is wider than the window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return max(0, width)

    def picture(self, name: str) -> None:
        """A picture of the whole page, kept where LVYUE_PICTURES says."""
        folder = os.environ.get("LVYUE_PICTURES")
        if folder:
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def close(self) -> None:
        self.context.close()
