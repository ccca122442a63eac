"""What the tests of messages may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from vafa.messages.tests.gateway_server import GatewayServer
from vafa.messages.tests.post_office import PostOffice


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        yield office


@pytest.fixture
def gateway_server() -> Iterator[GatewayServer]:
    with GatewayServer() as server:
        yield server
