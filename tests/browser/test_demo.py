"""The demo's own pages, with a carrier on strike."""

from __future__ import annotations

from vafa.accounts.actions import demo_person
from vafa.demo.actions import begin_strike
from vafa.demo.tests.make import small_shop


def test_the_page_of_time_and_strikes_is_right_for_everyone(look, transactional_db):
    small_shop()
    owner = demo_person("owner")
    look("/demo/time", user=owner, name="demo-time")
    begin_strike("tipax", days=5)
    look("/demo/time", user=owner, name="demo-struck")
