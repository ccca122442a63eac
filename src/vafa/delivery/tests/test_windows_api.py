"""A shop that runs its own store asks for windows, holds a place and promises it."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from vafa.delivery.actions.slots import hold
from vafa.delivery.models import DeliveryOption, SlotHold
from vafa.delivery.tests import make
from vafa.delivery.tests.windows import a_point, a_rider
from vafa.kit.clock import now
from vafa.kit.tests.together import at_once
from vafa.promises.actions import cancel_promise
from vafa.promises.models import Promise

pytestmark = pytest.mark.django_db
QUOTES, PROMISES = "/api/v1/quotes", "/api/v1/promises"


class Till:
    """A program with a token, and the quote it asked for."""

    def __init__(self, *scopes: str) -> None:
        self.key = make.a_key(*scopes)

    def send(self, method: str, path: str, body: object = None, key: str = ""):
        headers = {"Authorization": f"Bearer {self.key}", **({"Idempotency-Key": key} if key else {})}
        data = "" if body is None else json.dumps(body)
        return Client().generic(method, path, data, content_type="application/json", headers=headers)

    def quote(self, to: str = "Shiraz") -> str:
        return self.send("POST", QUOTES, {"to": to, "price_minor": 900_000}).json()["id"]

    def windows(self, quote: str, option: str = "rider"):
        return self.send("GET", f"{QUOTES}/{quote}/windows?option={option}")

    def hold(self, quote: str, window: str, key: str, **more: object):
        return self.send("POST", f"{QUOTES}/{quote}/holds", {"option": "rider", "window": window, **more}, key)

    def promise(self, quote: str, held: str, order: str, key: str, **more: object):
        return self.send(
            "POST", PROMISES, {"quote": quote, "option": "rider", "order": order, "hold": held, **more}, key
        )


def a_till() -> Till:
    a_rider(capacity=1, surcharge=15_000)
    DeliveryOption.objects.create(code="standard", name={"en": "Standard"}, price_minor=50_000)
    a_point(capacity=1)
    make.orders(60, until=now())
    return Till()


@pytest.fixture
def till(db):
    return a_till()


def refused(answer) -> tuple[int, str, str | None]:
    return answer.status_code, answer.json()["code"], answer.json()["field"]


def first_two(till: Till, quote: str) -> tuple[str, str]:
    free = [each["window"] for each in till.windows(quote).json()["windows"]]
    return free[0], free[1]


def over(held: str) -> None:
    """The time of the hold has passed."""
    until = now() - timedelta(seconds=1)
    SlotHold.objects.filter(key__endswith=held).update(until=until, held_at=until - timedelta(minutes=15))


def test_windows_are_told_with_what_is_left_of_each_and_what_they_cost(till):
    quote = till.quote()
    told = till.windows(quote).json()
    assert (told["option"], told["zone"], told["price_minor"]) == ("rider", "Asia/Tehran", 100_000)
    first = told["windows"][0]
    assert (first["places_left"], first["surcharge_minor"]) == (1, 15_000)
    assert first["order_until"] < first["begins"] < first["ends"]
    hold(slot=first["window"], key="somebody", until=now() + timedelta(minutes=5))
    again = till.windows(quote).json()["windows"]
    assert [each["places_left"] for each in again if each["window"] == first["window"]] == [0]


@pytest.mark.parametrize(
    ("option", "told"),
    [("standard", (422, "no-windows", "option")), ("rocket", (422, "unknown-option", "option"))],
)
def test_an_option_without_windows_and_points_is_refused(till, option, told):
    assert refused(till.windows(till.quote(), option)) == told


def test_an_unknown_quote_and_another_scope_are_refused(till):
    assert refused(till.windows(str(uuid4()))) == (404, "unknown-quote", "quote_id")
    quote, reader = till.quote(), Till("quotes:read")
    window = first_two(till, quote)[0]
    assert reader.windows(quote).status_code == 200
    assert refused(reader.hold(quote, window, "h1")) == (403, "scope-missing", "Authorization")
    assert not SlotHold.objects.exists()


def test_a_place_is_held_once_however_often_it_is_asked_for_and_no_longer_than_at_first(till):
    quote = till.quote()
    window, other = first_two(till, quote)
    first, again = till.hold(quote, window, "h1", minutes=5), till.hold(quote, window, "h1", minutes=5)
    assert (first.status_code, again.status_code, first.json() == again.json()) == (201, 200, True)
    held = SlotHold.objects.get()
    assert (first.json()["state"], held.until - held.held_at) == ("held", timedelta(minutes=5))
    for body in ({"minutes": 6}, {"minutes": 5, "window": other}):
        reused = till.send("POST", f"{QUOTES}/{quote}/holds", {"option": "rider", "window": window, **body}, "h1")
        assert refused(reused) == (409, "idempotency-key-reused", "Idempotency-Key")
    assert SlotHold.objects.count() == 1


def test_a_full_window_is_refused_with_free_ones_near_it(till):
    quote = till.quote()
    window, other = first_two(till, quote)
    till.hold(quote, window, "h1")
    full = till.hold(quote, window, "h2")
    assert refused(full) == (409, "slot-full", "slot")
    assert other in full.json()["instead"].split(",")
    assert SlotHold.objects.count() == 1


@pytest.mark.parametrize(
    "window", ["rider.fars.nonsense", "fetch.bazaar.2030-01-01.0000", "rider.fars.2030-01-01.1000"]
)
def test_a_window_that_the_quote_does_not_have_is_refused(till, window):
    assert refused(till.hold(till.quote(), window, "h1")) == (422, "unknown-slot", "slot")
    assert not SlotHold.objects.exists()


@pytest.mark.parametrize("minutes", [0, 61, -5, "15"])
def test_a_hold_lasts_between_a_minute_and_an_hour(till, minutes):
    quote = till.quote()
    assert till.hold(quote, first_two(till, quote)[0], "h1", minutes=minutes).status_code == 422
    assert not SlotHold.objects.exists()


def test_what_is_held_is_promised_to_the_end_of_its_window_and_kept_by_the_order(till):
    quote = till.quote()
    window = till.windows(quote).json()["windows"][0]
    held = till.hold(quote, window["window"], "h1").json()["id"]
    made, again = till.promise(quote, held, "N1", "p1"), till.promise(quote, held, "N1", "p1")
    assert (made.status_code, again.status_code, made.json() == again.json()) == (201, 200, True)
    assert made.json()["due_at"] == window["ends"]
    kept = SlotHold.objects.get()
    assert (kept.state, kept.order_number) == ("kept", "N1")
    assert till.hold(quote, window["window"], "h1").json()["state"] == "kept"
    second = till.promise(quote, held, "N2", "p2")
    assert refused(second) == (409, "hold-used", "hold")
    assert Promise.objects.filter(kind="delivery").count() == 1


def test_a_hold_whose_time_is_over_is_still_good_while_nobody_took_its_place_and_promises_nothing_afterwards(till):
    quote = till.quote()
    window, other = first_two(till, quote)
    mine, late = (till.hold(quote, each, key).json()["id"] for each, key in ((window, "h1"), (other, "h2")))
    over(mine)
    over(late)
    assert till.promise(quote, mine, "N1", "p1").status_code == 201
    hold(slot=other, key="faster", until=now() + timedelta(minutes=5))
    assert till.hold(quote, other, "h2").json()["state"] == "over"
    assert refused(till.promise(quote, late, "N2", "p2")) == (409, "hold-over", "hold")
    assert list(Promise.objects.filter(kind="delivery").values_list("subject_ref", flat=True)) == ["N1"]


def test_a_hold_is_found_by_its_own_token_alone_and_fits_its_own_option_alone(till):
    quote, other = till.quote(), Till()
    held = till.hold(quote, first_two(till, quote)[0], "h1").json()["id"]
    assert refused(other.promise(quote, held, "N1", "p1")) == (404, "unknown-hold", "hold")
    assert refused(other.send("DELETE", f"{QUOTES}/holds/{held}")) == (404, "unknown-hold", "hold_id")
    assert refused(till.promise(quote, held, "N1", "p1", option="fetch")) == (422, "other-option", "hold")
    assert refused(till.promise(quote, held, "N" * 65, "p1")) == (422, "too-long", "order")
    assert (SlotHold.objects.get().state, Promise.objects.exists()) == ("held", False)


def test_a_place_is_given_back_once_and_not_while_it_is_promised(till):
    quote = till.quote()
    window, _other = first_two(till, quote)
    held = till.hold(quote, window, "h1").json()["id"]
    till.promise(quote, held, "N1", "p1")
    assert refused(till.send("DELETE", f"{QUOTES}/holds/{held}")) == (409, "still-promised", "hold_id")
    cancel_promise(Promise.objects.get(kind="delivery"))
    for _twice in range(2):
        gone = till.send("DELETE", f"{QUOTES}/holds/{held}")
        assert (gone.status_code, gone.json()["state"]) == (200, "released")
    assert till.hold(quote, window, "h2").status_code == 201


def test_an_order_that_has_a_window_gets_no_second_one(till):
    quote = till.quote()
    window, other = first_two(till, quote)
    first, second = (till.hold(quote, each, each).json()["id"] for each in (window, other))
    till.promise(quote, first, "N1", "p1")
    cancel_promise(Promise.objects.get(kind="delivery"))
    assert refused(till.promise(quote, second, "N1", "p2")) == (409, "has-window", "hold")
    assert Promise.objects.filter(kind="delivery", state="open").count() == 0


def test_a_day_at_a_point_is_held_and_promised_like_a_window_and_the_next_one_gets_the_next_day(till):
    quote = till.quote()
    told = till.windows(quote, "fetch").json()
    point = told["points"][0]
    assert (told["windows"], point["code"], point["city"]) == ([], "bazaar", "Shiraz")
    held = till.hold(quote, point["window"], "h1", option="fetch").json()["id"]
    later = till.windows(quote, "fetch").json()["points"][0]
    assert later["ready_on"] > point["ready_on"]
    full = till.hold(quote, point["window"], "h2", option="fetch")
    assert refused(full) == (409, "slot-full", "slot")
    assert full.json()["instead"] == later["window"]
    a_point("garden")
    again = till.hold(quote, point["window"], "h2", option="fetch").json()["instead"]
    assert again.split(",") == [point["window"].replace("bazaar", "garden"), later["window"]]  # the same day first
    made = till.promise(quote, held, "N1", "p1", option="fetch")
    again = till.promise(quote, held, "N1", "p1", option="fetch")
    assert (made.status_code, again.status_code, made.json()["due_on"]) == (201, 200, point["ready_on"])
    kept = SlotHold.objects.get()
    assert (kept.state, kept.order_number, kept.slot.point.code) == ("kept", "N1", "bazaar")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_the_last_place_exactly_one_holds_it(transactional_db):
    till = a_till()
    quote = till.quote()
    window = first_two(till, quote)[0]
    answers = at_once(*[lambda key=f"h{number}": till.hold(quote, window, key).status_code for number in range(4)])
    assert sorted(answers) == [201, 409, 409, 409]
    assert SlotHold.objects.count() == 1
