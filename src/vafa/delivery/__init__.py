"""Getting it there: options, quotes, parcels with what was told of them, fitted models and their backtests.

Refuses: what becomes of a promise once made (promises), and the numbers themselves (engine).
"""
