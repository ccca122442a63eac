import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("shop", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40)),
                ("name", models.JSONField()),
                ("needed", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="option_has_a_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reindex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product_code", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Synonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Brand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(allow_unicode=True, max_length=80, unique=True)),
                ("name", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="brand_has_a_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("terms", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Not applied yet"), ("applied", "Applied"), ("undone", "Undone")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("made_by", models.CharField(blank=True, default="", max_length=150)),
                ("made_at", models.DateTimeField()),
                ("applied_by", models.CharField(blank=True, default="", max_length=150)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("held_back", models.PositiveIntegerField(default=0)),
                ("undone_by", models.CharField(blank=True, default="", max_length=150)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("put_back", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "applied", "undone"])), name="edit_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at__isnull", True), ("state", "draft"), ("undone_at__isnull", True)),
                            models.Q(("applied_at__isnull", False), ("state", "applied"), ("undone_at__isnull", True)),
                            models.Q(("applied_at__isnull", False), ("state", "undone"), ("undone_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="edit_times_follow_its_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=64, unique=True)),
                ("name", models.JSONField(default=dict)),
                ("specifications", models.JSONField(blank=True, default=list)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="catalog.category",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="category_has_a_code"),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("pk")), _negated=True),
                        name="category_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuideQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.JSONField()),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="catalog.category"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="GuideChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.JSONField()),
                ("features", models.JSONField(blank=True, default=list)),
                ("least_minor", models.BigIntegerField(blank=True, null=True)),
                ("most_minor", models.BigIntegerField(blank=True, null=True)),
                ("must", models.BooleanField(default=False)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="catalog.guidequestion"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least_minor__isnull", True),
                            ("most_minor__isnull", True),
                            ("least_minor__lte", models.F("most_minor")),
                            _connector="OR",
                        ),
                        name="choice_price_range_not_empty",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Miss",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=200, unique=True)),
                ("as_typed", models.CharField(max_length=200)),
                ("times", models.PositiveIntegerField(default=1)),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["-times", "-last_at"], name="miss_most_frequent")],
            },
        ),
        migrations.CreateModel(
            name="OptionValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40)),
                ("name", models.JSONField()),
                ("surcharge_minor", models.BigIntegerField(blank=True, null=True)),
                ("lead_days", models.PositiveSmallIntegerField(default=0)),
                ("parts", models.JSONField(blank=True, default=dict)),
                ("counted", models.JSONField(blank=True, default=list, editable=False)),
                ("words_most", models.PositiveSmallIntegerField(default=0)),
                ("words_needed", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="values", to="catalog.option"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("option", "code"), name="option_value_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="option_value_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("surcharge_minor__isnull", True), ("surcharge_minor__gte", 0), _connector="OR"
                        ),
                        name="option_value_surcharge_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words_needed", False), ("words_most__gt", 0), _connector="OR"),
                        name="option_value_needs_words_that_fit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OptionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tie", models.CharField(choices=[("requires", "requires"), ("excludes", "excludes")], max_length=8)),
                ("why", models.JSONField(blank=True, default=dict)),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.optionvalue"
                    ),
                ),
                (
                    "value",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rules", to="catalog.optionvalue"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("value", "other"), name="option_rule_once_a_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("value", models.F("other")), _negated=True), name="option_rule_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tie__in", ["requires", "excludes"])), name="option_rule_tie_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("since", models.DateTimeField()),
                ("made_by", models.CharField(blank=True, default="", max_length=150)),
                ("reason", models.CharField(blank=True, default="", max_length=120)),
                (
                    "edit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="catalog.bulkedit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="price_above_nothing"),
                    models.CheckConstraint(
                        condition=models.Q(("currency", ""), _negated=True), name="price_has_a_currency"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.SlugField(allow_unicode=True, max_length=80, unique=True)),
                ("title", models.JSONField(default=dict)),
                ("description", models.JSONField(blank=True, default=dict)),
                ("specifications", models.JSONField(blank=True, default=dict)),
                ("lead_days", models.PositiveSmallIntegerField(default=0)),
                ("public", models.BooleanField(default=True)),
                ("opinions", models.JSONField(blank=True, editable=False, null=True)),
                ("answers", models.JSONField(blank=True, default=list, editable=False)),
                ("configurable", models.JSONField(blank=True, editable=False, null=True)),
                ("goes_with", models.JSONField(blank=True, default=list, editable=False)),
                ("bought_with", models.JSONField(blank=True, default=list, editable=False)),
                ("added_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="catalog.brand",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="products", to="catalog.category"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["category", "-added_at", "-id"], name="product_newest_of_shelf")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="product_has_a_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(max_length=120)),
                ("words", models.JSONField(blank=True, default=dict)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="catalog.product"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("product", "file"), name="picture_once_a_product"),
                    models.CheckConstraint(
                        condition=models.Q(("width__gt", 0), ("height__gt", 0)), name="picture_has_a_size"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="option",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="options", to="catalog.product"
            ),
        ),
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("language", models.CharField(blank=True, default="", max_length=8)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("answered", "Answered"), ("refused", "Refused")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("answer", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=40)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="inquiries", to="catalog.product"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["asked_at"], name="inquiry_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="inquiry_asks_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), models.Q(("answer", ""), _negated=True)),
                            models.Q(models.Q(("state", "answered"), _negated=True), ("answer", "")),
                            _connector="OR",
                        ),
                        name="inquiry_answered_has_its_answer",
                    ),
                    models.UniqueConstraint(fields=("product", "text"), name="inquiry_asked_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Storehouse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=64, unique=True)),
                ("name", models.JSONField(default=dict)),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="storehouse_has_a_code"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sku", models.CharField(max_length=64, unique=True)),
                ("choices", models.JSONField(blank=True, default=dict)),
                ("weight_g", models.FloatField(blank=True, null=True)),
                ("volume_cm3", models.FloatField(blank=True, null=True)),
                ("cost_minor", models.BigIntegerField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="variants", to="catalog.product"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("sku", ""), _negated=True), name="variant_has_a_sku"),
                    models.CheckConstraint(
                        condition=models.Q(("cost_minor__isnull", True), ("cost_minor__gt", 0), _connector="OR"),
                        name="variant_cost_above_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight_g__isnull", True), ("weight_g__gte", 0), _connector="OR"),
                        name="variant_weight_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_hand", models.PositiveIntegerField(default=0)),
                ("reserved", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("back_on", models.DateField(blank=True, null=True)),
                (
                    "storehouse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.storehouse"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stock", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("variant", "storehouse"), name="stock_once_a_storehouse"),
                    models.CheckConstraint(
                        condition=models.Q(("reserved__lte", models.F("on_hand"))), name="stock_reserves_what_is_there"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="price",
            name="variant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="prices", to="catalog.variant"
            ),
        ),
        migrations.CreateModel(
            name="HeldChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("price", "Price"),
                            ("stock", "Stock"),
                            ("sheet", "Data sheet"),
                            ("option", "Surcharge"),
                        ],
                        max_length=8,
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
                ("old", models.JSONField(default=dict)),
                ("new", models.JSONField(default=dict)),
                ("doubts", models.JSONField(default=list)),
                ("made_by", models.CharField(blank=True, default="", max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("let-through", "Let through"),
                            ("refused", "Refused"),
                            ("overtaken", "Overtaken"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, default="", max_length=150)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held",
                        to="catalog.bulkedit",
                    ),
                ),
                (
                    "option_value",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held",
                        to="catalog.optionvalue",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="held", to="catalog.product"
                    ),
                ),
                (
                    "storehouse",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.storehouse",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held",
                        to="catalog.variant",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["-id"], name="held_waiting"),
                    models.Index(fields=["subject", "-id"], name="held_of_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("subject",), name="held_one_waits_a_subject"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["price", "stock", "sheet", "option"])),
                        name="held_what_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "let-through", "refused", "overtaken"])),
                        name="held_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="held_is_open_or_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BackNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("customer_ref", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("told", "Told"), ("stopped", "Stopped")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("promise_ref", models.UUIDField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["variant"], name="back_notice_waiting"
                    ),
                    models.Index(fields=["customer_ref"], name="back_notice_of_customer"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("variant", "customer_ref"),
                        name="back_notice_waits_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "told", "stopped"])),
                        name="back_notice_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", True), ("promise_ref__isnull", True)),
                            models.Q(("due_on__isnull", False), ("promise_ref__isnull", False)),
                            _connector="OR",
                        ),
                        name="back_notice_promise_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="back_notice_waits_or_ended",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.UniqueConstraint(fields=("product", "code"), name="option_code_once_a_product"),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.UniqueConstraint(fields=("variant", "version"), name="price_version_once"),
        ),
    ]
