"""What promises in danger have in common is named; what chance explains is not."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from vafa.engine.common_cause import NEARLY_ALL, Case, by_lot, common_causes, poisson_tail


def cases(count, in_danger, *, start=0, stated=0.1, **factors):
    return [Case(start + n, factors, stated, n < in_danger) for n in range(count)]


def test_a_slipping_carrier_is_found_among_others():
    calm = cases(100, 6, region="Fars", carrier="post")
    strike = cases(40, 30, start=100, region="Fars", carrier="tipax") + cases(
        40, 28, start=200, region="Gilan", carrier="tipax"
    )
    (cause,) = common_causes([*calm, *strike])
    assert cause.common == (("carrier", "tipax"),)
    assert (len(cause.in_danger), cause.watched, round(cause.expected, 1)) == (58, 80, 8.0)


def test_a_slip_of_one_carrier_in_one_region_names_both():
    slip = cases(20, 18, region="Fars", carrier="tipax")
    others = cases(60, 4, start=100, region="Fars", carrier="post") + cases(
        60, 5, start=200, region="Gilan", carrier="tipax"
    )
    (cause,) = common_causes([*slip, *others])
    assert dict(cause.common) == {"region": "Fars", "carrier": "tipax"}


def test_as_many_as_were_expected_are_no_cause():
    assert common_causes(cases(100, 12, region="Fars")) == []


def test_dates_that_were_hopeless_when_they_were_made_are_no_cause():
    assert common_causes(cases(40, 30, stated=0.8, region="Fars")) == []


def test_few_in_danger_are_no_cause():
    assert common_causes(cases(4, 4, stated=0.01, region="Fars")) == []


def test_two_causes_are_two():
    one = cases(40, 30, region="Fars", carrier="post")
    other = cases(40, 20, start=100, region="Gilan", carrier="tipax", scanned="Qazvin")
    found = common_causes([*one, *other, *cases(200, 15, start=200, region="Tehran", carrier="own")])
    assert [dict(cause.common)["region"] for cause in found] == ["Fars", "Gilan"]


def test_what_nearly_every_promise_has_is_never_named():
    strike = cases(20, 18, region="Fars", carrier="tipax", origin="Tehran")
    calm = cases(99, 9, start=100, region="Fars", carrier="post", origin="Tehran")
    elsewhere = cases(1, 0, start=300, region="Fars", carrier="post", origin="Qom")
    (cause,) = common_causes([*strike, *calm, *elsewhere])
    assert cause.common == (("carrier", "tipax"),)
    assert round(cause.lift, 2) == 4.0  # 18 of the 27 that slip, 20 of the 120 that are open


def test_a_few_parcels_of_a_carrier_are_found_in_a_small_shop_where_others_slip_too():
    tipax = cases(6, 5, stated=0.12, carrier="tipax", origin="Tehran", scanned="Tehran")
    post = cases(9, 3, start=100, stated=0.25, carrier="post", origin="Tehran", scanned="Tehran")
    here = cases(11, 3, start=200, stated=0.17, origin="Tehran")
    (cause,) = common_causes([*tipax, *post, *here])
    assert cause.common == (("carrier", "tipax"),)  # all were seen in Tehran, but so were others that do not slip


def test_of_what_the_same_promises_share_all_that_stands_out_is_named():
    slip = cases(10, 9, region="Fars", carrier="tipax", scanned="Shiraz")
    (cause,) = common_causes([*slip, *cases(60, 5, start=100, region="Gilan", carrier="post")])
    assert dict(cause.common) == {"region": "Fars", "carrier": "tipax", "scanned": "Shiraz"}


def test_where_most_slip_alike_that_is_one_finding_without_a_name():
    (cause,) = common_causes(cases(30, 24, region="Fars", carrier="post") + cases(30, 24, start=100, region="Gilan"))
    assert (cause.common, len(cause.in_danger), cause.watched) == ((), 48, 60)


PLACES = st.sampled_from(["Fars", "Gilan", ""])
ROWS = st.lists(st.tuples(PLACES, st.sampled_from(["post", "tipax"]), st.floats(0.01, 0.5), st.booleans()), max_size=60)


@given(ROWS)
def test_a_cause_is_over_represented_among_the_slipping_and_never_what_nearly_all_have(rows):
    shop = [
        Case(number, {"region": region, "carrier": carrier, "origin": "Tehran"}, stated, slips)
        for number, (region, carrier, stated, slips) in enumerate(rows)
    ]
    found = common_causes(shop)
    for cause in found:
        assert "origin" not in dict(cause.common)
        assert len(cause.in_danger) >= 5
        assert len(cause.in_danger) >= 2 * cause.expected or cause.expected == 0.01
        if cause.common:
            assert cause.watched < NEARLY_ALL * cause.all_watched
            assert cause.lift > 1
    assert not any(set(one.in_danger) & set(other.in_danger) for one, other in combinations(found, 2))


@given(ROWS, st.randoms())
def test_the_order_of_the_promises_changes_nothing(rows, chance):
    shop = [Case(n, {"region": row[0], "carrier": row[1]}, row[2], row[3]) for n, row in enumerate(rows)]
    mixed = chance.sample(shop, len(shop))
    assert [(cause.common, len(cause.in_danger)) for cause in common_causes(shop)] == [
        (cause.common, len(cause.in_danger)) for cause in common_causes(mixed)
    ]


def test_the_chance_of_a_share_by_lot_is_right():
    assert abs(by_lot(0, 3, 2, 10) - 1.0) < 1e-9
    assert abs(by_lot(5, 6, 11, 26) - (462 * 15 + 462) / 230230) < 1e-9
    assert abs(by_lot(4, 4, 4, 10) - 1 / 210) < 1e-12


def test_the_poisson_tail_is_right():
    assert poisson_tail(0, 2.0) == 1.0
    assert abs(poisson_tail(1, 2.0) - 0.8646647) < 1e-6
    assert abs(poisson_tail(5, 2.0) - 0.0526530) < 1e-6
