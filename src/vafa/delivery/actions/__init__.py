"""Writes of the delivery room, by noun: options, fitting, quotes, promising, backtests, parcels."""
