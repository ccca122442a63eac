import pytest
from django.test import Client
from django.urls import reverse

from vafa.accounts import actions
from vafa.accounts.models import ApiToken, Role, User
from vafa.accounts.queries import token_for
from vafa.accounts.tests.make import PASSWORD, a_member, a_member_with_password, a_token

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("accounts:sign-in")
STAFF = reverse("accounts:staff")
TOKENS = reverse("accounts:tokens")


def signs_in(client, name="cyrus", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": name, "password": password, **more})


def is_signed_in(client):
    return "_auth_user_id" in client.session


# --- signing in and out


def test_the_right_password_signs_in_and_leads_to_the_page_that_was_asked_for(client):
    a_member_with_password()
    response = signs_in(client, next="/work/")
    assert response["Location"] == "/work/"
    assert is_signed_in(client)


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client, elsewhere):
    a_member_with_password()
    assert signs_in(client, next=elsewhere)["Location"] == "/"


def test_a_wrong_password_is_said_and_nobody_is_signed_in(client):
    a_member_with_password()
    response = signs_in(client, password="wrong")
    assert response.context["form"].non_field_errors()
    assert not is_signed_in(client)


def test_who_was_shut_out_cannot_sign_in_and_is_signed_out(client):
    user = a_member_with_password()
    signs_in(client)
    actions.deactivate(user)
    assert client.get("/work/").status_code == 302
    signs_in(client)
    assert client.get("/work/").status_code == 302


def test_after_five_wrong_passwords_the_name_is_locked_for_this_address(client):
    a_member_with_password()
    for _ in range(5):
        locked = signs_in(client, password="wrong")
    assert locked.status_code == 429
    assert "accounts/locked.html" in [template.name for template in locked.templates]
    assert signs_in(client).status_code == 429
    assert not is_signed_in(client)


def test_another_name_is_not_locked_with_it(client):
    a_member_with_password()
    for _ in range(5):
        signs_in(client, name="somebody", password="wrong")
    signs_in(client)
    assert is_signed_in(client)


@pytest.mark.usefixtures("window_stands")
def test_an_address_that_tries_many_names_is_slowed_down(client):
    for number in range(60):
        assert signs_in(client, name=f"name{number}", password="").status_code == 200
    assert signs_in(client, name="another").status_code == 429


def test_signing_out_takes_a_post(agent_client):
    assert agent_client.get(reverse("accounts:sign-out")).status_code == 405
    assert is_signed_in(agent_client)
    agent_client.post(reverse("accounts:sign-out"))
    assert not is_signed_in(agent_client)


def test_one_changes_ones_own_password_and_stays_signed_in_here(client):
    user = a_member_with_password()
    signs_in(client)
    new = "another river 77"
    client.post(reverse("accounts:password"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert client.get("/work/").status_code == 200


def test_without_the_old_password_there_is_no_new_one(client):
    user = a_member_with_password()
    signs_in(client)
    new = "another river 77"
    sent = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    assert client.post(reverse("accounts:password"), sent).status_code == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_role_of_the_demo_has_no_password(client):
    client.force_login(User.objects.create(username="demo-agent", demo=True, password="!"))
    assert client.get(reverse("accounts:password")).status_code == 403


# --- the first owner


def welcome_page():
    return reverse("accounts:welcome", args=[actions.welcome_word()])


def test_the_first_owner_is_welcomed_and_signed_in(client):
    sent = {"username": "aram", "password": PASSWORD, "repeated": PASSWORD}
    assert client.post(welcome_page(), sent)["Location"] == reverse("opening:begin")
    assert User.objects.get().is_owner
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"repeated": "other"}, "repeated"),
        ({"password": "x", "repeated": "x"}, "password"),
        ({"username": "a b"}, "username"),
    ],
)
def test_the_welcome_page_says_what_is_wrong_at_its_field(client, changed, field):
    sent = {"username": "aram", "password": PASSWORD, "repeated": PASSWORD, **changed}
    response = client.post(welcome_page(), sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert User.objects.count() == 0


def test_a_stranger_without_the_link_is_refused(client):
    page = reverse("accounts:welcome", args=["eyJ2YWx1ZSI6e319:1x:abc"])
    assert client.get(page).status_code == 403
    assert client.post(page, {"username": "x", "password": PASSWORD, "repeated": PASSWORD}).status_code == 403
    assert User.objects.count() == 0


def test_the_link_leads_nowhere_when_there_is_an_owner(client, owner):
    page = welcome_page()
    assert client.get(page)["Location"] == SIGN_IN
    client.post(page, {"username": "x", "password": PASSWORD, "repeated": PASSWORD})
    assert User.objects.count() == 1


# --- the staff


def new_member(**changed):
    return {"username": "cyrus", "full_name": "Cyrus K.", "role": "agent", "password": PASSWORD, **changed}


def test_an_owner_adds_a_member(owner_client):
    assert owner_client.post(STAFF, new_member())["Location"] == STAFF
    assert User.objects.get(username="cyrus").get_full_name() == "Cyrus K."


def test_what_is_wrong_with_a_new_member_is_said_at_its_field(owner_client):
    response = owner_client.post(STAFF, new_member(password="short"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["password"]
    assert not User.objects.filter(username="cyrus").exists()


def test_an_agent_sees_and_changes_nothing_of_the_staff(agent_client, owner):
    assert agent_client.get(STAFF).status_code == 403
    assert agent_client.post(STAFF, new_member()).status_code == 403
    for change in ("change-role", "deactivate", "activate"):
        page = reverse(f"accounts:{change}", args=[owner.pk])
        assert agent_client.post(page, {"role": "agent"}).status_code == 403
    owner.refresh_from_db()
    assert (owner.role, owner.is_active, User.objects.count()) == (Role.OWNER, True, 2)


def test_an_owner_changes_roles_and_shuts_out_and_lets_in(owner_client, agent):
    def post(change, **data):
        owner_client.post(reverse(f"accounts:{change}", args=[agent.pk]), data)
        agent.refresh_from_db()

    post("change-role", role="owner")
    assert agent.is_owner
    post("deactivate")
    assert not agent.is_active
    post("activate")
    assert agent.is_active


def test_the_last_owner_cannot_shut_himself_out(owner_client, owner):
    response = owner_client.post(reverse("accounts:deactivate", args=[owner.pk]))
    assert response.status_code == 409
    owner.refresh_from_db()
    assert owner.is_active


def test_a_member_who_is_not_there_is_not_found(owner_client):
    for pk in ("999999", "9" * 30):
        assert owner_client.post(f"/staff/{pk}/deactivate/").status_code == 404


def test_the_staff_page_needs_the_same_number_of_queries_for_few_and_many(owner_client, django_assert_num_queries):
    with django_assert_num_queries(5):
        owner_client.get(STAFF)
    for number in range(20):
        a_member(f"member{number}")
    with django_assert_num_queries(5):
        owner_client.get(STAFF)


# --- tokens


def test_the_key_is_shown_once(owner_client):
    response = owner_client.post(TOKENS, {"name": "website", "scopes": ["quotes:read"], "days": "365"})
    key = response.context["key"]
    assert key in response.content.decode()
    assert token_for(key).scopes == ["quotes:read"]
    assert key not in owner_client.get(TOKENS).content.decode()
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_token_without_scopes_is_not_issued(owner_client):
    response = owner_client.post(TOKENS, {"name": "website", "days": "365"})
    assert response.status_code == 422
    assert ApiToken.objects.count() == 0


def test_an_owner_revokes_a_token(owner_client, owner):
    token, key = a_token(owner)
    owner_client.post(reverse("accounts:revoke-token", args=[token.pk]))
    assert token_for(key) is None


def test_an_agent_neither_sees_issues_nor_revokes_tokens(agent_client, owner):
    token, key = a_token(owner)
    assert agent_client.get(TOKENS).status_code == 403
    assert agent_client.post(TOKENS, {"name": "x", "scopes": ["quotes:read"], "days": "0"}).status_code == 403
    assert agent_client.post(reverse("accounts:revoke-token", args=[token.pk])).status_code == 403
    assert token_for(key) == token
    assert ApiToken.objects.count() == 1


def test_forms_of_another_site_are_refused(owner):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner)
    assert browser.post(STAFF, new_member()).status_code == 403
    assert User.objects.count() == 1
