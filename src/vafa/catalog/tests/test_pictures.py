"""Pictures: kept under their digest, shown without harm."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from vafa.catalog.actions import PictureRow, keep_picture
from vafa.catalog.models import Picture
from vafa.catalog.tests.make import a_picture, book, drawing, shelves
from vafa.kit.problems import Problem


@pytest.fixture(autouse=True)
def home(settings, tmp_path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def kept(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def test_a_drawing_is_kept_once_under_its_digest_where_the_backup_finds_it(home):
    name = hashlib.sha256(drawing()).hexdigest()[:40] + ".svg"
    assert keep_picture(drawing(), words={"en": "Green"}) == PictureRow(name, 30, 42, {"en": "Green"})
    assert keep_picture(drawing(), words={}).file == name
    assert kept(home) == [f"files/pictures/{name}"]
    assert (home / "files" / "pictures" / name).read_bytes() == drawing()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"<html><body>hello</body></html>",
        drawing("<script>alert(1)</script>"),
        drawing("<style>rect{fill:red}</style>"),
        drawing('<rect onclick="alert(1)"/>'),
        drawing('<rect style="fill:red"/>'),
        drawing('<a href="https://example.org"><rect/></a>'),
        drawing('<image href="https://example.org/x.png"/>'),
        drawing('<rect fill="url(https://example.org/#a)"/>'),
        drawing('<rect fill="URL( https://example.org/#a)"/>'),
        drawing('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>'),
        drawing('<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>'),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + drawing("<title>&amp;</title>"),
        b'<?xml-stylesheet href="https://example.org/x.css"?>' + drawing(),
        drawing("<g>" * 3),
        drawing(sized=""),
        drawing(sized='width="100%" height="42"'),
        drawing(sized='width="0" height="42"'),
        drawing(sized='width="10001" height="42"'),
    ],
)
def test_whatever_is_no_plain_drawing_is_refused_and_not_kept(home, content):
    with pytest.raises(Problem) as refused:
        keep_picture(content, words={})
    assert (refused.value.code, refused.value.status, refused.value.field) == ("not-a-picture", 422, "picture")
    assert kept(home) == []


def test_a_drawing_as_large_as_a_book_is_refused(home):
    with pytest.raises(Problem) as refused:
        keep_picture(drawing("<g/>" * 100_000), words={})
    assert (refused.value.code, refused.value.status) == ("picture-too-large", 413)
    assert kept(home) == []


@pytest.mark.django_db
def test_a_picture_is_shown_for_ever_and_harms_nobody(client):
    name = a_picture()
    response = client.get(f"/pictures/{name}")
    assert (response.status_code, response.content) == (200, drawing())
    assert {each: response.headers[each] for each in ("Content-Type", "ETag", "X-Content-Type-Options")} == {
        "Content-Type": "image/svg+xml",
        "ETag": f'"{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    assert set(response.headers["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    policy = {each.strip() for each in response.headers["Content-Security-Policy"].split(";")}
    assert policy == {"default-src 'none'", "frame-ancestors 'none'", "sandbox"}


@pytest.mark.django_db
def test_a_browser_that_has_the_picture_gets_it_not_again(client):
    name = a_picture()
    response = client.get(f"/pictures/{name}", headers={"If-None-Match": f'"{name}"'})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == f'"{name}"'
    assert "immutable" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "0" * 40 + ".svg",
        "secret-key",
        "..%2F..%2Fsecret-key",
        "%2e%2e/%2e%2e/secret-key",
        "..%5csecret-key",
        "0" * 40 + ".svg%00",
        "0" * 40 + ".svg%0a",
        "A" * 40 + ".svg",
    ],
)
def test_no_other_name_leads_to_a_file(client, home, name):
    (home / "secret-key").write_text("secret")
    a_picture()
    response = client.get(f"/pictures/{name}", headers={"If-None-Match": "*"})
    assert response.status_code == 404
    assert b"secret" not in response.content.replace(b"secret-key", b"")


@pytest.mark.django_db
def test_two_products_may_show_the_same_picture():
    shelves()
    row = keep_picture(drawing(), words={"en": "Green"})
    book("one", pictures=[row])
    book("two", pictures=[row])
    book("two", pictures=[row])
    assert list(Picture.objects.order_by("pk").values_list("product__code", "file")) == [
        ("one", row.file),
        ("two", row.file),
    ]
