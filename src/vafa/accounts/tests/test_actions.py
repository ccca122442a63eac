from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from vafa.accounts import actions, queries
from vafa.accounts.models import ApiToken, Role, User
from vafa.accounts.tests.make import PASSWORD, a_member, a_token
from vafa.kit.clock import real_now
from vafa.kit.problems import Problem
from vafa.shop.actions import save_settings

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def code_of(refused) -> str:
    return refused.value.code


def test_a_new_member_signs_in_with_the_given_password():
    user = actions.add_staff("Cyrus", role="agent", password=PASSWORD)
    assert user.check_password(PASSWORD)
    assert not user.is_owner


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"username": ""}, "bad-name"),
        ({"username": "a b"}, "bad-name"),
        ({"username": "x" * 151}, "bad-name"),
        ({"role": "boss"}, "no-such-role"),
        ({"password": "short"}, "weak-password"),
        ({"password": "password12"}, "weak-password"),
        ({"email": "no"}, "bad-name"),
    ],
)
def test_a_member_who_cannot_be_is_refused_and_nobody_is_added(changed, code):
    given = {"username": "cyrus", "role": "agent", "password": PASSWORD, **changed}
    with pytest.raises(Problem) as refused:
        actions.add_staff(given.pop("username"), **given)
    assert code_of(refused) == code
    assert User.objects.count() == 0


def test_names_that_differ_in_case_only_are_one_name():
    actions.add_staff("Cyrus", role="agent", password=PASSWORD)
    with pytest.raises(Problem) as refused:
        actions.add_staff("cyrus", role="agent", password=PASSWORD)
    assert code_of(refused) == "name-taken"
    assert User.objects.count() == 1


def test_the_last_active_owner_stays(owner, agent):
    a_member("old-owner", Role.OWNER)
    actions.deactivate(User.objects.get(username="old-owner"))
    for leave in (actions.deactivate, lambda user: actions.change_role(user, "agent")):
        with pytest.raises(Problem) as refused:
            leave(owner)
        assert code_of(refused) == "last-owner"
    owner.refresh_from_db()
    assert owner.is_active
    assert owner.is_owner


def test_an_owner_may_go_when_another_is_there(owner, agent):
    actions.change_role(agent, "owner")
    actions.deactivate(owner)
    assert list(queries.staff().filter(is_active=True)) == [agent]


def test_owners_are_locked_in_one_order(postgresql, owner, agent, django_assert_num_queries):
    with django_assert_num_queries(4) as captured:
        actions.change_role(agent, "agent")
    assert 'ORDER BY "accounts_user"."id" ASC FOR UPDATE' in captured[1]["sql"]


def test_a_key_opens_its_token_and_only_a_digest_is_kept(owner):
    token, key = a_token(owner, "quotes:read", "promises:read")
    assert queries.token_for(key) == token
    assert key not in str(ApiToken.objects.values().get())
    assert queries.token_for(key + "x") is None


def test_two_keys_are_never_alike(owner):
    assert a_token(owner)[1] != a_token(owner)[1]


def test_a_revoked_or_expired_key_opens_nothing(owner):
    revoked, revoked_key = a_token(owner)
    actions.revoke_token(revoked)
    _token, key = a_token(owner, expires_at=real_now() + DAY)
    assert queries.token_for(revoked_key) is None
    assert queries.token_for(key, real_now() + 2 * DAY) is None
    assert queries.token_for(key) is not None


@pytest.mark.parametrize("key", ["", "vafa_", "\ud800", "x" * 100_000, "کلید"])
def test_words_that_are_no_keys_open_nothing(key):
    assert queries.token_for(key) is None


def test_a_token_ends_when_its_maker_is_deactivated_and_works_again_when_he_is_back(owner):
    maker = a_member("dara", Role.OWNER)
    _token, key = a_token(maker)
    actions.deactivate(maker)
    assert queries.token_for(key) is None
    actions.activate(maker)
    assert queries.token_for(key) is not None


@pytest.mark.parametrize(
    ("name", "scopes", "expires_in", "code"),
    [
        (" ", ["quotes:read"], None, "token-without-name"),
        ("n" * 81, ["quotes:read"], None, "token-without-name"),
        ("till", [], None, "token-without-scope"),
        ("till", ["everything"], None, "no-such-scope"),
        ("till", ["quotes:read"], -DAY, "token-already-over"),
    ],
)
def test_a_token_that_cannot_be_is_not_made(owner, name, scopes, expires_in, code):
    with pytest.raises(Problem) as refused:
        actions.issue_token(name, scopes, owner, expires_in and real_now() + expires_in)
    assert code_of(refused) == code
    assert ApiToken.objects.count() == 0


def test_the_first_owner_is_made_by_the_link_and_only_once():
    word = actions.welcome_word()
    assert actions.make_first_owner(word, username="aram", password=PASSWORD).is_owner
    with pytest.raises(Problem) as refused:
        actions.make_first_owner(word, username="cyrus", password=PASSWORD)
    assert code_of(refused) == "shop-has-owner"
    assert User.objects.count() == 1


@pytest.mark.parametrize("word", ["", "welcome", "eyJ2YWx1ZSI6e319:1x:abc"])
def test_nobody_becomes_owner_without_a_link_of_ours(word):
    with pytest.raises(Problem) as refused:
        actions.make_first_owner(word, username="cyrus", password=PASSWORD)
    assert code_of(refused) == "link-over"
    assert User.objects.count() == 0


def test_the_database_knows_two_roles_only():
    with pytest.raises(IntegrityError), transaction.atomic():
        a_member(role="boss")


def test_the_demo_signs_nobody_in_outside_of_a_simulated_shop(rf):
    save_settings(simulated=False)
    with pytest.raises(Problem) as refused:
        actions.sign_in_to_the_demo(rf.post("/"), "owner")
    assert code_of(refused) == "not-a-demo"
    assert User.objects.count() == 0


def test_the_roles_of_the_demo_end_with_it(client):
    user = User.objects.create(username="demo-owner", role=Role.OWNER, demo=True, password="!")
    client.force_login(user)
    actions.close_the_demo()
    assert not User.objects.get().is_active
    assert not queries.has_staff()
