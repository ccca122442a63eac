from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True)),
                ("at", models.DateTimeField()),
                ("day", models.DateField(db_index=True)),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("home", "Home"),
                            ("shelf", "Shelf"),
                            ("search", "Search"),
                            ("product", "Product"),
                            ("basket", "Basket"),
                            ("checkout", "Checkout"),
                            ("done", "Confirmation"),
                            ("info", "Pages about the shop"),
                            ("own", "The customer’s own pages"),
                            ("other", "Other pages"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "device",
                    models.CharField(
                        choices=[("phone", "Phone"), ("tablet", "Tablet"), ("computer", "Computer")], max_length=8
                    ),
                ),
                ("lcp_ms", models.PositiveIntegerField(null=True)),
                ("inp_ms", models.PositiveIntegerField(null=True)),
                ("cls_mils", models.PositiveIntegerField(null=True)),
                ("errors", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("device__in", ["phone", "tablet", "computer"]),
                            (
                                "page__in",
                                [
                                    "home",
                                    "shelf",
                                    "search",
                                    "product",
                                    "basket",
                                    "checkout",
                                    "done",
                                    "info",
                                    "own",
                                    "other",
                                ],
                            ),
                        ),
                        name="visit_kinds_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lcp_ms", None), ("lcp_ms__lte", 60000), _connector="OR"),
                            models.Q(("inp_ms", None), ("inp_ms__lte", 60000), _connector="OR"),
                            models.Q(("cls_mils", None), ("cls_mils__lte", 10000), _connector="OR"),
                            ("errors__lte", 99),
                        ),
                        name="visit_figures_possible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("home", "Home"),
                            ("shelf", "Shelf"),
                            ("search", "Search"),
                            ("product", "Product"),
                            ("basket", "Basket"),
                            ("checkout", "Checkout"),
                            ("done", "Confirmation"),
                            ("info", "Pages about the shop"),
                            ("own", "The customer’s own pages"),
                            ("other", "Other pages"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "device",
                    models.CharField(
                        choices=[("phone", "Phone"), ("tablet", "Tablet"), ("computer", "Computer")], max_length=8
                    ),
                ),
                ("visits", models.PositiveIntegerField()),
                ("good", models.PositiveIntegerField()),
                ("lcp_known", models.PositiveIntegerField()),
                ("lcp_good", models.PositiveIntegerField()),
                ("inp_known", models.PositiveIntegerField()),
                ("inp_good", models.PositiveIntegerField()),
                ("cls_known", models.PositiveIntegerField()),
                ("cls_good", models.PositiveIntegerField()),
                ("faultless", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "page", "device"), name="visit_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cls_good__lte", models.F("cls_known")),
                            ("faultless__lte", models.F("visits")),
                            ("good__lte", models.F("visits")),
                            ("inp_good__lte", models.F("inp_known")),
                            ("lcp_good__lte", models.F("lcp_known")),
                        ),
                        name="visit_day_parts_of_wholes",
                    ),
                ],
            },
        ),
    ]
