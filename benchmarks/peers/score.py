"""What all peers share: the split, the origins that count, and the scores.

The observations are laid on the hours of UTC, from the first to the last. One with a reading out of the plausible range
is left out. The last quarter of the hours is the test; only the hours before are fitted on. A forecast is scored where the
target is known at its origin, at its target time, and in at least 18 of the 24 hours up to the origin. These are the
rules of AeroCast's own backtest, so that all are scored on the same forecasts.
"""

import argparse
import json
import pathlib
import time

import numpy as np
import pandas as pd

ARCHIVE = (
    pathlib.Path(__file__).parents[2]
    / "ingest-service/src/main/resources/io/aerocast/ingest/source/KJFK-2013.csv.gz"
)
HORIZONS = (1, 6, 24)
LOOKBACK = 24
PLAUSIBLE = {"temperature": (-60, 60), "windspeed": (0, 113), "pressure": (870, 1085)}


class Split:
    """An hourly series and where its test begins.

    hours  the readings by hour, the target's column first; NaN where missing
    test   index of the first hour of the test
    brief  whether a peer is to measure only its best variant, with fewer seeds
    """

    def __init__(self, file, target, brief=False):
        self.brief = brief
        table = pd.read_csv(file, parse_dates=["ts"]).drop(columns="station")
        for name, (low, high) in PLAUSIBLE.items():
            table = table[table[name].isna() | table[name].between(low, high)]
        table = table[["ts", *sorted(PLAUSIBLE, key=target.__ne__)]]
        hourly = table.assign(ts=table["ts"].dt.round("h")).groupby("ts").last()
        self.hours = hourly.reindex(pd.date_range(hourly.index[0], hourly.index[-1], freq="h"))
        self.test = int((len(self.hours) - 1) * 0.75 + 0.5)

    @property
    def target(self):
        return self.hours.iloc[:, 0].to_numpy()

    @property
    def naive_times(self):
        """The hours without their time zone, as some libraries want them."""
        return self.hours.index.tz_localize(None)

    def known(self):
        """The readings with each missing one replaced by the one before it: nothing comes from the future."""
        return self.hours.ffill().fillna(self.hours[: self.test].mean()).fillna(0.0)

    def origins(self, horizon, first=None, end=None):
        """Indices of the origins that count, the test's if nothing else is asked for.

        end  index that no target may reach
        """
        first = self.test if first is None else first
        end = len(self.hours) if end is None else end
        present = ~np.isnan(self.target)
        dense = pd.Series(present).rolling(LOOKBACK).sum().to_numpy() >= LOOKBACK * 3 / 4
        index = np.arange(max(first, LOOKBACK - 1), end - horizon)
        return index[present[index] & dense[index] & present[index + horizon]]

    def training_origins(self, horizon):
        return self.origins(horizon, first=0, end=self.test)


def rmse(errors):
    return float(np.sqrt(np.mean(np.square(errors))))


def scores(split, forecast):
    """Scores of `forecast(horizon, origins)`, which gives the forecasts of these origins in the target's unit."""
    rows = {}
    for horizon in HORIZONS:
        origins = split.origins(horizon)
        truth = split.target[origins + horizon]
        errors = forecast(horizon, origins) - truth
        persistence = rmse(split.target[origins] - truth)
        rows[horizon] = {
            "forecasts": len(origins),
            "rmse": rmse(errors),
            "ratio": rmse(errors) / persistence,
            "mae": float(np.mean(np.abs(errors))),
        }
    return rows


class Clock:
    """Seconds since it was made or last asked."""

    def __init__(self):
        self.at = time.perf_counter()

    def lap(self):
        before, self.at = self.at, time.perf_counter()
        return self.at - before


def row(model, version, fit_seconds, forecast_seconds, rows, note=""):
    return {
        "model": model,
        "version": version,
        "fit_seconds": fit_seconds,
        "forecast_seconds": forecast_seconds,
        "horizons": rows,
        "note": note,
    }


def text(result):
    cells = [
        f"{h:>2} h: RMSE {s['rmse']:.3f} ratio {s['ratio']:.3f} MAE {s['mae']:.3f}" for h, s in result["horizons"].items()
    ]
    return (
        f"{result['model']} ({result['version']}), fit {result['fit_seconds']:.1f} s,"
        f" forecasts {result['forecast_seconds']:.1f} s; " + "; ".join(cells)
    )


def main(measure, description):
    """Runs `measure(split)`, a generator of rows, on the file of the command line or on the archive that AeroCast ships."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("file", nargs="?", default=ARCHIVE, help="CSV of the archive's form (default: JFK 2013)")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument("--target", choices=PLAUSIBLE, default="temperature")
    parser.add_argument("--brief", action="store_true", help="only the best variant of a peer, with fewer seeds")
    arguments = parser.parse_args()
    split = Split(arguments.file, arguments.target, arguments.brief)
    if any(len(split.training_origins(h)) == 0 or len(split.origins(h)) == 0 for h in HORIZONS):
        return  # the station does not report it
    for result in measure(split):
        print(json.dumps(result) if arguments.json else text(result), flush=True)
