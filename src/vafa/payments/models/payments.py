"""Payments and their story."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vafa.payments.models.accounts import GatewayAccount


class PaymentState(models.TextChoices):
    STARTED = "started", _("Begun")  # the gateway has not been asked yet
    WAITING = "waiting", _("At the gateway")
    PROMISED = "promised", _("To be paid later")  # at the door, by transfer
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Not paid")
    DOUBT = "doubt", _("In doubt")  # the gateway has other money than was asked for: a person decides


class Reason(models.TextChoices):
    """Why a payment was not paid, or is in doubt."""

    REFUSED = "refused", _("The gateway refused it, or the customer gave up.")
    EXPIRED = "expired", _("It was not paid in time.")
    CALLED_OFF = "called_off", _("It is no longer wanted.")
    UNREACHABLE = "unreachable", _("It could not be begun at the gateway.")
    AMOUNT = "amount", _("The gateway has another amount than was asked for.")
    CURRENCY = "currency", _("The gateway has another currency than was asked for.")
    OTHER = "other", _("The gateway has this under another payment.")


class Payment(models.Model):
    """Money that a customer shall pay for one thing. The same `key` is the same payment; `about` is what the room above
    calls that thing ("purchase:…"), `order_ref` the order's number for people.

    started → waiting → paid, failed or doubt; promised → paid or failed; doubt → paid or failed by a person. A gateway
    that says yes late wins: failed → paid. `claimed_at` is when the room above took notice of this state; each new
    state is claimed anew. `way` is the account's code, `kind` its folder, `authority` the gateway's name for it,
    `address` where the customer pays, `until` when nobody waits for him longer, `reference` the proof.
    `owed_back_minor` is the sum of its refunds. `ask_at` (business time) is when the gateway is asked by
    itself, `asked` how often since the last change. `email` and `phone` are emptied once the gateway has been asked.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=120, unique=True)
    about = models.CharField(max_length=120, db_index=True)
    order_ref = models.CharField(max_length=80, default="", blank=True, db_index=True)
    account = models.ForeignKey(GatewayAccount, null=True, on_delete=models.PROTECT, related_name="payments")
    way = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=PaymentState.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, default="", blank=True)
    authority = models.CharField(max_length=255, default="", blank=True)
    address = models.TextField(default="", blank=True)
    reference = models.CharField(max_length=120, default="", blank=True)
    words = models.CharField(max_length=200)
    back_url = models.CharField(max_length=300)
    email = models.CharField(max_length=254, default="", blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)
    started_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True)
    asked = models.PositiveSmallIntegerField(default=0)
    owed_back_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PaymentState.values), name="payment_state_is_known"),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(about="") & ~Q(way="") & ~Q(currency=""), name="payment_is_named"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="payment_is_of_something"),
            models.CheckConstraint(
                condition=Q(state=PaymentState.PAID, paid_at__isnull=False)
                | (~Q(state=PaymentState.PAID) & Q(paid_at__isnull=True)),
                name="payment_paid_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PaymentState.FAILED, PaymentState.DOUBT]) & ~Q(reason="")
                | (~Q(state__in=[PaymentState.FAILED, PaymentState.DOUBT]) & Q(reason="")),
                name="payment_not_paid_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaymentState.WAITING) | ~Q(authority=""), name="payment_waits_at_a_gateway"
            ),
            models.CheckConstraint(
                condition=Q(owed_back_minor=0)
                | Q(state=PaymentState.PAID, owed_back_minor__gt=0, owed_back_minor__lte=F("amount_minor")),
                name="payment_never_more_back",
            ),
            models.UniqueConstraint(fields=["way", "authority"], condition=~Q(authority=""), name="payment_authority"),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="payment_by_state"),
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="payment_to_ask"),
            models.Index(
                fields=["id"],
                condition=Q(claimed_at__isnull=True, state__in=["paid", "promised", "failed"]),
                name="payment_to_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.state}"

    def get_absolute_url(self) -> str:
        """The staff's page of it."""
        return reverse("payments:payment", args=[self.public_id])

    @property
    def tone(self) -> str:
        """The colour of its state."""
        tones = {PaymentState.PAID: "good", PaymentState.DOUBT: "bad", PaymentState.PROMISED: "warn"}
        return tones.get(PaymentState(self.state), "info" if self.is_open else "neutral")

    @property
    def is_open(self) -> bool:
        """Whether it is being paid just now."""
        return self.state in {PaymentState.STARTED, PaymentState.WAITING}

    @property
    def left_minor(self) -> int:
        """What can still be given back."""
        return self.amount_minor - self.owed_back_minor if self.state == PaymentState.PAID else 0


class Happening(models.TextChoices):
    STARTED = "started", _("The customer chose this way to pay")
    OPENED = "opened", _("The gateway took it")
    NOT_OPENED = "not_opened", _("The gateway did not take it")
    PROMISED = "promised", _("It will be paid later")
    PAID = "paid", _("It was paid")
    LOWERED = "lowered", _("Less is asked for")
    FAILED = "failed", _("It ended without money")
    DOUBT = "doubt", _("The gateway has something else than was asked for")
    OWED = "owed", _("Money is owed back")
    GIVEN = "given", _("Money was given back")


class PaymentEvent(models.Model):
    """One thing that happened to a payment (business time). `by`: "gateway", "clock", "staff:3"; `detail`: a code or
    the gateway's own words, without secrets and names."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Happening.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=40, default="", blank=True)
    detail = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=Happening.values), name="payment_event_is_known")]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.kind}"

    @property
    def by_minor(self) -> int | None:
        """How much is owed back or asked for less, in minor units of the payment; None for what has no amount."""
        return int(self.detail) if self.kind in {Happening.OWED, Happening.LOWERED} else None

    @property
    def words(self) -> str:
        """The detail as people read it: a reason by its sentence."""
        return str(Reason(self.detail).label) if self.detail in Reason.values else self.detail


class SandboxVisit(models.Model):
    """What the built-in sandbox knows, as a gateway would: `outcome` is what the visitor of its page chose."""

    authority = models.CharField(max_length=64, unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    words = models.CharField(max_length=200)
    back = models.TextField()
    outcome = models.CharField(max_length=8, default="", blank=True)  # "paid", "refused", or nothing yet
    given_back: models.JSONField[dict[str, int]] = models.JSONField(default=dict)  # minor units by the refund's token

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["", "paid", "refused"]), name="sandbox_outcome_is_known")
        ]

    def __str__(self) -> str:
        return self.authority
