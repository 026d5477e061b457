"""LightGBM on the window of 24 hours, one ensemble per horizon, of the change from the latest reading, with the hour of
the day of the target. The last fifth of the training part chooses the number of trees; the ensemble is then fitted to all
of it."""

import lightgbm
import numpy as np

import peer_ridge
import score

PARAMETERS = {
    "objective": "regression",
    "learning_rate": 0.05,
    "num_leaves": 31,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.8,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "num_threads": 1,
    "seed": 42,
    "verbosity": -1,
}
MOST_TREES = 1000
PATIENCE = 30


def inputs(split, horizon, origins):
    hour = split.hours.index[origins + horizon].hour.to_numpy()
    day = 2 * np.pi * hour / 24
    return np.column_stack([peer_ridge.windows(split, origins), hour, np.sin(day), np.cos(day)])


def fit(split, horizon):
    origins = split.training_origins(horizon)
    x, y = inputs(split, horizon, origins), split.target[origins + horizon] - split.target[origins]
    cut = len(origins) * 4 // 5
    first, held = lightgbm.Dataset(x[: cut - horizon], y[: cut - horizon]), lightgbm.Dataset(x[cut:], y[cut:])
    stop = lightgbm.early_stopping(PATIENCE, verbose=False)
    trees = lightgbm.train(PARAMETERS, first, MOST_TREES, valid_sets=[held], callbacks=[stop]).best_iteration
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(x, y), trees)


def measure(split):
    clock = score.Clock()
    models = {horizon: fit(split, horizon) for horizon in score.HORIZONS}
    fit_seconds = clock.lap()
    rows = score.scores(
        split, lambda h, origins: split.target[origins] + models[h].predict(inputs(split, h, origins))
    )
    trees = ", ".join(f"{h} h {model.num_trees()}" for h, model in models.items())
    version = f"LightGBM {lightgbm.__version__}"
    yield score.row("LightGBM on the window and the hour", version, fit_seconds, clock.lap(), rows, f"trees: {trees}")


if __name__ == "__main__":
    score.main(measure, __doc__)
