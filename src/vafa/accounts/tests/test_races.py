"""Two people at the same moment: what must hold does."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from vafa.accounts import actions
from vafa.accounts.models import Role, User
from vafa.accounts.tests.make import PASSWORD, a_member
from vafa.kit.clock import real_now
from vafa.kit.tests.together import at_once, refused


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_shut_each_other_out_one_stays():
    one, other = a_member("one", Role.OWNER), a_member("other", Role.OWNER)
    done = at_once(lambda: actions.deactivate(one), lambda: actions.change_role(other, "agent"))
    assert refused(done) == ["last-owner"]
    assert User.objects.filter(role=Role.OWNER, is_active=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_follow_the_set_up_link_one_becomes_the_owner():
    word = actions.welcome_word()
    done = at_once(
        lambda: actions.make_first_owner(word, username="one", password=PASSWORD),
        lambda: actions.make_first_owner(word, username="other", password=PASSWORD),
    )
    assert refused(done) == ["shop-has-owner"]
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_name_one_is_refused():
    done = at_once(
        lambda: actions.add_staff("Dara", role="agent", password=PASSWORD),
        lambda: actions.add_staff("dara", role="agent", password=PASSWORD),
    )
    assert refused(done) == ["name-taken"]
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_old_sessions_are_forgotten():
    at = real_now()
    for days in (-1, 1):
        Session.objects.create(session_key=f"key{days}", session_data="", expire_date=at + timedelta(days=days))
    assert actions.forget_old_visits(at=at) == 1
    assert Session.objects.get().session_key == "key1"
