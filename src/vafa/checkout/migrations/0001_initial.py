import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Basket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("submitted", "Submitted"), ("done", "Done")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("language", models.CharField(blank=True, default="", max_length=8)),
                ("said", models.JSONField(blank=True, default=dict)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["state", "changed_at"], name="basket_left_behind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "submitted", "done"])), name="basket_state_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckRules",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("active", models.BooleanField(default=True)),
                ("total_over_minor", models.BigIntegerField(blank=True, null=True)),
                ("first_over_minor", models.BigIntegerField(blank=True, null=True)),
                ("pieces_over", models.PositiveIntegerField(blank=True, default=20, null=True)),
                ("orders_an_hour", models.PositiveIntegerField(blank=True, default=3, null=True)),
                ("other_country", models.BooleanField(default=True)),
                ("hours", models.PositiveSmallIntegerField(default=4)),
                (
                    "ending",
                    models.CharField(
                        choices=[("release", "It is sent"), ("cancel", "It is cancelled")],
                        default="release",
                        max_length=8,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="check_rules_are_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 1), ("hours__lte", 72)), name="check_hours_are_sensible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ending__in", ["release", "cancel"])), name="check_ending_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order_number", models.CharField(max_length=64, unique=True)),
                ("customer_ref", models.CharField(blank=True, default="", max_length=64)),
                ("reasons", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("owner", models.CharField(blank=True, default="", max_length=150)),
                (
                    "ending",
                    models.CharField(choices=[("release", "It is sent"), ("cancel", "It is cancelled")], max_length=8),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To be checked"), ("released", "Released"), ("refused", "Cancelled")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=150)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("promise_ref", models.UUIDField(null=True)),
                ("code", models.CharField(blank=True, default="", max_length=64)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "open")), fields=["due_at"], name="hold_open"),
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("state", "refused")),
                        fields=["decided_at"],
                        name="hold_to_cancel",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "released", "refused"])), name="hold_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("made_at"))), name="hold_ends_after_it_began"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="hold_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Putting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "basket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="checkout.basket"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaxRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("category", models.CharField(blank=True, default="", max_length=64)),
                ("bp", models.PositiveIntegerField()),
                ("contained", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["country", "category"],
                "constraints": [
                    models.UniqueConstraint(fields=("country", "category"), name="tax_rule_once"),
                    models.CheckConstraint(condition=models.Q(("bp__lte", 10000)), name="tax_at_most_the_price"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BasketLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made", models.JSONField(blank=True, default=dict)),
                ("made_key", models.CharField(blank=True, default="", max_length=24)),
                ("quantity", models.PositiveIntegerField()),
                ("promise_ref", models.UUIDField()),
                ("promised_until", models.DateTimeField()),
                ("run_out", models.BooleanField(default=False)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "basket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="checkout.basket"
                    ),
                ),
                (
                    "price",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.price"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("run_out", False)),
                        fields=["promised_until"],
                        name="basket_line_price_running",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("basket", "variant", "made_key"), name="basket_line_once_a_making"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="basket_line_of_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made", {}), ("made_key", "")),
                            models.Q(models.Q(("made_key", ""), _negated=True), models.Q(("made", {}), _negated=True)),
                            _connector="OR",
                        ),
                        name="basket_line_made_has_a_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Purchase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("placed", "Placed"),
                            ("lapsed", "Lapsed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("customer_ref", models.CharField(max_length=64)),
                ("lines", models.JSONField(default=list)),
                ("to", models.JSONField(blank=True, default=dict)),
                ("consents", models.JSONField(blank=True, default=list)),
                ("goods_minor", models.BigIntegerField()),
                ("delivery_minor", models.BigIntegerField()),
                ("discount_minor", models.BigIntegerField(default=0)),
                ("tax_minor", models.BigIntegerField(default=0)),
                ("delivery_tax_bp", models.PositiveIntegerField(default=0)),
                ("total_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("voucher_code", models.CharField(blank=True, default="", max_length=20)),
                ("category", models.CharField(blank=True, default="", max_length=80)),
                ("place", models.CharField(blank=True, default="", max_length=120)),
                ("option", models.CharField(max_length=64)),
                ("slot", models.CharField(blank=True, default="", max_length=120)),
                ("point", models.CharField(blank=True, default="", max_length=120)),
                ("way", models.CharField(max_length=64)),
                ("quote", models.UUIDField(null=True)),
                ("promised_on", models.DateField(null=True)),
                ("reasons", models.JSONField(blank=True, default=list)),
                ("submitted_at", models.DateTimeField()),
                ("held_until", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "basket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="purchases", to="checkout.basket"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["held_until"], name="purchase_to_lapse"
                    ),
                    models.Index(fields=["customer_ref", "submitted_at"], name="purchase_of_customer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "placed", "lapsed", "cancelled"])),
                        name="purchase_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "placed"])),
                        fields=("basket",),
                        name="purchase_one_a_basket",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total_minor",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("goods_minor"), "+", models.F("delivery_minor")
                                    ),
                                    "-",
                                    models.F("discount_minor"),
                                ),
                            ),
                            ("delivery_minor__gte", 0),
                            ("discount_minor__gte", 0),
                            ("goods_minor__gte", 0),
                            ("total_minor__gte", 0),
                        ),
                        name="purchase_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="purchase_settled_has_time",
                    ),
                ],
            },
        ),
    ]
