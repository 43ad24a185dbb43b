"""Tables on their way out: what the ledger lists, as CSV, xlsx or Parquet.

    tables = facts_tables(ledger.register_of(contract, question), "xlsx", "zh")
    content = written(tables, "xlsx")          # bytes; FORMS["xlsx"] is their media type

:mod:`ledger.exporters.facts` makes tables of facts, which import again as the same facts;
:mod:`ledger.exporters.sections` of a section of the answer and of the portfolio; :func:`table_of` of any list.
"""

from __future__ import annotations

from ledger.exporters.facts import facts_tables
from ledger.exporters.sections import portfolio_table, section_table
from ledger.exporters.tables import FORMS, Form, ListTable, by_change, table_of
from ledger.exporters.writing import written

__all__ = [
    "FORMS", "Form", "ListTable", "by_change", "facts_tables", "portfolio_table", "section_table", "table_of",
    "written",
]  # fmt: skip
