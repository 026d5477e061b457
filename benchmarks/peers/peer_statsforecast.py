"""AutoARIMA, AutoETS and MSTL of statsforecast, each with a season of 24 hours.

To fit anew at each of the 2,190 origins of the test would take AutoARIMA most of a day, so each model is chosen and
fitted once, on the training part, and at every origin its `forward` applies the fitted parameters to the four weeks up
to it. (`forward` is what `cross_validation(refit=False)` calls.) Missing hours repeat the one before, since
these models need a whole series."""

import warnings

import numpy as np
import statsforecast
from statsforecast.models import MSTL, AutoARIMA, AutoETS

import score

SEASON = 24
FORWARD_HOURS = 4 * 7 * 24

MODELS = {
    "AutoETS": lambda: AutoETS(season_length=SEASON),
    "ETS(A,A,A)": lambda: AutoETS(season_length=SEASON, model="AAA"),
    "MSTL, trend by AutoETS": lambda: MSTL(season_length=SEASON),
    "MSTL, trend by AutoARIMA": lambda: MSTL(season_length=SEASON, trend_forecaster=AutoARIMA()),
    "AutoARIMA": lambda: AutoARIMA(season_length=SEASON, approximation=True),
}


def rolling(split, model, known):
    """Forecasts up to 24 hours ahead from every hour of the test; shape [hours of the test][24]."""
    longest = score.HORIZONS[-1]
    wanted = set(np.concatenate([split.origins(h) for h in score.HORIZONS]).tolist())
    said = np.full((len(split.hours) - split.test, longest), np.nan)
    for origin in sorted(wanted):
        recent = known[origin + 1 - FORWARD_HOURS : origin + 1]
        said[origin - split.test] = model.forward(recent, h=longest)["mean"]
    return said


def chosen(model):
    """What was chosen, where the model tells."""
    fitted = getattr(model, "model_", {})
    if "arma" in fitted:
        p, q, sp, sq, m, d, sd = fitted["arma"]
        return f"ARIMA({p},{d},{q})({sp},{sd},{sq})[{m}]"
    return fitted["method"] if "method" in fitted else ""


def measure(split):
    warnings.filterwarnings("ignore")
    known = split.known().iloc[:, 0].to_numpy()
    for name, make in MODELS.items():
        clock = score.Clock()
        model = make().fit(known[: split.test])
        fit_seconds = clock.lap()
        said = rolling(split, model, known)
        forecast_seconds = clock.lap()
        rows = score.scores(split, lambda horizon, origins: said[origins - split.test, horizon - 1])
        yield score.row(
            name, f"statsforecast {statsforecast.__version__}", fit_seconds, forecast_seconds, rows, chosen(model)
        )


if __name__ == "__main__":
    score.main(measure, __doc__)
