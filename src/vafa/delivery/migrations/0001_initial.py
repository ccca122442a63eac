import uuid

import django.db.models.deletion
from django.db import migrations, models

import vafa.delivery.models.options


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orders", "0001_initial"),
        ("promises", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assumption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.SlugField(max_length=40, unique=True)),
                ("value", models.FloatField()),
                ("source", models.CharField(max_length=300)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(blank=True, default="", max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="BacktestRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("options", models.JSONField(default=dict)),
                ("job_ref", models.UUIDField(blank=True, null=True)),
                ("report", models.JSONField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Festival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.JSONField(blank=True, default=dict)),
                ("day", models.DateField(blank=True, null=True)),
                ("shown", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["day", "code"],
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("question", models.JSONField(default=dict)),
                ("answers", models.JSONField(default=list)),
                ("model_version", models.CharField(blank=True, default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="ToWatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order_number", models.CharField(max_length=64)),
                ("left_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Zone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.JSONField(default=dict)),
                ("places", models.JSONField(default=list)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="ClaimCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checked_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("holds", "holds"), ("under", "under its level"), ("few", "too few orders to say")],
                        max_length=5,
                    ),
                ),
                ("report", models.JSONField()),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_found",
                        to="promises.advertisedclaim",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("economy", "Economy"),
                            ("courier", "Courier"),
                            ("same_day", "Same day"),
                            ("next_day", "Next day"),
                            ("date", "On a day you choose"),
                            ("window", "In a window of hours"),
                            ("pickup", "Pick-up point"),
                            ("locker", "Locker"),
                            ("store", "Collect in the store"),
                        ],
                        default="economy",
                        max_length=8,
                    ),
                ),
                ("name", models.JSONField(default=dict)),
                ("delivery_weekdays", models.JSONField(default=vafa.delivery.models.options.every_day)),
                ("cut_off", models.TimeField(blank=True, null=True)),
                ("minimum_days", models.PositiveSmallIntegerField(default=0)),
                ("regions", models.JSONField(blank=True, default=list)),
                ("price_minor", models.BigIntegerField(blank=True, null=True)),
                ("free_from_minor", models.BigIntegerField(blank=True, null=True)),
                ("most_weight_g", models.PositiveIntegerField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "economy",
                                    "courier",
                                    "same_day",
                                    "next_day",
                                    "date",
                                    "window",
                                    "pickup",
                                    "locker",
                                    "store",
                                ],
                            )
                        ),
                        name="option_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("price_minor__isnull", True), ("price_minor__gte", 0), _connector="OR"),
                            models.Q(("free_from_minor__isnull", True), ("free_from_minor__gte", 0), _connector="OR"),
                        ),
                        name="option_amounts_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FittedModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=64, unique=True)),
                ("fitted_at", models.DateTimeField()),
                ("facts_until", models.DateTimeField()),
                ("learned_until", models.DateTimeField(null=True)),
                ("orders", models.PositiveIntegerField()),
                ("figures", models.JSONField(default=dict)),
                ("artefact", models.BinaryField()),
                ("active", models.BooleanField(default=False)),
                ("refreshed", models.BinaryField(null=True)),
                ("refreshed_at", models.DateTimeField(blank=True, null=True)),
                ("track", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("active", True)), fields=("active",), name="one_active_model"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GuaranteeCost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("terms", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("limit", models.FloatField(default=0.01)),
                ("asked_at", models.DateTimeField()),
                ("job_ref", models.UUIDField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("report", models.JSONField(blank=True, null=True)),
                (
                    "guarantee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="promises.guarantee"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("began_on", models.DateField(null=True)),
                ("coefficients", models.JSONField(default=list)),
                ("shift", models.FloatField(default=0.0)),
                ("outcomes", models.PositiveIntegerField(default=0)),
                ("one_in", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="lesson_is_one_row"),
                    models.CheckConstraint(condition=models.Q(("one_in__gte", 1)), name="lesson_one_in_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PickupPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.JSONField(default=dict)),
                ("city", models.CharField(max_length=120)),
                ("region", models.CharField(blank=True, default="", max_length=120)),
                ("address", models.JSONField(blank=True, default=dict)),
                ("week", models.JSONField(blank=True, default=dict)),
                ("closed_on", models.JSONField(blank=True, default=list)),
                ("keeps_holidays", models.BooleanField(default=True)),
                ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("active", models.BooleanField(default=True)),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="delivery.deliveryoption"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("city", ""), _negated=True), name="pickup_point_is_somewhere"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PooledHistory",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=32)),
                ("made_at", models.DateTimeField()),
                ("facts_until", models.DateTimeField(null=True)),
                ("orders", models.PositiveIntegerField()),
                ("arrivals", models.PositiveIntegerField()),
                ("settings", models.CharField(max_length=64)),
                ("artefact", models.BinaryField()),
                ("track", models.JSONField(default=dict)),
                ("figures", models.JSONField(null=True)),
                ("figures_orders", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="pooled_history_is_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="PromiseRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300, unique=True)),
                ("fingerprint", models.CharField(max_length=64)),
                ("promise_ref", models.CharField(blank=True, default="", max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="delivery.quote"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=300)),
                ("common", models.JSONField(default=dict)),
                ("in_danger", models.PositiveIntegerField()),
                ("expected", models.FloatField()),
                ("watched", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("decide_by", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nobody has decided yet"),
                            ("send", "Tell all of them"),
                            ("wait", "Wait"),
                            ("deadline", "The time to decide was over"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=64)),
                ("words", models.JSONField(default=dict)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)), fields=("key",), name="slip_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["", "send", "wait", "deadline"])),
                        name="slip_decision_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waits for approval"),
                            ("held", "Waits for one decision on all"),
                            ("sent", "Told"),
                            ("dropped", "Not told"),
                        ],
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("probability", models.FloatField(null=True)),
                ("new_on", models.DateField(null=True)),
                ("new_probability", models.FloatField(null=True)),
                ("reason", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                ("sent_at", models.DateTimeField(null=True)),
                ("sent_by", models.CharField(blank=True, default="", max_length=64)),
                ("message_key", models.CharField(blank=True, default="", max_length=200)),
                ("why_not", models.CharField(blank=True, default="", max_length=16)),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No answer"),
                            ("accept", "Agreed to the new date"),
                            ("option", "Wants another delivery"),
                            ("cancel", "Wants to cancel"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("chosen_at", models.DateTimeField(null=True)),
                ("chosen", models.JSONField(default=dict)),
                ("to_do", models.BooleanField(default=False)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="promises.promise"
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="delivery.slip",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["proposed", "held"])),
                        fields=["made_at"],
                        name="notice_undecided",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("to_do", True)),
                        fields=["chosen_at"],
                        name="notice_to_do",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("promise", "number"), name="notice_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "held"])),
                        fields=("promise",),
                        name="notice_one_undecided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "held", "sent", "dropped"])),
                        name="notice_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True), ("choice", ""), ("sent_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="notice_sent_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", ""), ("chosen_at__isnull", True)),
                            models.Q(models.Q(("choice", ""), _negated=True), ("chosen_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="notice_choice_has_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("begins", models.TimeField()),
                ("begins_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("order_until", models.DateTimeField()),
                ("capacity", models.PositiveIntegerField(blank=True, null=True)),
                ("surcharge_minor", models.BigIntegerField(default=0)),
                ("closed", models.BooleanField(default=False)),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slots", to="delivery.deliveryoption"
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="delivery.pickuppoint",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="delivery.zone",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="slot_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("option", "zone", "day", "begins"), name="slot_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("zone__isnull", True)), fields=("point", "day"), name="slot_once_a_point"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("point__isnull", False), ("zone__isnull", True)),
                            models.Q(("point__isnull", True), ("zone__isnull", False)),
                            _connector="OR",
                        ),
                        name="slot_of_a_zone_or_a_point",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__isnull", False), ("point__isnull", False), _connector="OR"),
                        name="slot_of_a_zone_has_a_capacity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("begins_at"))), name="slot_ends_after_begin"
                    ),
                    models.CheckConstraint(condition=models.Q(("surcharge_minor__gte", 0)), name="slot_surcharge"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SlotHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[("held", "Held"), ("kept", "Kept"), ("released", "Released"), ("moved", "Moved")],
                        default="held",
                        max_length=8,
                    ),
                ),
                ("until", models.DateTimeField()),
                ("order_number", models.CharField(blank=True, default="", max_length=64)),
                ("held_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="delivery.slot"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["slot", "state"], name="slot_hold_of_slot")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["held", "kept", "released", "moved"])),
                        name="slot_hold_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "kept"), _negated=True),
                            models.Q(("order_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="slot_hold_kept_for_an_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["held", "kept"])), fields=("key",), name="slot_hold_one_a_key"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "kept")), fields=("order_number",), name="slot_hold_one_an_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrackingEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=128)),
                ("number_key", models.CharField(blank=True, default="", max_length=64)),
                ("tracking_number", models.CharField(blank=True, default="", max_length=64)),
                ("order_number", models.CharField(blank=True, default="", max_length=64)),
                ("carrier", models.CharField(blank=True, default="", max_length=64)),
                ("status", models.CharField(max_length=20)),
                ("reason", models.CharField(blank=True, default="", max_length=40)),
                ("code", models.CharField(blank=True, default="", max_length=120)),
                ("place", models.CharField(blank=True, default="", max_length=80)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("number_key", ""), _negated=True),
                        fields=["number_key"],
                        name="event_number",
                    ),
                    models.Index(
                        condition=models.Q(("order_number", ""), _negated=True),
                        fields=["order_number"],
                        name="event_order",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "key"), name="tracking_event_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "pending",
                                    "unknown",
                                    "picked_up",
                                    "in_transit",
                                    "on_hold",
                                    "delivery_delayed",
                                    "out_for_delivery",
                                    "ready_for_pickup",
                                    "delivery_failed",
                                    "return_to_sender",
                                    "cancelled",
                                    "delivered",
                                ],
                            )
                        ),
                        name="event_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number_key", ""), _negated=True),
                            models.Q(("order_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="tracking_event_names_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("probability", models.FloatField(null=True)),
                ("expected_on", models.DateField(null=True)),
                ("earliest", models.DateField(null=True)),
                ("latest", models.DateField(null=True)),
                ("honest_on", models.DateField(null=True)),
                ("honest_probability", models.FloatField(null=True)),
                ("reasons", models.JSONField(default=list)),
                ("loss_minor", models.BigIntegerField(default=0)),
                ("currency", models.CharField(default="", max_length=3)),
                ("region", models.CharField(default="", max_length=120)),
                ("carrier", models.CharField(default="", max_length=64)),
                ("option", models.CharField(default="", max_length=64)),
                ("origin", models.CharField(default="", max_length=120)),
                ("scanned", models.CharField(default="", max_length=80)),
                ("handed_on", models.DateField(null=True)),
                (
                    "promise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watched", to="promises.promise"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-loss_minor"], name="watched_by_loss")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("probability__isnull", True),
                            models.Q(("probability__gte", 0), ("probability__lte", 1)),
                            _connector="OR",
                        ),
                        name="watched_probability_in_range",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchRules",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("automatic", models.BooleanField(default=False)),
                ("below", models.FloatField(default=0.5)),
                ("most_notices", models.PositiveSmallIntegerField(default=2)),
                ("hours_between", models.PositiveSmallIntegerField(default=24)),
                ("least_days_later", models.PositiveSmallIntegerField(default=1)),
                ("respects_quiet", models.BooleanField(default=True)),
                ("hours_to_decide", models.PositiveSmallIntegerField(default=4)),
                ("offers_options", models.BooleanField(default=True)),
                ("loss_share", models.FloatField(default=0.2)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="watch_rules_are_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("below__gte", 0.05), ("below__lte", 0.95)), name="watch_below_in_range"
                    ),
                    models.CheckConstraint(condition=models.Q(("most_notices__lte", 9)), name="watch_notices_in_range"),
                    models.CheckConstraint(
                        condition=models.Q(("loss_share__gte", 0), ("loss_share__lte", 2)), name="watch_loss_in_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SlotPattern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField()),
                ("begins", models.TimeField()),
                ("ends", models.TimeField()),
                ("capacity", models.PositiveIntegerField()),
                ("surcharge_minor", models.BigIntegerField(default=0)),
                ("days_before", models.PositiveSmallIntegerField(default=0)),
                ("order_until", models.TimeField()),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="patterns",
                        to="delivery.deliveryoption",
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="patterns", to="delivery.zone"
                    ),
                ),
            ],
            options={
                "ordering": ["option", "zone", "weekday", "begins"],
                "constraints": [
                    models.UniqueConstraint(fields=("option", "zone", "weekday", "begins"), name="slot_pattern_once"),
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="slot_pattern_weekday"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="slot_pattern_ends_after_begin"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("surcharge_minor__gte", 0)), name="slot_pattern_surcharge"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_before__gt", 0), ("order_until__lte", models.F("ends")), _connector="OR"
                        ),
                        name="slot_pattern_ordered_before_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimAlert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("raised_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="promises.advertisedclaim"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_at__isnull", True)), fields=("claim",), name="claim_one_open_alert"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("places", models.JSONField(blank=True, default=list)),
                ("most_g", models.PositiveIntegerField(blank=True, null=True)),
                ("from_minor", models.BigIntegerField(default=0)),
                ("price_minor", models.BigIntegerField()),
                ("each_kg_minor", models.BigIntegerField(default=0)),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prices", to="delivery.deliveryoption"
                    ),
                ),
            ],
            options={
                "ordering": ["option", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("each_kg_minor__gte", 0), ("from_minor__gte", 0), ("price_minor__gte", 0)),
                        name="delivery_price_not_negative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("days_before", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField(db_index=True)),
                ("chance", models.FloatField()),
                ("days_left", models.FloatField()),
                ("since_handed", models.FloatField(null=True)),
                ("steady", models.FloatField()),
                ("late", models.BooleanField(null=True)),
                (
                    "promise",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("promise", "days_before"), name="kept_look_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chance__gte", 0), ("chance__lte", 1), ("steady__gte", 0), ("steady__lte", 1)
                        ),
                        name="kept_look_chances_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("carrier", models.CharField(blank=True, default="", max_length=64)),
                ("tracking_number", models.CharField(blank=True, default="", max_length=64)),
                ("number_key", models.CharField(blank=True, default="", max_length=64)),
                ("told_handed_over_at", models.DateTimeField(blank=True, null=True)),
                ("told_delivered_at", models.DateTimeField(blank=True, null=True)),
                ("status", models.CharField(default="pending", max_length=20)),
                ("reason", models.CharField(blank=True, default="", max_length=40)),
                ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("last_seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parcels", to="orders.order"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("number_key", ""), _negated=True),
                        fields=["number_key"],
                        name="parcel_number",
                    ),
                    models.Index(condition=models.Q(("position__gt", 0)), fields=["order"], name="parcel_further"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("order", "position"), name="parcel_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "pending",
                                    "unknown",
                                    "picked_up",
                                    "in_transit",
                                    "on_hold",
                                    "delivery_delayed",
                                    "out_for_delivery",
                                    "ready_for_pickup",
                                    "delivery_failed",
                                    "return_to_sender",
                                    "cancelled",
                                    "delivered",
                                ],
                            )
                        ),
                        name="parcel_status_known",
                    ),
                ],
            },
        ),
    ]
