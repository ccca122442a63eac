"""How a customer can pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vafa.payments.gateways import KINDS
from vafa.payments.gateways.kinds import GatewayKind
from vafa.payments.models import GatewayAccount
from vafa.payments.queries.accounts import SANDBOX, accounts, is_trying
from vafa.shop.queries import remembered, the_shop


@dataclass(frozen=True)
class WayToPay:
    """One way: its code, "online", "cash", "transfer" or "sandbox", and what customers read, {language: text}.

    `details`: where the money goes, label {language: text} and value; for transfers only.
    """

    code: str
    kind: str
    name: Mapping[str, str]
    words: Mapping[str, str]
    details: tuple[tuple[Mapping[str, str], str], ...] = ()


def ways_to_pay(currency: str, total_minor: int) -> list[WayToPay]:
    """How so much can be paid now, in the owner's order.

    Where money is only played (a simulated shop, a server that is being worked on) nobody is led to a real gateway:
    there is the sandbox instead, and cash where nothing was set up.
    """
    return [_way(each) for each in _accounts_here() if each.takes(total_minor, currency)]


def way_of(code: str) -> WayToPay | None:
    """The way of a payment, whether or not it is still offered."""
    return next((_way(each) for each in [*accounts(), *_played()] if each.code == code), None)


def names_of_ways() -> dict[str, Mapping[str, str]]:
    """What every way that there is or could be is called, by its code."""
    return {each.code: each.names for each in [*_played(), *accounts()]}


def usable_account(code: str, total_minor: int, currency: str) -> GatewayAccount | None:
    """The account behind a way that is offered for so much; one without a row where money is only played."""
    return next((each for each in _accounts_here() if each.code == code and each.takes(total_minor, currency)), None)


def _accounts_here() -> list[GatewayAccount]:
    known = remembered("payments.accounts", accounts)
    if not is_trying():
        return known
    harmless = [each for each in known if KINDS[each.kind].way != "online"]
    present = {each.kind for each in harmless}
    wanted = {SANDBOX} if known else {SANDBOX, "cash"}
    return [*harmless, *(each for each in _played() if each.kind in wanted - present)]


def _played() -> list[GatewayAccount]:
    """What is there without having been set up."""
    currency = the_shop().currency
    return [_without_row(KINDS[name], currency) for name in (SANDBOX, "cash")]


def _without_row(kind: GatewayKind, currency: str) -> GatewayAccount:
    return GatewayAccount(kind=kind.name, code=kind.name, names=dict(kind.labels), currency=currency)


def _way(account: GatewayAccount) -> WayToPay:
    kind = KINDS[account.kind]
    shown = kind.settings if kind.way == "transfer" else ()
    details = tuple((each.labels, account.settings[each.name]) for each in shown if account.settings.get(each.name))
    return WayToPay(account.code, kind.way, account.names or kind.labels, account.words, details)
