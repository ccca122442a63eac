import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("customer_ref", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("promise_ref", models.UUIDField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("erased", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at__isnull", True)), fields=["due_at"], name="erasure_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("customer_ref",),
                        name="erasure_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("customer_ref", ""), _negated=True), name="erasure_of_somebody"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("not_arrived", "It has not arrived"),
                            ("wrong", "It is wrong or damaged"),
                            ("cancel", "Cancel it, though it has left"),
                            ("change", "Another date or place"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, default="", max_length=1000)),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("promise_ref", models.UUIDField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, default="", max_length=150)),
                ("answer", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="orders.order"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at__isnull", True)), fields=["due_at"], name="report_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("order", "matter"),
                        name="report_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("matter__in", ["not_arrived", "wrong", "cancel", "change"])),
                        name="report_matter_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by", "")),
                            models.Q(("answered_at__isnull", False), models.Q(("answered_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="report_answered_whole",
                    ),
                ],
            },
        ),
    ]
