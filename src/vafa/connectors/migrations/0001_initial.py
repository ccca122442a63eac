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
            name="TrackingSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("form", models.CharField(max_length=40)),
                ("enabled", models.BooleanField(default=True)),
                ("locked", models.TextField(blank=True, default="", editable=False)),
                ("locked_before", models.TextField(blank=True, default="", editable=False)),
                ("before_until", models.DateTimeField(blank=True, null=True)),
                ("asks", models.CharField(blank=True, default="", max_length=200)),
                ("made_at", models.DateTimeField()),
                ("last_received_at", models.DateTimeField(blank=True, null=True)),
                ("last_refused_at", models.DateTimeField(blank=True, null=True)),
                ("last_refusal", models.CharField(blank=True, default="", max_length=20)),
                ("last_asked_at", models.DateTimeField(blank=True, null=True)),
                ("last_problem", models.CharField(blank=True, default="", max_length=200)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("resting_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("locked_before", ""), ("before_until__isnull", False), _connector="OR"),
                        name="old_secret_has_an_end",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("orders", "Orders"), ("products", "Products")], default="orders", max_length=8
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("size", models.BigIntegerField(default=0)),
                ("stored_as", models.CharField(blank=True, default="", max_length=64)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                ("guesses", models.JSONField(blank=True, default=dict)),
                ("known_as", models.CharField(blank=True, default="", max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("counts", models.JSONField(blank=True, default=dict)),
                ("problem", models.CharField(blank=True, default="", max_length=400)),
                ("rejects", models.CharField(blank=True, default="", max_length=64)),
                ("job_id", models.BigIntegerField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "waiting", "running", "done", "failed"])),
                        name="import_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["orders", "products"])), name="import_kind_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InboxItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                (
                    "through",
                    models.CharField(
                        choices=[("webhook", "Webhook"), ("file", "File"), ("asked", "Asked for")], max_length=8
                    ),
                ),
                ("origin", models.CharField(blank=True, default="", max_length=140)),
                ("body", models.BinaryField(null=True)),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("done", "Understood"),
                            ("quarantined", "Not understood"),
                            ("dropped", "Dropped"),
                        ],
                        default="new",
                        max_length=12,
                    ),
                ),
                ("events", models.PositiveIntegerField(default=0)),
                ("faults", models.JSONField(blank=True, default=list)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="connectors.trackingsource",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "new")), fields=["received_at"], name="inbox_new"),
                    models.Index(
                        condition=models.Q(("state", "quarantined")), fields=["source", "-id"], name="inbox_quarantine"
                    ),
                    models.Index(fields=["source", "received_at"], name="inbox_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "key"), name="inbox_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "done", "quarantined", "dropped"])),
                        name="inbox_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "new"), ("done_at__isnull", False), _connector="OR"),
                        name="inbox_done_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AskedNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number_key", models.CharField(max_length=64)),
                ("next_at", models.DateTimeField()),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="connectors.trackingsource"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "number_key"), name="asked_number_once")],
            },
        ),
    ]
