"""Customers are told before the date, once for each notice, never too often; what they choose acts once."""

from datetime import timedelta
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vafa.customers.tests.make import sara
from vafa.delivery.actions.choosing import choose, done_with
from vafa.delivery.actions.noticing import drop_notice, tell_now, told_by_phone
from vafa.delivery.actions.slipping import decide_slip
from vafa.delivery.actions.watching import save_watch_rules, watch
from vafa.delivery.links import notice_behind, path_of
from vafa.delivery.models import Notice, Slip, Watched
from vafa.delivery.queries import pooled
from vafa.delivery.queries.slips import in_danger_of
from vafa.delivery.queries.watching import watched_by
from vafa.delivery.tests.make import NOW, a_shop, orders, promised
from vafa.kit import clock
from vafa.kit.problems import Problem
from vafa.kit.signing import canonical_json
from vafa.messages.models import Message
from vafa.orders.models import Order
from vafa.promises.actions import settle_promise
from vafa.promises.models import Promise
from vafa.promises.queries import events_of, faults

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def shop(monkeypatch):
    monkeypatch.setattr(pooled, "_quick", None)  # each test has a history of its own
    a_shop()
    orders(120)
    save_watch_rules(automatic=True, respects_quiet=False)


SAID = {"en": "The lorry broke down."}


def told():
    return Notice.objects.filter(state="sent")


def test_a_customer_is_not_told_the_same_again_within_the_shops_hours(shop):
    sara(ref="C-W1")
    save_watch_rules(most_notices=9, hours_between=6)
    promise = promised("W1", days=9)
    named = promise.due_on + 2 * DAY

    def tell(hours, **said):
        return tell_now(promise, by="staff:1", at=NOW + hours * HOUR, **said)

    tell(0, new_on=named)
    for hours, again in ((0.1, {"new_on": named}), (5.9, {"new_on": named})):
        with pytest.raises(Problem) as refused:
            tell(hours, **again)
        assert refused.value.code == "told-already"
        assert "11:30" in str(refused.value)  # on the shop's clock, not on the server's
    assert (told().count(), Message.objects.count()) == (1, 1)
    tell(1, new_on=named + DAY)  # another day is news
    tell(2, new_on=named + DAY, words=SAID)  # so are words of one's own
    with pytest.raises(Problem):
        tell(3, new_on=named + DAY, words=SAID)
    tell(9, new_on=named + DAY)
    assert Message.objects.count() == 4


def test_the_rules_tell_the_customer_once(shop):
    sara(ref="C-W1")
    promise = promised()
    assert watch(at=NOW).told == 1
    assert watch(at=NOW).told == 0
    message, notice = Message.objects.get(), told().get()
    assert message.key == notice.message_key == f"watch:{promise.public_id}:1"
    assert (message.context["due_on"], message.context["new_on"]) == ("2026-03-02", notice.new_on.isoformat())
    assert message.context["reason"]["en"] == "It is taking us longer than usual to get it on its way."
    assert notice_behind(message.context["link"].split("/")[2]) == notice


def test_approve_first_waits_for_a_person(shop):
    save_watch_rules(automatic=False)
    promise = promised()
    assert watch(at=NOW).told == 0
    assert Notice.objects.get().state == "proposed"
    tell_now(promise, by="staff:1", at=NOW)
    assert (told().count(), Message.objects.count()) == (1, 1)


def test_a_notice_that_somebody_declined_is_not_proposed_again_within_the_hours(shop):
    save_watch_rules(automatic=False)
    promised(days=1, placed=NOW - HOUR)
    watch(at=NOW)
    drop_notice(Notice.objects.get(), by="staff:1")
    watch(at=NOW + HOUR)
    assert Notice.objects.count() == 1


def test_quiet_hours_are_waited_for_where_there_is_time(shop):
    save_watch_rules(respects_quiet=True)
    promised(days=1, placed=NOW)
    night = NOW.replace(hour=20)  # 23:30 in Tehran
    assert watch(at=night).told == 0
    assert watch(at=NOW + DAY).told == 1


def test_quiet_hours_do_not_make_a_notice_come_too_late(shop):
    save_watch_rules(respects_quiet=True)
    promised(days=1, placed=NOW - HOUR)
    assert watch(at=(NOW + DAY).replace(hour=19)).told == 1  # 22:30 on the promised day


def test_a_call_counts_as_a_notice(shop):
    save_watch_rules(most_notices=1)
    promise = promised()
    notice = told_by_phone(promise, by="staff:1", words=SAID, at=NOW)
    assert (notice.state, notice.message_key) == ("sent", "")
    with pytest.raises(Problem, match="as often as") as refused:
        tell_now(promise, by="staff:1", at=NOW)
    assert refused.value.code == "told-enough"
    assert Message.objects.count() == 0


def entries(promise):
    return [(event.kind, event.evidence) for event in events_of(promise)][1:]


def test_a_notice_is_an_entry_of_the_ledger_with_who_when_and_what_was_said(shop):
    promise = promised()
    watch(at=NOW)
    watch(at=NOW)
    notice = told().get()
    said = {"reason": notice.reason["told"], "words": {}}
    assert entries(promise) == [
        (
            "warned",
            {
                "notice": str(notice.public_id),
                "number": "1",
                "by": "rule",
                "way": "message",
                "message": notice.message_key,
                "said": sha256(canonical_json(said)).hexdigest(),
                "new_on": notice.new_on.isoformat(),
                "probability": f"{notice.probability:.6f}",
            },
        )
    ]
    assert events_of(promise)[-1].at == NOW
    assert list(faults()) == []


def test_a_call_leaves_the_same_evidence_as_a_message(shop):
    promise = promised()
    day = promise.due_on + 3 * DAY
    notice = told_by_phone(promise, by="staff:1", words=SAID, new_on=day, at=NOW)
    assert (notice.words, notice.new_on, notice.sent_at, notice.sent_by) == (SAID, day, NOW, "staff:1")
    ((kind, evidence),) = entries(promise)
    said = {"reason": notice.reason["told"], "words": SAID}
    assert (kind, evidence["by"], evidence["way"]) == ("warned", "staff:1", "phone")
    assert (evidence["new_on"], evidence["said"]) == (day.isoformat(), sha256(canonical_json(said)).hexdigest())


def test_a_call_that_is_refused_leaves_nothing(shop):
    promise = promised()
    with pytest.raises(Problem) as refused:
        told_by_phone(promise, by="staff:1", words=SAID, new_on=promise.due_on, at=NOW)
    assert refused.value.code == "not-later"
    settle_promise(promise, fulfilled_at=NOW, at=NOW)
    with pytest.raises(Problem) as refused:
        told_by_phone(promise, by="staff:1", words=SAID, at=NOW)
    assert refused.value.code == "not-open"
    assert (Notice.objects.count(), [kind for kind, _ in entries(promise)]) == (0, ["kept"])


def test_an_answer_is_an_entry_before_what_follows_from_it(shop):
    promise = promised()
    watch(at=NOW)
    notice = told().get()
    for _twice in range(2):
        choose(notice, "accept", day=notice.new_on, at=NOW + HOUR)
    answered = {
        "notice": str(notice.public_id), "by": "customer", "choice": "accept", "day": notice.new_on.isoformat(),
    }  # fmt: skip
    assert [kind for kind, _ in entries(promise)] == ["warned", "answered", "revised"]
    assert entries(promise)[1][1] == answered
    assert list(faults()) == []


def test_a_day_named_by_the_staff_is_the_day_that_is_said(shop):
    promise = promised()
    named = promise.due_on + 9 * DAY
    notice = tell_now(promise, by="staff:1", new_on=named, words={"en": "The road is closed."}, at=NOW)
    assert notice.new_on == named
    assert Message.objects.get().context["new_on"] == named.isoformat()
    with pytest.raises(Problem) as refused:
        tell_now(promise, by="staff:1", new_on=promise.due_on, at=NOW)
    assert refused.value.code == "not-later"


def test_the_new_day_becomes_a_promise_that_the_shop_asked_for(shop):
    promise = promised()
    watch(at=NOW)
    notice = told().get()
    for _twice in range(2):
        choose(notice, "accept", day=notice.new_on, at=NOW + HOUR)
    promise.refresh_from_db()
    successor = promise.replaced_by
    assert (promise.state, successor.due_on, successor.asked_by) == ("revised", notice.new_on, "shop")
    assert successor.original_due_on == promise.due_on
    assert Promise.objects.count() == 2
    assert list(faults()) == []


def test_a_day_that_was_never_offered_cannot_be_taken(shop):
    promise = promised()
    watch(at=NOW)
    with pytest.raises(Problem) as refused:
        choose(told().get(), "accept", day=promise.due_on + 90 * DAY, at=NOW)
    assert refused.value.code == "offer-changed"
    assert Promise.objects.get().state == "open"


def test_cancelling_withdraws_the_promise_marks_the_order_and_leaves_work_for_the_staff(shop):
    promise = promised()
    watch(at=NOW)
    notice = choose(told().get(), "cancel", at=NOW + HOUR)
    promise.refresh_from_db()
    assert promise.state == "cancelled"
    assert events_of(promise)[-1].evidence == {"by": "customer", "notice": str(notice.public_id)}
    assert Order.objects.get(number="W1").cancellation_asked_at == NOW + HOUR
    assert (notice.to_do, done_with(notice, at=NOW), done_with(notice, at=NOW)) == (True, True, False)


def test_after_the_promise_was_settled_nothing_can_be_chosen(shop):
    promise = promised()
    watch(at=NOW)
    settle_promise(promise, fulfilled_at=NOW + HOUR, at=NOW + HOUR)
    with pytest.raises(Problem) as refused:
        choose(told().get(), "cancel", at=NOW + 2 * HOUR)
    assert refused.value.code == "over"


@pytest.fixture
def today(shop, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW + HOUR)


def test_a_get_changes_nothing_and_a_post_works_twice(today, client):
    promised()
    watch(at=NOW)
    notice = told().get()
    path = path_of(notice)
    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 405
    assert told().get().choice == ""
    body = {"choice": "accept", "day": notice.new_on.isoformat()}
    assert [client.post(path, body).status_code for _ in range(2)] == [302, 302]
    assert "Thank you for your patience" in client.get(path).content.decode()
    assert Promise.objects.count() == 2


def test_a_link_that_was_touched_is_refused_with_a_sentence(today, client):
    promised()
    watch(at=NOW)
    path = path_of(told().get())
    answer = client.get(path[:-3] + "xy/")
    assert (answer.status_code, "newest message" in answer.content.decode()) == (410, True)


def test_after_the_date_the_page_says_that_it_has_passed(shop, client, monkeypatch):
    promised()
    watch(at=NOW)
    monkeypatch.setattr(clock, "now", lambda: NOW + 5 * DAY)
    page = client.get(path_of(told().get())).content.decode()
    assert "The promised day has passed" in page
    assert "<button" not in page.split("<main", 1)[1].split("</main>")[0]


def test_many_in_danger_at_once_are_one_alert_and_nobody_is_told_before_it_is_decided(shop):
    for number in range(8):
        promised(f"W{number}", days=1, placed=NOW - HOUR, carrier="tipax")
        promised(f"X{number}", days=9, placed=NOW - HOUR)
    passed = watch(at=NOW)
    slip = Slip.objects.get()
    assert (passed.alerts, passed.told, slip.in_danger) == (1, 0, 8)
    assert slip.common == {"carrier": "tipax"}  # the others go to Fars too
    in_danger = watched_by(in_danger_of(slip, at=NOW))
    assert {each.promise.subject_ref for each in in_danger} == {f"W{number}" for number in range(8)}
    assert set(Notice.objects.values_list("state", flat=True)) == {"held"}
    decide_slip(slip, "send", by="staff:1", words={"en": "Tipax is on strike."}, at=NOW + HOUR)
    assert watch(at=NOW + HOUR).told == 8
    assert Message.objects.first().context["words"] == {"en": "Tipax is on strike."}


def test_when_nobody_decides_in_time_they_are_told(shop):
    save_watch_rules(automatic=False)
    for number in range(8):
        promised(f"W{number}", days=1, placed=NOW - HOUR)
    watch(at=NOW)
    assert watch(at=NOW + 3 * HOUR).told == 0
    assert watch(at=NOW + 4 * HOUR).told == 8
    assert Slip.objects.get().decision == "deadline"


def test_waiting_puts_the_deadline_off_once(shop):
    for number in range(8):
        promised(f"W{number}", days=1, placed=NOW - HOUR)
    watch(at=NOW)
    slip = decide_slip(Slip.objects.get(), "wait", by="staff:1", at=NOW + 3 * HOUR)
    with pytest.raises(Problem):
        decide_slip(slip, "wait", by="staff:1", at=NOW + 3 * HOUR)
    assert watch(at=NOW + 4 * HOUR).told == 0
    assert watch(at=NOW + 7 * HOUR).told == 8


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    most=st.integers(0, 3),
    days=st.lists(st.integers(1, 6), min_size=1, max_size=4),
    hours=st.lists(st.integers(1, 40), min_size=1, max_size=5),
    arrives=st.integers(0, 80),
)
def test_never_more_than_allowed_never_after_the_date_never_for_what_is_settled(shop, most, days, hours, arrives):
    Notice.objects.all().delete()
    Watched.objects.all().delete()
    Slip.objects.all().delete()
    save_watch_rules(most_notices=most, hours_between=12)
    start = Promise.objects.count()
    promises = [promised(f"P{start + n}", days=d, placed=NOW - DAY) for n, d in enumerate(days)]
    at, ended = NOW, {}
    for step in hours:
        at += step * HOUR
        if at >= NOW + arrives * HOUR and not ended:
            settle_promise(promises[0], fulfilled_at=at, at=at)
            ended[promises[0].pk] = at
        watch(at=at)
    for promise in promises:
        sent = sorted(Notice.objects.filter(promise=promise, state="sent").values_list("sent_at", flat=True))
        assert len(sent) <= most
        assert all(moment < promise.due_at for moment in sent)
        assert all(moment < ended.get(promise.pk, at + DAY) for moment in sent)
        assert all(later - sooner >= 12 * HOUR for sooner, later in pairwise(sent))
