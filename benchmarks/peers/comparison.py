"""The tables of `run-all --stations`: ratios to persistence of the blend, its parts and the peers; one table for each
target, one line for each series, one column for each model. Below them, where the blend is worse."""

HORIZONS = ("1", "6", "24")
OURS = "AeroCast, "
BLEND = OURS + "blend"
PARTS = (OURS + "gru", OURS + "seasonal", OURS + "ridge")
PEERS = ("ridge on the window and the time", "LightGBM on the window and the hour", "GRU in PyTorch, 3 features and the hour")
COLUMNS = dict(zip((BLEND, *PARTS, *PEERS), ("blend", "gru", "seasonal", "ridge", "scikit-learn ridge", "LightGBM", "PyTorch GRU")))
SERIES = {
    "KJFK-2013": "JFK 2013",
    "KEWR-2013": "Newark 2013",
    "KLGA-2013": "LaGuardia 2013",
    "KGSO-tmy": "Greensboro",
    "KMIA-tmy": "Miami",
    "PASD-tmy": "Sand Point",
    "Bogota-tmy": "Bogotá",
    "Sydney-tmy": "Sydney",
    "PAOR-tmy": "Northway",
    "BWGHI-2016": "mast in Ireland",
    "MERRA2-2013": "reanalysis, Ireland",
}
TOLERANCE = 1.01
"""A ratio this much larger than another is worse; less may be chance."""

BEGIN = "<!-- stations -->\n"
END = "<!-- end of stations -->\n"


class Comparison:
    def __init__(self, rows):
        self.ratios = {}
        """By target, series, model and horizon."""
        for row in rows:
            if row["model"] in COLUMNS:
                at = {h: row["horizons"][h]["ratio"] for h in HORIZONS}
                self.ratios.setdefault(row["target"], {}).setdefault(row["series"], {})[row["model"]] = at

    def lines(self):
        for target, series in self.ratios.items():
            yield f"| {target} | {' | '.join(COLUMNS.values())} |"
            yield "|---" * (len(COLUMNS) + 1) + "|"
            for name in (*(known for known in SERIES if known in series), *sorted(series.keys() - SERIES.keys())):
                cells = (cell(series[name].get(model), model, series[name].get(BLEND)) for model in COLUMNS)
                yield f"| {SERIES.get(name, name)} | {' | '.join(cells)} |"
            yield ""
        yield f"Of the {len(self.margins(PEERS))} figures of the blend, {worse(self.margins(PEERS), 'the best peer')};"
        yield f"{worse(self.margins(PARTS), 'its best part')}. It is not better than persistence in {self.lost()}."

    def margins(self, others):
        """The blend's ratio over that of the best of the others, by horizon, for each series and target."""
        return [
            (h, of[BLEND][h] / min(of[model][h] for model in others if model in of))
            for series in self.ratios.values()
            for of in series.values()
            if BLEND in of and any(model in of for model in others)
            for h in HORIZONS
        ]

    def lost(self):
        return sum(of[BLEND][h] >= 1 for series in self.ratios.values() for of in series.values() if BLEND in of for h in HORIZONS)


def cell(at, model, blend):
    """Ratios in bold are those of peers that are better than the blend by more than the tolerance."""
    if at is None:
        return "–"
    bold = {h for h in HORIZONS if model in PEERS and blend and blend[h] > TOLERANCE * at[h]}
    return ", ".join(f"**{at[h]:.3f}**" if h in bold else f"{at[h]:.3f}" for h in HORIZONS)


def worse(margins, than):
    at = {h: [margin for horizon, margin in margins if horizon == h and margin > TOLERANCE] for h in HORIZONS}
    counts = ", ".join(f"{len(at[h])} at {h} h" for h in HORIZONS)
    largest = max((margin for _, margin in margins), default=1)
    total = sum(map(len, at.values()))
    return f"{total} are more than 1 % worse than {than} ({counts}), by {100 * (largest - 1):.1f} % at most"


def write(lines, document):
    """Replaces the tables of docs/benchmarks.md."""
    text = document.read_text()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    document.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + after)
