"""Who may open what: every address there is. A new page is the owner's alone unless it is listed here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLResolver, get_resolver

from vafa.accounts.actions import issue_token
from vafa.accounts.models import ApiToken, Role, Scope, User
from vafa.accounts.tests.make import a_member
from vafa.agreements.tests import make as agreements
from vafa.api.assembly import api
from vafa.catalog.tests.make import a_picture
from vafa.connectors.actions.runs import receive_file
from vafa.connectors.models import InboxItem
from vafa.connectors.tests import carrier
from vafa.connectors.tests.make import ROWS, csv_text
from vafa.delivery.models import BacktestRun
from vafa.delivery.tests import make
from vafa.jobs.tests.make import a_job
from vafa.kit.clock import now, real_now
from vafa.orders.models import Order
from vafa.promises.actions import make_promise

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"

# open to everybody, with what a stranger's GET and empty POST are answered (in a real shop that has an owner)
PUBLIC = {
    "health": (200, 405),
    "set_language": (302, 302),
    "accounts:sign-in": (200, 200),
    "accounts:sign-out": (405, 302),
    "accounts:welcome": (403, 403),  # not a word of ours
    "api:docs": (200, 405),
    "api:v1:openapi-json": (200, 200),
    "api:v1:api-root": (404, 404),
    "catalog:picture": (200, 405),
    "connectors:hook": (405, 401),  # a carrier signs its messages
    "delivery:choose": (410, 410),  # the signed word in the address is the permission; this one is none
    "demo:landing": (404, 405),
    "demo:enter": (405, 403),
    "demo:cover": (200, 405),
    "messages:leave": (404, 404),  # the signed word in the address is the permission
    "promises:guarantee-version": (404, 405),  # none is published
    "promises:receipt": (200, 405),
    "promises:receipt-file": (200, 405),
    "promises:receipt-issue": (405, 302),
    "promises:proof": (404, 405),  # not sealed yet
    "promises:verify": (200, 200),
    "promises:record": (404, 405),  # not published
    "promises:badge": (404, 405),
    "promises:badge-picture": (404, 405),
    "promises:sealed": (200, 405),
    "storefront:my": (200, 422),
    "storefront:code": (200, 422),
    "storefront:sign-out": (405, 302),
    "storefront:my-orders": (302, 405),  # to where one signs in
    "storefront:order": (410, 405),  # the signed word in the address is the permission; this one is none
    "storefront:my-order": (302, 405),
    "storefront:order-report": (405, 410),
    "storefront:my-order-report": (405, 302),
    "storefront:order-change": (405, 410),
    "storefront:my-order-change": (405, 302),
    "storefront:order-window": (410, 410),
    "storefront:my-order-window": (302, 302),
    "storefront:order-elsewhere": (410, 410),
    "storefront:my-order-elsewhere": (302, 302),
    "storefront:order-cancel": (405, 410),
    "storefront:my-order-cancel": (405, 302),
    "storefront:order-again": (405, 410),
    "storefront:my-order-again": (405, 302),
    "storefront:order-invoice": (410, 410),
    "storefront:my-order-invoice": (302, 302),
    "storefront:order-invoice-file": (410, 405),
    "storefront:my-order-invoice-file": (302, 405),
    "storefront:my-vouchers": (302, 405),
    "storefront:my-messages": (302, 405),
    "storefront:my-preferences": (302, 302),
    "storefront:my-privacy": (302, 405),
    "storefront:my-export": (405, 302),
    "storefront:my-erase": (405, 302),
    "storefront:home": (200, 405),
    "storefront:info": (200, 405),
    "storefront:search": (200, 405),
    "storefront:suggest": (200, 405),
    "storefront:missed": (405, 302),
    "storefront:compare": (200, 405),
    "storefront:guide": (404, 405),  # no shelf has one
    "storefront:opinions": (404, 405),
    "storefront:ask": (405, 404),
    "storefront:order-opinion": (410, 410),
    "storefront:my-order-opinion": (302, 302),
    "storefront:place": (200, 422),
    "storefront:basket": (200, 405),
    "storefront:basket-put": (405, 302),
    "storefront:basket-change": (405, 302),
    "storefront:basket-renew": (405, 302),
    "storefront:checkout": (302, 302),  # to the basket, as long as nothing is in it
    "storefront:checkout-postal": (405, 200),
    "storefront:checkout-delivery": (302, 302),
    "storefront:checkout-pay": (302, 302),
    "storefront:checkout-back": (405, 302),
    "storefront:checkout-done": (404, 404),  # the signed word in the address is the permission
    "storefront:shelf": (404, 405),  # there is no such shelf
    "storefront:product": (404, 405),
    "storefront:product-beside": (404, 405),
    "storefront:tell-me": (405, 404),
    "storefront:goes-with": (200, 405),
    "storefront:wait-no-more": (404, 404),  # the signed word in the address is the permission
    "storefront:google": (200, 405),
    "storefront:widget": (200, 405),
    "storefront:widget-promise": (403, 405),  # no site of this key and origin
    "storefront:widget-track": (405, 403),
    "storefront:torob": (405, 400),  # an empty question
    "visits:arrived": (405, 422),  # an empty body holds no figures
    "payments:pay": (404, 405),  # the number in the address is the permission
    "payments:back": (404, 405),
    "payments:hook": (405, 200),  # nobody by that name: nothing to do
    "payments:sandbox": (404, 404),
    "promises:keys": (200, 405),
    "promises:seals": (200, 405),
}
HIDDEN = {"kit:components", "kit:side_by_side", "kit:fault", "storefront:gallery"}  # not found by strangers
AGENT = {  # every other page is closed to agents
    "checkout:holds",
    "checkout:decide",
    "catalog:misses",
    "catalog:waited-for",
    "catalog:synonyms",
    "catalog:guides",
    "catalog:inquiries",
    "catalog:answer-inquiry",
    "orders:opinions",
    "orders:decide-opinion",
    "catalog:guide",
    "catalog:products",
    "catalog:new-product",
    "catalog:product",
    "catalog:new-article",
    "catalog:article",
    "catalog:stock",
    "catalog:waiting",
    "catalog:decide",
    "catalog:options",
    "catalog:beside",
    "catalog:new-option",
    "catalog:option",
    "catalog:forget-option",
    "catalog:new-option-rule",
    "catalog:option-rule",
    "catalog:forget-option-rule",
    "catalog:add-picture",
    "catalog:change-picture",
    "catalog:shelves",
    "catalog:new-shelf",
    "catalog:shelf",
    "catalog:new-brand",
    "catalog:brand",
    "catalog:new-storehouse",
    "catalog:storehouse",
    "accounts:password",
    "agreements:list",
    "agreements:credits",
    "agreements:partner",
    "agreements:agreement",
    "agreements:uptime",
    "agreements:probe",
    "connectors:sources",
    "connectors:source",
    "console:home",
    "console:report",
    "delivery:claims",
    "delivery:claim",
    "delivery:check-claim",
    "delivery:guarantee-cost",
    "delivery:what-it-takes",
    "delivery:parcels",
    "delivery:order",
    "delivery:new-parcel",
    "delivery:at-risk",
    "delivery:at-risk-moved",
    "delivery:tell",
    "delivery:called",
    "delivery:propose-date",
    "delivery:alert",
    "delivery:not-now",
    "delivery:done",
    "delivery:backtests",
    "delivery:backtest",
    "delivery:backtest-file",
    "delivery:models",
    "delivery:city-table",
    "delivery:city-picture",
    "delivery:options",
    "delivery:slots",
    "delivery:try",
    "demo:time",  # in a real shop there is no such page
    "demo:tick",
    "demo:strike",
    "demo:end-strike",
    "fulfilment:orders",
    "fulfilment:picking",
    "fulfilment:order",
    "fulfilment:note",
    "fulfilment:pack",
    "fulfilment:send",
    "fulfilment:unpack",
    "fulfilment:take-back",
    "fulfilment:arrived",
    "fulfilment:slip",
    "fulfilment:give-back",
    "fulfilment:cancel",
    "fulfilment:invoice",
    "fulfilment:invoice-file",
    "fulfilment:new-invoice",
    "fulfilment:credit-note",
    "jobs:list",
    "jobs:job",
    "jobs:progress",
    "messages:outbox",
    "messages:message",
    "messages:arrived",
    "messages:again",
    "messages:drop",
    "messages:release",
    "payments:arrived",
    "payments:ask",
    "payments:list",
    "payments:payment",
    "orders:recipient",
    "payments:refunds",
    "promises:guarantees",
    "promises:guarantee",
    "promises:remedies",
    "promises:called",
    "vouchers:list",
    "promises:list",
    "promises:promise",
    "promises:outcome",
    "promises:revision",
    "promises:retraction",
    "promises:restoration",
    "promises:cancellation",
    "requests:reports",
    "visits:speed",
    "requests:report",
    "requests:address",
}
# no form: the message, or the address, is signed, or nothing is changed
SIGNED_OTHERWISE = {"connectors:hook", "messages:leave", "payments:hook", "storefront:torob", "storefront:widget-track"}
SIGNED_OTHERWISE |= {"visits:arrived"}
STRICTER = {"catalog:picture"}  # nothing of a picture is loaded from anywhere, nothing in it runs
EMBEDDED = {"promises:badge", "promises:badge-picture"}  # shown on other shops' pages

# the scope that opens an operation of the API; a new one is missed until it stands here
SCOPES = {
    "get /api/v1/ping": None,
    "post /api/v1/quotes": Scope.QUOTES_READ,
    "get /api/v1/quotes/{quote_id}": Scope.QUOTES_READ,
    "post /api/v1/quotes/batch": Scope.QUOTES_READ,
    "get /api/v1/quotes/{quote_id}/windows": Scope.QUOTES_READ,
    "post /api/v1/quotes/{quote_id}/holds": Scope.PROMISES_WRITE,
    "delete /api/v1/quotes/holds/{hold_id}": Scope.PROMISES_WRITE,
    "get /api/v1/promises": Scope.PROMISES_READ,
    "get /api/v1/promises/{promise_id}": Scope.PROMISES_READ,
    "get /api/v1/promises/{promise_id}/events": Scope.PROMISES_READ,
    "get /api/v1/promises/{promise_id}/receipt": Scope.PROMISES_READ,
    "post /api/v1/promises": Scope.PROMISES_WRITE,
    "post /api/v1/promises/{promise_id}/outcome": Scope.PROMISES_WRITE,
    "post /api/v1/promises/{promise_id}/retraction": Scope.PROMISES_WRITE,
    "post /api/v1/promises/{promise_id}/restoration": Scope.PROMISES_WRITE,
    "post /api/v1/promises/{promise_id}/revision": Scope.PROMISES_WRITE,
    "post /api/v1/promises/{promise_id}/cancellation": Scope.PROMISES_WRITE,
    "post /api/v1/promises/{promise_id}/receipt": Scope.PROMISES_WRITE,
    "get /api/v1/products/{product}/options": Scope.PRODUCTS_READ,
    "post /api/v1/products/{product}/options/evaluation": Scope.PRODUCTS_READ,
    "post /api/v1/customers": Scope.CUSTOMERS_WRITE,
    "get /api/v1/customers/consents": Scope.CUSTOMERS_READ,
    "post /api/v1/customers/consents": Scope.CUSTOMERS_WRITE,
    "post /api/v1/customers/erasures": Scope.CUSTOMERS_ERASE,
}


def walk(resolver: URLResolver, spaces: tuple[str, ...] = (), before: str = "/") -> Iterator[tuple[str, str]]:
    """The full name of every address there is, and its pattern: `/staff/<int:pk>/role/`."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = (*spaces, each.namespace) if each.namespace else spaces
            yield from walk(each, inner, before + str(each.pattern))
        else:
            yield ":".join((*spaces, each.name or each.callback.__name__)), before + str(each.pattern)


def operations() -> dict[str, str]:
    """`METHOD PATH` of each operation that the API's own description lists, and its place in the resolver."""
    return {
        f"{method} {path}": path for path, methods in api.get_openapi_schema()["paths"].items() for method in methods
    }


@pytest.fixture
def there(owner) -> dict[str, dict[str, object]]:
    """What every address of a room is about: real things, by the room's name."""
    make.a_shop()
    make.orders(8, until=now())
    source = carrier.a_source()
    carrier.post(Client(), source, carrier.told(number="RX1"))
    carrier.post(Client(), source, b"{}")
    item = InboxItem.objects.filter(source=source).first()
    assert item is not None
    promise = make_promise(
        kind="delivery", key="test:1", subject_type="order", subject_ref="A0", party_ref="C-1",
        text={"en": "by Friday"}, due_on=date(2030, 1, 4), zone="Asia/Tehran",
    )  # fmt: skip
    backtest = BacktestRun.objects.create(asked_at=now())
    run = receive_file(name="orders.csv", portions=[csv_text(ROWS).encode()], by=owner)
    agreement = agreements.draft()
    token, _key = issue_token("till", [Scope.QUOTES_READ], owner)
    return {
        "accounts": {"pk": a_member("kian", Role.OWNER).pk, "word": "nonsense"},
        "accounts:revoke-token": {"pk": token.pk},
        "catalog": {"file": a_picture()},
        "agreements": {
            "code": agreement.partner.code,
            "public_id": agreement.public_id,
            "position": agreements.level(agreement).position,
            "pk": agreements.home_page().pk,
            "step": "nonsense",
        },
        "connectors": {"code": source.code, "number": item.pk, "public_id": run.public_id},
        "delivery": {"code": "standard", "public_id": backtest.public_id},
        "delivery:order": {"public_id": Order.objects.get(number="A0").public_id},
        "delivery:new-parcel": {"public_id": Order.objects.get(number="A0").public_id},
        "fulfilment": {"public_id": Order.objects.get(number="A0").public_id},
        "orders": {"public_id": Order.objects.get(number="A0").public_id},
        "promises": {"public_id": promise.public_id, "step": 1},
        "jobs": {"public_id": a_job().public_id},
        "demo": {"title": "Shahnameh"},
        "kit": {"name": "404"},
        "shop": {"page": "delivery"},
        "storefront:info": {"page": "returns"},
    }


def filled(asked: re.Match[str], values: dict[str, object]) -> str:
    """What the address is about; where `there` knows nothing of it something that is not there: gates come first."""
    return str(values.get(asked[2]) or {"int": 1, "uuid": uuid4()}.get(asked[1], "nonsense"))


@pytest.fixture
def addresses(there) -> dict[str, str]:
    """Every page by its name, with real things filled in; the API's operations are walked by themselves."""
    found = {}
    for name, pattern in walk(get_resolver()):
        if name.startswith("api:v1:") and name not in PUBLIC:
            continue
        values = there.get(name) or there.get(name.partition(":")[0], {})
        found[name] = re.sub(r"<(?:(\w+):)?(\w+)>", lambda asked: filled(asked, values), pattern)  # noqa: B023
    return found


def rows() -> dict[str, int]:
    """How much there is of everything but sessions."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label != "sessions.Session"
    }


def asks_to_sign_in(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith(f"{SIGN_IN}?next=")


def test_the_lists_name_only_pages_that_are_there(addresses):
    assert (PUBLIC.keys() | HIDDEN | AGENT) - addresses.keys() == set()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_strangers_are_refused_wherever_it_is_not_said_otherwise(addresses, client, method):
    before, wrong = rows(), {}
    for name, address in addresses.items():
        response = client.generic(method, address)
        if name in PUBLIC:
            right = response.status_code == PUBLIC[name][method == "POST"] and not asks_to_sign_in(response)
        elif name in HIDDEN:
            right = response.status_code == 404
        else:  # a door for the other method says only that
            right = asks_to_sign_in(response) or response.status_code == 405
        if not right:
            wrong[name] = (response.status_code, response.get("Location"))
    assert wrong == {}
    assert rows() == before


def test_every_page_that_is_closed_to_strangers_asks_them_to_sign_in(addresses, client):
    """By one of the methods it takes: a page that says 405 to every method would be closed to nobody in particular."""
    silent = {
        name
        for name in addresses.keys() - PUBLIC.keys() - HIDDEN
        if not any(asks_to_sign_in(client.generic(method, addresses[name])) for method in ("GET", "POST"))
    }
    assert silent == set()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_agents_are_refused_wherever_it_is_not_said_otherwise(addresses, agent_client, method):
    before, wrong = rows(), {}
    for name, address in addresses.items():
        if name not in PUBLIC.keys() | HIDDEN | AGENT:
            status = agent_client.generic(method, address).status_code
            if status not in {403, 405}:  # a door for the other method says only that
                wrong[name] = status
    assert wrong == {}
    assert rows() == before


def test_an_agent_opens_every_page_that_is_his(addresses, agent_client):
    opened = {name: agent_client.get(addresses[name]).status_code for name in sorted(AGENT)}
    assert {name: status for name, status in opened.items() if status not in {200, 404, 405}} == {
        "delivery:at-risk-moved": 301,
        "delivery:backtest-file": 409,  # it has not been made yet
    }


def test_no_form_is_taken_without_its_token(addresses, owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    before, taken = rows(), {}
    for name, address in addresses.items():
        if name in SIGNED_OTHERWISE or name.startswith("api:v1:"):
            continue
        response = client.post(address, headers={"Accept": "text/html"})
        if response.status_code != 403:
            taken[name] = response.status_code
    assert taken == {}
    assert rows() == before


def test_every_answer_carries_the_headers_of_safety(addresses, owner_client):
    for name, address in [*addresses.items(), ("nothing", "/nothing/"), ("api", "/api/v1/nothing")]:
        for client in (Client(), owner_client):
            headers = client.get(address).headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy or name in EMBEDDED | STRICTER, name
            assert "default-src 'none'" in policy.split("; ") or name not in STRICTER, name
            assert "unsafe" not in policy, name
            assert headers["X-Content-Type-Options"] == "nosniff", name
            assert headers["Referrer-Policy"] == "same-origin", name
            assert headers.get("X-Frame-Options") == (None if name in EMBEDDED else "DENY"), name
            assert ("frame-ancestors 'none'" in policy) == (name not in EMBEDDED), name


# --- programs


def ask(operation: str, key: str = "", **ids: object):
    method, path = operation.split(" ")
    for wanted in ("quote_id", "promise_id", "hold_id"):
        path = path.replace(f"{{{wanted}}}", str(ids.get(wanted) or uuid4()))
    headers = {"Idempotency-Key": "k1"} | ({"Authorization": f"Bearer {key}"} if key else {})
    body = json.dumps({}) if method == "post" else ""
    return Client().generic(method.upper(), path, body, content_type="application/json", headers=headers)


def outcome(response) -> tuple[int, str | None]:
    return response.status_code, response.json().get("code")


def test_every_operation_of_the_api_has_its_scope_here():
    assert operations().keys() == SCOPES.keys()


@pytest.mark.parametrize("operation", [each for each, scope in SCOPES.items() if scope])
def test_an_operation_is_opened_by_its_scope_alone(owner, operation):
    before = rows()
    for scope in Scope.values:
        _token, key = issue_token(scope, [scope], owner)
        status, code = outcome(ask(operation, key))
        if scope == SCOPES[operation]:
            assert status in {200, 404, 422}
        else:
            assert (status, code) == (403, "scope-missing")
    assert {label for label, count in rows().items() if count != before[label]} == {"accounts.ApiToken"}


@pytest.mark.parametrize("operation", [each for each, scope in SCOPES.items() if scope])
def test_no_operation_is_opened_by_a_token_that_is_none_any_more(owner, operation):
    _token, key = issue_token("till", Scope.values, owner)
    assert outcome(ask(operation)) == (401, "no-token")
    assert outcome(ask(operation, "vafa_wrong")) == (401, "bad-token")
    ApiToken.objects.update(expires_at=real_now() - timedelta(seconds=1))
    assert outcome(ask(operation, key)) == (401, "token-expired")
    ApiToken.objects.update(expires_at=None)
    User.objects.update(is_active=False)
    assert outcome(ask(operation, key)) == (401, "token-maker-inactive")
    User.objects.update(is_active=True)
    ApiToken.objects.update(revoked_at=real_now())
    assert outcome(ask(operation, key)) == (401, "token-revoked")


def test_a_signed_in_member_without_a_token_opens_no_operation(owner_client):
    for operation, scope in SCOPES.items():
        if scope:
            method, path = operation.split(" ")
            path = re.sub(r"\{(quote|promise|hold)_id\}", str(uuid4()), path)
            method = method.upper()
            assert owner_client.generic(method, path, "{}", content_type="application/json").status_code == 401
