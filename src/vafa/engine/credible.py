"""How sure a probability is that was estimated from so many orders."""

from __future__ import annotations

import numpy as np

STEPS = 4000


def kept_band(probability: float, evidence: float, *, share: float = 0.8) -> tuple[float, float]:
    """The credible band that holds the true chance with probability `share`.

    The posterior is Beta(1/2 + kept, 1/2 + late) of `evidence` orders of which `probability` were kept (Jeffreys'
    prior); the band leaves equal parts out below and above. ValueError where the numbers are none.
    """
    if not (0 <= probability <= 1 and 0 <= evidence < float("inf") and 0 < share < 1):
        raise ValueError("A probability lies between 0 and 1, and evidence is a number of orders.")
    kept, late = 0.5 + evidence * probability, 0.5 + evidence * (1 - probability)
    # in even steps of the angle whose squared sine is the chance Jeffreys' prior is flat: nothing is lost at the ends
    angle = (np.arange(STEPS) + 0.5) / STEPS * (np.pi / 2)
    log_density = (2 * kept - 1) * np.log(np.sin(angle)) + (2 * late - 1) * np.log(np.cos(angle))
    mass = np.cumsum(np.exp(log_density - log_density.max()))
    low, high = np.interp([(1 - share) / 2, (1 + share) / 2], mass / mass[-1], angle)
    return float(np.sin(low) ** 2), float(np.sin(high) ** 2)
