import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("shop", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.CharField(max_length=64, unique=True)),
                ("placed_at", models.DateTimeField(db_index=True)),
                ("customer_ref", models.CharField(blank=True, default="", max_length=64)),
                ("option", models.CharField(blank=True, default="", max_length=64)),
                ("category", models.CharField(blank=True, default="", max_length=80)),
                ("payment", models.CharField(blank=True, default="", max_length=64)),
                ("items", models.PositiveIntegerField(default=1)),
                ("price_minor", models.BigIntegerField(blank=True, null=True)),
                ("freight_minor", models.BigIntegerField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                ("weight_g", models.FloatField(blank=True, null=True)),
                ("volume_cm3", models.FloatField(blank=True, null=True)),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("to_pack", "To pack"),
                            ("part", "Partly packed"),
                            ("packed", "Packed"),
                            ("sent", "Under way"),
                            ("arrived", "Delivered"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("cancelled", models.BooleanField(default=False)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancellation_asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shop.place",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["stage", "placed_at", "id"], name="order_by_stage"),
                    models.Index(
                        condition=models.Q(("cancelled", True)), fields=["placed_at", "id"], name="order_cancelled"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weight_g__isnull", True), ("weight_g__gte", 0), _connector="OR"),
                        name="order_weight_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_minor__isnull", True), ("price_minor__gte", 0), _connector="OR"),
                        name="order_price_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["", "to_pack", "part", "packed", "sent", "arrived"])),
                        name="order_stage_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("sku", models.CharField(max_length=64)),
                ("product", models.CharField(blank=True, default="", max_length=80)),
                ("title", models.JSONField(default=dict)),
                ("choices", models.JSONField(blank=True, default=dict)),
                ("quantity", models.PositiveIntegerField()),
                ("cancelled", models.PositiveIntegerField(default=0)),
                ("packed", models.PositiveIntegerField(default=0)),
                ("sent", models.PositiveIntegerField(default=0)),
                ("unit_minor", models.BigIntegerField()),
                ("discount_minor", models.BigIntegerField(default=0)),
                ("tax_bp", models.PositiveIntegerField(default=0)),
                ("tax_minor", models.BigIntegerField(default=0)),
                ("weight_g", models.FloatField(blank=True, null=True)),
                ("parts", models.JSONField(blank=True, default=dict)),
                ("counted", models.JSONField(blank=True, default=dict)),
                ("chosen", models.JSONField(blank=True, default=dict)),
                ("inscriptions", models.JSONField(blank=True, default=dict)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="orders.order"
                    ),
                ),
                (
                    "price",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.price",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "indexes": [models.Index(fields=["sku"], name="order_line_article")],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "position"), name="order_line_position_once"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="order_line_of_something"),
                    models.CheckConstraint(
                        condition=models.Q(("cancelled__lte", models.F("quantity"))),
                        name="order_line_cancels_what_is_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "packed__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("quantity"), "-", models.F("cancelled")
                                ),
                            )
                        ),
                        name="order_line_packs_what_is_wanted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sent__lte", models.F("packed"))), name="order_line_sends_what_is_packed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("discount_minor__gte", 0),
                            ("tax_minor__gte", 0),
                            ("unit_minor__gte", 0),
                            (
                                "discount_minor__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("unit_minor"), "*", models.F("quantity")
                                ),
                            ),
                        ),
                        name="order_line_amounts_possible",
                    ),
                    models.CheckConstraint(condition=models.Q(("sku", ""), _negated=True), name="order_line_has_a_sku"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product", models.CharField(max_length=80)),
                ("stars", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True, default="")),
                ("name", models.CharField(blank=True, default="", max_length=60)),
                ("language", models.CharField(blank=True, default="", max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("shown", "Shown"), ("refused", "Refused")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=40)),
                ("reply", models.TextField(blank=True, default="")),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="opinion", to="orders.orderline"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "shown")), fields=["product", "-given_at"], name="opinion_shown"
                    ),
                    models.Index(condition=models.Q(("state", "waiting")), fields=["given_at"], name="opinion_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stars__gte", 1), ("stars__lte", 5)), name="opinion_one_to_five_stars"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "shown", "refused"])),
                        name="opinion_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("product", ""), _negated=True), name="opinion_of_a_product"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("phone", models.CharField(blank=True, default="", max_length=32)),
                ("email", models.CharField(blank=True, default="", max_length=254)),
                ("country", models.CharField(max_length=2)),
                ("region", models.CharField(blank=True, default="", max_length=120)),
                ("city", models.CharField(blank=True, default="", max_length=120)),
                ("postal_code", models.CharField(blank=True, default="", max_length=16)),
                ("street", models.TextField(blank=True, default="")),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("language", models.CharField(blank=True, default="", max_length=8)),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recipient", to="orders.order"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("phone", ""), _negated=True), fields=["phone"], name="recipient_phone"
                    ),
                    models.Index(
                        condition=models.Q(("email", ""), _negated=True), fields=["email"], name="recipient_email"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recipient_can_be_reached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="recipient_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.BinaryField(max_length=320)),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="orders.recipient",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["word", "recipient"], name="name_word_begins")],
                "constraints": [models.UniqueConstraint(fields=("recipient", "word"), name="name_word_once")],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stars", models.PositiveSmallIntegerField()),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review", to="orders.order"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stars__gte", 1), ("stars__lte", 5)), name="review_one_to_five_stars"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seller",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(blank=True, default="", max_length=120)),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="shop.place",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="order",
            name="seller",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="orders.seller",
            ),
        ),
        migrations.CreateModel(
            name="Bill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("goods_minor", models.BigIntegerField()),
                ("delivery_minor", models.BigIntegerField()),
                ("discount_minor", models.BigIntegerField(default=0)),
                ("voucher_code", models.CharField(blank=True, default="", max_length=20)),
                ("delivery_tax_bp", models.PositiveIntegerField(default=0)),
                ("tax_minor", models.BigIntegerField(default=0)),
                ("total_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bill", to="orders.order"
                    ),
                ),
            ],
            options={
                "constraints": [
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
                            )
                        ),
                        name="bill_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("delivery_minor__gte", 0),
                            ("discount_minor__gte", 0),
                            ("goods_minor__gte", 0),
                            ("total_minor__gte", 0),
                            ("tax_minor__gte", 0),
                            ("tax_minor__lte", models.F("total_minor")),
                        ),
                        name="bill_amounts_possible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency", ""), _negated=True), name="bill_has_a_currency"
                    ),
                ],
            },
        ),
    ]
