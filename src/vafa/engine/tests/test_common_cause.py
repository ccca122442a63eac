"""What promises in danger have in common is named; what chance explains is not."""

from vafa.engine.common_cause import Case, common_causes, poisson_tail


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


def test_the_poisson_tail_is_right():
    assert poisson_tail(0, 2.0) == 1.0
    assert abs(poisson_tail(1, 2.0) - 0.8646647) < 1e-6
    assert abs(poisson_tail(5, 2.0) - 0.0526530) < 1e-6
