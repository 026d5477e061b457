"""Ridge regression on the window of 24 hours, one per horizon, of the change from the latest reading. The penalty
is chosen by leave-one-out on the training part. The second row adds the time of day and of year of the target."""

import numpy as np
import sklearn
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import score


def windows(split, origins):
    values = split.known().to_numpy()
    return np.stack([values[o - score.LOOKBACK + 1 : o + 1].ravel() for o in origins])


def calendar(split, targets):
    times = split.hours.index[targets]
    day = 2 * np.pi * times.hour / 24
    year = 2 * np.pi * times.dayofyear / 365.25
    return np.column_stack([f(k * day) for k in (1, 2) for f in (np.sin, np.cos)] + [np.sin(year), np.cos(year)])


def inputs(split, horizon, origins, with_time):
    window = windows(split, origins)
    return np.column_stack([window, calendar(split, origins + horizon)]) if with_time else window


def measure(split):
    now = split.target
    for with_time in (True,) if split.brief else (False, True):
        clock = score.Clock()
        models = {}
        for horizon in score.HORIZONS:
            origins = split.training_origins(horizon)
            model = make_pipeline(StandardScaler(), RidgeCV(np.logspace(-2, 5, 15)))
            models[horizon] = model.fit(inputs(split, horizon, origins, with_time), now[origins + horizon] - now[origins])
        fit_seconds = clock.lap()
        rows = score.scores(
            split, lambda h, origins: now[origins] + models[h].predict(inputs(split, h, origins, with_time))
        )
        name = "ridge on the window" + (" and the time" if with_time else "")
        yield score.row(name, f"scikit-learn {sklearn.__version__}", fit_seconds, clock.lap(), rows)


if __name__ == "__main__":
    score.main(measure, __doc__)
