"""Charts drawn as SVG on the server: no JavaScript, printable, usable in a file of their own.

The horizontal axis runs the way the reader reads: from right to left in Persian and Arabic. Numbers and dates come from
`vafa.kit.formats`. Every function returns a safe string, empty where there is nothing to draw.
"""

from __future__ import annotations

from vafa.kit.charts.calibration import calibration_plot
from vafa.kit.charts.columns import Columns, bar_chart, column_chart
from vafa.kit.charts.curve import curve_picture
from vafa.kit.charts.frame import Axis, in_two_widths
from vafa.kit.charts.lines import Series, line_chart
from vafa.kit.charts.mosaic import mosaic
from vafa.kit.charts.sparkline import sparkline
from vafa.kit.charts.stars import stars

__all__ = [
    "Axis",
    "Columns",
    "Series",
    "bar_chart",
    "calibration_plot",
    "column_chart",
    "curve_picture",
    "in_two_widths",
    "line_chart",
    "mosaic",
    "sparkline",
    "stars",
]
