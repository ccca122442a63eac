"""A table of products through the browser: looked at, imported by a worker, told of."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from vafa.catalog.models import Product, Stock, Variant
from vafa.connectors.goods.sample import sample_table
from vafa.connectors.models import ImportKind, ImportRun
from vafa.connectors.tasks import import_file
from vafa.jobs.models import Job
from vafa.jobs.work import Work
from vafa.shop.actions import save_settings
from vafa.shop.queries import the_shop

pytestmark = pytest.mark.django_db
PAGE = "/import/products/"
TABLE = "code,title,price,stock\ntea,Spring tea,12.50,20\nmug,Clay mug,8,3\n,Nameless,1,1\n"


def upload(client, text: str = TABLE, name: str = "goods.csv"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, text.encode())})


def address(name: str) -> str:
    return reverse(f"connectors:products-{name}", args=[ImportRun.objects.get(kind=ImportKind.PRODUCTS).public_id])


def work_off() -> Job:
    job = Job.objects.get(task="connectors.products")
    import_file(Work(job))
    return job


def test_from_the_table_to_products_with_price_and_stock(owner_client):
    save_settings(currency="EUR", default_language="en", languages=["en"])
    assert upload(owner_client).url == address("preview")
    page = owner_client.get(address("preview")).content.decode()
    assert all(word in page for word in ("Spring tea", "€12.50", "The row has no code of a product."))
    assert Product.objects.count() == 0
    assert owner_client.post(address("preview")).url == address("run")
    work_off()
    assert {each.sku: each.price.amount_minor for each in Variant.objects.all()} == {"tea": 1250, "mug": 800}
    assert sorted(Stock.objects.values_list("on_hand", flat=True)) == [3, 20]
    assert "Your products are in the shop." in owner_client.get(address("run")).content.decode()
    assert b"no-code" in b"".join(owner_client.get(address("rejects")).streaming_content)


def test_started_twice_and_done_twice_it_is_one_import(owner_client):
    upload(owner_client)
    for _click in range(2):
        assert owner_client.post(address("preview")).url == address("run")
    job = work_off()
    assert import_file(Work(job)) is None
    assert Product.objects.count() == 2


@pytest.mark.parametrize("text", ["", "code,title\n", "colour,shape\nred,round\n", "code\ntea\n"])
def test_a_table_that_cannot_be_used_is_refused_with_a_sentence_and_nothing_is_kept(owner_client, text):
    answer = upload(owner_client, text)
    assert (answer.status_code, ImportRun.objects.count()) == (422, 0)
    assert 'role="alert"' in answer.content.decode() or "errorlist" in answer.content.decode()


def test_an_import_of_orders_is_not_found_among_those_of_products(owner_client):
    upload(owner_client)
    other = reverse("connectors:run", args=[ImportRun.objects.get().public_id])
    assert owner_client.get(other).status_code == 404
    assert owner_client.get(PAGE).status_code == owner_client.get("/import/").status_code == 200
    assert "goods.csv" not in owner_client.get("/import/").content.decode()


def test_a_table_can_be_forgotten_before_it_is_imported(owner_client):
    upload(owner_client)
    assert owner_client.post(address("drop")).url == PAGE
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
@pytest.mark.parametrize(("currency", "toman", "least"), [("IRR", True, 2_600_000), ("EUR", False, 2_600)])
def test_the_sample_is_a_table_that_can_be_imported_as_it_is(owner_client, language, currency, toman, least):
    save_settings(currency=currency, shows_toman=toman)
    upload(owner_client, sample_table(the_shop(), language))
    owner_client.post(address("preview"))
    work_off()
    assert sorted(each.price.amount_minor for each in Variant.objects.all())[0] == least
    assert Product.objects.filter(title__has_key=language).count() == 3
    assert sorted(Stock.objects.values_list("on_hand", flat=True)) == [8, 12, 20]
