from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=120, unique=True)),
                ("code", models.CharField(max_length=20, unique=True)),
                ("customer_ref", models.CharField(blank=True, default="", max_length=80)),
                (
                    "benefit",
                    models.CharField(
                        choices=[
                            ("amount", "An amount"),
                            ("percent", "A share of the order"),
                            ("free_delivery", "Free delivery"),
                        ],
                        max_length=16,
                    ),
                ),
                ("amount_minor", models.BigIntegerField(blank=True, null=True)),
                ("percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("reason", models.CharField(max_length=120)),
                ("issued_at", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("redeemed_at", models.DateTimeField(blank=True, null=True)),
                ("redeemed_order", models.CharField(blank=True, default="", max_length=80)),
                ("redeemed_minor", models.BigIntegerField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-issued_at", "-id"], name="voucher_newest"),
                    models.Index(fields=["customer_ref"], name="voucher_customer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_minor__gt", 0),
                                ("amount_minor__isnull", False),
                                ("benefit", "amount"),
                                ("percent__isnull", True),
                            ),
                            models.Q(
                                ("amount_minor__isnull", True),
                                ("benefit", "percent"),
                                ("percent__gte", 1),
                                ("percent__isnull", False),
                                ("percent__lte", 100),
                            ),
                            models.Q(
                                ("amount_minor__isnull", True), ("benefit", "free_delivery"), ("percent__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="voucher_has_its_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("redeemed_at__isnull", True), ("redeemed_minor__isnull", True), ("redeemed_order", "")
                            ),
                            models.Q(
                                ("redeemed_at__isnull", False),
                                ("redeemed_minor__gte", 0),
                                ("redeemed_minor__isnull", False),
                                models.Q(("redeemed_order", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="voucher_redeemed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("issued_at"))), name="voucher_ends_after_issue"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency", ""), _negated=True), name="voucher_has_a_currency"
                    ),
                ],
            },
        ),
    ]
