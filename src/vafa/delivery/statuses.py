"""How the one vocabulary of parcels looks to people: words, icons, colours."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vafa.engine.parcel_state import Status

WORDS = {
    Status.PENDING: _("Waiting for the carrier"),
    Status.UNKNOWN: _("Nothing certain is known"),
    Status.PICKED_UP: _("Handed over to the carrier"),
    Status.IN_TRANSIT: _("On its way"),
    Status.ON_HOLD: _("Held up"),
    Status.DELIVERY_DELAYED: _("Delayed"),
    Status.OUT_FOR_DELIVERY: _("Out for delivery"),
    Status.READY_FOR_PICKUP: _("Ready to be collected"),
    Status.DELIVERY_FAILED: _("Not handed out"),
    Status.RETURN_TO_SENDER: _("On its way back"),
    Status.CANCELLED: pgettext_lazy("parcel", "Cancelled"),
    Status.DELIVERED: pgettext_lazy("parcel", "Delivered"),
}
ICONS = {
    Status.PENDING: "clock",
    Status.UNKNOWN: "help",
    Status.PICKED_UP: "package",
    Status.IN_TRANSIT: "truck",
    Status.ON_HOLD: "alert",
    Status.DELIVERY_DELAYED: "clock",
    Status.OUT_FOR_DELIVERY: "map",
    Status.READY_FOR_PICKUP: "shop",
    Status.DELIVERY_FAILED: "close",
    Status.RETURN_TO_SENDER: "undo",
    Status.CANCELLED: "minus",
    Status.DELIVERED: "check",
}
TONES = {
    Status.PENDING: "neutral",
    Status.UNKNOWN: "neutral",
    Status.PICKED_UP: "info",
    Status.IN_TRANSIT: "info",
    Status.ON_HOLD: "warn",
    Status.DELIVERY_DELAYED: "warn",
    Status.OUT_FOR_DELIVERY: "info",
    Status.READY_FOR_PICKUP: "info",
    Status.DELIVERY_FAILED: "bad",
    Status.RETURN_TO_SENDER: "bad",
    Status.CANCELLED: "neutral",
    Status.DELIVERED: "good",
}
REASON_WORDS = {
    "carrier_damaged_parcel": _("the parcel was damaged"),
    "carrier_sorting_error": _("it was sorted wrongly"),
    "carrier_address_not_found": _("the carrier did not find the address"),
    "carrier_parcel_lost": _("the carrier lost it"),
    "carrier_not_enough_time": _("the carrier had not enough time"),
    "carrier_vehicle_issue": _("trouble with a vehicle"),
    "carrier_capacity_exceeded": _("the carrier was full"),
    "carrier_mechanical_delay": _("trouble with a machine"),
    "retailer_cancelled": _("the shop called it back"),
    "retailer_incorrect_data": _("the shop gave wrong data"),
    "retailer_not_ready": _("the shop was not ready"),
    "retailer_incorrect_parcel": _("the shop handed over a wrong parcel"),
    "retailer_incorrect_dimensions": _("size or weight was told wrongly"),
    "retailer_packaging_issue": _("trouble with the packaging"),
    "consignee_refused": _("the customer did not accept it"),
    "consignee_business_closed": _("the customer's business was closed"),
    "consignee_not_available": _("the customer could not be reached"),
    "consignee_not_home": _("nobody was at home"),
    "consignee_cancelled": _("the customer called it off"),
    "consignee_verification_failed": _("the customer could not identify himself"),
    "consignee_incorrect_address": _("the address is wrong"),
    "consignee_access_restricted": _("the place could not be entered"),
    "consignee_safe_place_unavailable": _("there was no safe place to leave it"),
    "customs_delay": _("customs takes its time"),
    "customs_documentation": _("papers for customs are missing"),
    "customs_duties_unpaid": _("customs duties have not been paid"),
    "customs_prohibited": _("customs does not let it in"),
    "customs_inspection": _("customs examines it"),
    "weather_delay": _("the weather"),
    "natural_disaster": _("a natural disaster"),
    "force_majeure": _("nobody's fault: strike, closed roads, unrest"),
    "parcel_being_researched": _("the carrier is looking for it"),
    "security_issue": _("a question of security"),
    "regulatory_hold": _("an authority holds it"),
}
