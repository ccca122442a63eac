import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("promises", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="GatewayAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("names", models.JSONField(default=dict)),
                ("words", models.JSONField(blank=True, default=dict)),
                ("currency", models.CharField(max_length=3)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("enabled", models.BooleanField(default=True)),
                ("least_minor", models.BigIntegerField(blank=True, null=True)),
                ("most_minor", models.BigIntegerField(blank=True, null=True)),
                ("settings", models.JSONField(default=dict)),
                ("sealed", models.TextField(blank=True, default="", editable=False)),
                ("trial_asked_at", models.DateTimeField(blank=True, null=True)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("works", models.BooleanField(blank=True, null=True)),
                ("sentence", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True), models.Q(("code", ""), _negated=True)
                        ),
                        name="gateway_account_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least_minor__isnull", True), ("least_minor__gt", 0), _connector="OR"),
                        name="gateway_account_least_above_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most_minor__isnull", True),
                            models.Q(
                                ("most_minor__gt", 0),
                                models.Q(
                                    ("least_minor__isnull", True),
                                    ("most_minor__gte", models.F("least_minor")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="gateway_account_most_not_below_least",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("about", models.CharField(db_index=True, max_length=120)),
                ("order_ref", models.CharField(blank=True, db_index=True, default="", max_length=80)),
                ("way", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=40)),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "Begun"),
                            ("waiting", "At the gateway"),
                            ("promised", "To be paid later"),
                            ("paid", "Paid"),
                            ("failed", "Not paid"),
                            ("doubt", "In doubt"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("refused", "The gateway refused it, or the customer gave up."),
                            ("expired", "It was not paid in time."),
                            ("called_off", "It is no longer wanted."),
                            ("unreachable", "It could not be begun at the gateway."),
                            ("amount", "The gateway has another amount than was asked for."),
                            ("currency", "The gateway has another currency than was asked for."),
                            ("other", "The gateway has this under another payment."),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("authority", models.CharField(blank=True, default="", max_length=255)),
                ("address", models.TextField(blank=True, default="")),
                ("reference", models.CharField(blank=True, default="", max_length=120)),
                ("words", models.CharField(max_length=200)),
                ("back_url", models.CharField(max_length=300)),
                ("email", models.CharField(blank=True, default="", max_length=254)),
                ("phone", models.CharField(blank=True, default="", max_length=20)),
                ("started_at", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("paid_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("ask_at", models.DateTimeField(blank=True, null=True)),
                ("asked", models.PositiveSmallIntegerField(default=0)),
                ("owed_back_minor", models.BigIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="payments.gatewayaccount",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "-id"], name="payment_by_state"),
                    models.Index(
                        condition=models.Q(("ask_at__isnull", False)), fields=["ask_at"], name="payment_to_ask"
                    ),
                    models.Index(
                        condition=models.Q(("claimed_at__isnull", True), ("state__in", ["paid", "promised", "failed"])),
                        fields=["id"],
                        name="payment_to_claim",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["started", "waiting", "promised", "paid", "failed", "doubt"])
                        ),
                        name="payment_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("about", ""), _negated=True),
                            models.Q(("way", ""), _negated=True),
                            models.Q(("currency", ""), _negated=True),
                        ),
                        name="payment_is_named",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="payment_is_of_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paid_at__isnull", False), ("state", "paid")),
                            models.Q(models.Q(("state", "paid"), _negated=True), ("paid_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="payment_paid_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["failed", "doubt"]), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state__in", ["failed", "doubt"]), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="payment_not_paid_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            models.Q(("authority", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="payment_waits_at_a_gateway",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("owed_back_minor", 0),
                            models.Q(
                                ("owed_back_minor__gt", 0),
                                ("owed_back_minor__lte", models.F("amount_minor")),
                                ("state", "paid"),
                            ),
                            _connector="OR",
                        ),
                        name="payment_never_more_back",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("authority", ""), _negated=True),
                        fields=("way", "authority"),
                        name="payment_authority",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "The customer chose this way to pay"),
                            ("opened", "The gateway took it"),
                            ("not_opened", "The gateway did not take it"),
                            ("promised", "It will be paid later"),
                            ("paid", "It was paid"),
                            ("lowered", "Less is asked for"),
                            ("failed", "It ended without money"),
                            ("doubt", "The gateway has something else than was asked for"),
                            ("owed", "Money is owed back"),
                            ("given", "Money was given back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(blank=True, default="", max_length=40)),
                ("detail", models.CharField(blank=True, default="", max_length=300)),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="payments.payment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "started",
                                    "opened",
                                    "not_opened",
                                    "promised",
                                    "paid",
                                    "lowered",
                                    "failed",
                                    "doubt",
                                    "owed",
                                    "given",
                                ],
                            )
                        ),
                        name="payment_event_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(blank=True, default="", max_length=120)),
                ("about", models.CharField(blank=True, db_index=True, default="", max_length=120)),
                ("reason", models.CharField(blank=True, default="", max_length=120)),
                ("order_ref", models.CharField(max_length=80)),
                ("customer_ref", models.CharField(blank=True, default="", max_length=80)),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("owed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("owed", "Owed"), ("sending", "On its way"), ("given", "Given")],
                        default="owed",
                        max_length=7,
                    ),
                ),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                ("given_by", models.CharField(blank=True, default="", max_length=40)),
                ("reference", models.CharField(blank=True, default="", max_length=80)),
                ("try_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sentence", models.CharField(blank=True, default="", max_length=300)),
                (
                    "payment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="payments.payment",
                    ),
                ),
                (
                    "remedy",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refund",
                        to="promises.remedy",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "owed")), fields=["owed_at"], name="refund_owed"),
                    models.Index(condition=models.Q(("state", "sending")), fields=["try_at"], name="refund_to_try"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("given_at__isnull", True), ("state__in", ["owed", "sending"])),
                            models.Q(("given_at__isnull", False), ("state", "given")),
                            _connector="OR",
                        ),
                        name="refund_given_has_time",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="refund_is_of_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("remedy__isnull", False), models.Q(("key", ""), _negated=True), _connector="OR"
                        ),
                        name="refund_has_a_cause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sending"), _negated=True), ("payment__isnull", False), _connector="OR"
                        ),
                        name="refund_goes_where_it_came_from",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sending"), ("try_at__isnull", False)),
                            models.Q(models.Q(("state", "sending"), _negated=True), ("try_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="refund_on_its_way_is_tried",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True), fields=("key",), name="refund_key_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SandboxVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority", models.CharField(max_length=64, unique=True)),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("words", models.CharField(max_length=200)),
                ("back", models.TextField()),
                ("outcome", models.CharField(blank=True, default="", max_length=8)),
                ("given_back", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "paid", "refused"])), name="sandbox_outcome_is_known"
                    )
                ],
            },
        ),
    ]
