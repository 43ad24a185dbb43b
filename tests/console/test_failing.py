"""A store that fails while pages are served: it stops loudly, on a page that says what became of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.api.test_two_servers import until
from tests.console.served import console
from tests.console.visitor import AT


def main_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])


def test_a_ledger_file_replaced_by_an_older_copy_is_neither_read_nor_written_nor_taken_for_a_session_over(
    told: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    with console(tmp_path, *told) as served, served.client(follow_redirects=True) as officer:
        officer.headers["Accept"] = "text/html"
        form = officer.get("/sign-in").text
        token = re.search('name="form_token" value="([^"]+)"', form)
        assert token is not None
        officer.post("/sign-in", data={"key": served.keys["bureau"], "form_token": token[1]}).raise_for_status()
        page = officer.get(f"{AT}/record?fact_type=InvoiceIssued").text
        typed = dict(re.findall('<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        typed |= {"do": "record", "on": "2026-11-26", "data.invoice": "INV-9", "data.instalment": "2",
                  "data.amount": "100.00", "data.tax_rate": "6%"}  # fmt: skip

        file = tmp_path / "story.db"
        file.rename(tmp_path / "away.db")
        shutil.copyfile(told[0] / "story.db", file)
        for answer in (
            officer.get(f"{AT}?as_of=2026-08-01"), officer.get("/"),
            officer.post(f"{AT}/record?fact_type=InvoiceIssued", data=typed),
        ):  # fmt: skip
            said = main_of(answer.text)
            assert answer.status_code == 500 and "换成了另一个文件" in said and "请报编号" in said, said
            assert str(tmp_path) not in said and "Traceback" not in answer.text
        assert "没有登记任何内容" in said
        until(lambda: any('"alarm"' in line and "STORE_REPLACED" in line for line in served.printed))
