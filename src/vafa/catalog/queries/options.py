"""What can be chosen of a product: as it is kept beside the product, and as the staff edits it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vafa.catalog.models import Option, OptionRule, OptionValue, Product
from vafa.catalog.models.products import Configurable, OptionShown, RuleShown, ValueShown


def read_configurable(product: Product) -> Configurable | None:
    """All that can be chosen and the rules between it, from their tables; None where there is nothing."""
    options = [_option(each) for each in options_of(product)]
    shown = [each for each in options if each["values"]]
    rules = [_rule(each) for each in rules_of(product)]
    known = {(option["code"], value["code"]) for option in shown for value in option["values"]}
    kept = [rule for rule in rules if {tuple(rule["value"]), tuple(rule["other"])} <= known]
    return Configurable(options=shown, rules=kept) if shown else None


def options_of(product: Product) -> list[Option]:
    """Its options in their order, with their values. Two queries."""
    return list(product.options.prefetch_related("values"))


def rules_of(product: Product) -> Sequence[OptionRule]:
    """The rules between the values of a product's options, with both values and their options. One query."""
    found = OptionRule.objects.filter(value__option__product=product)
    return list(found.select_related("value__option", "other__option"))


def values_of(product: Product) -> list[OptionValue]:
    """Every value of every option, in their order."""
    found = OptionValue.objects.filter(option__product=product).select_related("option")
    return list(found.order_by("option__position", "option", "position", "pk"))


def terms_of_option(option: Option) -> dict[str, object]:
    """What can be edited of it, as it is."""
    names = ("code", "name", "surcharge_minor", "lead_days", "parts", "words_most", "words_needed")
    values = list(OptionValue.objects.filter(option=option).values_list(*names))
    return {"name": option.name, "needed": option.needed, "values": values}


def all_of(product: Product) -> object:
    """All that is kept of its options, to be compared. Three queries."""
    options = [
        (option.code, option.needed, option.name, [
            (each.code, each.name, each.surcharge_minor, each.lead_days, each.parts, each.counted, each.words_most,
             each.words_needed)
            for each in option.values.all()
        ])
        for option in options_of(product)
    ]  # fmt: skip
    rules = [(each.value_id, each.other_id, each.tie, each.why) for each in rules_of(product)]
    return options, rules


def with_options() -> Iterator[tuple[Product, list[Option], Sequence[OptionRule]]]:
    """Every product of which something can be chosen, by its code, with its options, their values and the rules."""
    for product in Product.objects.filter(options__isnull=False).distinct().order_by("code").iterator():
        yield product, options_of(product), rules_of(product)


def _option(option: Option) -> OptionShown:
    values = [_value(each, each.surcharge_minor) for each in option.values.all() if each.surcharge_minor is not None]
    return OptionShown(code=option.code, name=option.name, needed=option.needed, values=values)


def _value(value: OptionValue, surcharge_minor: int) -> ValueShown:
    shown = ValueShown(
        code=value.code, name=value.name, surcharge_minor=surcharge_minor, lead_days=value.lead_days, parts=value.parts
    )
    if value.counted:
        shown["counted"] = value.counted
    if value.words_most:
        shown["words_most"], shown["words_needed"] = value.words_most, value.words_needed
    return shown


def _rule(rule: OptionRule) -> RuleShown:
    ends = [[each.option.code, each.code] for each in (rule.value, rule.other)]
    return RuleShown(tie=rule.tie, value=ends[0], other=ends[1], why=rule.why)
