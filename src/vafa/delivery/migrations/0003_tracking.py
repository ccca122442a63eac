"""Parcels get tracking events; what is known of them so far is what exports told."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce

from vafa.delivery.tracking_numbers import number_key


def what_exports_told(apps, schema_editor):
    Parcel = apps.get_model('delivery', 'Parcel')
    Parcel.objects.update(
        told_handed_over_at=F('handed_over_at'),
        told_delivered_at=F('delivered_at'),
        last_seen_at=Coalesce('delivered_at', 'handed_over_at'),
        status=Case(
            When(delivered_at__isnull=False, then=Value('delivered')),
            When(handed_over_at__isnull=False, then=Value('picked_up')),
            default=Value('pending'),
        ),
    )
    numbered = Parcel.objects.exclude(tracking_number='').only('pk', 'tracking_number')
    waiting = []
    for parcel in numbered.iterator(chunk_size=2000):
        parcel.number_key = number_key(parcel.tracking_number)
        waiting.append(parcel)
        if len(waiting) == 2000:
            Parcel.objects.bulk_update(waiting, ['number_key'])
            waiting = []
    Parcel.objects.bulk_update(waiting, ['number_key'])


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0002_pooled_history'),
        ('orders', '0002_order_payment'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrackingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=128)),
                ('number_key', models.CharField(blank=True, default='', max_length=64)),
                ('tracking_number', models.CharField(blank=True, default='', max_length=64)),
                ('order_number', models.CharField(blank=True, default='', max_length=64)),
                ('carrier', models.CharField(blank=True, default='', max_length=64)),
                ('status', models.CharField(max_length=20)),
                ('reason', models.CharField(blank=True, default='', max_length=40)),
                ('code', models.CharField(blank=True, default='', max_length=120)),
                ('place', models.CharField(blank=True, default='', max_length=80)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='parcel',
            name='last_seen_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='parcel',
            name='number_key',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='parcel',
            name='position',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='parcel',
            name='reason',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='parcel',
            name='status',
            field=models.CharField(default='pending', max_length=20),
        ),
        migrations.AddField(
            model_name='parcel',
            name='told_delivered_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='parcel',
            name='told_handed_over_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='parcel',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parcels', to='orders.order'),
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(condition=models.Q(('number_key', ''), _negated=True), fields=['number_key'], name='parcel_number'),
        ),
        migrations.AddIndex(
            model_name='parcel',
            index=models.Index(condition=models.Q(('position__gt', 0)), fields=['order'], name='parcel_further'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.UniqueConstraint(fields=('order', 'position'), name='parcel_position_once'),
        ),
        migrations.AddConstraint(
            model_name='parcel',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['pending', 'unknown', 'picked_up', 'in_transit', 'on_hold', 'delivery_delayed', 'out_for_delivery', 'ready_for_pickup', 'delivery_failed', 'return_to_sender', 'cancelled', 'delivered'])), name='parcel_status_known'),
        ),
        migrations.AddIndex(
            model_name='trackingevent',
            index=models.Index(condition=models.Q(('number_key', ''), _negated=True), fields=['number_key'], name='event_number'),
        ),
        migrations.AddIndex(
            model_name='trackingevent',
            index=models.Index(condition=models.Q(('order_number', ''), _negated=True), fields=['order_number'], name='event_order'),
        ),
        migrations.AddConstraint(
            model_name='trackingevent',
            constraint=models.UniqueConstraint(fields=('source', 'key'), name='tracking_event_once'),
        ),
        migrations.AddConstraint(
            model_name='trackingevent',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['pending', 'unknown', 'picked_up', 'in_transit', 'on_hold', 'delivery_delayed', 'out_for_delivery', 'ready_for_pickup', 'delivery_failed', 'return_to_sender', 'cancelled', 'delivered'])), name='event_status_known'),
        ),
        migrations.AddConstraint(
            model_name='trackingevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number_key', ''), _negated=True), models.Q(('order_number', ''), _negated=True), _connector='OR'), name='tracking_event_names_something'),
        ),
        migrations.RunPython(what_exports_told, migrations.RunPython.noop),
    ]
