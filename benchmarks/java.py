"""How the benchmarks in Java are started."""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PLACES = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/opt/jdk*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
)
OPTIONS = ("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")


def version(home):
    release = home / "release"
    if not (home / "bin/java").exists() or not release.exists():
        return 0
    told = dict(line.split("=", 1) for line in release.read_text().splitlines() if "=" in line)
    return int(told.get("JAVA_VERSION", '"0').strip('"').split(".")[0])


def home():
    """A JDK 25 or newer: JAVA_HOME, or one where JDKs usually are."""
    named = [pathlib.Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    usual = [found for place in PLACES for found in sorted(pathlib.Path("/").glob(place[1:]))]
    for candidate in named + usual:
        if version(candidate) >= 25:
            return candidate
    sys.exit("needs a JDK 25 or newer: point JAVA_HOME at one")


def command(main, *arguments):
    """The command that runs a main class of the module, which must have been packaged."""
    target = ROOT / "benchmarks/target"
    jars = list(target.glob("benchmarks-*.jar"))
    if not jars:
        sys.exit("build first: mvn -B -Dquick -Pbenchmarks -pl benchmarks -am -DskipTests package")
    return [home() / "bin/java", *OPTIONS, "-cp", f"{jars[0]}:{target}/lib/*", main, *arguments]
