"""House rules of pages that no linter knows."""

from __future__ import annotations

import gzip
import json
import re
import runpy
from pathlib import Path

import pytest

from vafa.kit.pdf import FACES

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "vafa"
STATIC = SOURCES / "kit" / "static" / "kit"
# Reports, mail and badges that must open anywhere carry their style with them.
FILES_OF_THEIR_OWN = {"backtest_file.html", "badge.html", "mail.html"}
TEMPLATES = [path for path in sorted(SOURCES.glob("*/templates/**/*.html")) if path.name not in FILES_OF_THEIR_OWN]
STYLES = sorted([*(ROOT / "theme").glob("*.css"), *SOURCES.glob("*/static/*/window.css")])
WINDOW = SOURCES / "storefront" / "static" / "storefront"
MOST_BYTES = 30_000  # of style and script together, compressed, on a page of customers
MOST_BYTES_OF_STAFF = 36_000  # theirs load htmx too

PHYSICAL_CLASS = re.compile(
    r"(?<![\w-])-?(?:(?:ml|mr|pl|pr|left|right|border-l|border-r|rounded-l|rounded-r|rounded-tl|rounded-tr|rounded-bl"
    r"|rounded-br|scroll-ml|scroll-mr|scroll-pl|scroll-pr)-[\w\[.]+|(?:text|float|clear)-(?:left|right))(?![\w-])"
)
PHYSICAL_PROPERTY = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|(?:min|max)-(?:width|height))\s*:|:\s*(?:left|right)\s*;"
)
UNFORMATTED = re.compile(r"\|\s*(?:floatformat|intcomma|localize|date:(?![\"'](?:Y-m-d|c)[\"'])|time:)")


def lines_with(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {found.group(0)}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in pattern.finditer(line)
    ]


def test_there_is_something_to_look_at():
    assert len(TEMPLATES) > 20
    assert len(STYLES) >= 4


def test_templates_use_logical_classes_only():
    assert lines_with(PHYSICAL_CLASS, TEMPLATES) == []


def test_the_theme_uses_logical_properties_only():
    assert lines_with(PHYSICAL_PROPERTY, STYLES) == []


def test_a_style_sheet_ends_each_rule_before_the_next_one_of_its_level():
    open_at_the_end = {}
    for path in [*STYLES, *sorted(SOURCES.glob("*/static/**/*.css"))]:
        depth = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("/* ---") and depth:
                break
            depth += line.count("{") - line.count("}")
        if depth:
            open_at_the_end[path.name] = depth
    assert open_at_the_end == {}


@pytest.mark.parametrize("bad", ["ml-4", "-mr-2", "pl-[3px]", "text-left", "right-0", "rounded-tl-lg", "border-l-2"])
def test_the_rule_catches_physical_classes(bad):
    assert PHYSICAL_CLASS.search(f'<p class="{bad} x">')


@pytest.mark.parametrize(
    "good", ["ms-4", "text-start", "start-0", "rounded-ss-lg", "html-5", "copyright-2", "upper-left"]
)
def test_the_rule_lets_logical_classes_pass(good):
    assert not PHYSICAL_CLASS.search(f'<p class="{good} x">')


def test_no_inline_styles_scripts_or_handlers():
    assert (
        lines_with(
            re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?! src=| type=\"application/ld\+json\")|javascript:"),
            TEMPLATES,
        )
        == []
    )


def test_language_and_direction_are_set_in_one_template():
    # A piece inside a page may say that it is Latin (`dir="ltr"`) or whatever comes (`dir="auto"`).
    setting = re.compile(r"<html|\sdir=\"(?!(?:ltr|auto)\")")
    found = {path.name for path in TEMPLATES if setting.search(path.read_text(encoding="utf-8"))}
    assert found == {"base.html"}


def test_numbers_and_dates_go_through_the_formats():
    assert lines_with(UNFORMATTED, TEMPLATES) == []


def test_every_icon_named_in_a_template_is_there():
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(
            r"<c-icon[^>]*\sname=\"([a-z-]+)\"|\sicon=\"([a-z-]+)\"|{% icon \"([a-z-]+)\"",
            path.read_text(encoding="utf-8"),
        )
        for name in name
        if name
    }
    drawn = {path.stem for path in (SOURCES / "kit" / "icons").glob("*.svg")}
    assert named - drawn == set()
    assert drawn == set(json.loads((ROOT / "theme" / "icons.json").read_text(encoding="utf-8")))


def test_style_and_script_of_a_page_of_the_staff_are_light():
    parts = [STATIC / "vafa.css.gz", STATIC / "htmx.min.js.gz"]
    assert sum(part.stat().st_size for part in parts) <= MOST_BYTES_OF_STAFF


def test_style_and_scripts_of_all_pages_of_customers_together_are_light():
    of_the_window = [*WINDOW.glob("*.css"), *WINDOW.glob("*.js")]
    shared = [STATIC / name for name in ("vafa.css", "dialog.js", "countdown.js")]
    shared.append(SOURCES / "visits" / "static" / "visits" / "beacon.js")
    sizes = [len(gzip.compress(path.read_bytes(), 9)) for path in [*of_the_window, *shared]]
    assert len(of_the_window) >= 2
    assert sum(sizes) <= MOST_BYTES


@pytest.mark.parametrize("name", ["vafa.css", "htmx.min.js"])
def test_what_is_sent_compressed_is_what_is_there(name):
    assert gzip.decompress((STATIC / f"{name}.gz").read_bytes()) == (STATIC / name).read_bytes()


def test_browsers_get_the_compressed_style(client):
    answer = client.get("/static/kit/vafa.css", headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_the_faces_of_papers_are_cut_from_the_font_of_the_pages():
    tool = runpy.run_path(str(ROOT / "tools" / "paper_fonts.py"))
    stale = [path.name for weight, path in FACES.values() if path.read_bytes() != tool["cut"](weight)]
    assert (stale, len(FACES)) == ([], 2)


def test_what_is_vendored_has_its_licence():
    licences = {path.stem for path in (STATIC / "LICENSES").glob("*.txt")}
    assert licences == {"daisyui", "figtree", "htmx", "tabler-icons", "tailwindcss", "vazirmatn"}


def test_the_lock_of_the_theme_names_no_download_host():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
