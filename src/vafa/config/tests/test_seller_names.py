import pytest

from vafa.orders.models import Seller
from vafa.promises.names import seller_name

pytestmark = pytest.mark.django_db


def test_the_ledger_calls_sellers_by_their_names():
    Seller.objects.create(code="s7", name="Ketab-e Now")
    Seller.objects.create(code="s8")
    assert [seller_name(code) for code in ("s7", "s8", "s9", "")] == ["Ketab-e Now", "s8", "s9", ""]
