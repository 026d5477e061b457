"""The plots of docs/drift.md, in the style of AeroCast's own."""

import csv
from xml.sax.saxutils import escape

RAMP = "+12 °C over 24 h, held"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b37a00", "#56b4e9", "#8c564b", "#777")
STYLE = ".c{font:12px system-ui,sans-serif;color:#1b1b1b;fill:currentColor}.c .g{stroke:currentColor;opacity:.15}"
DARK = "@media(prefers-color-scheme:dark){.c{color:#e6e6e6}}"
WIDTH = 760
DAY = 24


class Svg:
    def __init__(self, height, title):
        self.parts = [
            f'<svg class="c" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
            f' aria-label="{escape(title)}"><style>{STYLE}{DARK}</style>'
        ]
        self.text(8, 16, title, weight=600)

    def text(self, x, y, text, anchor="start", colour="currentColor", weight=400):
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}">'
            f"{escape(text)}</text>"
        )

    def line(self, points, colour, dash=""):
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        self.parts.append(
            f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.6" stroke-dasharray="{dash}"/>'
        )

    def grid(self, x1, y1, x2, y2):
        self.parts.append(f'<path class="g" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>')

    def dot(self, x, y, colour, radius=4):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}"/>')

    def write(self, path):
        path.write_text("".join(self.parts) + "</svg>\n")


def draw(stations, directory):
    ramp(stations[0], directory / "drift-ramp.svg")
    found(stations, directory / "drift-found.svg")


def rows_of(station, scenario, keep):
    with (station["dump"] / "errors.csv").open() as rows:
        return [row for row in csv.DictReader(rows) if row["scenario"] == scenario and keep(row)]


def ramp(station, path):
    """The errors before and after a rise of 12 °C, and the evidence that the detector gathers from them.

    Shown is the start whose delay is the median of those that were found.
    """
    held = {}
    for row in rows_of(station, RAMP, lambda _: True):
        held.setdefault(int(row["start"]), []).append(row)
    alarms = {start: next((int(r["slot"]) for r in rows if r["state"] == "drift"), None) for start, rows in held.items()}
    delays = sorted((alarm - start, start) for start, alarm in alarms.items() if alarm is not None)
    if not delays:
        return
    delay, start = delays[len(delays) // 2]
    before = rows_of(station, "", lambda row: start - 7 * DAY <= int(row["slot"]) < start)
    rows = before + [row for row in held[start] if int(row["slot"]) < start + 7 * DAY]
    svg = Svg(430, f"{station['station']}: the temperature rises by 12 °C within a day and stays")
    x = lambda slot: 60 + (slot - start + 7 * DAY) * (WIDTH - 80) / (14 * DAY)
    panel(svg, rows, x, 40, 220, (("near", "1 h ahead", COLOURS[0]), ("far", "24 h ahead", COLOURS[1])), "error, °C")
    panel(svg, rows, x, 270, 385, (("evidence", "evidence of drift, threshold = 1", COLOURS[2]),), "", level=1)
    for at, label in ((start, "rise begins"), (start + delay, f"drift, after {delay} h")):
        svg.line([(x(at), 40), (x(at), 385)], "currentColor", "2 4")
        svg.text(x(at) + 4, 400 if at == start else 252, label)
    for day in range(-7, 8):
        svg.text(x(start + day * DAY), 418, f"{day:+d} d" if day else "0", "middle")
    svg.write(path)


def panel(svg, rows, x, top, bottom, series, label, level=None):
    values = [float(row[key]) for key, _, _ in series for row in rows if row[key]] + [0, level or 0]
    low, high = min(values), max(values)
    y = lambda value: bottom - (value - low) / (high - low) * (bottom - top)
    step = next(s for s in (0.5, 1, 2, 5, 10, 20) if (high - low) / s <= 6)
    tick = -(-low // step) * step
    while tick <= high:
        svg.grid(60, y(tick), WIDTH - 20, y(tick))
        svg.text(54, y(tick) + 4, f"{tick:g}", "end")
        tick += step
    svg.text(60, top - 8, label)
    for i, (key, name, colour) in enumerate(series):
        svg.line([(x(int(row["slot"])), y(float(row[key]))) for row in rows if row[key]], colour)
        svg.text(140 + 110 * i, top - 8, name, colour=colour)
    if level is not None:
        svg.line([(60, y(level)), (WIDTH - 20, y(level))], "currentColor", "6 4")


def found(stations, path):
    """The share of changes that each detector found."""
    names = ["AeroCast", *stations[0]["others"]]
    titles = list(dict.fromkeys(title for s in stations for title in s["measured"]["scenarios"]))
    svg = Svg(70 + 24 * len(titles) + 22 * ((len(names) + 3) // 4), "Changes found in time, % of all starts at all stations")
    left, bottom = 190, 40 + 24 * len(titles)
    x = lambda share: left + share * (WIDTH - left - 30)
    for tick in range(0, 101, 20):
        svg.grid(x(tick / 100), 34, x(tick / 100), bottom)
        svg.text(x(tick / 100), bottom + 16, f"{tick}", "middle")
    for row, title in enumerate(titles):
        y = 46 + 24 * row
        svg.text(left - 10, y + 4, title, "end")
        for i, name in reversed(list(enumerate(names))):
            shares = [of[title]["found"] for of in map(lambda s: outcomes(s, name), stations) if title in of]
            svg.dot(x(sum(shares) / len(shares)), y + 2 * (i % 3 - 1), COLOURS[i % len(COLOURS)], 6 if i == 0 else 3.5)
    for i, name in enumerate(names):
        at, y = left + 140 * (i % 4), bottom + 38 + 20 * (i // 4)
        svg.dot(at, y - 4, COLOURS[i % len(COLOURS)])
        svg.text(at + 8, y, name)
    svg.write(path)


def outcomes(station, name):
    return station["measured"]["scenarios"] if name == "AeroCast" else station["others"][name]["scenarios"]
