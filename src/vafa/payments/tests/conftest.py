"""What the tests of payments may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vafa.payments.models import GatewayAccount
from vafa.payments.tests.gateway_server import GatewayServer
from vafa.payments.tests.make import an_account


@pytest.fixture
def gateway() -> Iterator[GatewayServer]:
    with GatewayServer() as server:
        yield server


@pytest.fixture
def zarinpal(db: None, gateway: GatewayServer) -> GatewayAccount:
    return an_account("zarinpal", given={"merchant_id": "secret-merchant", "host": gateway.address})


@pytest.fixture
def stripe(db: None, gateway: GatewayServer) -> GatewayAccount:
    given = {"secret_key": "sk_test_secret", "webhook_secret": "whsec_test", "host": gateway.address}
    return an_account("stripe", "EUR", given)
