import io

import pytest
from django.core.management import CommandError, call_command

from vafa.accounts.models import ApiToken, User
from vafa.accounts.queries import token_for
from vafa.accounts.tests.make import PASSWORD, a_token
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db


def vafa(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue().strip()


def test_an_owner_is_added_with_a_password_from_a_file(tmp_path):
    (tmp_path / "secret").write_text(PASSWORD + "\n")
    said = vafa("staff", "add", "aram", "--role", "owner", "--password-file", str(tmp_path / "secret"))
    assert said == "aram can sign in now (owner)."
    assert User.objects.get().check_password(PASSWORD)


def test_a_password_may_come_from_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    vafa("staff", "add", "bita", "--password-file", "-")
    assert User.objects.get().check_password(PASSWORD)


def test_without_a_terminal_and_a_file_nobody_is_added(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="no terminal") as refused:
        vafa("staff", "add", "bita")
    assert refused.value.returncode == 2
    assert User.objects.count() == 0


def test_a_password_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        vafa("staff", "add", "bita", "--password-file", str(tmp_path / "none"))


def test_a_weak_password_is_refused(tmp_path):
    (tmp_path / "secret").write_text("12345\n")
    with pytest.raises(Problem, match="short"):
        vafa("staff", "add", "bita", "--password-file", str(tmp_path / "secret"))
    assert User.objects.count() == 0


def test_the_staff_is_listed_changed_shut_out_and_let_in(owner, agent):
    vafa("staff", "role", "bita", "owner")
    vafa("staff", "deactivate", "Aram")
    assert vafa("staff", "list") == "bita  owner\naram  owner  (cannot sign in)"
    vafa("staff", "activate", "aram")
    owner.refresh_from_db()
    assert owner.is_active


def test_a_name_that_nobody_has_is_said(owner):
    with pytest.raises(CommandError, match="Nobody is called dara") as refused:
        vafa("staff", "deactivate", "dara")
    assert refused.value.returncode == 2


def test_a_token_is_issued_and_its_key_printed_alone(owner):
    key = vafa("token", "issue", "website", "--scope", "quotes:read", "--scope", "promises:write")
    token = token_for(key)
    assert (token.name, token.scopes, token.created_by) == ("website", ["promises:write", "quotes:read"], owner)


def test_a_token_needs_an_owner(agent):
    with pytest.raises(CommandError, match="no such owner"):
        vafa("token", "issue", "website", "--scope", "quotes:read")
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize("days", ["-1", "99999999"])
def test_a_token_ends_after_a_sensible_number_of_days(owner, days):
    with pytest.raises(CommandError, match="from 0 to 36500"):
        vafa("token", "issue", "website", "--scope", "quotes:read", f"--days={days}")


def test_tokens_are_listed_and_revoked(owner):
    token, key = a_token(owner)
    assert vafa("token", "list") == f"{token.pk}  till  quotes:read  usable"
    vafa("token", "revoke", str(token.pk))
    assert token_for(key) is None
    assert vafa("token", "list").endswith("revoked")


def test_the_set_up_link_is_printed_while_nobody_can_sign_in(client):
    link = vafa("setup_link", "--address", "https://shop.example/")
    assert link.startswith("https://shop.example/welcome/")
    assert client.get(link.removeprefix("https://shop.example")).status_code == 200


def test_no_set_up_link_where_somebody_can_sign_in(owner):
    with pytest.raises(CommandError) as refused:
        vafa("setup_link")
    assert refused.value.returncode == 2
