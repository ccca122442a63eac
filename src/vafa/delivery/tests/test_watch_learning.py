"""What outcomes teach corrects the living watch as it corrects the replay, each look counted once."""

import random
import signal
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from vafa.delivery.actions import learning
from vafa.delivery.actions.estimating import estimate_all
from vafa.delivery.actions.learning import learn
from vafa.delivery.actions.parcels import ParcelRow, record_parcels
from vafa.delivery.actions.tracking import follow
from vafa.delivery.actions.watching import watch
from vafa.delivery.models import KeptLook, Lesson, Watched
from vafa.delivery.queries import pooled
from vafa.delivery.queries.lessons import is_kept
from vafa.delivery.tests.make import NOW, SHIRAZ, a_shop, orders, promised
from vafa.engine.lateness import OpenPromises, corrected_in_order
from vafa.engine.local_days import day_number
from vafa.kit.tests.together import at_once
from vafa.orders.actions import OrderRow, record_orders
from vafa.promises.actions import cancel_promise, make_promise, revise_promise, settle_promise
from vafa.promises.models import Promise

ZONE = ZoneInfo("Asia/Tehran")
DAY = timedelta(days=1)
FIRST, DAYS = date(2026, 3, 2), 24


@pytest.fixture(autouse=True)
def own_history(monkeypatch):
    monkeypatch.setattr(pooled, "_quick", None)


def midnight(day):
    return datetime.combine(day, time(), ZONE)


class Played:
    """A shop whose days are played one after another: orders, parcels, promises and the watch, by the rooms' actions.

    Its history is quick, so the curves say that all is well; from the first day on every second parcel is late.
    """

    def __init__(self, days):
        self.chance = random.Random(4)
        self.order, self.due, self.arrives, self.cancelled = {}, {}, {}, {}
        self.looks, self.stated, self.events = {}, {}, {}
        for number in range(days):
            self._play(FIRST + number * DAY)

    def _play(self, day):
        watch(at=midnight(day))
        self._note(day)
        for at, work in sorted(self.events.pop(day, []), key=lambda event: event[0]):
            work(at)
        record_orders([OrderRow(f"B{day}", midnight(day) - 2 * DAY, place=SHIRAZ.code, seller="ketab")])
        self._told(ParcelRow(f"B{day}", delivered_at=midnight(day) + timedelta(hours=8)), midnight(day) + DAY / 2)
        for number in range(3):
            self._order(f"{day}-{number}", midnight(day) + timedelta(hours=9 + number))

    def _order(self, number, at):
        record_orders([OrderRow(number, at, place=SHIRAZ.code, seller="ketab", customer_ref=number)])
        due = at.date() + self.chance.choice([6, 12]) * DAY
        promise = make_promise(
            at=at, kind="delivery", key=number, subject_type="order", subject_ref=number, due_on=due,
            zone="Asia/Tehran", probability=0.9, region="Fars", place="Shiraz",
        )  # fmt: skip
        handed = at + timedelta(days=self.chance.choice([1, 2, 4]))
        arrives = midnight(due) + timedelta(days=self.chance.choice([-1, -1, 0, 0, 1, 2, 3]), hours=15)
        self.due[number], self.order[number], self.arrives[number] = due, number, arrives
        fate = self.chance.random()
        self._plan(handed, lambda at: self._told(ParcelRow(number, handed_over_at=at), at))
        if fate < 0.1:  # never arrives
            self.arrives[number] = None
        elif fate < 0.2:
            self.arrives[number], self.cancelled[number] = None, arrives
            self._plan(arrives, lambda at: cancel_promise(promise, at=at))
        else:
            self._plan(arrives, lambda at: self._told(ParcelRow(number, delivered_at=at), at))
        if 0.2 < fate < 0.3:
            later = {"due_on": due + 3 * DAY, "zone": "Asia/Tehran", "probability": 0.9}
            self._plan(midnight(due) - DAY, lambda at: self._revised(promise, number, later, at))

    def _revised(self, promise, number, later, at):
        promise.refresh_from_db()
        if promise.state == "open":
            successor = revise_promise(promise, asked_by="customer", at=at, **later)
            self.due[successor.key], self.order[successor.key] = later["due_on"], number

    def _told(self, row, at):
        record_parcels([row])
        follow([row.number], at=at)

    def _plan(self, at, work):
        self.events.setdefault(at.date(), []).append((at, work))

    def _note(self, day):
        for look in KeptLook.objects.select_related("promise__watched"):
            if look.due_on - look.days_before * DAY == day:
                key = look.promise.key, look.days_before
                self.looks[key] = look
                self.stated[key] = 1 - look.promise.watched.probability

    def is_late(self, key):
        arrived = self.arrives[self.order[key]]
        return arrived is None or arrived.date() > self.due[key]

    def is_told(self, key):
        """Whether it is known how it ended: nobody cancelled before its day was over."""
        cancelled = self.cancelled.get(self.order[key])
        return cancelled is None or cancelled.date() > self.due[key]


@pytest.mark.django_db
def test_the_living_watch_states_what_the_replay_would_from_the_same_looks_and_outcomes():
    a_shop()
    orders(60)
    played = Played(DAYS)
    keys = list(played.looks)
    looks = [played.looks[key] for key in keys]
    due = np.array([day_number(look.due_on) for look in looks])
    asked = due - np.array([look.days_before for look in looks])
    facts = ("chance", "days_left", "since_handed")
    said = OpenPromises(*(np.array([getattr(look, name) for look in looks], dtype=float) for name in facts))
    late, told = (np.array([of(number) for number, _before in keys]) for of in (played.is_late, played.is_told))
    replayed = corrected_in_order(said, asked, due, late, told)
    stated = np.array([played.stated[key] for key in keys])
    assert len(looks) > 80
    assert set(said.days_left) == {2.0, 5.0, 10.0}
    assert np.abs(stated - replayed).max() < 6e-5  # four digits are written
    last = told & (asked > asked.max() - 10)
    assert surprise(stated, late, last) < surprise(said.chance, late, last)
    assert Lesson.objects.get().outcomes == (told & (due < day_number(FIRST + (DAYS - 1) * DAY))).sum()


def surprise(chance, late, which):
    """The mean logarithmic loss."""
    return -np.log(np.clip(np.where(late, chance, 1 - chance)[which], 0.001, 1)).mean()


@pytest.fixture
def shop():
    a_shop()
    orders(60)


def look_at(number="W1", *, days_before=2, **facts):
    """A promise due on the second day after a look at NOW, which is written down."""
    promise = promised(number, days=days_before + 1, **facts)
    estimate_all(at=NOW)
    return promise


def heard_of_an_arrival(at):
    """Of an order without a promise."""
    record_orders([OrderRow(f"B{at:%d}", at - 2 * DAY, place=SHIRAZ.code, seller="ketab")])
    record_parcels([ParcelRow(f"B{at:%d}", delivered_at=at)])


def ended():
    return list(KeptLook.objects.order_by("pk").values_list("late", flat=True))


@pytest.mark.django_db
def test_the_first_look_of_the_day_is_kept_and_no_later_one(shop):
    look_at(days_before=2)
    first = KeptLook.objects.values().get()
    for hours in (1, 2, 9):
        estimate_all(at=NOW + timedelta(hours=hours))
    estimate_all(at=NOW + DAY)
    assert KeptLook.objects.values().get() == first
    assert (first["days_before"], first["due_on"], first["late"]) == (2, (NOW + 2 * DAY).date(), None)


@pytest.mark.django_db
def test_what_was_ordered_on_the_day_itself_is_not_learned_from(shop):
    look_at(placed=NOW - timedelta(hours=3), days_before=1)
    assert (Watched.objects.count(), KeptLook.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_miss_is_known_on_the_day_after_its_own(shop):
    look_at()
    heard_of_an_arrival(NOW + 2 * DAY)
    learn(at=NOW + 2 * DAY)
    assert ended() == [None]
    learn(at=NOW + 3 * DAY)
    assert ended() == [True]
    assert Lesson.objects.get().outcomes == 1
    assert Lesson.objects.get().shift > 0


@pytest.mark.django_db
def test_while_no_arrival_is_heard_of_nothing_counts_as_missed_until_its_grace_is_over(shop):
    promise = look_at()
    for days in (3, 4):
        learn(at=NOW + days * DAY)
        assert ended() == [None]
    Promise.objects.filter(pk=promise.pk).update(settle_after=NOW + 5 * DAY)
    learn(at=NOW + 5 * DAY)
    assert ended() == [True]


@pytest.mark.django_db
def test_late_proof_corrects_what_was_learned(shop):
    promise = look_at()
    heard_of_an_arrival(NOW + 2 * DAY)
    learn(at=NOW + 3 * DAY)
    settle_promise(promise, fulfilled_at=NOW + DAY, at=NOW + 3 * DAY)
    learn(at=NOW + 3 * DAY)
    assert ended() == [True]  # what is stated on one day rests on the same outcomes
    learn(at=NOW + 4 * DAY)
    assert ended() == [False]
    assert Lesson.objects.get().shift <= 0


@pytest.mark.django_db
def test_who_cancels_before_the_day_is_over_teaches_nothing_and_afterwards_changes_nothing(shop):
    early, late = look_at("W1"), look_at("W2")
    heard_of_an_arrival(NOW + 2 * DAY)
    cancel_promise(early, at=NOW + DAY)
    learn(at=NOW + 3 * DAY)
    cancel_promise(late, at=NOW + 3 * DAY)
    learn(at=NOW + 4 * DAY)
    assert list(KeptLook.objects.values_list("promise", "late")) == [(late.pk, True)]


@pytest.mark.django_db
def test_a_look_is_forgotten_after_four_hundred_days(shop):
    look_at()
    learn(at=NOW + 402 * DAY)
    assert KeptLook.objects.count() == 1
    learn(at=NOW + 403 * DAY)
    assert KeptLook.objects.count() == 0


@pytest.mark.django_db
def test_of_very_many_open_promises_a_part_is_learned_from(shop, monkeypatch):
    monkeypatch.setattr(learning, "ENOUGH", 5)
    for number in range(40):
        promised(f"W{number}", days=3)
    estimate_all(at=NOW)
    assert Lesson.objects.get().one_in == 8
    kept = [pk for pk in Promise.objects.values_list("pk", flat=True) if is_kept(pk, 2, 8)]
    assert sorted(KeptLook.objects.values_list("promise_id", flat=True)) == sorted(kept)


def test_the_part_is_as_large_as_asked_for_and_a_smaller_one_lies_within_it():
    tenth, fifth = ({pk for pk in range(20_000) if is_kept(pk, 5, one_in)} for one_in in (10, 5))
    assert tenth < fifth
    assert (len(tenth), len(fifth)) == (pytest.approx(2_000, rel=0.02), pytest.approx(4_000, rel=0.02))
    assert not any(is_kept(pk, 6, 1) for pk in range(100))


@pytest.mark.django_db
def test_a_chance_that_was_corrected_comes_with_a_date_that_fits_it(shop):
    """Said to be safe, and known to slip: the date that could be kept comes after the promised one."""
    promised("W1", days=5)
    estimate_all(at=NOW)
    before = Watched.objects.get()
    slipping = {"coefficients": [2.0, 1, 0, 0, 0, 0, 0, 0, 0], "shift": 1.0}
    Lesson.objects.update(**slipping)
    estimate_all(at=NOW)
    after = Watched.objects.get()
    assert before.probability > 0.8
    assert after.probability < 0.5
    assert before.honest_on <= before.promise.due_on < after.honest_on
    assert after.honest_probability >= 0.8


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_keep_each_look_once_and_learn_the_same(shop):
    for number in range(12):
        promised(f"W{number}", days=3)
    at_once(*[lambda: estimate_all(at=NOW)] * 4)
    assert KeptLook.objects.count() == 12
    heard_of_an_arrival(NOW + 2 * DAY)
    learned = at_once(*[lambda: learn(at=NOW + 3 * DAY)] * 4)
    assert [each.outcomes for each in learned] == [12] * 4
    assert Lesson.objects.values_list("outcomes", "shift").get() == (12, learned[0].shift)


PROGRAM = """
import django; django.setup()
from datetime import datetime, UTC
from vafa.delivery.actions import estimating
estimating.CHUNK = 1
print("ready", flush=True)
while True:
    estimating.estimate_all(at=datetime(2026, 3, 1, 8, tzinfo=UTC))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_and_one_that_repeats_its_pass_keep_each_look_once(shop, process_environment):
    for number in range(12):
        promised(f"W{number}", days=3)
    environment = {**process_environment, "DJANGO_SETTINGS_MODULE": "vafa.config.settings"}
    worker = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.PIPE, text=True)
    assert worker.stdout.readline() == "ready\n"
    while KeptLook.objects.count() < 2:
        assert worker.poll() is None
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=20)
    estimate_all(at=NOW)
    assert KeptLook.objects.count() == 12
    assert KeptLook.objects.values("promise", "days_before").distinct().count() == 12


@pytest.mark.parametrize("step", ["_write_ends", "_forget", "_lesson_of", "_save"])
@pytest.mark.django_db
def test_learning_that_is_cut_off_is_done_again_as_if_for_the_first_time(shop, monkeypatch, step):
    look_at("W1")
    look_at("W2")
    heard_of_an_arrival(NOW + 2 * DAY)
    with monkeypatch.context() as patched:
        patched.setattr(learning, step, _dying)
        with pytest.raises(KeyboardInterrupt):
            learn(at=NOW + 3 * DAY)
    assert Lesson.objects.get().outcomes == 0
    learn(at=NOW + 3 * DAY)
    assert Lesson.objects.get().outcomes == 2
    assert ended() == [True, True]


def _dying(*_):
    raise KeyboardInterrupt
