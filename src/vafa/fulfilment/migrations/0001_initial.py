import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("delivery", "0001_initial"),
        ("orders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Credit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("number", models.PositiveIntegerField(blank=True, null=True, unique=True)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("customer", "The customer does not want it any more"),
                            ("sold_out", "We do not have it"),
                            ("lost", "It was lost on the way"),
                            ("damaged", "It came damaged or wrong"),
                            ("returned", "It came back"),
                            ("check", "The check of the order was not passed"),
                            ("elsewhere", "Its new address is cheaper to reach"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=40)),
                ("delivery_minor", models.BigIntegerField(default=0)),
                ("delivery_tax_minor", models.BigIntegerField(default=0)),
                ("total_minor", models.BigIntegerField()),
                ("tax_minor", models.BigIntegerField(default=0)),
                ("currency", models.CharField(max_length=3)),
                ("owed", models.BooleanField(default=False)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="credits", to="orders.order"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("delivery_minor__gte", 0), ("tax_minor__gte", 0), ("total_minor__gte", 0)),
                        name="credit_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "why__in",
                                ["customer", "sold_out", "lost", "damaged", "returned", "check", "elsewhere", "other"],
                            )
                        ),
                        name="credit_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("key", ""), _negated=True), models.Q(("by", ""), _negated=True)),
                        name="credit_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField()),
                ("amount_minor", models.BigIntegerField()),
                ("tax_minor", models.BigIntegerField(default=0)),
                ("had_left", models.BooleanField(default=False)),
                (
                    "credit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="fulfilment.credit"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="credits", to="orders.orderline"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("credit", "line", "had_left"), name="credit_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gte", 0), ("quantity__gt", 0), ("tax_minor__gte", 0)),
                        name="credit_line_of_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=40)),
                ("body", models.JSONField()),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invoice", to="orders.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=40)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="orders.order"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="note_says_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("packed", "Packed"),
                            ("unpacked", "Unpacked again"),
                            ("sent", "Handed to the carrier"),
                            ("taken_back", "Had not left after all"),
                            ("arrived", "Handed out, as we know ourselves"),
                            ("cancelled", "Cancelled"),
                            ("credited", "Money given back"),
                            ("invoice", "Invoice written"),
                            ("elsewhere", "Sent to another address"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=40)),
                ("detail", models.JSONField(blank=True, default=dict)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="orders.order"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "packed",
                                    "unpacked",
                                    "sent",
                                    "taken_back",
                                    "arrived",
                                    "cancelled",
                                    "credited",
                                    "invoice",
                                    "elsewhere",
                                ],
                            )
                        ),
                        name="order_event_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Packing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("packed_at", models.DateTimeField()),
                ("packed_by", models.CharField(max_length=40)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("sent_by", models.CharField(blank=True, default="", max_length=40)),
                ("left_stock", models.JSONField(blank=True, default=dict)),
                (
                    "parcel",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="packing", to="delivery.parcel"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("sent_by", "")),
                            models.Q(("sent_at__isnull", False), models.Q(("sent_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="packing_sent_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "series",
                    models.CharField(choices=[("invoice", "Invoice"), ("credit", "Credit")], max_length=8, unique=True),
                ),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("series__in", ["invoice", "credit"])), name="paper_series_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ParcelLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parcels", to="orders.orderline"
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contents", to="delivery.parcel"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("parcel", "line"), name="parcel_line_once"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="parcel_line_of_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WrongPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("right_minor", models.BigIntegerField()),
                ("declared_by", models.CharField(max_length=150)),
                ("declared_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "Not decided yet"),
                            ("honoured", "Honoured"),
                            ("cancelled", "Cancelled with a remedy"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("decided_by", models.CharField(blank=True, default="", max_length=150)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "price",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.price"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["open", "honoured", "cancelled"])),
                        name="wrong_price_answer_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("right_minor__gt", 0)), name="wrong_price_right_above_nothing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__lte", 100)), name="wrong_price_percent_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "open"), ("decided_at__isnull", True)),
                            models.Q(models.Q(("answer", "open"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="wrong_price_is_open_or_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WrongPriceOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.PositiveIntegerField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("kept", models.BooleanField(blank=True, null=True)),
                ("cost_minor", models.BigIntegerField(default=0)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="fulfilment.wrongprice"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "order"), name="wrong_price_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kept__isnull", True), ("settled_at__isnull", True)),
                            models.Q(("kept__isnull", False), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="wrong_price_order_is_open_or_settled",
                    ),
                ],
            },
        ),
    ]
