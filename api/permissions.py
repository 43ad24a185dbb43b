"""Who may do what: the one table of permissions, and the checks that endpoints make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.principals import ROLES, WRITERS, Principal
from ledger.custody.roles import EVERY
from ledger.domain.errors import Refusal
from ledger.domain.fact import ROLES as CONTRACT_ROLES
from ledger.domain.values import quoted
from ledger.service import CALENDAR

# Who may do what; a test walks every route and every role against this.
MAY: dict[str, tuple[str, ...]] = {
    "read": ROLES,
    "record": WRITERS,
    "register": ("party_a", "party_b"),
    "export": CONTRACT_ROLES,
    "attach": WRITERS,
    "disclose": ("party_a", "party_b"),
    "cosign": CONTRACT_ROLES,
    "administer": ("operator",),
    "inspect": ("operator", "auditor"),
}


@dataclass(frozen=True, slots=True)
class Permissions:
    """What the principal that sent a request may do."""

    principal: Principal

    def may(self, action: str, contract: str) -> str:
        """The caller's role on ``contract``, which must allow ``action``.

        Refusal CONTRACT_NOT_YOURS, the same whether there is such a contract or not, or ROLE_MAY_NOT.
        """
        role = self.principal.role(contract)
        if role is None:
            raise Refusal("CONTRACT_NOT_YOURS", "contract", contract=quoted(contract))
        if role not in MAY[action]:
            raise Refusal("ROLE_MAY_NOT", role=role, action=action, allowed=", ".join(MAY[action]))
        return role

    def may_for_all(self, action: str) -> None:
        """Check an action on the whole ledger. Refusal ROLE_MAY_NOT."""
        role = self.principal.roles.get(EVERY, "")
        if role not in MAY[action]:
            shown = role or ", ".join(sorted(set(self.principal.roles.values()))) or "–"
            raise Refusal("ROLE_MAY_NOT", role=shown, action=action, allowed=", ".join(MAY[action]))

    def inspects(self) -> frozenset[str] | None:
        """The contracts whose access record the caller may read; None for all of it. Refusal ROLE_MAY_NOT."""
        allowed = frozenset(contract for contract, role in self.principal.roles.items() if role in MAY["inspect"])
        if not allowed:
            self.may_for_all("inspect")
        return None if EVERY in allowed else allowed

    def may_somewhere(self, action: str) -> None:
        """Check an action on the whole ledger that everybody with a role in it may do. Refusal ROLE_MAY_NOT."""
        roles = set(self.principal.roles.values())
        if not roles & set(MAY[action]):
            shown = ", ".join(sorted(roles)) or "–"
            raise Refusal("ROLE_MAY_NOT", role=shown, action=action, allowed=", ".join(MAY[action]))

    def sees(self, contract: str) -> bool:
        """Whether the caller may read this contract. Everybody may read working-day notices."""
        return contract == CALENDAR or self.principal.role(contract) is not None

    def seen(self) -> frozenset[str] | None:
        """The contracts that the caller may read; None for every one."""
        return None if EVERY in self.principal.roles else frozenset(self.principal.roles)

    def asserts(self, contract: str, envelopes: Sequence[object]) -> None:
        """Every fact must be reported by the caller's own role. Refusal BY_NOT_YOURS, naming every line."""
        role, faults = self.may("record", contract), []
        for line, envelope in enumerate(envelopes, 1):
            by = envelope.get("by") if isinstance(envelope, Mapping) else None
            if isinstance(by, str) and by != role:
                fault = Refusal("BY_NOT_YOURS", "by", role=role, by=quoted(by))
                fault.line = line if len(envelopes) > 1 else None
                faults.append(fault)
        if faults:
            first = faults[0]
            told = Refusal(first.code, first.field, line=first.line, faults=faults if len(faults) > 1 else ())
            told.values.update(first.values)
            raise told
