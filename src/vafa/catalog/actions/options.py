"""What can be chosen of a product, as the shop's people write it. The guard looks at every surcharge first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from vafa.catalog.actions.hand_offs import leave_for_index
from vafa.catalog.actions.holding import Doubtful, hold, overtake
from vafa.catalog.editions import require_same
from vafa.catalog.models import Option, OptionRule, OptionValue, Product, Variant, What
from vafa.catalog.models.products import Texts
from vafa.catalog.queries.configurations import configured
from vafa.catalog.queries.options import all_of, read_configurable, terms_of_option
from vafa.engine.configuring import Pick, Tie
from vafa.engine.price_guard import Doubt, doubts_about_surcharge
from vafa.kit.problems import Problem
from vafa.shop.queries import the_shop

MOST_OPTIONS, MOST_VALUES, MOST_RULES = 8, 12, 40
LONGEST_CODE = 40
MOST_MINOR, MOST_DAYS, MOST_PARTS, MOST_LETTERS = 10**15, 365, 20, 300


@dataclass(frozen=True, slots=True)
class ValueTerms:
    """One value of an option; a new one has no `code` yet, or brings its own. See `OptionValue`; no surcharge: it stays
    as it is.
    """

    name: Texts
    surcharge_minor: int | None = None
    lead_days: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)
    code: str = ""
    words_most: int = 0
    words_needed: bool = False


@dataclass(frozen=True, slots=True)
class OptionTerms:
    """One option with its values in their order; a new one has no `code` yet, or brings its own."""

    name: Texts
    values: Sequence[ValueTerms]
    needed: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """A rule between two values of a product by their codes; `line` is where it was told, for who is to mend it."""

    tie: Tie
    value: Pick
    other: Pick
    why: Texts
    line: int = 0


class Kept(StrEnum):
    """What became of a product's options."""

    NEW = "new"  # it had none before
    CHANGED = "changed"
    WAITS = "waits"  # some surcharge waits for a person
    SAME = "same"


def keep_option(
    product: Product, terms: OptionTerms, *, option: Option | None = None, seen: str = "", by: str, at: datetime
) -> tuple[Option, bool]:
    """Write a new option at the end, or other words and values into `option`; (the option, whether all of it holds).

    A surcharge that the guard doubts waits for a person: the old one stays, a new value cannot be chosen until then.
    Values that are not told any more are gone, with the rules about them; what was sold with them stays as it was sold.
    `seen` is the edition of `option` that the person had before his eyes. Problems: `changed-meanwhile` (409), `empty`,
    `too-many`, `bad-amount`, `bad-days`, `bad-parts`, `bad-length`, `first-costs`, `first-parts`, and `impossible`
    where the first choice would break a rule; nothing is saved then.
    """
    _require(terms)
    with transaction.atomic():
        locked = Product.objects.select_for_update().get(pk=product.pk)
        if option is not None:
            require_same(seen, terms_of_option(option))
        kept = option or _begun(locked)
        kept.name, kept.needed = dict(terms.name), terms.needed
        kept.save()
        held = _write_values(locked, kept, terms.values, by=by, at=at)
        _remember(locked, at)
    return kept, not held


def keep_options(
    product: Product, options: Sequence[OptionTerms], rules: Sequence[RuleTerms], *, by: str, at: datetime
) -> Kept:
    """Write these options whole, each found by its code or new, and these rules; others of the product stay. Nothing is
    touched where all of it is known already. Problems as for `keep_option` and `keep_rule`, and `no-value` for a rule
    about a value that there is not; nothing is saved then.
    """
    for terms in options:
        _require(terms)
    with transaction.atomic():
        locked = Product.objects.select_for_update().get(pk=product.pk)
        before = all_of(locked)
        known = {each.code: each for each in Option.objects.filter(product=locked)}
        held: list[Doubtful] = []
        for terms in options:
            kept = known.get(terms.code) or _begun(locked, terms.code)
            kept.name, kept.needed = dict(terms.name), terms.needed
            kept.save()
            held += _write_values(locked, kept, terms.values, by=by, at=at)
        _write_rules(locked, rules)
        is_same = all_of(locked) == before
        if not is_same:
            _remember(locked, at)
    if held:
        return Kept.WAITS
    if is_same:
        return Kept.SAME
    return Kept.CHANGED if known else Kept.NEW


def _write_rules(product: Product, rules: Sequence[RuleTerms]) -> None:
    found = OptionValue.objects.filter(option__product=product).select_related("option")
    values = {(each.option.code, each.code): each for each in found}
    for terms in rules:
        about = {"line": str(terms.line)}
        value, other = values.get(terms.value), values.get(terms.other)
        if value is None or other is None:
            sentence = _("A rule is about two values of this product, written like o1/v2.")
            raise Problem("no-value", sentence, status=422, about=about)
        if value.option_id == other.option_id:
            sentence = _("Only one value of an option can be chosen anyway.")
            raise Problem("one-option", sentence, status=422, about=about)
        said = {"tie": terms.tie.value, "why": dict(terms.why)}
        OptionRule.objects.update_or_create(value=value, other=other, defaults=said)
    if OptionRule.objects.filter(value__option__product=product).count() > MOST_RULES:
        raise Problem("too-many", _("A product has forty rules at most."), status=422)


def forget_option(option: Option, *, at: datetime) -> None:
    """It can be chosen no more; what was sold with it stays as it was sold."""
    with transaction.atomic():
        locked = Product.objects.select_for_update().get(pk=option.product_id)
        Option.objects.filter(pk=option.pk).delete()
        _remember(locked, at)


def keep_rule(
    product: Product, value: OptionValue, other: OptionValue, tie: Tie, why: Texts, *, at: datetime
) -> OptionRule:
    """`value` requires or excludes `other` from now on; a pair told again gets the new tie and words.

    Problems: `one-option` for two values of one option, `other-product`, `too-many`, and `impossible` where the first
    choice would break it.
    """
    if value.option_id == other.option_id:
        raise Problem("one-option", _("Only one value of an option can be chosen anyway."), status=422, field="other")
    with transaction.atomic():
        locked = Product.objects.select_for_update().get(pk=product.pk)
        if {value.option.product_id, other.option.product_id} != {locked.pk}:
            raise Problem("other-product", _("This belongs to another product."), status=422, field="other")
        terms = {"tie": tie.value, "why": dict(why)}
        rule, _is_new = OptionRule.objects.update_or_create(value=value, other=other, defaults=terms)
        if OptionRule.objects.filter(value__option__product=locked).count() > MOST_RULES:
            raise Problem("too-many", _("A product has forty rules at most."), status=422)
        _remember(locked, at)
    return rule


def forget_rule(rule: OptionRule, *, at: datetime) -> None:
    """It holds no more."""
    with transaction.atomic():
        locked = Product.objects.select_for_update().get(options__values=rule.value_id)
        OptionRule.objects.filter(pk=rule.pk).delete()
        _remember(locked, at)


def let_surcharge_through(value: OptionValue, minor: int, *, seen: int | None, at: datetime) -> bool:
    """A person has looked at what waited; whether the surcharge is still the one that it was compared with.

    Runs in the caller's transaction.
    """
    product = Product.objects.select_for_update().get(options__values=value.pk)
    if not OptionValue.objects.filter(pk=value.pk, surcharge_minor=seen).update(surcharge_minor=minor):
        return False
    _remember(product, at)
    return True


def _begun(product: Product, code: str = "") -> Option:
    known = Option.objects.filter(product=product)
    if known.count() >= MOST_OPTIONS:
        raise Problem("too-many", _("A product has eight options at most."), status=422)
    last = known.aggregate(last=Max("position"))["last"] or 0
    code = code or _free("o", set(known.values_list("code", flat=True)))
    return Option(product=product, code=code, position=last + 1)


def _free(letter: str, taken: set[str]) -> str:
    return next(code for number in range(1, len(taken) + 2) if (code := f"{letter}{number}") not in taken)


def _write_values(
    product: Product, option: Option, values: Sequence[ValueTerms], *, by: str, at: datetime
) -> list[Doubtful]:
    """Write them in their order; those whose surcharge waits for a person."""
    known = {each.code: each for each in option.values.all()}
    told = {terms.code for terms in values} & known.keys()
    parts = [part for terms in values for part in terms.parts]
    articles = set(Variant.objects.filter(sku__in=parts).values_list("sku", flat=True))
    option.values.exclude(code__in=told).delete()
    taken = {*known, *(terms.code for terms in values)}
    held: list[Doubtful] = []
    passed: list[Doubtful] = []
    for position, terms in enumerate(values):
        code = terms.code or _free("v", taken)
        taken.add(code)
        value = known.get(code) or OptionValue(option=option, code=code)
        value.name, value.position, value.lead_days = dict(terms.name), position, terms.lead_days
        value.parts, value.words_most, value.words_needed = dict(terms.parts), terms.words_most, terms.words_needed
        value.counted = sorted(articles & value.parts.keys())
        before, now = value.surcharge_minor, _surcharge(value, terms)
        doubts = _doubts(product, before, now)
        if not doubts:
            value.surcharge_minor = now
        value.save()
        if now is not None and now != before:
            (held if doubts else passed).append(_doubtful(product, option, value, now, doubts))
    overtake([each.subject for each in passed], by=by, at=at)
    hold(held, made_by=by, at=at)
    return held


def _surcharge(value: OptionValue, terms: ValueTerms) -> int | None:
    """What it is to add: what is said, else what it adds already; nothing where it is new."""
    if terms.surcharge_minor is not None:
        return terms.surcharge_minor
    return 0 if value.pk is None else value.surcharge_minor


def _doubts(product: Product, before: int | None, now: int | None) -> list[Doubt]:
    if now is None or now == before:
        return []
    price = Variant.objects.filter(product=product).aggregate(least=Min("price__amount_minor"))["least"]
    return doubts_about_surcharge(now, before, price=price)


def _doubtful(product: Product, option: Option, value: OptionValue, now: int, doubts: Sequence[Doubt]) -> Doubtful:
    currency = the_shop().currency
    old = {} if value.surcharge_minor is None else {"minor": value.surcharge_minor, "currency": currency}
    return Doubtful(
        What.OPTION, f"{product.code}/{option.code}/{value.code}", product.pk, old,
        {"minor": now, "currency": currency}, doubts, option_value_id=value.pk,
    )  # fmt: skip


def _remember(product: Product, at: datetime) -> None:
    """Put what can be chosen beside the product. Problem `impossible` where the first choice breaks a rule."""
    found = read_configurable(product)
    first = configured(found).outcome if found is not None else None
    if first is not None and not first.is_possible:
        sentence = _("What is chosen from the start would break a rule. Put another value first, or change the rule.")
        raise Problem("impossible", sentence, status=422)
    if first is not None and first.surcharge_minor:
        sentence = _("The first value of what must be chosen is part of the price: it costs nothing on top.")
        raise Problem("first-costs", sentence, status=422)
    if found is not None and configured(found).counted:
        sentence = _("What is chosen from the start takes no parts from the stock: they are counted with the article.")
        raise Problem("first-parts", sentence, status=422)
    Product.objects.filter(pk=product.pk).update(configurable=found, changed_at=at)
    leave_for_index([product.code], at=at)


def _require(terms: OptionTerms) -> None:
    if not terms.name or not terms.values or not all(value.name for value in terms.values):
        raise Problem("empty", _("Name the option and every value in one language at least."), status=422)
    if len(terms.values) > MOST_VALUES:
        raise Problem("too-many", _("An option has twelve values at most."), status=422)
    codes = [value.code for value in terms.values if value.code]
    if not all(map(is_code, filter(None, [terms.code, *codes]))) or len(set(codes)) < len(codes):
        raise Problem("bad-code", _("Codes are short, of Latin letters and digits, and each stands once."), status=422)
    for value in terms.values:
        _require_value(value)


def is_code(code: str) -> bool:
    """Whether an option or a value can be called so: short, of Latin letters and digits, joined by - and _."""
    plain = code.replace("-", "").replace("_", "")
    return len(code) <= LONGEST_CODE and plain.isascii() and plain.isalnum()


def _require_value(value: ValueTerms) -> None:
    if not 0 <= (value.surcharge_minor or 0) <= MOST_MINOR:
        raise Problem("bad-amount", _("A surcharge is not below nothing."), status=422)
    if not 0 <= value.lead_days <= MOST_DAYS:
        raise Problem("bad-days", _("From 0 to 365 working days can be written."), status=422)
    if not value.words_needed <= value.words_most <= MOST_LETTERS:
        raise Problem("bad-length", _("Say how many characters of the customer's fit, 300 at most."), status=422)
    good = all(code.strip() and 0 < pieces < 10_000 for code, pieces in value.parts.items())
    if not good or len(value.parts) > MOST_PARTS:
        raise Problem("bad-parts", _("Write at most twenty parts, each with how many of it."), status=422)
