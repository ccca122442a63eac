"""A table of products becomes a catalogue, as it stands and as often as it comes."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from vafa.catalog.actions import reserve
from vafa.catalog.models import Brand, Category, Price, Product, Reindex, Stock, Variant
from vafa.catalog.tests import make
from vafa.connectors.goods import columns_of
from vafa.connectors.tables import open_table
from vafa.connectors.tests.make import refused
from vafa.connectors.tests.test_command import CODE, vafa

AT = datetime(2026, 5, 3, 8, tzinfo=UTC)
PRODUCTS = 1500
HEADINGS = "کد,عنوان,عنوان انگلیسی,دسته,نویسنده,قیمت (تومان),موجودی,وزن (کیلوگرم),جلد"
ROWS = [
    "divan,دیوان حافظ,Divan of Hafez,کتاب > شعر,حافظ,۵۶۰٬۰۰۰,۳,۰٫۶۲,گالینگور",
    "divan,,,,,420000,7,0.4,شومیز",
    "golestan,گلستان,,کتاب > نثر,سعدی,۳۰۰۰۰۰ تومان,0,,",
]


def a_file(folder, *rows, headings=HEADINGS, name="products.csv"):
    path = folder / name
    path.write_text("\n".join([headings, *(rows or ROWS)]) + "\n", encoding="utf-8")
    return path


def imported(path, **options):
    call_command("import", "products", path, rejects=path.with_suffix(".rejects"), verbosity=0, **options)
    with path.with_suffix(".rejects").open(encoding="utf-8-sig") as file:
        return [(int(row["line"]), row["code"], row["used"]) for row in csv.DictReader(file)]


def catalogue():
    """All that is in the tables of the catalogue, row by row."""
    return {
        model.__name__: sorted(map(repr, model._default_manager.values_list()))
        for model in (Brand, Category, Price, Product, Reindex, Stock, Variant)
    }


@pytest.mark.django_db
def test_rows_of_one_code_are_variants_of_one_product(tmp_path):
    assert imported(a_file(tmp_path)) == []
    product = Product.objects.get(code="divan")
    assert product.title == {"fa": "دیوان حافظ", "en": "Divan of Hafez"}
    assert (product.brand.name, product.category.name) == ({"fa": "حافظ"}, {"fa": "شعر"})
    assert (product.category.parent.name, Category.objects.count()) == ({"fa": "کتاب"}, 3)
    articles = [
        (each.sku, each.choices, each.price.amount_minor, each.price.currency, each.weight_g, each.stock.get().on_hand)
        for each in product.variants.all()
    ]
    assert articles == [
        ("divan-گالینگور", {"binding": "گالینگور"}, 5_600_000, "IRR", 620.0, 3),
        ("divan-شومیز", {"binding": "شومیز"}, 4_200_000, "IRR", 400.0, 7),
    ]
    golestan = Variant.objects.get(sku="golestan")
    assert (golestan.price.amount_minor, golestan.weight_g, golestan.stock.get().on_hand) == (3_000_000, None, 0)


@pytest.mark.django_db
def test_a_second_run_changes_nothing_at_all(tmp_path, capsys):
    path = a_file(tmp_path, *ROWS, "golestan,گلستان دیگر,,,,1,,,چرم")
    imported(path)
    before = catalogue()
    call_command("import", "products", path)
    assert "Nothing new: everything in this file was known already." in capsys.readouterr().out
    assert catalogue() == before
    assert Product.objects.get(code="golestan").title == {"fa": "گلستان"}


@pytest.mark.django_db
def test_what_a_file_does_not_say_stays_as_it_was(tmp_path):
    imported(a_file(tmp_path))
    assert imported(a_file(tmp_path, "divan,divan-شومیز,450000", headings="code,sku,price toman", name="new.csv")) == []
    product = Product.objects.get(code="divan")
    assert (product.title["fa"], product.category.name, product.variants.count()) == ("دیوان حافظ", {"fa": "شعر"}, 2)
    article = Variant.objects.get(sku="divan-شومیز")
    assert [(each.version, each.amount_minor) for each in article.prices.order_by("version")] == [
        (1, 4_200_000),
        (2, 4_500_000),
    ]
    assert (article.choices, article.stock.get().on_hand) == ({"binding": "شومیز"}, 7)
    imported(a_file(tmp_path, "divan,Le Divan", headings="code,title_en", name="english.csv"))
    assert Product.objects.get(code="divan").title == {"fa": "دیوان حافظ", "en": "Le Divan"}


@pytest.mark.django_db
def test_shelves_and_brands_that_are_there_are_found_by_any_of_their_names(tmp_path):
    make.shelves()
    rows = ["a,یک,كتاب > شعر,حافظ", "b,دو,phones,SAADI", "c,سه,Books > New ones,Rumi"]
    imported(a_file(tmp_path, *rows, headings="code,title,category,author"))
    found = Product.objects.order_by("code").values_list("code", "category__code", "brand__code")
    assert list(found) == [("a", "poetry", "hafez"), ("b", "phones", "saadi"), ("c", "books-new-ones", "rumi")]
    assert (Category.objects.count(), Brand.objects.count()) == (5, 3)


@pytest.mark.django_db
def test_what_cannot_be_used_is_told_with_its_line_and_why(tmp_path):
    make.shelves()
    make.book("divan")
    rows = [
        ",no code,s0,1,1",
        "new,,s1,1,1",
        "a,A,s2,0,1",
        "b,B,s3,five,1",
        "c,C,s4,5,-2",
        "d,D,divan-1,5,1",
        "a,A again,s2,5,1",
        "x/1,X,s5,5,1",
        "x 1,Y,s6,5,1",
        f"{'y' * 81},Z,s7,5,1",
        "e,E,s8,5,1,more",
    ]
    assert sorted(imported(a_file(tmp_path, *rows, headings="code,title,sku,price,stock"))) == [
        (3, "no-title", "row not used"),
        (4, "bad-price", "value not used"),
        (5, "bad-number", "value not used"),
        (6, "bad-number", "value not used"),
        (7, "article-elsewhere", "row not used"),
        (8, "same-article", "row not used"),
        (10, "code-taken", "row not used"),
        (11, "code-too-long", "row not used"),
        (12, "too-many-cells", "row not used"),
    ]
    codes = Product.objects.order_by("code").values_list("code", flat=True)
    assert list(codes) == ["a", "b", "c", "divan", "s0", "x-1"]  # without a code the article's number is one
    assert Variant.objects.get(sku="divan-1").product.code == "divan"


@pytest.mark.django_db
def test_stock_below_what_orders_hold_stays_as_it_was_and_the_rest_is_counted(tmp_path):
    make.shelves()
    make.book("divan", pieces=5)
    make.book("golestan", pieces=1)
    reserve({"divan-1": 4}, at=AT)
    path = a_file(tmp_path, "divan,divan-1,3", "golestan,golestan-1,9", headings="code,sku,stock")
    assert imported(path) == [(2, "below-reserved", "value not used")]
    counted = Stock.objects.order_by("variant__sku").values_list("variant__sku", "on_hand", "reserved")
    assert list(counted) == [("divan-1", 5, 4), ("golestan-1", 9, 0)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"foo,bar\n1,2\n", "wrong-columns"),
        (b"code,colour of hair\n1,2\n", "wrong-columns"),
        (b"code,title\n", "no-products"),
        (b"code,title,price\nA1,T,5\nA2,T", "file-cut-off"),
        (gzip.compress(b"code,title\nA1,T\n", mtime=0)[:-9], "file-cut-off"),
    ],
)
def test_an_unusable_file_leaves_no_trace(tmp_path, content, code):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with refused(code):
        call_command("import", "products", path)
    assert not Product.objects.exists()
    assert not Category.objects.exists()


@pytest.mark.parametrize(
    ("headings", "row", "meant", "language"),
    [
        ("sku,name,price", "1,Thing,2", ["sku", "title", "price"], "en"),
        ("الرمز,الاسم,السعر", "1,مدرسة الحكمة,2", ["code", "title", "price"], "ar"),
        ("کد کالا,نام کالا,قیمت ریال", "1,چراغ,2", ["code", "title", "price.IRR"], "fa"),
        ("Code,Title (AR),Weight kg,Category 1,Category 2,type", "1,شيء,2,a,b,c",
         ["code", "title.ar", "weight.kg", "category.1", "category.2"], "en"),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names_in_three_languages(tmp_path, headings, row, meant, language):
    found = columns_of(open_table(a_file(tmp_path, row, headings=headings)))
    said = [
        ".".join(filter(None, [each.field, each.language, each.money, each.unit, str(each.level or "")]))
        for each in found.known
    ]
    assert (said, found.language) == (meant, language)


@pytest.mark.django_db
def test_a_column_can_be_named_on_the_command_line(tmp_path):
    path = a_file(tmp_path, "7,Lamp,12,blue,red", headings="nr,what,cost,tone,Brand")
    said = ["code=nr", "title.en=what", "price.EUR=cost", "option.tone=tone"]
    assert imported(path, column=said) == []
    article = Variant.objects.get()
    assert (article.sku, article.choices, article.price.amount_minor, article.price.currency) == (
        "7-blue",
        {"tone": "blue"},
        1200,
        "EUR",
    )
    for wrong, code in [("title.en=other", "wrong-columns"), ("foo=nr", "bad-mapping"), ("title.de=nr", "bad-mapping")]:
        with refused(code):
            imported(path, column=[wrong])


@pytest.mark.django_db
def test_the_figures_come_as_json_too(tmp_path, capsys):
    call_command("import", "products", a_file(tmp_path), json=True)
    found = json.loads(capsys.readouterr().out)
    assert (found["articles"], found["products"]) == (3, {"created": 2, "updated": 0, "unchanged": 0})
    assert (found["stock"], found["shelves"], found["brands"]) == (3, 3, 2)


@pytest.mark.django_db(transaction=True)
def test_bad_input_is_one_sentence_and_exit_code_2(tmp_path, process_environment):
    done = vafa(process_environment, "import", "products", a_file(tmp_path, "1,2", headings="foo,bar"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "“products.csv” has no column with the code of the product.\n"


@pytest.mark.django_db(transaction=True)
def test_killed_halfway_and_started_again_it_ends_in_the_same_state(tmp_path, process_environment):
    rows = [f"p{number},Thing {number},Shelf {number % 7} > Row {number % 5},Maker {number % 11},{number + 1},2"
            for number in range(PRODUCTS)]  # fmt: skip
    path = a_file(tmp_path, *rows, headings="code,title,category,brand,price,stock")
    command = [sys.executable, "-c", CODE, "import", "products", str(path)]
    process = subprocess.Popen(command, env=process_environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and Product.objects.count() < PRODUCTS // 3:
        time.sleep(0.01)  # nothing else tells that it is in the middle
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert 0 < Product.objects.count() < PRODUCTS
    assert vafa(process_environment, "import", "products", path).returncode == 0
    assert (Product.objects.count(), Price.objects.count(), Stock.objects.filter(on_hand=2).count()) == (PRODUCTS,) * 3
    assert (Category.objects.count(), Brand.objects.count()) == (7 + 35, 11)
    before = catalogue()
    assert vafa(process_environment, "import", "products", path).returncode == 0
    assert catalogue() == before


@pytest.mark.data
@pytest.mark.django_db
def test_digikalas_products_come_in_with_persian_titles_rial_prices_and_two_levels(data_folder, tmp_path):
    packed = data_folder / "catalog" / "digikala_products_fa.csv.gz"
    with gzip.open(packed, "rt", encoding="utf-8") as file:
        told = list(csv.DictReader(file))
    call_command("import", "products", packed, rejects=tmp_path / "r.csv", verbosity=0)
    assert len(told) == 356
    assert Product.objects.count() == len({row["id"] for row in told}) == 349  # seven rows stand there twice
    assert (tmp_path / "r.csv").read_text(encoding="utf-8").count("same-article") == 7
    found = {each.code: each for each in Product.objects.select_related("category__parent")}
    for row in told:
        product = found[row["id"]]
        assert product.title == {"fa": " ".join(row["title_fa"].split())}
        assert (product.category.parent.name, product.category.name) == (
            {"fa": row["Category1"]},
            {"fa": row["Category2"]},
        )
    prices = dict(Variant.objects.values_list("sku", "price__amount_minor"))
    assert prices == {row["id"]: int(row["Price"]) for row in told}
    assert set(Price.objects.values_list("currency", flat=True)) == {"IRR"}
    plain = tmp_path / "plain.csv"
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    before = catalogue()
    imported(plain)
    assert catalogue() == before
