"""`vafa tracking` on the terminal."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from vafa.connectors.actions.inbox import receive
from vafa.connectors.models import InboxItem, Through, TrackingSource
from vafa.connectors.tests.carrier import TASKS, a_source, an_order, told
from vafa.jobs.doing import do_all
from vafa.kit.problems import Problem

pytestmark = pytest.mark.django_db


def said(capsys, *words: str) -> str:
    call_command("tracking", *words)
    return capsys.readouterr().out


def test_a_source_is_added_and_its_secret_shown_once(capsys, settings, tmp_path):
    settings.HOME = tmp_path
    shown = said(capsys, "add", "tipax")
    assert "/hooks/tracking/tipax" in shown
    assert (tmp_path / "drop" / "tipax").is_dir()
    source = TrackingSource.objects.get()
    assert source.locked
    assert "silent" in said(capsys, "sources")
    assert "shown this once" in said(capsys, "secret", "tipax")
    assert "is off" in said(capsys, "off", "tipax")
    assert "0 messages" in said(capsys, "collect")


def test_the_quarantine_is_listed_tried_again_and_dropped(capsys):
    an_order()
    source = a_source()
    for body in (b"{", told()):
        receive(source, body, through=Through.WEBHOOK)
    do_all(TASKS)
    number = str(InboxItem.objects.get(state="quarantined").pk)
    assert "This is not JSON." in said(capsys, "quarantine")
    assert "quarantined" in said(capsys, "quarantine", "--retry", number)
    assert "1 in quarantine" in said(capsys, "quarantine", "signed", "--retry-all")
    assert "dropped" in said(capsys, "quarantine", "--drop", number)
    assert "0 in quarantine" in said(capsys, "quarantine")


def test_a_replay_says_what_it_found(capsys):
    source = a_source()
    receive(source, told(), through=Through.WEBHOOK)
    do_all(TASKS)
    assert "0 new, 0 changed, 1 as they were" in said(capsys, "-v", "0", "replay", "signed", "--since", "2020-01-01")


@pytest.mark.parametrize("words", [["replay", "nobody"], ["secret", "nobody"], ["quarantine", "--retry", "77"]])
def test_what_is_not_there_is_told(words):
    with pytest.raises(Problem, match="There is no"):
        call_command("tracking", *words)
