import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True)),
                ("threads", models.PositiveSmallIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(db_index=True)),
                ("trouble", models.CharField(blank=True, default="", max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("task", models.CharField(max_length=80)),
                ("arguments", models.JSONField(default=dict)),
                ("unique_key", models.CharField(blank=True, max_length=200, null=True, unique=True)),
                ("periodic", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, default="", max_length=8)),
                ("priority", models.SmallIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("free_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("most_attempts", models.PositiveSmallIntegerField(default=5)),
                ("worker", models.CharField(blank=True, default="", max_length=64)),
                ("fraction", models.FloatField(default=0.0)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("result", models.JSONField(null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("priority"), descending=True),
                        models.F("free_at"),
                        condition=models.Q(("free_at__isnull", False)),
                        name="job_next",
                    ),
                    models.Index(
                        condition=models.Q(("periodic", True)), fields=["task", "finished_at"], name="job_ticks"
                    ),
                    models.Index(
                        models.F("state"), models.OrderBy(models.F("id"), descending=True), name="job_by_state"
                    ),
                    models.Index(
                        models.F("finished_at"), condition=models.Q(("finished_at__isnull", False)), name="job_finished"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "done", "failed"])),
                        name="job_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("free_at__isnull", False), ("state__in", ["waiting", "running"])),
                            models.Q(("free_at__isnull", True), ("state__in", ["done", "failed"])),
                            _connector="OR",
                        ),
                        name="job_is_free_or_finished",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fraction__gte", 0), ("fraction__lte", 1)), name="job_fraction_in_range"
                    ),
                ],
            },
        ),
    ]
