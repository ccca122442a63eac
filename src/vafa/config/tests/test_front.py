from __future__ import annotations

import pytest
from django.test import Client

from vafa.shop.models import Shop


@pytest.mark.django_db
@pytest.mark.parametrize(("simulated", "leads_to"), [(True, "/demo/"), (False, "/sign-in/?next=/")])
def test_a_stranger_is_welcomed_by_a_simulated_shop_and_asked_to_sign_in_by_a_real_one(
    client: Client, simulated: bool, leads_to: str
) -> None:
    Shop.objects.create(simulated=simulated)
    assert client.get("/").headers["Location"] == leads_to


@pytest.mark.django_db
def test_staff_of_a_simulated_shop_see_today(owner_client: Client) -> None:
    Shop.objects.create(simulated=True)
    assert owner_client.get("/").status_code == 200
