"""The pages of an order, as the staff walk them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from vafa.delivery.models import Parcel
from vafa.fulfilment.carriers import Carrier, _Known
from vafa.fulfilment.models import Invoice, Note
from vafa.fulfilment.tests.make import keys, ordered, paid, promised
from vafa.kit.clock import now
from vafa.orders.models import Order
from vafa.orders.tests.make import line
from vafa.promises.actions import make_promise

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db):
    return ordered()


@pytest.fixture
def post(monkeypatch):
    monkeypatch.setattr(_Known, "source", lambda: [Carrier({"en": "Post"}, pattern=r"\d{24}", sample="24 digits")])


def to(order, name, *more):
    return reverse(f"fulfilment:{name}", args=[order.public_id, *more])


def test_an_order_is_packed_by_scanning(agent_client, order):
    atlas, novel = (f"line-{keys(order)[sku]}" for sku in ("atlas", "novel"))
    counted = {atlas: 0, novel: 0}
    for scan in ("atlas", "ATLAS", "novel"):
        page = agent_client.post(to(order, "pack"), {**counted, "scan": scan})
        counted = {f"line-{each.pk}": count for each, count, _full in page.context["rows"]}
    assert counted == {atlas: 2, novel: 1}
    assert page.context["is_full"]
    assert not Parcel.objects.exists()
    done = agent_client.post(to(order, "pack"), {**counted, "close": "1"})
    assert done["Location"] == f"/orders/{order.public_id}/#parcel-1"
    assert Order.objects.get().stage == "packed"


@pytest.mark.parametrize(("scan", "told"), [("nothing", "is not to pack in this order"), ("novel", "enough of novel")])
def test_a_wrong_scan_is_told_and_counts_nothing(agent_client, order, scan, told):
    counted = {f"line-{keys(order)['novel']}": 1}
    page = agent_client.post(to(order, "pack"), {**counted, "scan": scan})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert sum(count for _line, count, _full in page.context["rows"]) == 1


def test_the_second_packer_is_told(agent_client, owner_client, order):
    counted = {f"line-{pk}": 1 for pk in keys(order).values()}
    agent_client.post(to(order, "pack"), {**counted, "close": "1"})
    late = owner_client.post(to(order, "pack"), {f"line-{keys(order)['novel']}": 1, "close": "1"})
    assert late.status_code == 422
    assert Parcel.objects.count() == 1


def test_a_number_that_is_not_the_carriers_is_sent_only_when_it_was_looked_at(agent_client, order, post):
    agent_client.post(to(order, "pack"), {f"line-{pk}": 1 for pk in keys(order).values()} | {"close": "1"})
    said = {"carrier": "post", "tracking_number": "12"}
    refused = agent_client.post(to(order, "send", 1), said)
    assert refused.status_code == 422
    assert "24 digits" in refused.content.decode()
    assert Parcel.objects.get().handed_over_at is None
    agent_client.post(to(order, "send", 1), {**said, "is_certain": "on"})
    assert Parcel.objects.get().tracking_number == "12"


def test_the_whole_way_of_an_order_is_on_its_page(agent_client, order):
    paid(order)
    promised(order)
    agent_client.post(to(order, "pack"), {f"line-{pk}": 1 for pk in keys(order).values()} | {"close": "1"})
    agent_client.post(to(order, "send", 1), {"carrier": "Post", "tracking_number": "RX1"})
    agent_client.post(to(order, "note"), {"text": "Called her."})
    agent_client.post(to(order, "give-back"), {f"waiting-{keys(order)['atlas']}": 1, "why": "sold_out"})
    agent_client.post(to(order, "new-invoice"))
    page = agent_client.get(to(order, "order"))
    assert page.status_code == 200
    assert [moment.words for moment in page.context["story"]][:3] == [
        "Invoice written",
        "Cancelled",
        "Handed to the carrier",
    ]
    for name, args in [("slip", [1]), ("invoice", []), ("picking", None), ("pack", []), ("give-back", [])]:
        address = reverse(f"fulfilment:{name}", args=[order.public_id, *args] if args is not None else [])
        assert agent_client.get(address).status_code == 200, name
    assert (Note.objects.count(), Invoice.objects.get().body["total_minor"]) == (1, 500_000)
    agent_client.post(to(order, "give-back"), {f"left-{keys(order)['atlas']}": 1, "why": "lost"})
    assert agent_client.get(to(order, "credit-note", 1)).status_code == 200


def test_fragments_are_pages_of_their_own(agent_client, order):
    for name in ("orders:recipient", "delivery:order"):
        address = reverse(name, args=[order.public_id])
        assert "<html" in agent_client.get(address).content.decode()
        assert "<html" not in agent_client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_an_order_of_another_system_shows_what_is_known(agent_client, db):
    from vafa.kit.clock import now

    other = Order.objects.create(number="W-9", placed_at=now(), price_minor=5, currency="IRR")
    page = agent_client.get(other.get_absolute_url()).content.decode()
    assert "Another system took this order" in page
    assert "Pack</a>" not in page


def test_an_order_is_cancelled_from_its_page(agent_client, order):
    agent_client.post(to(order, "cancel"), {"why": "customer"})
    assert Order.objects.get().cancelled


def test_the_pick_list_sums_articles_and_puts_the_urgent_first(agent_client, order):
    urgent = ordered("V-2", line("atlas", 3))
    promised(order, days=9)
    promised(urgent, days=2)
    page = agent_client.get(reverse("fulfilment:picking"))
    assert [each.number for each in page.context["orders"]] == ["V-2", "V-1"]
    (walk,) = page.context["walks"]
    assert [(row.sku, row.pieces, row.orders) for row in walk.articles] == [
        ("atlas", 5, ["V-2", "V-1"]), ("novel", 1, ["V-1"]),
    ]  # fmt: skip


def test_one_order_found_is_opened(agent_client, order):
    assert agent_client.get("/orders/?q=v-1")["Location"] == order.get_absolute_url()


def test_the_slip_has_the_number_of_the_order_to_scan_and_every_paper_is_a_look(agent_client, order):
    from vafa.customers.models import Look
    from vafa.customers.tests.make import sara

    sara()
    agent_client.post(to(order, "pack"), {f"line-{pk}": "1" for pk in keys(order).values()})
    assert "<svg" in agent_client.get(to(order, "slip", 1)).content.decode()
    agent_client.post(to(order, "new-invoice"))
    Look.objects.all().delete()
    agent_client.get(to(order, "invoice"))
    assert Look.objects.count() == 1
    file = agent_client.get(to(order, "invoice-file"))
    assert file.content[:5] == b"%PDF-"


def test_the_promise_of_an_order_is_its_date_also_after_its_confirmation_was_promised(agent_client, order):
    dated = promised(order)
    make_promise(kind="confirmation", key="c:1", subject_type="order", subject_ref=order.number, party_ref="C-1",
                 text={"en": "confirmed"}, due_on=now().date(), due_at=now() + timedelta(minutes=1),
                 zone="Asia/Tehran")  # fmt: skip
    assert agent_client.get(reverse("delivery:order", args=[order.public_id])).context["promise"] == dated
    told = agent_client.get(order.get_absolute_url()).context["story"]
    assert [moment.day for moment in told if moment.icon == "promise"] == [dated.due_on]
