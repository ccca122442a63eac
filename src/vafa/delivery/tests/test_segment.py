"""A guarantee for one group of customers is found by the customer's number."""

from __future__ import annotations

import pytest

from vafa.customers.tests.make import sara
from vafa.delivery.api import QuestionIn

pytestmark = pytest.mark.django_db


def test_the_group_is_that_of_the_customer_unless_the_asker_names_one():
    sara(segment="club")
    assert QuestionIn(to="Shiraz", customer="C-1").asked().segment == "club"
    assert QuestionIn(to="Shiraz", customer="C-1", segment="wholesale").asked().segment == "wholesale"
    assert QuestionIn(to="Shiraz", customer="C-9").asked().segment == ""
    assert QuestionIn(to="Shiraz").asked().segment == ""
