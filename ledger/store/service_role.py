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
ALLOWED: dict[str, tuple[str, ...]] = {
    "UPDATE": (*CHANGED, *DERIVED), "DELETE": (*REMOVED, *DERIVED), "TRUNCATE": (), "REFERENCES": (), "TRIGGER": (),
}  # fmt: skip
_ROLE = "SELECT rolcreaterole FROM pg_roles WHERE rolname = ?"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
# Whoever may become one of these roles has their rights: superusers, and the owners of what holds the facts.
_BECOMES = """SELECT 1 FROM pg_roles r WHERE pg_has_role(?, r.oid, 'MEMBER') AND (r.rolsuper OR r.oid IN (
    SELECT relowner FROM pg_class WHERE relnamespace = current_schema()::regnamespace
    UNION SELECT nspowner FROM pg_namespace WHERE nspname = current_schema()
    UNION SELECT datdba FROM pg_database WHERE datname = current_database())) LIMIT 1"""
_MAY = "SELECT has_table_privilege(?, quote_ident(current_schema()) || '.' || quote_ident(?), ?)"


def let_serve(transaction: Transaction, role: str) -> None:
    """Grant an account what a server needs, and revoke every other right on these tables.

    Refusal SERVICE_ROLE where there is no such account, or where it has more rights all the same, by itself or through
    a role it belongs to: it is a superuser, may make roles, owns the database, its schema or a table, or may change
    tables by another's grant.
    """
    found = transaction.query(_ROLE, (role,))
    if found != [(False,)] or transaction.query(_BECOMES, (role,)):
        raise Refusal("SERVICE_ROLE", "service", role=role)
    tables = [name for (name,) in transaction.query(_TABLES)]
    schema = _quoted(transaction.query("SELECT current_schema()")[0][0])
    for statement in _statements(_quoted(role), schema, tables):
        transaction.execute(statement)
    for right, allowed in ALLOWED.items():
        for table in tables:
            if table not in allowed and transaction.query(_MAY, (role, table, right)) != [(False,)]:
                raise Refusal("SERVICE_ROLE", "service", role=role)


def _statements(role: str, schema: str, tables: list[str]) -> Iterator[str]:
    listed = ", ".join(map(_quoted, tables))
    yield f"REVOKE ALL ON {listed} FROM PUBLIC, {role}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {role}"
    yield f"GRANT SELECT ON {listed} TO {role}"
    yield f"GRANT INSERT ON {', '.join(_quoted(one) for one in tables if one != 'lvyue_ledger')} TO {role}"
    for right in ("UPDATE", "DELETE"):
        yield f"GRANT {right} ON {', '.join(ALLOWED[right])} TO {role}"


def _quoted(name: str) -> str:
    """An identifier in double quotes, as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
