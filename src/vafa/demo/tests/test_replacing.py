"""From the simulated shop to one's own: everything goes, the ledger's guard stays."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from vafa.accounts.models import Role, User
from vafa.demo.actions import empty_simulated_shop, replace_by_own_shop
from vafa.demo.models import Build
from vafa.demo.tests.make import small_shop
from vafa.kit.problems import Problem
from vafa.orders.models import Order
from vafa.promises.models import Promise, PromiseEvent
from vafa.shop.actions import save_settings
from vafa.shop.models import Place
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db
ANSWERS = {
    "typed_name": "کتاب‌سرای وفا",
    "new_name": "Aram's books",
    "username": "aram",
    "password": "a long word of mine",
}


def guards() -> list[str]:
    """The triggers of the database, by name."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname::text || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
            )
        else:
            cursor.execute("SELECT name || sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def refused(**changes: str) -> str:
    with pytest.raises(Problem) as problem:
        replace_by_own_shop(**{**ANSWERS, **changes})
    return problem.value.code


@pytest.mark.django_db(transaction=True)
def test_afterwards_there_is_an_empty_real_shop_with_one_owner():
    small_shop()
    owner = replace_by_own_shop(**ANSWERS)
    assert (the_shop().name, the_shop().simulated) == ("Aram's books", False)
    assert [Order.objects.count(), Promise.objects.count(), Place.objects.count(), Build.objects.count()] == [0] * 4
    assert list(User.objects.all()) == [owner]
    assert owner.role == Role.OWNER
    assert owner.check_password("a long word of mine")


@pytest.mark.django_db(transaction=True)
def test_the_ledger_is_append_only_again_afterwards():
    small_shop()
    before = guards()
    replace_by_own_shop(**ANSWERS)
    assert guards() == before
    assert before
    save_settings(simulated=True)
    small_shop()
    with pytest.raises(DatabaseError), transaction.atomic():
        PromiseEvent.objects.all().delete()


def test_a_real_shop_is_never_emptied():
    small_shop()
    save_settings(simulated=False)
    with pytest.raises(Problem) as problem:
        empty_simulated_shop()
    assert problem.value.code == "not-simulated"
    assert refused() == "not-simulated"
    assert Order.objects.exists()


def test_another_name_deletes_nothing():
    small_shop()
    assert refused(typed_name="کتاب‌سرای صفا") == "other-name"
    assert Order.objects.exists()


@pytest.mark.parametrize("typed", ["کتابسرای وفا", "كتاب سراي وفا ", "کتاب‌سرای  وفا"])
def test_the_name_may_be_typed_with_other_spaces_and_letters(typed):
    small_shop()
    replace_by_own_shop(**{**ANSWERS, "typed_name": typed})
    assert not the_shop().simulated


def test_running_work_has_to_end_first(job_running):
    small_shop()
    assert refused() == "work-running"
    assert Order.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_weak_password_deletes_nothing():
    small_shop()
    guarded = guards()
    assert refused(password="12345") == "weak-password"
    assert the_shop().simulated
    assert Order.objects.exists()
    assert guards() == guarded
