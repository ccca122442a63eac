from datetime import date

import pytest

from vafa.kit.problems import Problem
from vafa.promises.actions import (
    Imported,
    break_overdue,
    import_promises,
    importing,
    make_promise,
    revise_promise,
    settle_promise,
)
from vafa.promises.models import Promise, PromiseEvent
from vafa.promises.tests.make import DAY, DUE, NOON, historic, tehran, terms

pytestmark = pytest.mark.django_db
NOW = tehran(20)


def rows():
    return [
        historic(1, fulfilled_at=tehran(3)),
        historic(2, fulfilled_at=tehran(6)),
        historic(3),
        historic(4, due_on=DUE + 30 * DAY),
        historic(5, cancelled_at=tehran(2)),
    ]


def states():
    return dict(Promise.objects.values_list("subject_ref", "state"))


def whole_ledger():
    return list(Promise.objects.order_by("pk").values()), list(PromiseEvent.objects.order_by("pk").values())


def test_history_becomes_settled_promises():
    assert import_promises(rows(), at=NOW) == Imported(created=5)
    assert states() == {"A-1": "kept", "A-2": "broken", "A-3": "broken", "A-4": "open", "A-5": "cancelled"}
    assert PromiseEvent.objects.count() == 9


def test_events_carry_the_time_of_the_past_and_the_time_of_recording():
    import_promises(rows(), at=NOW)
    kept = PromiseEvent.objects.get(promise__subject_ref="A-1", step=1)
    assert (kept.at, kept.recorded_at) == (tehran(3), NOW)


def test_a_second_run_writes_nothing():
    import_promises(rows(), at=NOW)
    before = whole_ledger()
    assert import_promises(rows(), at=NOW + DAY) == Imported(unchanged=5)
    assert whole_ledger() == before


def test_new_evidence_settles_what_was_open_and_corrects_what_was_broken():
    import_promises(rows(), at=NOW)
    newer = [historic(3, fulfilled_at=tehran(4)), historic(4, due_on=DUE + 30 * DAY, fulfilled_at=tehran(21))]
    assert import_promises(newer, at=tehran(22)) == Imported(settled=2)
    assert states()["A-3"] == states()["A-4"] == "kept"
    assert import_promises(newer, at=tehran(23)) == Imported(unchanged=2)


def test_the_same_key_twice_in_one_import_is_one_promise():
    assert import_promises([historic(1), historic(1, fulfilled_at=tehran(3))], at=NOW) == Imported(1, 0, 1)
    assert states() == {"A-1": "kept"}


def test_what_the_source_cannot_know_yet_stays_open_and_is_left_alone_by_the_sweep():
    import_promises([historic(3)], known_until=tehran(5), at=NOW)
    assert (states(), break_overdue(NOW)) == ({"A-3": "open"}, 0)
    assert import_promises([historic(3)], known_until=tehran(8), at=NOW) == Imported(settled=1)
    assert states() == {"A-3": "broken"}


def test_a_later_telling_of_the_shop_agrees_with_the_import():
    import_promises(rows(), at=NOW)
    settled = settle_promise(Promise.objects.get(subject_ref="A-4"), fulfilled_at=tehran(20), at=tehran(21))
    assert (settled.state, import_promises(rows(), at=tehran(22))) == ("kept", Imported(unchanged=5))


def test_killed_between_two_chunks_and_run_again_it_ends_in_the_same_state(monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    real, calls = importing._import_chunk, []

    def killed_at_the_second(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(importing, "_import_chunk", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        import_promises(rows(), at=NOW)
    half, _ = whole_ledger()
    assert import_promises(rows(), at=NOW) == Imported(created=3, unchanged=2)
    assert states() == {"A-1": "kept", "A-2": "broken", "A-3": "broken", "A-4": "open", "A-5": "cancelled"}
    assert whole_ledger()[0][:2] == half


def test_a_sweep_between_the_look_and_the_update_of_an_import_is_noticed(monkeypatch):
    make_promise(at=NOON, **terms(1))
    real, calls = importing.locked_end_of_chain, []

    def swept_first(*arguments):
        calls.append(arguments)
        if len(calls) == 1:
            break_overdue(NOW)
        return real(*arguments)

    monkeypatch.setattr(importing, "locked_end_of_chain", swept_first)
    done = historic(1, fulfilled_at=tehran(3))
    assert import_promises([done], at=NOW) == Imported(settled=1)
    assert (states(), Promise.objects.get().corrected) == ({"A-1": "kept"}, True)


def test_evidence_for_a_promise_that_was_moved_settles_its_successor():
    import_promises([historic(4, due_on=DUE + 30 * DAY)], at=NOW)
    later = revise_promise(Promise.objects.get(), asked_by="shop", due_on=DUE + 40 * DAY, at=NOW)
    done = historic(4, due_on=DUE + 30 * DAY, fulfilled_at=tehran(25))
    assert import_promises([done], at=tehran(26)) == Imported(settled=1)
    assert import_promises([done], at=tehran(27)) == Imported(unchanged=1)
    later.refresh_from_db()
    assert (later.state, later.origin, later.original_margin_days) == ("kept", "revision", 9)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "miracle"}, "unknown-kind"),
        ({"zone": "Nowhere"}, "unknown-zone"),
        ({"made_at": tehran(1).replace(tzinfo=None)}, "naive-time"),
        ({"evidence": {"file": 3}}, "bad-evidence"),
        ({"evidence": {"file": "half of a pair: \ud83d"}}, "bad-evidence"),
        ({"place": "Shi\0raz"}, "bad-text"),
        ({"text": {"en": "x" * 2001}}, "bad-text"),
        ({"subject_ref": "1" * 81}, "too-long"),
        ({"due_on": date.max}, "bad-time"),
        ({"direction": "to_nobody"}, "wrong-direction"),
    ],
)
def test_a_faulty_row_refuses_the_whole_call(changes, code):
    with pytest.raises(Problem) as refused:
        import_promises([historic(1), historic(2, **changes)], at=NOW)
    assert (refused.value.code, Promise.objects.count()) == (code, 0)


def test_what_will_have_happened_is_no_history():
    with pytest.raises(Problem) as refused:
        import_promises([historic(1), historic(2, fulfilled_at=tehran(9))], at=tehran(5))
    assert (refused.value.code, refused.value.field, Promise.objects.count()) == (
        "fulfilled-in-future",
        "fulfilled_at",
        0,
    )
    assert import_promises([historic(2, fulfilled_at=tehran(5, 12))], at=tehran(5, 9)).created == 1
