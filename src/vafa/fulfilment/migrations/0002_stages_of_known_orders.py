from django.db import migrations

# Orders that were recorded before stages were kept: what their first parcels say.
STAGES = """
UPDATE orders_order SET stage = CASE
    WHEN EXISTS (SELECT 1 FROM delivery_parcel p WHERE p.order_id = orders_order.id AND p.delivered_at IS NOT NULL)
     AND NOT EXISTS (SELECT 1 FROM delivery_parcel p WHERE p.order_id = orders_order.id AND p.delivered_at IS NULL
                     AND p.handed_over_at IS NOT NULL) THEN 'arrived'
    WHEN EXISTS (SELECT 1 FROM delivery_parcel p WHERE p.order_id = orders_order.id AND p.handed_over_at IS NOT NULL)
     THEN 'sent'
    WHEN EXISTS (SELECT 1 FROM orders_orderline l WHERE l.order_id = orders_order.id) THEN 'to_pack'
    ELSE '' END
WHERE stage = ''
"""


class Migration(migrations.Migration):
    dependencies = [("fulfilment", "0001_initial"), ("delivery", "0006_kept_looks"), ("orders", "0005_packing_and_stages")]
    operations = [migrations.RunSQL(STAGES, migrations.RunSQL.noop)]
