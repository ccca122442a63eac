"""The customer's page from the link in his message to the ledger: another delivery, links that ended, two at once."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from vafa.delivery.actions import choosing
from vafa.delivery.actions.choosing import choose
from vafa.delivery.actions.noticing import tell_now
from vafa.delivery.actions.parcels import ParcelRow, record_parcels
from vafa.delivery.actions.tracking import follow
from vafa.delivery.actions.watching import save_watch_rules
from vafa.delivery.links import LIFETIME, path_of
from vafa.delivery.models import DeliveryOption, Notice, Parcel, Watched
from vafa.delivery.queries import pooled
from vafa.delivery.queries.offering import offer_of
from vafa.delivery.tests.make import NOW, a_shop, orders, promised
from vafa.kit import clock, signing
from vafa.kit.problems import Problem
from vafa.kit.tests.together import at_once
from vafa.messages.models import Message
from vafa.orders.models import Order
from vafa.promises.actions import break_overdue, settle_promise
from vafa.promises.models import Promise, PromiseEvent
from vafa.promises.queries import events_of, faults

pytestmark = pytest.mark.django_db(transaction=True)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def shop(monkeypatch):
    """Usual delivery, a quick one and one that takes a month."""
    monkeypatch.setattr(pooled, "_quick", None)  # each test has a history of its own
    monkeypatch.setattr(clock, "now", lambda: NOW + HOUR)
    a_shop()
    orders(120)
    save_watch_rules(automatic=False, respects_quiet=False)
    for position, (code, least) in enumerate([("usual", 0), ("quick", 0), ("slow", 30)]):
        names = {"en": f"The {code} way"}
        DeliveryOption.objects.create(code=code, name=names, position=position, minimum_days=least)


def a_notice(promise=None, *, later=12):
    """A customer who was told, with a day so many days after the promised one."""
    promise = promise or promised()
    return tell_now(promise, by="staff:1", new_on=promise.due_on + later * DAY, at=NOW)


def offered(notice):
    return [other.code for other in offer_of(notice, at=NOW).others]


def english(client, path):
    return client.get(path, headers={"Accept-Language": "en"}).content.decode()


def kinds(promise):
    return [event.kind for event in events_of(promise)]


# --- another delivery


def test_another_delivery_is_offered_only_where_it_comes_sooner_than_the_new_day(shop):
    notice = a_notice()
    assert offered(notice) == ["quick"]
    (quick,) = offer_of(notice, at=NOW).others
    Notice.objects.update(new_on=quick.day)
    notice.refresh_from_db()
    assert offered(notice) == []
    Notice.objects.update(new_on=quick.day + DAY)
    notice.refresh_from_db()
    assert offered(notice) == ["quick"]


def test_where_no_day_can_be_said_it_must_come_before_the_end_of_the_likely_window(shop):
    notice = a_notice()
    (quick,) = offer_of(notice, at=NOW).others
    Notice.objects.update(new_on=None)
    notice.refresh_from_db()
    watched = Watched.objects.create(promise=notice.promise, at=NOW, probability=0.1, latest=quick.day)
    assert offered(notice) == []
    Watched.objects.filter(pk=watched.pk).update(latest=quick.day + DAY)
    assert offered(notice) == ["quick"]


def test_where_nobody_knows_when_it_comes_nothing_is_said_to_come_sooner(shop):
    notice = a_notice()
    Notice.objects.update(new_on=None)
    notice.refresh_from_db()
    assert offer_of(notice, at=NOW).new_on is None
    assert offered(notice) == []


def test_the_delivery_it_has_already_is_not_another_one(shop):
    notice = a_notice()
    assert Order.objects.get(number="W1").option == ""  # the usual one
    assert "usual" not in offered(notice)
    Order.objects.filter(number="W1").update(option="quick")
    assert offered(notice) == ["usual"]


def test_nothing_else_is_offered_once_a_carrier_has_the_parcel_or_the_shop_does_not_wish_it(shop):
    notice = a_notice()
    save_watch_rules(offers_options=False)
    assert offered(notice) == []
    save_watch_rules(offers_options=True)
    record_parcels([ParcelRow("W1", handed_over_at=NOW)])
    assert offered(notice) == []


def test_a_customer_takes_another_delivery_on_his_page(shop, client):
    promise = promised()
    path = path_of(a_notice(promise))
    page = english(client, path)
    assert ("The quick way" in page, "The slow way" in page, "The usual way" in page) == (True, False, False)
    (quick,) = offer_of(Notice.objects.get(), at=NOW).others
    body = {"choice": "option", "option": "quick", "day": quick.day.isoformat()}
    assert [client.post(path, body).status_code for _twice in range(2)] == [302, 302]
    notice, successor = Notice.objects.get(), Promise.objects.exclude(pk=promise.pk).get()
    assert (notice.choice, notice.chosen) == ("option", {"option": "quick", "day": quick.day.isoformat()})
    assert (notice.to_do, notice.done_at) == (True, None)
    assert (successor.due_on, successor.asked_by, successor.original_due_on) == (quick.day, "shop", promise.due_on)
    assert kinds(promise) == ["made", "warned", "answered", "revised"]
    answered = PromiseEvent.objects.get(kind="answered").evidence
    assert (answered["option"], answered["day"]) == ("quick", quick.day.isoformat())
    assert "We are changing your delivery" in english(client, path)
    assert list(faults()) == []


def test_another_delivery_that_keeps_the_first_day_needs_no_new_promise(shop, client):
    promise = promised(days=20)
    path = path_of(a_notice(promise, later=5))
    (quick,) = offer_of(Notice.objects.get(), at=NOW).others
    assert quick.day <= promise.due_on
    assert client.post(path, {"choice": "option", "option": "quick", "day": quick.day.isoformat()}).status_code == 302
    assert (Promise.objects.get().state, kinds(promise)) == ("open", ["made", "warned", "answered"])
    assert Notice.objects.get().to_do


@pytest.mark.parametrize(
    ("option", "shift"), [("slow", 0), ("usual", 0), ("unheard-of", 0), ("", 0), ("quick", 1), ("quick", None)]
)
def test_what_was_not_offered_cannot_be_taken(shop, client, option, shift):
    promise = promised()
    path = path_of(a_notice(promise))
    (quick,) = offer_of(Notice.objects.get(), at=NOW).others
    day = "" if shift is None else (quick.day + shift * DAY).isoformat()
    answer = client.post(path, {"choice": "option", "option": option, "day": day}, headers={"Accept-Language": "en"})
    assert (answer.status_code, "changed meanwhile" in answer.content.decode()) == (409, True)
    assert (Notice.objects.get().choice, kinds(promise)) == ("", ["made", "warned"])


# --- what it says


@pytest.mark.parametrize(
    ("chance", "said"),
    [(0.49, "It will probably be late"), (0.59, "Parcels like it still come in time 59 of 100 times")],
)
def test_it_says_probably_late_only_where_that_is_true(shop, client, chance, said):
    promise = promised()
    Watched.objects.create(promise=promise, at=NOW, probability=chance)
    notice = tell_now(promise, by="staff:1", at=NOW)
    message = Message.objects.get()
    assert said in english(client, path_of(notice))
    assert message.context.get("in_time") == ([59, 100] if chance > 0.5 else None)


def test_who_names_a_day_knows_more_than_the_estimate(shop, client):
    promise = promised()
    Watched.objects.create(promise=promise, at=NOW, probability=0.59)
    assert "It will probably be late" in english(client, path_of(a_notice(promise)))


# --- the page when something happened meanwhile


def test_a_link_ends_after_sixty_days_with_a_sentence(shop, client, monkeypatch):
    path = path_of(a_notice())
    monkeypatch.setattr(signing, "real_now", lambda: clock.real_now() + LIFETIME - HOUR)
    assert client.get(path).status_code == 200
    monkeypatch.setattr(signing, "real_now", lambda: clock.real_now() + LIFETIME)
    for answer in (client.get(path), client.post(path, {"choice": "cancel"})):
        assert (answer.status_code, Notice.objects.get().choice) == (410, "")
    assert "This link has ended" in english(client, path)


def test_the_page_says_that_it_has_arrived_and_offers_nothing(shop, client):
    promise = promised()
    path = path_of(a_notice(promise))
    settle_promise(promise, fulfilled_at=NOW + HOUR, at=NOW + HOUR)
    page = english(client, path)
    assert ("It has arrived" in page, 'name="choice"' in page) == (True, False)
    refused = client.post(path, {"choice": "cancel"})
    assert (refused.status_code, Notice.objects.get().choice, kinds(promise)[-1]) == (409, "", "kept")


def test_the_page_says_that_the_word_was_not_kept_and_offers_nothing(shop, client, monkeypatch):
    promise = promised()
    path = path_of(a_notice(promise))
    break_overdue(NOW + 30 * DAY)
    monkeypatch.setattr(clock, "now", lambda: NOW + 30 * DAY)
    page = english(client, path)
    assert ("We have not kept our word" in page, 'name="choice"' in page) == (True, False)
    refused = client.post(path, {"choice": "accept", "day": Notice.objects.get().new_on.isoformat()})
    assert (refused.status_code, Promise.objects.count(), kinds(promise)[-1]) == (409, 1, "broken")


def test_what_came_late_has_arrived(shop, client, monkeypatch):
    promise = promised()
    path = path_of(a_notice(promise))
    settle_promise(promise, fulfilled_at=NOW + 5 * DAY, at=NOW + 5 * DAY)
    monkeypatch.setattr(clock, "now", lambda: NOW + 6 * DAY)
    assert "It has arrived" in english(client, path)


@pytest.mark.parametrize("choice", ["accept", "cancel", "option"])
def test_the_same_press_twice_acts_once_and_shows_the_same_page(shop, client, choice):
    promise = promised()
    path = path_of(a_notice(promise))
    offer = offer_of(Notice.objects.get(), at=NOW)
    day = {"accept": offer.new_on, "option": offer.others[0].day}.get(choice)
    body = {"choice": choice, "option": "quick", "day": day.isoformat() if day else ""}
    answers, entries = [], []
    for _press in range(2):
        answers.append(client.post(path, body))
        entries.append(PromiseEvent.objects.count())
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, path)] * 2
    latest = Promise.objects.latest("made_at", "pk")
    assert f'href="/receipt/{latest.public_id}/"' in english(client, path)
    assert entries[0] == entries[1]


# --- at once


def test_the_same_press_twice_at_the_same_moment_acts_once(shop):
    notice = a_notice()
    results = at_once(*[lambda: choose(notice, "accept", day=notice.new_on, at=NOW)] * 4)
    assert {result.choice for result in results} == {"accept"}
    assert (Promise.objects.count(), PromiseEvent.objects.filter(kind="answered").count()) == (2, 1)
    assert list(faults()) == []


@pytest.mark.usefixtures("postgresql")
def test_no_parcel_is_handed_over_between_looking_and_promising(shop, monkeypatch):
    """The race, injected: while the choice has looked and not yet written, somebody wants to hand the parcel over."""
    notice, refused = a_notice(), []
    (quick,) = offer_of(notice, at=NOW).others

    def hand_over():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '100ms'")
                record_parcels([ParcelRow("W1", handed_over_at=NOW)])
        except OperationalError as locked:
            refused.append(str(locked))

    def look_and_be_raced(asked, *, at):
        offer = offer_of(asked, at=at)
        at_once(hand_over)
        return offer

    monkeypatch.setattr(choosing, "offer_of", look_and_be_raced)
    assert choose(notice, "option", option="quick", day=quick.day, at=NOW).choice == "option"
    assert (len(refused), "lock timeout" in refused[0]) == (1, True)
    assert Parcel.objects.get(order__number="W1").handed_over_at is None


def test_a_choice_and_a_hand_over_at_once_end_one_after_the_other(shop):
    notices = [a_notice(promised(f"W{number}")) for number in range(6)]
    days = {notice.pk: offer_of(notice, at=NOW).others[0].day for notice in notices}

    def hand_over(number):
        record_parcels([ParcelRow(number, handed_over_at=NOW)])
        follow([number], at=NOW)

    for notice in notices:
        number = notice.promise.subject_ref
        chosen, _handed = at_once(
            lambda notice=notice: choose(notice, "option", option="quick", day=days[notice.pk], at=NOW),
            lambda number=number: hand_over(number),
        )
        notice.refresh_from_db()
        if isinstance(chosen, Problem):
            assert (chosen.code, notice.choice, kinds(notice.promise)) == ("offer-changed", "", ["made", "warned"])
        else:
            assert (notice.choice, notice.to_do) == ("option", True)
        assert Parcel.objects.get(order__number=number).handed_over_at == NOW
    assert list(faults()) == []
