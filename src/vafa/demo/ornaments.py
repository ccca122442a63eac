"""The designs behind the covers, after Persian book art. Each draws SVG shapes from a sheet's colours and numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sin

WIDTH, HEIGHT = 300, 420


@dataclass(frozen=True)
class Palette:
    """Ground, a deeper ground, ornament, and the colour of letters."""

    ground: str
    deep: str
    gold: str
    letters: str


PALETTES = (
    Palette("#0e7c7b", "#0a5557", "#f0cf8e", "#fff8e8"),  # firouzeh
    Palette("#1d3f72", "#132a50", "#e8c170", "#fdf6e3"),  # lapis
    Palette("#8c1c2f", "#641020", "#efc88b", "#fff4e6"),  # pomegranate
    Palette("#e9dcc3", "#d8c59f", "#8a4b2a", "#3b2417"),  # paper
    Palette("#2f5d46", "#1f4231", "#e5c583", "#fbf6e6"),  # cypress
    Palette("#c8792b", "#a35c1a", "#fbe6c0", "#fffaf0"),  # saffron
    Palette("#3a2c52", "#281d3b", "#d9b8e0", "#faf3ff"),  # violet
    Palette("#dfe9e6", "#bcd3cd", "#0e7c7b", "#143d40"),  # mist
)


@dataclass(frozen=True)
class Space:
    """Where the title goes: the height of its middle, and how wide and tall it may be."""

    middle: float
    width: float
    height: float


@dataclass(frozen=True)
class Sheet:
    """What a design needs: its colours, its own numbers from the title, and names that are unique on the page."""

    name: str
    numbers: bytes
    colours: Palette


def star(x: float, y: float, points: int, outer: float, inner: float, *, turn: float = 0.0) -> str:
    """The corners of a star, for `<polygon points>`."""
    corners = []
    for k in range(2 * points):
        radius, angle = (outer if k % 2 == 0 else inner), turn + pi * k / points
        corners.append(f"{x + radius * sin(angle):.1f},{y - radius * cos(angle):.1f}")
    return " ".join(corners)


def frame(colours: Palette, inset: float = 13) -> str:
    def border(at: float, width: float) -> str:
        return (
            f'<rect x="{at:g}" y="{at:g}" width="{WIDTH - 2 * at:g}" height="{HEIGHT - 2 * at:g}" rx="4" fill="none"'
            f' stroke="{colours.gold}" stroke-width="{width}"/>'
        )

    return border(inset, 2.2) + border(inset + 6, 0.8)


def binding(colours: Palette) -> str:
    """The fold of a book that opens from the right, as Persian books do, and the edge of its cloth."""
    return (
        f'<rect x="{WIDTH - 9}" width="9" height="{HEIGHT}" fill="#000" opacity=".13"/>'
        f'<rect x="{WIDTH - 10}" width="1" height="{HEIGHT}" fill="#fff" opacity=".22"/>'
    )


def medallion(sheet: Sheet) -> str:
    """A shamseh, the sun that opens a manuscript."""
    c, x, y = sheet.colours, WIDTH / 2, 150.0
    points = (12, 16, 10)[sheet.numbers[2] % 3]
    petals = "".join(
        f'<ellipse cx="{x}" cy="{y - 62}" rx="9" ry="25" transform="rotate({360 * k / points:.1f} {x} {y})"/>'
        for k in range(points)
    )
    corners = "".join(
        f'<polygon points="{star(cx, cy, 8, 34, 26)}"/>'
        for cx, cy in ((19, 19), (WIDTH - 19, 19), (19, HEIGHT - 19), (WIDTH - 19, HEIGHT - 19))
    )
    return (
        f'<clipPath id="{sheet.name}k"><rect x="19" y="19" width="{WIDTH - 38}" height="{HEIGHT - 38}"/></clipPath>'
        f'<g clip-path="url(#{sheet.name}k)" fill="{c.deep}" stroke="{c.gold}" stroke-width="1.2">{corners}</g>'
        f'{frame(c)}<g fill="none" stroke="{c.gold}" stroke-width="1.3">'
        f'<polygon points="{star(x, y, points, 108, 94)}" fill="{c.deep}"/>'
        f'<polygon points="{star(x, y, points, 100, 86)}"/>'
        f'<g fill="{c.gold}" fill-opacity=".2">{petals}</g><circle cx="{x}" cy="{y}" r="40" fill="{c.ground}"/>'
        f'<polygon points="{star(x, y, 8, 36, 27.6)}" fill="{c.gold}" fill-opacity=".9"/>'
        f'<polygon points="{star(x, y, 8, 20, 15.3, turn=pi / 8)}" fill="{c.deep}" stroke="none"/></g>'
    )


def tiles(sheet: Sheet) -> str:
    """Stars and crosses, as on a tiled wall, with the title on a cartouche."""
    c = sheet.colours
    side = (50, 60, 75)[sheet.numbers[2] % 3]
    half = side / 2
    return (
        f'<pattern id="{sheet.name}p" width="{side}" height="{side}" patternUnits="userSpaceOnUse">'
        f'<polygon points="{star(half, half, 8, half, half * 0.765)}" fill="{c.deep}" stroke="{c.gold}"'
        f' stroke-width="1.3"/>'
        f'<polygon points="{star(half, half, 8, half * 0.5, half * 0.383, turn=pi / 8)}" fill="{c.gold}"'
        f' fill-opacity=".75"/>'
        f'<circle cx="{half}" cy="{half}" r="{half * 0.16:.1f}" fill="{c.deep}"/></pattern>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#{sheet.name}p)" opacity=".9"/>'
        f'<path d="M22 210 C40 200 44 158 66 128 H234 C256 158 260 200 278 210 C260 220 256 262 234 292 H66'
        f' C44 262 40 220 22 210 Z" fill="{c.ground}" stroke="{c.gold}" stroke-width="2.4"/>'
        f'<path d="M36 210 C50 200 54 166 72 138 H228 C246 166 250 200 264 210 C250 220 246 254 228 282 H72'
        f' C54 254 50 220 36 210 Z" fill="none" stroke="{c.gold}" stroke-width=".9"/>'
        f'<rect x="40" y="{HEIGHT - 60}" width="220" height="40" rx="20" fill="{c.deep}" stroke="{c.gold}"/>'
    )


def arch(sheet: Sheet) -> str:
    """A pointed arch with a lamp of stars in it."""
    c = sheet.colours
    arch = "M{x} 352 V190 C{x} 120 {b} 96 150 {t} C{d} 96 {e} 120 {e} 190 V352 Z"
    outer = arch.format(x=44, b=112, t=44, d=188, e=256)
    inner = arch.format(x=56, b=120, t=60, d=180, e=244)
    stars = "".join(
        f'<polygon points="{star(75 + n % 150, 110 + (n * 7) % 60, 4, 2 + n % 4, 1)}"/>' for n in sheet.numbers[3:15]
    )
    rosettes = "".join(f'<polygon points="{star(x, 66, 8, 17, 13)}"/>' for x in (50, 250))
    return (
        f'{frame(c)}<path d="{outer}" fill="{c.deep}" stroke="{c.gold}" stroke-width="2"/>'
        f'<path d="{inner}" fill="{c.ground}" stroke="{c.gold}" stroke-width=".9"/>'
        f'<g fill="{c.gold}" opacity=".8">{stars}</g><g fill="none" stroke="{c.gold}" stroke-width="1.2">{rosettes}'
        f'<path d="M150 60 V100"/></g><path d="M150 100 l13 20 -13 30 -13 -30 Z" fill="{c.gold}"/>'
        f'<path d="M70 334 H230" stroke="{c.gold}" stroke-width=".9"/>'
    )


def cypresses(sheet: Sheet) -> str:
    """A row of cypresses under a sun."""
    c = sheet.colours
    trees = []
    for k in range(5):
        x, tall = 46 + 52 * k, 84 + sheet.numbers[4 + k] % 58
        wide, low, high = tall * 0.13, round(178 - tall * 0.25), round(178 - tall * 0.75)
        trees.append(
            f'<path d="M{x} 178 C{x + wide * 1.5:.0f} {low} {x + wide:.0f} {high} {x} {178 - tall}'
            f' C{x - wide:.0f} {high} {x - wide * 1.5:.0f} {low} {x} 178 Z"/>'
            f'<path d="M{x} 190 V{178 - tall * 0.6:.0f}" stroke="{c.ground}" stroke-width="1.4"/>'
        )
    sun = 70 + sheet.numbers[3] % 160
    return (
        f'<circle cx="{sun}" cy="72" r="30" fill="{c.gold}" opacity=".9"/><circle cx="{sun}" cy="72" r="38" fill="none"'
        f' stroke="{c.gold}" stroke-width=".9"/><g fill="{c.deep}" stroke="{c.gold}" stroke-width="1.1">'
        f"{''.join(trees)}</g>"
        f'<path d="M19 190 H281" stroke="{c.gold}" stroke-width="2"/>'
        f'<path d="M19 196 H281" stroke="{c.gold}" stroke-width=".8"/>'
        f"{frame(c)}"
    )


def dunes(sheet: Sheet) -> str:
    """Layers of land or water under a moon."""
    c = sheet.colours
    layers = []
    for k in range(5):
        y, swing = 262 + 27 * k, 16 + sheet.numbers[5 + k] % 28
        layers.append(
            f'<path d="M0 {y} C75 {y - swing} 110 {y + swing} 170 {y} S265 {y - swing} 300 {y + 6} V420 H0 Z"'
            f' fill="{c.gold if k == 2 else c.deep}" opacity="{0.35 + 0.13 * k:.2f}"/>'
        )
    x = 66 + sheet.numbers[3] % 150
    return (
        f'<circle cx="{x}" cy="216" r="40" fill="{c.gold}" opacity=".22"/>'
        f'<circle cx="{x}" cy="216" r="28" fill="{c.gold}"/>'
        f'{"".join(layers)}<path d="M24 40 H276" stroke="{c.gold}" stroke-width="1.4"/>'
    )


def rays(sheet: Sheet) -> str:
    """A sun at the horizon and its orbit lines."""
    c = sheet.colours
    count = 24 + sheet.numbers[2] % 12
    rays = "".join(
        f'<path d="M150 334 L{150 + 260 * sin(angle):.0f} {334 - 260 * cos(angle):.0f}"/>'
        for angle in (pi * (k / count - 0.5) for k in range(count + 1))
    )
    orbits = "".join(
        f'<ellipse cx="150" cy="334" rx="{r}" ry="{r * 0.62:.0f}"/><circle cx="{150 + r * sin(turn):.0f}"'
        f' cy="{334 - r * 0.62 * cos(turn):.0f}" r="4.5" fill="{c.gold}"/>'
        for r, turn in ((92, sheet.numbers[6] / 128 - 1), (128, sheet.numbers[7] / 128 - 1))
    )
    return (
        f'<g stroke="{c.gold}" stroke-width=".7" opacity=".5">{rays}</g><g fill="none" stroke="{c.gold}">{orbits}</g>'
        f'<circle cx="150" cy="334" r="58" fill="{c.gold}"/><rect y="334" width="300" height="86" fill="{c.deep}"/>'
        f'<path d="M0 334 H300" stroke="{c.gold}" stroke-width="2"/>'
        f'<rect x="24" y="44" width="252" height="152" fill="{c.deep}"'
        f' opacity=".82"/><path d="M24 44 H276 M24 196 H276" stroke="{c.gold}" stroke-width="1.6"/>'
    )


def phone(sheet: Sheet) -> str:
    """A phone standing upright, its glass full of tiles."""
    c = sheet.colours
    return (
        f'<pattern id="{sheet.name}p" width="30" height="30" patternUnits="userSpaceOnUse">'
        f'<polygon points="{star(15, 15, 8, 15, 11.5)}" fill="none" stroke="{c.gold}" stroke-width=".9"/></pattern>'
        f'<circle cx="150" cy="146" r="128" fill="{c.gold}" opacity=".16"/>'
        f'<rect x="89" y="30" width="122" height="232" rx="20" fill="#14181d"/>'
        f'<rect x="95" y="36" width="110" height="220" rx="15" fill="{c.deep}"/>'
        f'<rect x="95" y="36" width="110" height="220" rx="15" fill="url(#{sheet.name}p)" opacity=".9"/>'
        f'<rect x="132" y="43" width="36" height="9" rx="4.5" fill="#14181d"/>'
        f'<rect x="211" y="92" width="3" height="30" rx="1.5" fill="#14181d"/>'
        f'<ellipse cx="150" cy="278" rx="74" ry="7" fill="#000" opacity=".22"/>'
    )


Design = tuple[Callable[[Sheet], str], Space]
MEDALLION: Design = (medallion, Space(312, 225, 92))
TILES: Design = (tiles, Space(210, 172, 118))
ARCH: Design = (arch, Space(246, 165, 150))
CYPRESSES: Design = (cypresses, Space(282, 228, 140))
DUNES: Design = (dunes, Space(112, 230, 130))
RAYS: Design = (rays, Space(120, 226, 126))
PHONE: Design = (phone, Space(329, 232, 70))
CLASSIC: tuple[Design, ...] = (MEDALLION, TILES, ARCH, CYPRESSES)
DESIGNS: dict[str, tuple[Design, ...]] = {
    "novel": (DUNES, RAYS, CYPRESSES),
    "children": (DUNES, CYPRESSES),
    "science": (RAYS, TILES),
    "phone": (PHONE,),
}
