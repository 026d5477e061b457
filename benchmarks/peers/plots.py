#!/usr/bin/env python3
"""Draws the plots of docs/forecasting.md from the results of backtests.

    ./aerocast backtest FILE --json > FILE.json
    .venv/bin/python plots.py DIRECTORY FILE.json …

Written are blend.svg, the accuracy and the weights of the first file's first target by horizon, and coverage.svg, the
coverage of the blend's intervals of every target of every file by horizon."""

import json
import pathlib
import sys

import matplotlib.pyplot as plot

COLOURS = {"blend": "#1b1b1b", "gru": "#2a78b8", "seasonal": "#d97a1e", "ridge": "#3f9b4f", "persistence": "#b0b0b0"}
PER_CENT = 100


def accuracy(axes, target):
    rows = target["forecasters"]
    for kind in ("gru", "seasonal", "ridge", "blend"):
        hours = [row["horizon"] for row in rows[kind]]
        ratio = [row["rmse"] / floor["rmse"] for row, floor in zip(rows[kind], rows["persistence"])]
        axes.plot(hours, ratio, color=COLOURS[kind], linewidth=2.2 if kind == "blend" else 1.3, label=kind)
    axes.axhline(1, color=COLOURS["persistence"], label="persistence")
    axes.set(xlabel="hours ahead", ylabel="error / error of persistence", title=f"Accuracy, {target['target']}")
    axes.legend(frameon=False)


def weights(axes, target):
    shares = {kind: target["weights"][kind] for kind in COLOURS if kind in target["weights"]}
    hours = [row["horizon"] for row in target["forecasters"]["blend"]]
    axes.stackplot(hours, shares.values(), labels=shares, colors=[COLOURS[kind] for kind in shares], alpha=0.85)
    axes.set(xlabel="hours ahead", ylabel="mean weight", title="Weights of the parts", ylim=(0, 1), xlim=(hours[0], hours[-1]))
    axes.legend(loc="lower left", framealpha=0.9)


def coverage(axes, targets):
    for target in targets:
        rows = target["forecasters"]["blend"]
        held = [PER_CENT * row["coverage"] for row in rows]
        axes.plot([row["horizon"] for row in rows], held, color=COLOURS["gru"], linewidth=0.9, alpha=0.6)
    axes.axhspan(88, 92, color=COLOURS["ridge"], alpha=0.12, label="88 to 92 %")
    axes.axhline(90, color=COLOURS["ridge"], linewidth=1, label="nominal")
    axes.set(xlabel="hours ahead", ylabel="coverage, %", title=f"90 % intervals of the blend, {len(targets)} test quarters", ylim=(80, 100))
    axes.legend(frameon=False)


def main(directory, files):
    plot.rcParams.update({"svg.hashsalt": "aerocast", "svg.fonttype": "none", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False})
    targets = [target for file in files for target in json.loads(pathlib.Path(file).read_text())["targets"]]
    figure, axes = plot.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    accuracy(axes[0], targets[0])
    weights(axes[1], targets[0])
    save(figure, directory, "blend.svg")
    figure, axes = plot.subplots(figsize=(6, 3.2), layout="constrained")
    coverage(axes, targets)
    save(figure, directory, "coverage.svg")


def save(figure, directory, name):
    figure.savefig(pathlib.Path(directory) / name, metadata={"Date": None})


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
