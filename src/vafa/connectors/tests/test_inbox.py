"""From a carrier's message to a kept promise, and everything that can go wrong in between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from vafa.connectors.actions.inbox import drop_item, forget_raw, read_left_behind, receive, replay, retry_item
from vafa.connectors.actions.sources import add_source, end_old_secret, set_secret, switch_source
from vafa.connectors.models import InboxItem, InboxState, Through, TrackingSource
from vafa.connectors.queries.tracking import quarantined, source_views
from vafa.connectors.tests.carrier import SECRET, TASKS, a_promise, a_source, an_order, headers_of, post, told
from vafa.connectors.tracking import form as folders
from vafa.connectors.tracking.form import Meaning, the_form
from vafa.connectors.tracking.masking import masked
from vafa.delivery.models import Parcel, TrackingEvent
from vafa.engine.parcel_state import Status
from vafa.jobs.doing import do_all
from vafa.jobs.models import Job
from vafa.kit.bulk import Recorded
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem
from vafa.promises.models import Promise, State
from vafa.promises.queries import events_of

pytestmark = pytest.mark.django_db


def state() -> list[tuple[object, ...]]:
    parcels = Parcel.objects.order_by("pk").values_list("status", "reason", "handed_over_at", "delivered_at")
    return [*parcels, *TrackingEvent.objects.order_by("key").values_list("key", "status", "reason", "at")]


def test_a_delivery_told_by_webhook_keeps_the_promise(client):
    a_promise(an_order().number)
    source = a_source()
    answer = post(client, source, told("delivered"))
    assert (answer.status_code, answer.json()) == (202, {"received": True})
    assert TrackingEvent.objects.count() == 0  # it is kept; a worker reads it
    do_all(TASKS)
    assert InboxItem.objects.get().state == InboxState.DONE
    assert Promise.objects.get().state == State.KEPT


def test_the_same_message_again_is_welcome_and_nothing_new(client):
    a_promise(an_order().number)
    source = a_source()
    for _ in range(3):
        assert post(client, source, told("delivered")).status_code == 202
        do_all(TASKS)
    assert (InboxItem.objects.count(), TrackingEvent.objects.count(), Job.objects.count()) == (1, 1, 1)
    assert [event.kind for event in events_of(Promise.objects.get())] == ["made", "kept"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"secret": "not the secret of this shop"}, 401, "wrong-signature"),
        ({"headers": {"X-Nothing": "1"}}, 401, "no-signature"),
        ({"at": real_now() - timedelta(minutes=6)}, 401, "too-old"),
    ],
)
def test_what_is_not_signed_rightly_is_refused_and_leaves_nothing(client, change, status, code):
    source = a_source()
    answer = post(client, source, told(), **change)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (InboxItem.objects.count(), Job.objects.count()) == (0, 0)
    assert TrackingSource.objects.get().last_refusal == code


def test_a_message_may_be_a_mebibyte_and_no_more(client):
    source = a_source()
    body = b" " * (1024 * 1024) + b"1"
    assert post(client, source, body).status_code == 413
    assert InboxItem.objects.count() == 0


def test_a_source_that_is_unknown_or_switched_off_is_not_there(client):
    source = a_source()
    switch_source(source, on=False)
    assert post(client, source, told()).status_code == 404
    assert client.post("/hooks/tracking/nobody", b"{}", content_type="application/json").status_code == 404
    assert client.get(f"/hooks/tracking/{source.code}").status_code == 405


def test_without_a_secret_nothing_is_accepted(client):
    source = add_source(code="signed", form="signed")
    assert post(client, source, told(), secret="").json()["code"] == "no-secret"
    assert [view.health for view in source_views(real_now())] == ["secret"]


@pytest.mark.usefixtures("window_stands")
def test_too_many_messages_in_a_minute_are_refused(client, monkeypatch):
    monkeypatch.setattr("vafa.connectors.hooks.A_MINUTE", 2)
    source = a_source()
    assert [post(client, source, told()).status_code for _ in range(3)] == [202, 202, 429]


def test_while_a_secret_is_replaced_both_are_good(client):
    source = a_source()
    new = set_secret(source)
    assert post(client, source, told(hours=1)).status_code == 202
    assert post(client, source, told(hours=2), secret=new).status_code == 202
    end_old_secret(source)
    assert post(client, source, told(hours=3)).status_code == 401
    assert post(client, source, told(hours=4), secret=new).status_code == 202


def test_the_old_secret_ends_by_itself_after_a_day():
    from vafa.connectors.queries.tracking import secrets_of

    source = a_source()
    new = set_secret(source)
    assert secrets_of(source, real_now()) == [new, SECRET]
    assert secrets_of(source, real_now() + timedelta(hours=25)) == [new]


def test_secrets_lie_encrypted_in_the_database():
    source = a_source()
    assert SECRET not in TrackingSource.objects.values_list("locked", flat=True).get(pk=source.pk)


@pytest.mark.parametrize("code", ["", "Post", "a b", "simulated", "x" * 41, "-a"])
def test_a_source_has_a_plain_name(code):
    with pytest.raises(Problem, match="small Latin letters"):
        add_source(code=code, form="post")


def test_a_name_is_given_once_and_the_folder_must_be_there():
    add_source(code="post", form="post")
    with pytest.raises(Problem, match="already"):
        add_source(code="post", form="tipax")
    with pytest.raises(Problem, match="no carrier folder"):
        add_source(code="other", form="pigeon")
    assert TrackingSource.objects.count() == 1


def test_poison_goes_to_quarantine_and_the_rest_goes_on(client):
    an_order()
    source = a_source()
    for body in (b"{", told("asleep"), told("delivered"), b"[" * 90_000):
        assert post(client, source, body).status_code == 202
    do_all(TASKS)
    assert Parcel.objects.get().status == "delivered"
    faults = [item.faults[0] for item in quarantined(source)]
    assert faults == [["not-json", ""], ["unknown-status", "asleep"], ["not-json", ""]]


def test_what_lies_in_quarantine_can_be_tried_again_once_its_words_are_known(monkeypatch):
    an_order()
    source = a_source()
    receive(source, told("asleep", hours=5), through=Through.WEBHOOK)
    do_all(TASKS)
    item = quarantined().get()
    assert retry_item(item).state == InboxState.QUARANTINED
    the_form("signed").statuses["asleep"] = Meaning(Status.ON_HOLD)
    try:
        assert retry_item(item).state == InboxState.DONE
    finally:
        folders.forms.cache_clear()
    assert Parcel.objects.get().status == "on_hold"
    with pytest.raises(Problem, match="any more"):
        retry_item(item)


def test_what_is_dropped_is_forgotten():
    source = a_source()
    receive(source, b"{", through=Through.WEBHOOK)
    do_all(TASKS)
    drop_item(quarantined().get())
    assert InboxItem.objects.values_list("state", "body").get() == ("dropped", None)


def test_a_replay_of_everything_changes_nothing(client):
    a_promise(an_order().number)
    source = a_source()
    for hours, status in ((3, "picked_up"), (20, "in_transit"), (50, "delivered"), (51, "asleep")):
        post(client, source, told(status, hours))
    do_all(TASKS)
    before, entries = state(), len(events_of(Promise.objects.get()))
    found = replay(source)
    assert (found.items, found.events, found.quarantined) == (4, Recorded(unchanged=3), 1)
    assert (state(), len(events_of(Promise.objects.get()))) == (before, entries)


def test_a_replay_brings_back_what_was_lost_and_gives_the_meaning_of_today(client):
    an_order()
    source = a_source()
    for hours, status in ((3, "picked_up"), (20, "on_hold")):
        post(client, source, told(status, hours))
    do_all(TASKS)
    TrackingEvent.objects.filter(status="picked_up").delete()
    the_form("signed").statuses["on_hold"] = Meaning(Status.DELIVERY_DELAYED, "weather_delay")
    try:
        assert replay(source).events == Recorded(created=1, updated=1)
    finally:
        folders.forms.cache_clear()
    parcel = Parcel.objects.get()
    assert (parcel.status, parcel.reason) == ("delivery_delayed", "weather_delay")
    assert parcel.handed_over_at is not None


def test_a_replay_begins_where_it_is_told():
    source = a_source()
    receive(source, told(hours=1), through=Through.WEBHOOK, at=real_now() - timedelta(days=3))
    receive(source, told(hours=2), through=Through.WEBHOOK)
    assert replay(source, since=real_now() - timedelta(days=1)).items == 1


def test_what_lost_its_job_is_read_nevertheless():
    an_order()
    source = a_source()
    receive(source, told(), through=Through.WEBHOOK, at=real_now() - timedelta(minutes=1))
    Job.objects.all().delete()
    assert read_left_behind() == 1
    assert Parcel.objects.get().status == "delivered"


def test_texts_are_forgotten_after_their_time_and_what_they_told_stays(settings):
    an_order()
    source = a_source()
    receive(source, told(), through=Through.WEBHOOK, at=real_now() - timedelta(days=settings.TRACKING_RAW_DAYS + 1))
    read_left_behind()
    assert forget_raw() == 1
    assert InboxItem.objects.get().body is None
    assert Parcel.objects.get().status == "delivered"
    assert replay(source).items == 0


def test_an_event_waits_for_an_order_that_is_imported_later():
    source = a_source()
    receive(source, told(), through=Through.WEBHOOK)
    do_all(TASKS)
    an_order()
    assert Parcel.objects.get().status == "delivered"


def test_raw_messages_are_shown_with_persons_covered():
    body = '{"customer": {"name": "Sara", "city": "Qom"}, "carrier_name": "Post", "note": "call 09121234567 or a@b.ir"}'
    shown = masked(body.encode())
    assert "Sara" not in shown
    assert "09121234567" not in shown
    assert "a@b.ir" not in shown
    assert '"carrier_name": "Post"' in shown


def test_health_tells_what_is_wrong(client):
    source = a_source()
    assert [view.health for view in source_views(real_now())] == ["silent"]
    post(client, source, told())
    do_all(TASKS)
    assert [(view.health, view.recent) for view in source_views(real_now())] == [("good", 1)]
    post(client, source, told("asleep"))
    do_all(TASKS)
    assert [view.health for view in source_views(real_now())] == ["quarantine"]
    post(client, source, told(), secret="not the secret of this shop")
    assert [view.health for view in source_views(real_now())] == ["refused"]


def test_headers_are_found_in_any_case(client):
    source = a_source("aftership")
    body = b'{"msg": {"checkpoints": [], "tracking_number": "1"}}'
    headers = {name.upper(): value for name, value in headers_of("aftership", body).items()}
    assert post(client, source, body, headers=headers).status_code == 202
