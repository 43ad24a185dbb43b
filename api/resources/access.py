"""Access over HTTP: principals, their roles and keys, and the access log. For operators."""

from __future__ import annotations

from starlette.responses import Response

from api.components import Components
from api.parameters import LIMIT, contract_number, matching
from api.principals import KEY_DAYS
from api.request_context import Context
from api.routes import PRINCIPAL, Routes
from api.shapes import AccessEntry, IssuedKey, PrincipalShown, WhoAmI
from api.shapes.bodies import GrantIn, KeyIn
from api.tables import listed
from ledger.custody.roles import EVERY
from ledger.domain.errors import Refusal
from ledger.domain.values import quoted

_AFTER = matching("after", "^[0-9a-f-]{1,40}$", "entry")
_CONTRACT = contract_number("role", every=True)


def access(components: Components) -> Routes:
    """The routes of this resource."""
    routes, principals = Routes("access"), components.principals

    def shown(name: str) -> dict[str, object]:
        found = next((one for one in principals.listed() if one["name"] == name), None)
        if found is None:
            raise Refusal("PRINCIPAL_UNKNOWN", "name", name=quoted(name))
        return found

    @routes.get("/me", answer=WhoAmI)
    def who_am_i(context: Context) -> Response:
        return context.answer({"name": context.principal.name, "roles": dict(context.principal.roles)})

    @routes.get("/access/principals", answer=list[PrincipalShown], tables=True)
    def list_principals(context: Context) -> Response:
        context.permissions.may_for_all("administer")
        return listed(context, "principals", principals.listed())

    @routes.get("/access/principals/{name}", answer=PrincipalShown, headers=("If-None-Match",))
    def read_principal(context: Context, name: str) -> Response:
        context.permissions.may_for_all("administer")
        found = shown(name)
        return context.answer(found, tag=f'"{found["version"]}"')

    @routes.put("/access/principals/{name}", body=GrantIn, answer=PrincipalShown, headers=("If-Match",), tag=PRINCIPAL)
    def grant_role(context: Context, name: str) -> Response:
        context.permissions.may_for_all("administer")
        given, tag = context.fields(role=str, contract=str, subject=str), context.expected_tag()
        if "role" not in given:
            raise Refusal("FIELD_MISSING", "role", missing="role")
        if tag is None and principals.find(name) is not None:
            raise Refusal("IF_MATCH_REQUIRED", "If-Match")
        subject = None
        if "subject" in given:
            if components.settings.oidc is None:
                raise Refusal("OIDC_INCOMPLETE", "subject", missing="LVYUE_OIDC_ISSUER")
            subject = (components.settings.oidc.issuer, given["subject"])
        principals.grant(name, given["role"], given.get("contract", EVERY), by=context.principal.name, subject=subject,
                         unchanged=tag)  # fmt: skip
        found = shown(name)
        return context.answer(found, tag=f'"{found["version"]}"')

    @routes.delete("/access/principals/{name}", answer=PrincipalShown, query=(_CONTRACT,),
                   headers=("If-Match",), tag=PRINCIPAL, statuses=(409,))  # fmt: skip
    def revoke_role(context: Context, name: str) -> Response:
        context.permissions.may_for_all("administer")
        tag, contract = context.expected_tag(), context.one("contract")
        if tag is None:
            raise Refusal("IF_MATCH_REQUIRED", "If-Match")
        principals.take_away(name, contract, by=context.principal.name, unchanged=tag)
        found = shown(name)
        return context.answer(found, tag=f'"{found["version"]}"')

    _keys(routes, components)
    return routes


def _keys(routes: Routes, components: Components) -> None:
    principals = components.principals

    @routes.post("/access/principals/{name}/keys", body=KeyIn, answer=IssuedKey, status=201)
    def issue_key(context: Context, name: str) -> Response:
        context.permissions.may_for_all("administer")
        days = context.fields(days=int).get("days", KEY_DAYS)
        kept, key = principals.issue(name, by=context.principal.name, days=days)
        return context.answer(kept.shown() | {"name": name, "key": key}, 201)

    @routes.delete("/access/keys/{key}", status=204, statuses=(409,))
    def revoke_key(context: Context, key: str) -> Response:
        context.permissions.may_for_all("administer")
        principals.revoke(key, by=context.principal.name)
        return context.send(b"", status=204)

    @routes.get("/access/log", answer=list[AccessEntry], query=(_AFTER, LIMIT), statuses=(409,), tables=True)
    def read_access_log(context: Context) -> Response:
        contracts, after = context.permissions.inspects(), context.one("after", "")
        last = principals.last_entry()
        if after > last:
            raise Refusal("CURSOR_AHEAD", "after", name="after", value=after, last=last or "–")
        return listed(context, "access-log", principals.log(after, context.one("limit", 100), contracts))
