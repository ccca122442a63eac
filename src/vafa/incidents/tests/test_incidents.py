"""Who must be told by when, who was told, and what the ledger says of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from vafa.accounts.tests.make import a_member
from vafa.customers.tests.make import sara
from vafa.incidents import actions, queries
from vafa.incidents.models import TEXTS, Incident, Notice, Reading
from vafa.incidents.rules import SHIPPED, Rule, due_at
from vafa.incidents.tests.make import FOUND, HOUR, a_told_incident, an_authority, aram, facts, recorded
from vafa.jobs.models import Job
from vafa.kit.problems import Problem
from vafa.messages.actions import deliver
from vafa.messages.models import Message
from vafa.orders.models import Order
from vafa.promises.actions import break_overdue
from vafa.promises.models import Promise, State
from vafa.promises.queries import events_of
from vafa.shop.actions import save_settings
from vafa.vouchers.models import Voucher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shop():
    save_settings(name="Ketab", zone="Asia/Tehran", holiday_country="", default_language="fa")


def refused(code, work, *given, **named):
    with pytest.raises(Problem) as refusal, transaction.atomic():
        work(*given, **named)
    assert refusal.value.code == code


def sent(incident: Incident, moment: datetime) -> None:
    """As if a gateway had taken them."""
    waiting = Message.objects.filter(about=f"incident:{incident.public_id}")
    waiting.update(state="sent", settled_at=moment, next_try_at=None)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    st.integers(1, 2160),
    st.sampled_from(["Asia/Tehran", "Asia/Beirut", "Europe/Berlin", "America/Sao_Paulo"]),
    st.sampled_from([0, 1]),
)
def test_a_deadline_is_so_many_real_hours_away_whatever_the_clocks_do(wall, hours, zone, fold):
    found = wall.replace(tzinfo=ZoneInfo(zone), fold=fold)
    due = due_at(Rule("x", {}, "persons", hours, "some"), found)
    assert due.timestamp() - found.timestamp() == hours * 3600


def test_seventy_two_hours_over_the_end_of_summer_time():
    found = datetime(2026, 10, 23, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    due = due_at(Rule("x", {}, "authority", 72, "some"), found)
    assert due.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None) == datetime(2026, 10, 26, 11, 0)


def test_recording_promises_each_person_a_notice():
    incident = recorded()
    assert [(n.customer_ref, n.due_at, n.state) for n in incident.notices.order_by("customer_ref")] == [
        ("C-1", FOUND + 48 * HOUR, "due"),
        ("C-2", FOUND + 48 * HOUR, "due"),
    ]
    promises = Promise.objects.filter(kind="incident_notice").order_by("party_ref")
    assert [(p.party_ref, p.due_at, p.state, p.subject_ref) for p in promises] == [
        ("C-1", FOUND + 48 * HOUR, "open", "1"),
        ("C-2", FOUND + 48 * HOUR, "open", "1"),
    ]
    assert Message.objects.count() == 0  # nobody is told before an owner says so


def test_the_list_of_notices_is_asked_for_in_the_same_transaction():
    incident = actions.record_incident(by=aram(), at=FOUND, **facts())
    assert Job.objects.get(task="incidents.list").arguments == {"incident": str(incident.public_id)}


def test_listing_again_adds_nothing():
    incident = recorded()
    assert actions.list_notices(incident, at=FOUND + 2 * HOUR) == 0
    assert (Notice.objects.count(), Promise.objects.count()) == (2, 2)


def test_an_interrupted_list_is_completed(monkeypatch):
    from vafa.incidents.actions import recording

    incident = actions.record_incident(by=aram(), at=FOUND, **facts(chosen={"refs": [f"C-{n}" for n in range(250)]}))
    write, calls = recording._write, []

    def dies_at_the_second(*given):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write(*given)

    monkeypatch.setattr(recording, "_write", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        actions.list_notices(incident, at=FOUND)
    monkeypatch.undo()
    assert (Notice.objects.count(), Incident.objects.get().listed_at) == (100, None)
    assert actions.list_notices(incident, at=FOUND) == 150
    assert (Notice.objects.count(), Promise.objects.count()) == (250, 250)


def test_telling_keeps_the_promise_when_the_message_was_sent():
    sara()
    incident = recorded()
    actions.tell_people(incident, at=FOUND + 2 * HOUR)
    actions.tell_people(incident, at=FOUND + 3 * HOUR)
    assert actions.write_messages(incident, at=FOUND + 2 * HOUR) == 2
    assert actions.write_messages(incident, at=FOUND + 3 * HOUR) == 0
    assert Message.objects.count() == 2
    assert actions.follow_messages(at=FOUND + 3 * HOUR) == 0
    sent(incident, FOUND + 4 * HOUR)
    assert actions.follow_messages(at=FOUND + 5 * HOUR) == 2
    assert actions.follow_messages(at=FOUND + 5 * HOUR) == 0
    promises = Promise.objects.filter(kind="incident_notice")
    assert {(p.state, p.fulfilled_at) for p in promises} == {("kept", FOUND + 4 * HOUR)}
    assert {(n.state, n.is_late) for n in Notice.objects.all()} == {("told", False)}


def test_who_is_not_told_in_time_is_a_broken_promise_and_late_news_does_not_mend_it():
    incident = recorded()
    assert break_overdue(FOUND + 49 * HOUR) == 2
    actions.tell_people(incident, at=FOUND + 50 * HOUR)
    actions.write_messages(incident, at=FOUND + 50 * HOUR)
    sent(incident, FOUND + 50 * HOUR)
    actions.follow_messages(at=FOUND + 51 * HOUR)
    assert {p.state for p in Promise.objects.all()} == {"broken"}
    assert queries.groups(incident)[0].late == 2


def test_a_message_that_was_kept_back_keeps_no_promise():
    incident = recorded()
    actions.tell_people(incident, at=FOUND + HOUR)
    actions.write_messages(incident, at=FOUND + HOUR)
    Message.objects.update(state="held", reason="switch", settled_at=FOUND + HOUR, next_try_at=None)
    assert actions.follow_messages(at=FOUND + 2 * HOUR) == 0
    assert {n.state for n in Notice.objects.all()} == {"due"}


def test_one_person_under_two_rules_gets_one_message_and_two_promises():
    an_authority(hours=24, audience="persons")
    incident = recorded(chosen={"refs": ["C-1"]})
    actions.tell_people(incident, at=FOUND + HOUR)
    actions.write_messages(incident, at=FOUND + HOUR)
    assert (Message.objects.count(), Promise.objects.count()) == (1, 2)
    sent(incident, FOUND + 30 * HOUR)
    actions.follow_messages(at=FOUND + 31 * HOUR)
    assert sorted((p.due_at, p.state) for p in Promise.objects.all()) == [
        (FOUND + 24 * HOUR, "broken"),
        (FOUND + 48 * HOUR, "kept"),
    ]


def test_the_message_is_written_in_the_language_of_its_reader():
    from vafa.messages.queries import source_of
    from vafa.messages.registry import template
    from vafa.messages.showing import Reader, sample_values, shown_values
    from vafa.messages.wording import check, write

    described = template("incidents.notice")
    names = {*described.values, "name", "shop"}
    for language, word in {"fa": "متأسفیم", "ar": "آسفون", "en": "sorry"}.items():
        check(source_of(described, language), names, language)
        values = shown_values(described, sample_values(described), Reader(language, "Asia/Tehran", "Sara", "Ketab"))
        assert word in write(source_of(described, language), values, language).body


def test_the_writer_is_warned_of_readers_whose_language_has_no_words(owner_client):
    sara()
    sara(ref="C-2", language="ar", contacts=())
    incident = recorded(advice={})  # written in Persian and English
    page = incident.get_absolute_url()
    assert queries.readers_of_other_words(incident) == {"ar": 1}
    english = {"Accept-Language": "en"}
    assert "would read another: in Arabic 1." in owner_client.get(page, headers=english).content.decode()
    words = {part: getattr(incident, part) for part in TEXTS} | {"advice": {"ar": "غيّروا كلمة السر."}}
    Incident.objects.filter(pk=incident.pk).update(**{**words, "what": {"ar": "قُرئت القائمة."}})
    incident.refresh_from_db()
    assert queries.readers_of_other_words(incident) == {"fa": 1}
    actions.tell_people(incident, at=FOUND + HOUR)  # warned, not forbidden
    assert "would read another" not in owner_client.get(page, headers=english).content.decode()


def test_an_authority_is_told_by_a_person():
    an_authority()
    incident = recorded()
    notice = incident.notices.get(audience="authority")
    assert notice.due_at == FOUND + 72 * HOUR
    actions.record_told(notice, told_at=FOUND + 10 * HOUR, reference="A-7", at=FOUND + 11 * HOUR)
    actions.record_told(notice, told_at=FOUND + 12 * HOUR, reference="A-8", at=FOUND + 13 * HOUR)
    notice.refresh_from_db()
    assert (notice.state, notice.settled_at, notice.reference) == ("told", FOUND + 10 * HOUR, "A-7")
    assert Promise.objects.get(public_id=notice.promise_ref).state == State.KEPT


@pytest.mark.parametrize("told_at", [FOUND - HOUR, FOUND + 20 * HOUR])
def test_nobody_was_told_before_it_was_found_or_in_the_future(told_at):
    an_authority()
    notice = recorded().notices.get(audience="authority")
    refused("bad-time", actions.record_told, notice, told_at=told_at, reference="", at=FOUND + 11 * HOUR)
    notice.refresh_from_db()
    assert notice.state == "due"


def test_a_notice_that_is_not_needed_needs_a_reason():
    an_authority()
    notice = recorded().notices.get(audience="authority")
    refused("empty", actions.not_needed, notice, why=" ", at=FOUND + 2 * HOUR)
    actions.not_needed(notice, why="No person can be harmed.", at=FOUND + 2 * HOUR)
    refused("notice-over", actions.record_told, notice, told_at=FOUND + HOUR, reference="", at=FOUND + 3 * HOUR)
    assert Promise.objects.get(public_id=notice.promise_ref).state == State.CANCELLED


def test_an_incident_written_down_too_late_has_broken_its_promise_already():
    recorded(at=FOUND + 60 * HOUR)
    assert {(p.state, p.made_at) for p in Promise.objects.all()} == {("broken", FOUND)}


def test_an_exercise_reaches_nobody_and_leaves_the_ledger_alone():
    incident = recorded(exercise=True)
    actions.tell_people(incident, at=FOUND + 2 * HOUR)
    actions.close_incident(incident, at=FOUND + 3 * HOUR)
    assert (Promise.objects.count(), Message.objects.count(), queries.notices_due()) == (0, 0, 0)
    assert {n.state for n in Notice.objects.all()} == {"told"}


def test_an_incident_is_closed_when_everybody_was_told():
    incident = recorded()
    refused("notices-due", actions.close_incident, incident, at=FOUND + 2 * HOUR)
    assert Incident.objects.get().closed_at is None


def test_closing_is_offered_only_when_nobody_is_left_to_be_told(owner_client):
    incident = recorded()
    close = f"{incident.get_absolute_url()}close/"
    Incident.objects.update(told_at=FOUND + HOUR)
    assert close not in owner_client.get(incident.get_absolute_url()).content.decode()
    incident.notices.update(state="told", settled_at=FOUND + HOUR)
    assert close in owner_client.get(incident.get_absolute_url()).content.decode()


def test_the_words_stay_once_people_are_told():
    incident = recorded()
    words = {name: getattr(incident, name) for name in ("what", "consequences", "measures", "advice", "remedy")}
    actions.change_texts(incident, **{**words, "remedy": {"en": "A voucher."}})
    actions.tell_people(incident, at=FOUND + HOUR)
    refused("told-already", actions.change_texts, incident, **{**words, "what": {"en": "Nothing."}})
    incident.refresh_from_db()
    assert (incident.what["en"], incident.remedy) == ("Somebody read the list.", {"en": "A voucher."})


@pytest.mark.parametrize(("risk", "told"), [("low", 0), ("some", 2), ("high", 2)])
def test_the_risk_decides_which_rules_apply(risk, told):
    assert recorded(risk=risk).notices.count() == told


def test_whom_it_concerns_may_be_who_ordered_in_some_days():
    noon = datetime(2026, 5, 10, 8, 30, tzinfo=UTC)
    for number, (ref, day) in enumerate([("C-1", 0), ("C-2", 1), ("C-1", 1), ("C-3", 5), ("", 1)]):
        Order.objects.create(number=str(number), placed_at=noon + timedelta(days=day), customer_ref=ref)
    found = recorded(scope="segment", chosen={"from": "2026-05-10", "until": "2026-05-11", "region": ""})
    assert sorted(n.customer_ref for n in found.notices.all()) == ["C-1", "C-2"]


def test_all_customers_are_those_known_by_name_and_those_who_ordered():
    sara()
    Order.objects.create(number="1", placed_at=FOUND, customer_ref="C-9")
    assert sorted(n.customer_ref for n in recorded(scope="all", chosen={}).notices.all()) == ["C-1", "C-9"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"what": {}}, "empty"),
        ({"categories": []}, "empty"),
        ({"categories": ["shoes"]}, "empty"),
        ({"since": FOUND + HOUR}, "bad-days"),
        ({"found_at": FOUND + 9 * HOUR}, "bad-days"),
        ({"chosen": {"refs": []}}, "bad-scope"),
        ({"chosen": {"refs": ["a@b.example"]}}, "bad-scope"),
        ({"chosen": {"refs": ["x" * 65]}}, "bad-scope"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(wrong, code):
    refused(code, actions.record_incident, by=aram(), at=FOUND + HOUR, **facts(**wrong))
    assert (Incident.objects.count(), Job.objects.count()) == (0, 0)


def test_an_agent_cannot_record_or_read_an_incident_even_past_the_pages():
    agent = a_member()
    refused("owner-only", actions.record_incident, by=agent, at=FOUND, **facts())
    incident = recorded()
    refused("owner-only", actions.note_reading, incident, who=agent, page="incident", at=FOUND)
    assert Reading.objects.count() == 0


def test_shipped_rules_apply_by_the_shops_country_and_are_never_called_checked():
    save_settings(holiday_country="DE")
    active = {rule.code for rule in queries.rules() if rule.active}
    assert active == {"own-guarantee", "gdpr-33", "gdpr-34"}
    save_settings(holiday_country="IR")
    assert {rule.code for rule in queries.rules() if rule.active} == {"own-guarantee"}
    assert not any(rule.checked for rule in queries.rules())
    assert all(set(each.rule.name) == {"fa", "ar", "en"} for each in SHIPPED)


def test_an_owner_changes_a_rule_and_old_incidents_keep_their_deadlines():
    incident = recorded()
    actions.save_rule(
        "own-guarantee", at=FOUND, name={"en": "Ours"}, audience="persons", hours=24, least_risk="low", source="",
        active=True, checked=True,
    )  # fmt: skip
    assert queries.rule_by("own-guarantee").hours == 24
    assert {n.due_at for n in incident.notices.all()} == {FOUND + 48 * HOUR}
    later = recorded(chosen={"refs": ["C-1"]})
    assert later.notices.get().due_at == FOUND + 24 * HOUR
    refused(
        "bad-rule", actions.save_rule, "own-guarantee", at=FOUND, name={"en": "x"}, audience="persons", hours=0,
        least_risk="low", source="", active=True, checked=True,
    )  # fmt: skip


def test_incidents_are_numbered_without_gaps():
    assert [recorded(chosen={"refs": ["C-1"]}).number for _time in range(3)] == [1, 2, 3]
    assert [each.number for each in queries.incidents()] == [3, 2, 1]


PAGES = ["/incidents/", "/incidents/new/", "/incidents/rules/", "/incidents/rules/new/", "/incidents/rules/gdpr-33/"]


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_every_page_opens_in_every_language(owner_client, language):
    an_authority()
    incident = recorded()
    notice = incident.notices.get(audience="authority")
    owner_client.cookies["django_language"] = language
    own = incident.get_absolute_url()
    for path in [
        *PAGES, own, f"{own}texts/", f"{own}notices/{notice.pk}/told/", f"{own}notices/{notice.pk}/not-needed/"
    ]:  # fmt: skip
        assert owner_client.get(path).status_code == 200, path


def test_only_owners_open_them(agent_client, client):
    own = recorded().get_absolute_url()
    for path in [*PAGES, own, f"{own}texts/"]:
        assert agent_client.get(path).status_code == 403
        assert client.get(path).status_code == 302
    assert agent_client.post(f"{own}tell/").status_code == 403
    assert (Reading.objects.count(), Incident.objects.get().told_at) == (0, None)


def test_every_reading_is_written_down(owner_client, owner):
    incident = recorded()
    page = owner_client.get(incident.get_absolute_url())
    owner_client.get(f"{incident.get_absolute_url()}texts/")
    owner_client.get("/incidents/")
    assert [(r.who, r.page) for r in Reading.objects.order_by("pk")] == [(owner, "incident"), (owner, "texts")]
    assert owner.username in page.content.decode()
    assert "Somebody read the list." not in owner_client.get("/incidents/").content.decode()


def test_an_owner_records_one_in_the_browser(owner_client):
    written = {
        "since_on": "2026/05/01", "since_at": "", "found_on": "2026/05/02", "found_at": "10:30", "risk": "some",
        "categories": ["name", "contact"], "scope": "list", "refs": "C-1\nC-2\n", "what_en": "A laptop was stolen.",
    }  # fmt: skip
    answer = owner_client.post("/incidents/new/", written)
    incident = Incident.objects.get()
    assert answer.url == incident.get_absolute_url()
    assert incident.found_at == datetime(2026, 5, 2, 7, 0, tzinfo=UTC)
    assert (incident.chosen, incident.since.astimezone(ZoneInfo("Asia/Tehran")).date()) == (
        {"refs": ["C-1", "C-2"]},
        date(2026, 5, 1),
    )
    assert owner_client.post("/incidents/new/", {**written, "refs": ""}).status_code == 422
    silent = {name: value for name, value in written.items() if not name.startswith("what_")}
    said = owner_client.post("/incidents/new/", silent, headers={"Accept-Language": "ar"})
    assert (said.status_code, list(said.context["form"].errors)) == (422, ["what_ar"])  # where its reader looks
    assert [(code, is_open) for code, is_open, _fields in said.context["form"].languages][1] == ("ar", True)
    assert Incident.objects.count() == 1


# --- whom no message reaches


def test_who_has_no_address_is_listed_and_told_by_phone_with_evidence_in_the_ledger():
    incident = a_told_incident()
    (person,) = queries.unreached(incident)
    assert (person.customer_ref, person.due_at) == ("C-2", FOUND + 48 * HOUR)
    called = FOUND + 5 * HOUR
    told = {"way": "phone", "told_at": called, "by": aram(), "at": FOUND + 6 * HOUR}
    assert actions.told_another_way(incident, "C-2", **told) == 1
    assert actions.told_another_way(incident, "C-2", **{**told, "way": "letter"}) == 0
    promise = Promise.objects.get(party_ref="C-2")
    assert (promise.state, promise.fulfilled_at) == (State.KEPT, called)
    evidence = events_of(promise)[-1].evidence
    assert (evidence["way"], evidence["by"]) == ("phone", f"staff:{aram().pk}")
    (notice,) = queries.told_otherwise(incident)
    assert (notice.way, notice.told_by, notice.settled_at, notice.is_late) == ("phone", aram(), called, False)
    assert queries.unreached(incident) == []
    assert Promise.objects.get(party_ref="C-1").state == State.OPEN


@pytest.mark.parametrize(
    ("ref", "changes", "code"),
    [
        ("C-9", {}, "not-concerned"),
        ("C-2", {"way": "pigeon"}, "bad-way"),
        ("C-2", {"told_at": FOUND - HOUR}, "bad-time"),
        ("C-2", {"told_at": FOUND + 9 * HOUR}, "bad-time"),
    ],
)
def test_what_cannot_have_been_told_is_refused_and_nothing_changes(ref, changes, code):
    incident = a_told_incident()
    told = {"way": "phone", "told_at": FOUND + 5 * HOUR, "by": aram(), "at": FOUND + 6 * HOUR, **changes}
    refused(code, actions.told_another_way, incident, ref, **told)
    assert {notice.state for notice in Notice.objects.all()} == {"due"}
    assert {promise.state for promise in Promise.objects.all()} == {State.OPEN}


def test_telling_late_by_phone_does_not_mend_a_broken_promise():
    incident = a_told_incident()
    break_overdue(FOUND + 49 * HOUR)
    told = {"way": "in_person", "told_at": FOUND + 50 * HOUR, "by": aram(), "at": FOUND + 51 * HOUR}
    assert actions.told_another_way(incident, "C-2", **told) == 1
    assert Promise.objects.get(party_ref="C-2").state == State.BROKEN
    assert queries.told_otherwise(incident)[0].is_late


def test_an_owner_records_it_on_the_page_and_an_agent_may_not(owner_client, agent_client):
    incident = a_told_incident()
    page = f"{incident.get_absolute_url()}told-another-way/"
    assert "C-2" in owner_client.get(incident.get_absolute_url()).content.decode()
    said = {"customer": "C-2", "way": "phone", "told_on": "2026-05-20", "told_at": "20:00"}
    assert agent_client.post(page, said).status_code == 403
    assert owner_client.post(page, {**said, "customer": "C-9"}).status_code == 422
    assert {notice.state for notice in Notice.objects.all()} == {"due"}
    assert owner_client.post(page, said).status_code == 302
    assert Notice.objects.get(customer_ref="C-2").way == "phone"
    assert "20:00" in owner_client.get(incident.get_absolute_url(), headers={"accept-language": "en"}).content.decode()


# --- what they get


def test_each_person_gets_one_voucher_and_reads_its_code_whichever_way_he_is_told():
    sara()
    incident = recorded(voucher_minor=500_000, voucher_days=30)
    actions.tell_people(incident, at=FOUND + HOUR)
    actions.write_messages(incident, at=FOUND + HOUR)
    Notice.objects.update(message_ref=None)
    actions.write_messages(incident, at=FOUND + 2 * HOUR)  # as if the worker had died before writing it down
    told = {"way": "phone", "told_at": FOUND + 3 * HOUR, "by": aram(), "at": FOUND + 4 * HOUR}
    actions.told_another_way(incident, "C-2", **told)
    vouchers = Voucher.objects.order_by("customer_ref")
    assert [(v.customer_ref, v.amount_minor, v.valid_until) for v in vouchers] == [
        ("C-1", 500_000, FOUND + HOUR + timedelta(days=30)),
        ("C-2", 500_000, FOUND + HOUR + timedelta(days=30)),
    ]
    deliver(Message.objects.get(customer_ref="C-1").public_id, at=FOUND + 2 * HOUR)
    read = Message.objects.get(customer_ref="C-1").text
    assert vouchers[0].code in read
    assert "۵۰٬۰۰۰" in read
    assert events_of(Promise.objects.get(party_ref="C-2"))[-1].evidence["remedy"] == "voucher"


def test_in_an_exercise_nobody_gets_anything():
    incident = recorded(exercise=True, voucher_minor=500_000)
    actions.tell_people(incident, at=FOUND + HOUR)
    told = {"way": "phone", "told_at": FOUND + 3 * HOUR, "by": aram(), "at": FOUND + 4 * HOUR}
    actions.told_another_way(incident, "C-2", **told)
    assert Voucher.objects.count() == 0


@pytest.mark.parametrize(
    ("voucher", "code"),
    [
        ({"voucher_minor": 0}, "bad-value"),
        ({"voucher_minor": 10**16}, "bad-value"),
        ({"voucher_days": 0}, "bad-validity"),
    ],
)
def test_a_voucher_that_cannot_be_is_refused_and_nothing_is_written(voucher, code):
    refused(code, actions.record_incident, by=aram(), at=FOUND, **facts(**voucher))
    assert (Incident.objects.count(), Promise.objects.count()) == (0, 0)
