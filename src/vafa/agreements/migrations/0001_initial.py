import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.SlugField(max_length=40)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("title", models.JSONField(default=dict)),
                ("scope", models.JSONField(blank=True, default=dict)),
                ("measurement", models.JSONField(blank=True, default=dict)),
                ("failure", models.JSONField(blank=True, default=dict)),
                ("consequence", models.JSONField(blank=True, default=dict)),
                ("agreed_on", models.DateField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("calendar", models.CharField(default="gregorian", max_length=10)),
                ("zone", models.CharField(max_length=64)),
                ("currency", models.CharField(max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("in_force", "In force"), ("ended", "Ended")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("in_force_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("digest", models.CharField(blank=True, default="", editable=False, max_length=64)),
            ],
            options={
                "ordering": ["partner__name", "code", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="agreement_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")), fields=("code",), name="one_version_in_force"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("code",), name="one_draft_of_an_agreement"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="agreement_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("agreed_on__lte", models.F("valid_from"))),
                        name="agreement_is_agreed_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("calendar__in", ["gregorian", "jalali", "hijri"])),
                        name="agreement_calendar_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("digest", ""),
                                ("ended_at__isnull", True),
                                ("in_force_at__isnull", True),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("in_force_at__isnull", False),
                                ("state", "in_force"),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("in_force_at__isnull", False),
                                ("state", "ended"),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_state_fits_its_times",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("delivered", "Parcels delivered within so many days of hand-over"),
                            ("kept", "Promises kept"),
                            ("uptime", "Uptime of the shop's pages"),
                            ("answered", "Requests answered within so many hours"),
                        ],
                        max_length=10,
                    ),
                ),
                ("target", models.FloatField()),
                (
                    "length",
                    models.CharField(
                        choices=[("month", "Month"), ("quarter", "Quarter")], default="month", max_length=8
                    ),
                ),
                ("within", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("working_days", models.BooleanField(default=False)),
                ("promise_kind", models.CharField(blank=True, default="", max_length=40)),
                ("minimum", models.PositiveIntegerField(default=20)),
                ("step", models.FloatField(default=0.01)),
                ("credit_minor", models.BigIntegerField(default=0)),
                ("cap_minor", models.BigIntegerField(default=0)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="levels", to="agreements.agreement"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "position"), name="level_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("target__gt", 0), ("target__lte", 1)), name="level_target_is_a_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__gt", 0), ("step__lte", 1)), name="level_step_is_a_share"
                    ),
                    models.CheckConstraint(condition=models.Q(("minimum__gte", 1)), name="level_needs_observations"),
                    models.CheckConstraint(
                        condition=models.Q(("length__in", ["month", "quarter"])), name="level_length_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credit_minor__gte", 0), ("cap_minor__gte", models.F("credit_minor"))),
                        name="level_credit_within_cap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("observed", models.PositiveIntegerField()),
                ("met", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("met", "Met"), ("missed", "Missed"), ("too_few", "Not enough observations")],
                        max_length=8,
                    ),
                ),
                ("credit_minor", models.BigIntegerField(default=0)),
                ("promise_ref", models.UUIDField()),
                ("measured_at", models.DateTimeField()),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measurements", to="agreements.level"
                    ),
                ),
            ],
            options={
                "ordering": ["first"],
                "constraints": [
                    models.UniqueConstraint(fields=("level", "first"), name="measurement_once_a_period"),
                    models.CheckConstraint(
                        condition=models.Q(("met__lte", models.F("observed"))), name="measurement_met_among_observed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="measurement_period_has_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "missed"),
                            models.Q(("credit_minor", 0), ("outcome__in", ["met", "too_few"])),
                            _connector="OR",
                        ),
                        name="measurement_credit_only_for_missed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "Due"), ("claimed", "Claimed"), ("received", "Paid"), ("waived", "Waived")],
                        default="due",
                        max_length=8,
                    ),
                ),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("received_minor", models.BigIntegerField(default=0)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, default="", max_length=120)),
                (
                    "measurement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claim", to="agreements.measurement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0)), name="claim_is_about_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_minor__gte", 0), ("received_minor__lte", models.F("amount_minor"))
                        ),
                        name="claim_receives_no_more_than_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("received_minor", 0), ("settled_at__isnull", True), ("state__in", ["due", "claimed"])
                            ),
                            models.Q(("received_minor__gt", 0), ("settled_at__isnull", False), ("state", "received")),
                            models.Q(("received_minor", 0), ("settled_at__isnull", False), ("state", "waived")),
                            _connector="OR",
                        ),
                        name="claim_state_fits_its_sums",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("carrier", "Carrier"),
                            ("supplier", "Supplier"),
                            ("hosting", "Hosting provider"),
                            ("business", "Business customer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ref", models.TextField(blank=True, default="")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["carrier", "supplier", "hosting", "business"])),
                        name="partner_role_is_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="partner_has_a_name"),
                ],
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="agreements.partner"
            ),
        ),
        migrations.CreateModel(
            name="Probe",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("url", models.URLField(max_length=300, unique=True)),
                ("timeout_seconds", models.PositiveSmallIntegerField(default=10)),
                ("active", models.BooleanField(default=True)),
                ("added_at", models.DateTimeField()),
                ("last_minute", models.DateTimeField(blank=True, null=True)),
                ("last_result", models.CharField(blank=True, default="", max_length=12)),
                ("simulated", models.BooleanField(default=False, editable=False)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("timeout_seconds__gte", 1), ("timeout_seconds__lte", 30)),
                        name="probe_timeout_is_sensible",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Maintenance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, default="", max_length=120)),
                ("announced_at", models.DateTimeField()),
                (
                    "probe",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agreements.probe",
                    ),
                ),
            ],
            options={
                "ordering": ["-begins_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begins_at"))), name="maintenance_takes_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("announced_at__lte", models.F("begins_at"))),
                        name="maintenance_is_announced_before",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="level",
            name="probe",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="levels",
                to="agreements.probe",
            ),
        ),
        migrations.CreateModel(
            name="DownSpell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("checks", models.PositiveIntegerField(default=1)),
                ("reason", models.CharField(max_length=12)),
                (
                    "probe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spells", to="agreements.probe"
                    ),
                ),
            ],
            options={
                "ordering": ["-began_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("probe",), name="one_open_spell"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProbeHour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hour", models.DateTimeField()),
                ("checks", models.PositiveSmallIntegerField(default=0)),
                ("up", models.PositiveSmallIntegerField(default=0)),
                ("excluded", models.PositiveSmallIntegerField(default=0)),
                ("milliseconds", models.PositiveIntegerField(default=0)),
                (
                    "probe",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="agreements.probe"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("probe", "hour"), name="probe_hour_once"),
                    models.CheckConstraint(
                        condition=models.Q(("up__lte", models.F("checks"))), name="probe_up_among_checks"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=80)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="agreements.level"
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("level", "reference"), name="answer_once_a_reference"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("answered_at__gte", models.F("asked_at")), _connector="OR"
                        ),
                        name="answer_comes_after_the_request",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="level",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("measure__in", ["delivered", "answered"]),
                        ("probe__isnull", True),
                        ("within__gte", 1),
                        ("within__isnull", False),
                    ),
                    models.Q(("measure", "kept"), ("probe__isnull", True), ("within__isnull", True)),
                    models.Q(("measure", "uptime"), ("probe__isnull", False), ("within__isnull", True)),
                    _connector="OR",
                ),
                name="level_has_what_its_measure_needs",
            ),
        ),
    ]
