"""The API against questions made from its own description."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance, use_after_free

from vafa.delivery.tests import make
from vafa.kit.clock import now

pytestmark = pytest.mark.django_db
# whether a place or an id exists is not in the description, so a well-formed question may be refused
NOT_CHECKED = [positive_data_acceptance, use_after_free]


@pytest.fixture
def described():
    """The description, read from the application itself; its requests must leave the test's connection open."""
    make.a_shop()
    make.orders(60, until=now())
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_question_breaks_the_api(described):
    headers = {"Authorization": f"Bearer {make.a_key()}"}
    operations = [found.ok() for found in described.get_all_operations()]
    for operation in operations:
        _ask_many(operation, headers)
    assert len(operations) >= 4


def _ask_many(operation, headers):
    @given(case=operation.as_strategy())
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        case.call_and_validate(headers=headers, excluded_checks=NOT_CHECKED)

    ask()
