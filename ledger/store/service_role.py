"""The rights of a server's account in PostgreSQL: to read, to add, and to change what is no fact.

The account that owns the tables makes and migrates them (``lvyue migrate``); the one that serves owns nothing. It
cannot UPDATE, DELETE or TRUNCATE a fact, nor drop or disable the triggers that prevent this for other accounts.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.domain.errors import Refusal
from ledger.store.database import Transaction

CHANGED = ("heads", "records", "answers")  # moved forward, replaced; what of them is kept triggers keep
REMOVED = ("records", "answers", "alerts")
DERIVED = (
    "portfolio", "portfolio_generations", "portfolio_lines", "portfolio_names", "portfolio_feeds",
    "portfolio_registers", "portfolio_values",
)  # fmt: skip
_ROLE = "SELECT rolname, rolsuper FROM pg_roles WHERE rolname = ?"
_TABLES = "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"


def let_serve(transaction: Transaction, role: str) -> None:
    """Grant an account what a server needs, and revoke every other right on these tables.

    Refusal SERVICE_ROLE where there is no such account, or where it has more rights all the same: it is a superuser, or
    owns a table.
    """
    found = transaction.query(_ROLE, (role,))
    tables = transaction.query(_TABLES)
    if not found or found[0][1] or any(owner == role for _, owner in tables):
        raise Refusal("SERVICE_ROLE", "service", role=role)
    schema = _quoted(transaction.query("SELECT current_schema()")[0][0])
    for statement in _statements(_quoted(role), schema, [name for name, _ in tables]):
        transaction.execute(statement)


def _statements(role: str, schema: str, tables: list[str]) -> Iterator[str]:
    listed = ", ".join(map(_quoted, tables))
    yield f"REVOKE ALL ON {listed} FROM PUBLIC, {role}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {role}"
    yield f"GRANT SELECT ON {listed} TO {role}"
    yield f"GRANT INSERT ON {', '.join(_quoted(one) for one in tables if one != 'lvyue_ledger')} TO {role}"
    yield f"GRANT UPDATE ON {', '.join((*CHANGED, *DERIVED))} TO {role}"
    yield f"GRANT DELETE ON {', '.join((*REMOVED, *DERIVED))} TO {role}"


def _quoted(name: str) -> str:
    """An identifier in double quotes, as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
