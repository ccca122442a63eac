import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(unique=True)),
                ("exercise", models.BooleanField(default=False)),
                ("what", models.JSONField(default=dict)),
                ("consequences", models.JSONField(blank=True, default=dict)),
                ("measures", models.JSONField(blank=True, default=dict)),
                ("advice", models.JSONField(blank=True, default=dict)),
                ("remedy", models.JSONField(blank=True, default=dict)),
                ("categories", models.JSONField(default=list)),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            ("low", "Unlikely to harm anyone"),
                            ("some", "May harm people"),
                            ("high", "Likely to harm people"),
                        ],
                        max_length=4,
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "All customers"),
                            ("segment", "Customers who ordered in a time or a region"),
                            ("list", "Customers of a list"),
                        ],
                        max_length=8,
                    ),
                ),
                ("chosen", models.JSONField(blank=True, default=dict)),
                ("voucher_minor", models.BigIntegerField(blank=True, null=True)),
                ("voucher_days", models.PositiveIntegerField(default=90)),
                ("since", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("listed_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("since__lte", models.F("found_at"))),
                        name="incident_began_before_it_was_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("found_at__lte", models.F("recorded_at"))),
                        name="incident_found_before_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ["low", "some", "high"])), name="incident_risk_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["all", "segment", "list"])), name="incident_scope_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voucher_minor__isnull", True), ("voucher_minor__gt", 0), _connector="OR"),
                        name="incident_voucher_is_worth_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=40)),
                ("rule_name", models.JSONField(default=dict)),
                (
                    "audience",
                    models.CharField(
                        choices=[("authority", "An authority"), ("persons", "The people concerned")], max_length=10
                    ),
                ),
                ("customer_ref", models.CharField(blank=True, default="", max_length=64)),
                ("due_at", models.DateTimeField()),
                ("promise_ref", models.UUIDField(blank=True, null=True)),
                ("message_ref", models.UUIDField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "To be told"), ("told", "Told"), ("not_needed", "Not needed")],
                        default="due",
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, default="", max_length=200)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "by phone"),
                            ("letter", "by letter"),
                            ("in_person", "in person"),
                            ("other", "in another way"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="incidents.incident"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["incident", "state"], name="notice_of_incident"),
                    models.Index(condition=models.Q(("state", "due")), fields=["due_at"], name="notice_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "rule", "customer_ref"), name="notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "authority"), ("customer_ref", "")),
                            models.Q(("audience", "persons"), models.Q(("customer_ref", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="notice_goes_to_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "due")),
                            models.Q(models.Q(("state", "due"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_settled_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["", "phone", "letter", "in_person", "other"])),
                        name="notice_way_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_by__isnull", True), ("way", "")),
                            models.Q(
                                models.Q(("way", ""), _negated=True),
                                ("audience", "persons"),
                                ("state", "told"),
                                ("told_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="notice_told_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.JSONField(default=dict)),
                (
                    "audience",
                    models.CharField(
                        choices=[("authority", "An authority"), ("persons", "The people concerned")], max_length=10
                    ),
                ),
                ("hours", models.PositiveIntegerField()),
                (
                    "least_risk",
                    models.CharField(
                        choices=[
                            ("low", "Unlikely to harm anyone"),
                            ("some", "May harm people"),
                            ("high", "Likely to harm people"),
                        ],
                        max_length=4,
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=300)),
                ("active", models.BooleanField()),
                ("checked", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 1), ("hours__lte", 2160)), name="rule_hours_are_sensible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["authority", "persons"])), name="rule_audience_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least_risk__in", ["low", "some", "high"])), name="rule_risk_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="incidents.incident"
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
    ]
