import datetime
import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Gateway",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=80)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("enabled", models.BooleanField(default=True)),
                ("from_environment", models.BooleanField(default=False, editable=False)),
                ("settings", models.JSONField(default=dict)),
                ("sealed", models.TextField(blank=True, default="", editable=False)),
                ("last_success_at", models.DateTimeField(blank=True, null=True)),
                ("last_failure_at", models.DateTimeField(blank=True, null=True)),
                ("last_sentence", models.CharField(blank=True, default="", max_length=300)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("resting_until", models.DateTimeField(blank=True, null=True)),
                ("refused_since", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("from_environment", True)),
                        fields=("kind",),
                        name="gateway_from_environment_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True), models.Q(("label", ""), _negated=True)
                        ),
                        name="gateway_has_kind_and_label",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=200, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("order", "News of an order"),
                            ("promise", "News of a promise"),
                            ("marketing", "Offers"),
                            ("sign_in", "Signing in"),
                            ("test", "Test"),
                        ],
                        max_length=16,
                    ),
                ),
                ("template", models.CharField(max_length=80)),
                ("customer_ref", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("context", models.JSONField(default=dict)),
                ("about", models.CharField(blank=True, db_index=True, default="", max_length=120)),
                ("created_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("held", "Kept here"),
                            ("suppressed", "Not sent by rule"),
                            ("failed", "Failed"),
                            ("uncertain", "In doubt"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("switch", "Nothing reaches real customers: the switch is on."),
                            ("no_customer", "Nobody is known by this customer number."),
                            ("no_contact", "No address of the customer is known."),
                            ("no_gateway", "No gateway is set up for the ways in which the customer can be reached."),
                            ("no_consent", "The customer has not agreed to offers."),
                            ("quiet", "It waits for the end of the customer's quiet hours."),
                            ("cap", "The customer has had enough messages this week."),
                            ("busy", "No gateway works at the moment; it is tried again."),
                            ("refused", "Every gateway refused it."),
                            ("stale", "It could not be sent in time and would only confuse now."),
                            (
                                "no_answer",
                                "The gateway did not answer after it had the message. It may have been sent.",
                            ),
                            (
                                "interrupted",
                                "Vafa was stopped while the message was being sent. It may have been sent.",
                            ),
                            ("dropped", "Somebody decided that it is not sent."),
                            ("text", "Its text could not be written."),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("turn", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(blank=True, null=True)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "only_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("telegram", "Telegram"),
                            ("whatsapp", "WhatsApp"),
                            ("bale", "Bale"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("telegram", "Telegram"),
                            ("whatsapp", "WhatsApp"),
                            ("bale", "Bale"),
                        ],
                        default="",
                        max_length=16,
                    ),
                ),
                ("language", models.CharField(blank=True, default="", max_length=8)),
                ("address", models.CharField(blank=True, default="", max_length=254)),
                ("subject", models.CharField(blank=True, default="", max_length=300)),
                ("text", models.TextField(blank=True, default="")),
                ("html", models.TextField(blank=True, default="")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["next_try_at"], name="message_next"),
                    models.Index(condition=models.Q(("state", "sending")), fields=["tried_at"], name="message_in_hand"),
                    models.Index(fields=["state", "-id"], name="message_by_state"),
                    models.Index(
                        condition=models.Q(("state", "sent")),
                        fields=["customer_ref", "settled_at"],
                        name="message_to_customer",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="message_has_a_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "sending", "sent", "held", "suppressed", "failed", "uncertain"])
                        ),
                        name="message_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["order", "promise", "marketing", "sign_in", "test"])),
                        name="message_purpose_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "sending", "sent"]),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="message_not_sent_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", False), ("state__in", ["sent", "held", "suppressed", "failed"])
                            ),
                            models.Q(
                                models.Q(("state__in", ["sent", "held", "suppressed", "failed"]), _negated=True),
                                ("settled_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="message_over_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_try_at__isnull", False), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("next_try_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="message_waiting_has_next_try",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("template", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=8)),
                ("source", models.TextField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("template", "language"), name="own_text_once")],
            },
        ),
        migrations.CreateModel(
            name="Rules",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("holds", models.BooleanField(default=True)),
                ("holds_changed_at", models.DateTimeField(blank=True, null=True)),
                ("quiet_from", models.TimeField(default=datetime.time(21, 0))),
                ("quiet_until", models.TimeField(default=datetime.time(9, 0))),
                ("weekly_cap", models.PositiveSmallIntegerField(default=3)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="message_rules_is_one_row")],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gateway_label", models.CharField(max_length=80)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("sms", "SMS"),
                            ("telegram", "Telegram"),
                            ("whatsapp", "WhatsApp"),
                            ("bale", "Bale"),
                        ],
                        max_length=16,
                    ),
                ),
                ("turn", models.PositiveIntegerField()),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("started", "Begun"),
                            ("sent", "Sent"),
                            ("temporary", "Not now"),
                            ("refused", "Refused"),
                            ("credential", "Credential refused"),
                            ("uncertain", "In doubt"),
                        ],
                        default="started",
                        max_length=10,
                    ),
                ),
                ("sentence", models.CharField(blank=True, default="", max_length=300)),
                ("outside_id", models.CharField(blank=True, default="", max_length=200)),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "gateway",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="vafa_messages.gateway",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="vafa_messages.message"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("message", "turn"), name="attempt_one_a_turn"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result__in", ["started", "sent", "temporary", "refused", "credential", "uncertain"])
                        ),
                        name="attempt_result_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pattern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("template", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=8)),
                ("code", models.CharField(max_length=80)),
                ("parameters", models.JSONField(default=dict)),
                (
                    "gateway",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="patterns", to="vafa_messages.gateway"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("gateway", "template", "language"), name="pattern_once"),
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="pattern_has_a_code"),
                ],
            },
        ),
    ]
