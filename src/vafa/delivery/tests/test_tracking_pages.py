"""Where is it? The list, the search and the story of a parcel."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from vafa.delivery.actions.parcels import ParcelRow, add_parcel, record_parcels
from vafa.delivery.actions.tracking import TrackingRow, record_events
from vafa.delivery.models import Parcel
from vafa.delivery.queries.tracking import events_of_parcels, parcels_of
from vafa.delivery.statuses import ICONS, REASON_WORDS, TONES, WORDS
from vafa.delivery.timeline import timeline
from vafa.engine.parcel_state import REASONS, Status
from vafa.orders.models import Order
from vafa.promises.actions import make_promise

pytestmark = pytest.mark.django_db
PLACED = datetime(2026, 5, 4, 8, tzinfo=UTC)
LATER = PLACED + timedelta(days=9)


def event(hours: float, status: str, number: str = "RX1", source: str = "post", **more: str) -> TrackingRow:
    at = PLACED + timedelta(hours=hours)
    return TrackingRow(source, at, Status(status), tracking_number=number, place="Qom", **more)


@pytest.fixture
def order() -> Order:
    order = Order.objects.create(number="VF-1", placed_at=PLACED)
    record_parcels([ParcelRow("VF-1", carrier="Tipax", tracking_number="RX-1")])
    make_promise(
        kind="delivery", key="VF-1", subject_type="order", subject_ref="VF-1", party_ref="C-1",
        text={"en": "by Wednesday"}, due_on=date(2026, 5, 6), zone="Asia/Tehran", at=PLACED,
    )  # fmt: skip
    told = [event(4, "picked_up"), event(20, "on_hold", reason="customs_delay"), event(80, "delivered")]
    record_events(told, at=LATER)
    return order


def text_of(answer) -> str:
    return answer.content.decode()


def test_every_status_and_every_reason_has_words_a_picture_and_a_colour():
    assert set(WORDS) == set(ICONS) == set(TONES) == set(Status)
    assert set(REASON_WORDS) == set(REASONS)


def test_an_order_tells_the_story_of_its_parcel_with_the_promise_beside_it(agent_client, order):
    answer = agent_client.get(f"/parcels/{order.public_id}/", headers={"accept-language": "en"})
    told = text_of(answer)
    assert answer.status_code == 200
    places = [told.index(words) for words in ("Delivered", "Until here it was promised", "Held up", "Handed over to")]
    assert places == sorted(places)  # the newest first, the promised end in its place
    assert "customs takes its time" in told
    assert "Broken: it came on" in told


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_the_pages_speak_every_language(agent_client, order, language):
    agent_client.cookies["django_language"] = language
    with translation.override(language):
        words = str(WORDS[Status.DELIVERED])
    assert words in text_of(agent_client.get(f"/parcels/{order.public_id}/"))
    assert agent_client.get("/parcels/?view=all").status_code == 200


@pytest.mark.parametrize("words", ["VF-1", "vf-1", " rx 1 ", "RX-1", "rx۱"])
def test_the_number_of_an_order_or_of_a_parcel_leads_to_its_story(agent_client, order, words):
    answer = agent_client.get("/parcels/", {"q": words})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/orders/{order.public_id}/")


def test_an_order_without_parcels_is_found_too(agent_client):
    order = Order.objects.create(number="B7", placed_at=PLACED)
    assert agent_client.get("/parcels/", {"q": "B7"}).headers["Location"] == f"/orders/{order.public_id}/"
    assert "No parcel yet" in text_of(agent_client.get(f"/parcels/{order.public_id}/"))


def test_what_nobody_knows_is_said(agent_client, order):
    assert "Nothing was found" in text_of(agent_client.get("/parcels/", {"q": "nonsense<script>"}))
    assert agent_client.get("/parcels/", {"q": "x" * 500, "page": "-3", "view": "?"}).status_code == 200
    assert agent_client.get("/parcels/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_the_list_is_narrowed_and_empty_states_speak(agent_client):
    assert "No parcel is known yet" in text_of(agent_client.get("/parcels/"))
    for number, status in (("A1", "in_transit"), ("A2", "delivery_failed"), ("A3", "delivered")):
        Order.objects.create(number=number, placed_at=PLACED)
        record_events([event(5, status, number=f"N{number}", order_number=number)], at=LATER)
    shown = {
        view: [
            number
            for number in ("A1", "A2", "A3")
            if f">{number}<" in text_of(agent_client.get(f"/parcels/?view={view}"))
        ]
        for view in ("open", "trouble", "waiting", "delivered", "all")
    }
    assert shown == {
        "open": ["A1", "A2"],
        "trouble": ["A2"],
        "waiting": [],
        "delivered": ["A3"],
        "all": ["A1", "A2", "A3"],
    }


def test_staff_add_a_parcel_and_what_was_told_of_it_is_there_at_once(agent_client, order):
    record_events([event(6, "picked_up", number="RX2")], at=LATER)
    answer = agent_client.post(f"/parcels/{order.public_id}/new", {"tracking_number": "RX2", "carrier": "Post"})
    assert answer.status_code == 302
    assert list(Parcel.objects.order_by("position").values_list("tracking_number", "status")) == [
        ("RX-1", "delivered"),
        ("RX2", "picked_up"),
    ]
    assert agent_client.post(f"/parcels/{order.public_id}/new", {"tracking_number": "--"}).status_code == 422


def test_strangers_are_sent_to_the_sign_in_page(client, order):
    for address in ("/parcels/", f"/parcels/{order.public_id}/"):
        assert client.get(address).status_code == 302
    assert client.post(f"/parcels/{order.public_id}/new", {"tracking_number": "RX9"}).status_code == 302
    assert Parcel.objects.count() == 1


def test_two_sources_that_tell_the_same_make_one_entry(order):
    record_events([event(4.005, "picked_up", source="aftership")], at=LATER)
    [parcel] = parcels_of(order)
    days = timeline(parcel, events_of_parcels([parcel])[parcel.pk], None, "Asia/Tehran")
    entries = [entry for day in days for entry in day.entries]
    assert len(entries) == 3
    assert entries[-1].sources == ["post", "aftership"]


def test_the_list_costs_the_same_queries_however_many_parcels(agent_client, django_assert_max_num_queries):
    for number in range(30):
        add_parcel(Order.objects.create(number=f"A{number}", placed_at=PLACED), tracking_number=f"N{number}")
    with django_assert_max_num_queries(8):
        agent_client.get("/parcels/")
