"""Tests never touch the user's own data folder."""

from __future__ import annotations

import os

from django.conf import settings


def test_the_data_folder_of_the_tests_is_a_temporary_one():
    assert "vafa-test-" in str(settings.HOME)


def test_other_processes_see_the_database_of_the_test(db, process_environment):
    assert "test" in process_environment["VAFA_DATABASE_URL"].rsplit("/", 1)[1]
    assert process_environment["VAFA_HOME"] == os.environ["VAFA_HOME"]


def test_an_owner_may_be_asked_for(owner, agent):
    assert owner.is_owner
    assert not agent.is_owner
