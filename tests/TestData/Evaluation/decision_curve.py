"""Makes decision_curve.csv: net benefit by its definition (Vickers and Elkin 2006) on the rows of binary.csv, model p, patients resampled with numpy.

Run by hand: /usr/bin/python3 decision_curve.py (Debian: python3-numpy 1.24.2). Nothing is shared with the code under test.
"""
import csv
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
rows = list(csv.reader((HERE / "binary.csv").open()))[1:]
p = np.array([float(row[0]) for row in rows])
y = np.array([int(float(row[2])) for row in rows])


def figures(p, y, t):
    called = p >= t
    tp, fp = np.sum(called & (y == 1)), np.sum(called & (y == 0))
    w = t / (1 - t)
    n = len(y)
    model, everyone = tp / n - fp / n * w, np.mean(y) - (1 - np.mean(y)) * w
    return model, everyone, 100 * (model - everyone) / w


random = np.random.default_rng(5)
draws = [random.integers(0, len(y), len(y)) for _ in range(4000)]
with (HERE / "decision_curve.csv").open("w") as out:
    out.write("threshold,net_benefit,treat_all,avoided,net_benefit_low,net_benefit_high,avoided_low,avoided_high\n")
    for t in (0.01, 0.1, 0.25, 0.5, 0.75, 0.99):
        model, everyone, avoided = figures(p, y, t)
        sample = np.array([figures(p[d], y[d], t) for d in draws])
        low, high = np.percentile(sample, [2.5, 97.5], axis=0)
        out.write(",".join(repr(float(v)) for v in (t, model, everyone, avoided, low[0], high[0], low[2], high[2])) + "\n")
