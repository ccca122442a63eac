"""A guarantee is drafted, published, ended; what was published never changes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from vafa.kit.problems import Problem
from vafa.promises.actions import discard_draft, end, publish, save_draft
from vafa.promises.guarantee_terms import Caps, GuaranteeTerms, RemedyRule, Scope
from vafa.promises.models import Cover, Guarantee, GuaranteeVersion, Promise, RemedyKind
from vafa.promises.queries import faults, guarantees
from vafa.promises.tests.make import NOON, WORD
from vafa.promises.tests.make_guarantees import TEXT, a_guarantee, a_word, guarantee_terms

DAY = timedelta(days=1)


def code_of(refused):
    return refused.value.code


@pytest.mark.django_db
def test_a_draft_becomes_version_one_and_the_next_draft_version_two():
    first = a_guarantee()
    save_draft("on-the-day", guarantee_terms(scope=Scope(place="Shiraz")))
    assert Guarantee.objects.get().state == "published"
    second = publish("on-the-day", by="staff:1")
    assert (first.number, second.number) == (1, 2)
    assert second.reference == f"on-the-day/2-{second.digest[:16]}"
    assert GuaranteeTerms.from_json(second.terms).scope.place == "Shiraz"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["uptime", "agreed_level", "incident_notice"])
def test_no_guarantee_is_drafted_for_promises_that_cannot_stand_under_one(owner_client, kind):
    with pytest.raises(Problem) as refused:
        save_draft("in-vain", guarantee_terms(kind=kind))
    assert (code_of(refused), refused.value.field) == ("bad-terms", "kind")
    assert not Guarantee.objects.exists()
    page = owner_client.get(reverse("promises:new-guarantee"), headers={"Accept-Language": "en"}).content.decode()
    assert "Errand" in page
    assert f'value="{kind}"' not in page


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"terms": {}}, {"reference": "x"}, {"published_by": "staff:2"}])
def test_the_database_refuses_to_change_what_was_published(change):
    version = a_guarantee()
    with pytest.raises(DatabaseError), transaction.atomic():
        GuaranteeVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        GuaranteeVersion.objects.filter(pk=version.pk).delete()


@pytest.mark.django_db
def test_publishing_the_same_words_again_is_refused():
    a_guarantee()
    save_draft("on-the-day", guarantee_terms())
    with pytest.raises(Problem) as refused:
        publish("on-the-day", by="staff:1")
    assert (code_of(refused), GuaranteeVersion.objects.count()) == ("unchanged", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_a_text_is_needed_in_every_language(language):
    save_draft("quiet", guarantee_terms(text={**TEXT, language: " "}))
    with pytest.raises(Problem) as refused:
        publish("quiet", by="staff:1")
    assert (code_of(refused), refused.value.field) == ("text-missing", f"text_{language}")
    assert not GuaranteeVersion.objects.exists()


@pytest.mark.django_db
def test_an_ended_guarantee_takes_no_draft_and_no_promise():
    version = a_guarantee()
    end("on-the-day", by="staff:1", at=NOON)
    end("on-the-day", by="staff:2", at=NOON + DAY)
    assert Guarantee.objects.get().ended_by == "staff:1"
    with pytest.raises(Problem) as refused:
        save_draft("on-the-day", guarantee_terms())
    assert code_of(refused) == "ended"
    assert guarantees.published(NOON) == []
    assert guarantees.published(NOON - DAY) == [version]


@pytest.mark.django_db
def test_a_draft_that_was_never_published_can_be_forgotten():
    save_draft("idea", guarantee_terms())
    with pytest.raises(Problem) as refused:
        end("idea", by="staff:1")
    assert code_of(refused) == "not-published"
    discard_draft("idea")
    assert not Guarantee.objects.exists()


@pytest.mark.django_db
def test_forgetting_the_next_draft_leaves_the_published_version():
    version = a_guarantee()
    save_draft("on-the-day", guarantee_terms(days=2, wording="within_days"))
    discard_draft("on-the-day")
    assert Guarantee.objects.get().draft is None
    assert guarantees.published(NOON) == [version]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wording": "soon"}, "wording"),
        ({"wording": "within_days"}, "days"),
        ({"days": 2}, "days"),
        ({"wording": "within_days", "days": 61}, "days"),
        ({"valid_until": date(2026, 1, 1)}, "valid_until"),
        ({"remedy": RemedyRule("gold")}, "remedy_kind"),
        ({"remedy": RemedyRule("voucher")}, "amount"),
        ({"remedy": RemedyRule("call", amount_minor=5)}, "amount"),
        ({"remedy": RemedyRule("refund", amount_minor=5, percent=5)}, "percent"),
        ({"remedy": RemedyRule("refund", percent=101)}, "percent"),
        ({"remedy": RemedyRule("refund", amount_minor=5, most_minor=5)}, "most"),
        ({"remedy": RemedyRule("voucher", amount_minor=5, valid_days=0)}, "valid_days"),
        ({"caps": Caps(budget_minor=-1)}, "budget"),
        ({"caps": Caps(budget_days=0)}, "budget_days"),
        ({"caps": Caps(per_customer=-1)}, "per_customer"),
        ({"scope": Scope(place="x" * 121)}, "place"),
    ],
)
def test_terms_that_cannot_be_are_refused(changes, field):
    with pytest.raises(Problem) as refused:
        save_draft("wrong", guarantee_terms(**changes))
    assert (refused.value.code, refused.value.field) == ("bad-terms", field)
    assert not Guarantee.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "Fast", "a b", "-a", "x" * 41, "تند"])
def test_a_code_that_cannot_stand_in_an_address_is_refused(code):
    with pytest.raises(Problem) as refused:
        save_draft(code, guarantee_terms())
    assert code_of(refused) == "bad-code"


@pytest.mark.django_db
def test_a_new_guarantee_does_not_replace_another_of_its_code():
    save_draft("idea", guarantee_terms())
    with pytest.raises(Problem) as refused:
        save_draft("idea", guarantee_terms(days=3, wording="within_days"), is_new=True)
    assert code_of(refused) == "code-taken"
    assert Guarantee.objects.get().draft["days"] is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "meant", "applies"),
    [
        (Scope(), {}, True),
        (Scope(place="Shiraz"), {"place": "شیراز"}, True),
        (Scope(place="Shiraz"), {"place": "Tabriz"}, False),
        (Scope(region="Fars"), {"region": "فارس", "place": "Shiraz"}, True),
        (Scope(region="Fars"), {"place": "Shiraz"}, False),
        (Scope(product_group="Books"), {"product_group": "books"}, True),
        (Scope(option="rider"), {"option": "post"}, False),
        (Scope(segment="gold"), {"segment": ""}, False),
    ],
)
def test_a_guarantee_applies_in_its_scope(scope, meant, applies):
    version = a_guarantee(scope=scope)
    found = guarantees.applying(guarantees.Meant(WORD.name, **meant), NOON)
    assert found == (version if applies else None)


@pytest.mark.django_db
def test_the_narrower_of_two_guarantees_applies_and_of_equals_the_newer():
    wide, narrow = a_guarantee("wide"), a_guarantee("narrow", scope=Scope(place="Shiraz"))
    newer = a_guarantee("newer", scope=Scope(option="rider"))
    meant = guarantees.Meant(WORD.name, place="Shiraz")
    assert guarantees.applying(meant, NOON) == narrow
    assert guarantees.applying(guarantees.Meant(WORD.name, place="Tabriz"), NOON) == wide
    assert guarantees.applying(guarantees.Meant(WORD.name, place="Shiraz", option="rider"), NOON) == newer
    assert guarantees.applying(guarantees.Meant("delivery", place="Shiraz"), NOON) is None


@pytest.mark.django_db
def test_a_version_applies_in_its_period_and_the_next_takes_its_place():
    first = a_guarantee(valid_until=date(2026, 3, 31))
    save_draft("on-the-day", guarantee_terms(valid_from=date(2026, 3, 10), valid_until=date(2026, 3, 20)))
    second = publish("on-the-day", by="staff:1", at=NOON)

    def on(day):
        return guarantees.applying(guarantees.Meant(WORD.name), NOON + day * DAY)

    assert [on(0), on(8), on(9), on(19), on(20)] == [first, first, second, second, None]


@pytest.mark.django_db
def test_a_promise_carries_its_version_into_the_sealed_evidence_and_the_receipt():
    version = a_guarantee()
    promise = a_word(version)
    assert promise.events.get().evidence["guarantee"] == version.reference
    assert version.reference in promise.receipt.body
    assert Cover.objects.get().version == version
    assert list(faults()) == []


@pytest.mark.django_db
def test_a_promise_under_an_unknown_guarantee_is_refused():
    version = GuaranteeVersion(reference="never/1-0000")
    with pytest.raises(Problem) as refused:
        a_word(version)
    assert code_of(refused) == "unknown-guarantee"
    assert not Promise.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"state": "ended"}, {"draft": None, "state": "draft"}, {"state": "gone"}])
def test_the_database_refuses_a_guarantee_in_no_state(change):
    save_draft("idea", guarantee_terms())
    with pytest.raises(IntegrityError), transaction.atomic():
        Guarantee.objects.update(**change)


@given(
    st.sampled_from(RemedyKind.values),
    st.none() | st.integers(1, 10**9),
    st.none() | st.integers(1, 100),
    st.integers(1, 400),
    st.dictionaries(st.sampled_from(["fa", "ar", "en"]), st.text(max_size=20)),
)
def test_terms_come_back_from_json_whole(kind, amount, percent, days, text):
    terms = guarantee_terms(
        remedy=RemedyRule(kind, amount, percent), caps=Caps(amount, budget_days=days), text=text, valid_until=None
    )
    back = GuaranteeTerms.from_json(terms.as_json())
    assert (back, back.digest) == (terms, terms.digest)
