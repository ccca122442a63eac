import datetime

import django.db.models.deletion
from django.db import migrations, models

import vafa.shop.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PageText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("delivery", "Delivery"),
                            ("returns", "Returns"),
                            ("guarantees", "Guarantees"),
                            ("contact", "About us and contact"),
                            ("privacy", "Privacy"),
                            ("terms", "Terms"),
                        ],
                        max_length=16,
                    ),
                ),
                ("language", models.CharField(max_length=8)),
                ("words", models.TextField(max_length=20000)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("page", "language"), name="page_text_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("page__in", ["delivery", "returns", "guarantees", "contact", "privacy", "terms"])
                        ),
                        name="page_text_page_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="page_text_is_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True)),
                ("city", models.CharField(blank=True, default="", max_length=120)),
                ("region", models.CharField(blank=True, db_index=True, default="", max_length=120)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                (
                    "city_folded",
                    models.CharField(blank=True, db_index=True, default="", editable=False, max_length=240),
                ),
                (
                    "region_folded",
                    models.CharField(blank=True, db_index=True, default="", editable=False, max_length=240),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="place_has_a_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latitude__isnull", True),
                            models.Q(("latitude__gte", -90), ("latitude__lte", 90)),
                            _connector="OR",
                        ),
                        name="place_latitude_on_earth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("longitude__isnull", True),
                            models.Q(("longitude__gte", -180), ("longitude__lte", 180)),
                            _connector="OR",
                        ),
                        name="place_longitude_on_earth",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shop",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, default="", max_length=120)),
                ("address", models.TextField(blank=True, default="", max_length=400)),
                ("tax_number", models.CharField(blank=True, default="", max_length=40)),
                ("city", models.CharField(blank=True, default="", max_length=120)),
                ("zone", models.CharField(default="Asia/Tehran", max_length=64)),
                ("languages", models.JSONField(default=vafa.shop.models.default_languages)),
                ("default_language", models.CharField(default="fa", max_length=8)),
                ("currency", models.CharField(default="IRR", max_length=3)),
                ("shows_toman", models.BooleanField(default=True)),
                ("shows_hijri", models.BooleanField(default=False)),
                ("working_week", models.JSONField(default=vafa.shop.models.default_week)),
                ("holiday_country", models.CharField(blank=True, default="IR", max_length=2)),
                ("holidays_added", models.JSONField(blank=True, default=list)),
                ("holidays_removed", models.JSONField(blank=True, default=list)),
                ("cut_off", models.TimeField(default="14:00")),
                ("stated_times", models.JSONField(blank=True, default=list)),
                ("place_names", models.JSONField(blank=True, default=list)),
                ("target_probability", models.FloatField(default=0.9)),
                ("publishes_record", models.BooleanField(default=False)),
                ("simulated", models.BooleanField(default=False)),
                ("stamp", models.CharField(default=vafa.shop.models.new_stamp, editable=False, max_length=16)),
                ("clock_moved", models.DurationField(default=datetime.timedelta(0), editable=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="shop_is_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("simulated", True), ("clock_moved", datetime.timedelta(0)), _connector="OR"
                        ),
                        name="shop_clock_moves_in_demos_only",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target_probability__gte", 0.5), ("target_probability__lte", 0.999)),
                        name="shop_target_in_range",
                    ),
                    models.CheckConstraint(condition=models.Q(("zone", ""), _negated=True), name="shop_has_a_zone"),
                    models.CheckConstraint(
                        condition=models.Q(("currency", ""), _negated=True), name="shop_has_a_currency"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("folded", models.CharField(db_index=True, editable=False, max_length=240)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="shop.place"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("place", "folded"), name="place_name_once")],
            },
        ),
    ]
