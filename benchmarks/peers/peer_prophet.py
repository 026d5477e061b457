"""Prophet with its defaults.

Three rows: fitted once on the training part; fitted anew at the start of each week of the test on all before it; and,
since Prophet knows nothing of the latest reading, the first one with its latest residual carried over: forecast + phi
of the horizon x (reading now - Prophet's value now), phi by least squares on the training part."""

import logging

import numpy as np
import pandas as pd
import prophet

import score

WEEK = 7 * 24


def fitted(split, end):
    """Prophet fitted on the hours before `end`, and what it says of every hour."""
    table = pd.DataFrame({"ds": split.naive_times, "y": split.target})
    model = prophet.Prophet(uncertainty_samples=0)
    model.fit(table[:end])
    return model, table[["ds"]]


def carried(split, said):
    residual = split.target - said
    phi = {}
    for horizon in score.HORIZONS:
        origins = split.training_origins(horizon)
        now, then = residual[origins], residual[origins + horizon]
        phi[horizon] = now @ then / (now @ now)
    return lambda horizon, origins: said[origins + horizon] + phi[horizon] * residual[origins]


def measure(split):
    logging.getLogger("cmdstanpy").disabled = True
    version = f"Prophet {prophet.__version__}"
    clock = score.Clock()
    model, times = fitted(split, split.test)
    fit_seconds = clock.lap()
    said = model.predict(times)["yhat"].to_numpy()
    rows = score.scores(split, lambda horizon, origins: said[origins + horizon])
    forecast_seconds = clock.lap()
    yield score.row("Prophet, fitted once", version, fit_seconds, forecast_seconds, rows)

    rows = score.scores(split, carried(split, said))
    yield score.row("Prophet, latest residual carried over", version, fit_seconds, forecast_seconds, rows)

    weeks = []
    clock.lap()
    for start in range(split.test, len(split.hours), WEEK):
        refit, _ = fitted(split, start + 1)
        weeks.append(refit.predict(times[start : start + WEEK + 24])["yhat"].to_numpy())
    seconds = clock.lap()

    def weekly(horizon, origins):
        week, hour = np.divmod(origins - split.test, WEEK)
        return np.array([weeks[w][h + horizon] for w, h in zip(week, hour)])

    yield score.row("Prophet, fitted weekly", version, seconds, 0.0, score.scores(split, weekly))


if __name__ == "__main__":
    score.main(measure, __doc__)
