"""Getting it there: options, quotes, parcels, fitted models and their backtests.

Refuses: what becomes of a promise once made (promises), and the numbers themselves (engine).
"""
