"""Charts: right places, native digits, nothing unescaped, nothing where there is nothing."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from vafa.kit import charts
from vafa.kit.charts import Axis, Columns, Series
from vafa.kit.charts.frame import nice_step, scale_for
from vafa.kit.formats import format_percent

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg):
    return ElementTree.fromstring(str(svg))


def words(svg):
    return [text.text for text in drawn(svg).iter(f"{SVG}text")]


def a_frontier():
    return charts.line_chart(
        [Series("ours", [(10, 0.8), (20, 0.9)], "dotted line"), Series("shop", [(25, 0.85)], "dots", "bad")],
        x=Axis("days", low=0, high=30, steps=3),
        y=Axis("kept", format_percent, low=0.5, high=1.0),
        title="Frontier",
    )


def test_a_chart_says_aloud_what_it_is():
    root = drawn(a_frontier())
    assert (root.get("role"), root.get("aria-label")) == ("img", "Frontier")


def test_time_and_numbers_run_as_the_reader_reads():
    with translation.override("en"):
        english = drawn(a_frontier())
    with translation.override("fa"):
        persian = drawn(a_frontier())
    [one] = [float(c.get("cx")) for c in english.iter(f"{SVG}circle") if c.get("r") == "6.50" or c.get("r") == "6.5"]
    [other] = [float(c.get("cx")) for c in persian.iter(f"{SVG}circle") if c.get("r") == "6.5"]
    assert one + other == pytest.approx(640)
    assert (english.get("direction"), persian.get("direction")) == ("ltr", "rtl")


def test_labels_have_the_readers_digits():
    with translation.override("fa"):
        assert "\u061c۹۰٪" in words(a_frontier())
    with translation.override("en"):
        assert {"0", "10", "20", "30", "days", "kept", "shop"} <= set(words(a_frontier()))


def test_names_are_escaped():
    svg = charts.bar_chart([("<script>", 1.0)], axis=Axis(), title='a "title" & <more>')
    assert "<script>" not in svg
    assert "<script>" in words(svg)
    assert drawn(svg).get("aria-label") == 'a "title" & <more>'


@pytest.mark.django_db  # the kept picture depends on how the shop writes days and numbers
def test_no_style_attributes_because_the_policy_blocks_them():
    assert "style=" not in a_frontier() + charts.curve_picture([0.5, 1.0], date(2026, 1, 1), date(2026, 1, 2))


@pytest.mark.parametrize(
    "nothing",
    [
        charts.line_chart([], x=Axis(), y=Axis(), title=""),
        charts.line_chart([Series("a", [(float("nan"), 1.0)])], x=Axis(), y=Axis(), title=""),
        charts.column_chart([], [], y=Axis(), title=""),
        charts.bar_chart([], axis=Axis(), title=""),
        charts.calibration_plot([(0.9, 0.9, 0)], title=""),
        charts.curve_picture([], date(2026, 1, 1), None),
        charts.curve_picture([0.0, 0.0], date(2026, 1, 1), None),
        charts.sparkline([1.0], title=""),
        charts.mosaic(0, 0),
        charts.mosaic(5, 3),
    ],
)
def test_nothing_is_drawn_where_there_is_nothing(nothing):
    assert nothing == ""


def test_columns_leave_gaps_for_what_is_not_known():
    svg = charts.column_chart(["a", "b", "c"], [Columns("x", [1.0, None, float("nan")])], y=Axis(), title="t")
    assert len(list(drawn(svg).iter(f"{SVG}rect"))) == 1


@pytest.mark.django_db  # the kept picture depends on how the shop writes days and numbers
def test_the_curve_shows_the_promised_day_and_the_risk_that_is_left():
    with translation.override("en"):
        svg = charts.curve_picture([0.0, 0.3, 0.7, 0.9, 0.97, 1.0], date(2026, 11, 20), date(2026, 11, 23))
    classes = [rect.get("class") for rect in drawn(svg).iter(f"{SVG}rect")]
    assert classes == ["fill-soft", "fill-soft", "fill-main", "fill-bad", "fill-bad"]
    assert "23 November" in words(svg)
    titles = [title.text for title in drawn(svg).iter(f"{SVG}title")]
    assert titles[2] == "Monday 23 November: 90 of 100 have arrived by then"


@pytest.mark.django_db  # the kept picture depends on how the shop writes days and numbers
def test_a_promise_far_behind_the_curve_is_still_shown():
    svg = charts.curve_picture([1.0] * 12, date(2026, 1, 1), date(2026, 1, 9))
    assert "fill-main" in svg


@pytest.mark.parametrize(("kept", "of", "late"), [(97, 100, 3), (18, 20, 2), (970, 1000, 3), (999, 1000, 1), (7, 7, 0)])
def test_tiles_for_a_frequency(kept, of, late):
    svg = charts.mosaic(kept, of)
    assert svg.count("mosaic-late") == late
    assert svg.count("<rect") == min(of, 100)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.integers(2, 8))
def test_an_axis_holds_its_data_and_its_ticks_are_even(values, steps):
    scale = scale_for(Axis(steps=steps), values)
    hair = 1e-6 * max(1.0, max(values) - min(values))
    assert scale.low <= min(values) + hair
    assert scale.high >= max(values) - hair
    gaps = [later - earlier for earlier, later in zip(scale.ticks, scale.ticks[1:], strict=False)]
    assert gaps
    assert max(gaps) == pytest.approx(min(gaps))


@given(st.floats(1e-6, 1e9))
def test_steps_are_round(rough):
    assert nice_step(rough) >= rough * (1 - 1e-9)
    assert nice_step(rough) <= rough * 2.5 * (1 + 1e-9)


def test_a_wide_chart_has_a_narrow_twin_with_fewer_labels():
    months = [f"month {number}" for number in range(12)]
    both = charts.in_two_widths(
        lambda width: charts.column_chart(months, [Columns("late", [0.1] * 12)], y=Axis(), title="Late", width=width)
    )
    wide, narrow = str(both).replace("</svg><svg", "</svg>|<svg").split("|")
    assert (drawn(wide).get("class"), drawn(narrow).get("class")) == ("chart chart-wide", "chart chart-narrow")
    assert len(list(drawn(wide).iter(f"{SVG}rect"))) == len(list(drawn(narrow).iter(f"{SVG}rect"))) == 12
    assert [sum("month" in word for word in words(one)) for one in (wide, narrow)] == [6, 4]


def test_the_name_of_a_single_point_stays_on_the_paper():
    long = Series("The dates that the shop itself gave", [(6, 0.8)], "dots")
    ours = Series("ours", [(0, 0.7), (10, 0.9)])
    with translation.override("en"):
        svg = charts.line_chart([ours, long], x=Axis(low=0, high=10), y=Axis(), title="t", width=340)
    [name] = [text for text in drawn(svg).iter(f"{SVG}text") if text.text == long.label]
    assert name.get("text-anchor") == "end"
