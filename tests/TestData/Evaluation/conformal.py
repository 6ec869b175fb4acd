"""Makes conformal.csv: thresholds, sets and figures of split-conformal prediction on multiclass.csv (rows 0-99 calibrate, 100-149 are judged).

Written from the definitions (Sadinle, Lei and Wasserman 2019; Romano, Sesia and Candes 2020 without the random draw), with numpy's sorting and
quantiles, statsmodels' Wilson intervals and scipy's t; nothing is shared with the code under test. Groups: even and odd rows.
Run by hand: /usr/bin/python3 conformal.py (Debian: python3-numpy 1.24.2, python3-scipy 1.10.1, python3-statsmodels 0.13.5).
"""
import csv
import pathlib
from fractions import Fraction

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

HERE = pathlib.Path(__file__).parent
rows = list(csv.reader((HERE / "multiclass.csv").open()))[1:]
p = np.array([[float(v) for v in row[:4]] for row in rows])
y = np.array([int(row[4]) for row in rows])
group = np.arange(len(y)) % 2
calibration, judged = np.arange(100), np.arange(100, 150)


def scores(kind):
    if kind == "least_ambiguous":
        return 1 - p
    order = np.argsort(-p, axis=1, kind="stable")
    mass = np.cumsum(np.take_along_axis(p, order, axis=1), axis=1)
    out = np.empty_like(p)
    np.put_along_axis(out, order, mass / mass[:, -1:], axis=1)
    return out


def threshold(values, coverage):
    """The rank in whole numbers, so that no rounding of (n + 1)(1 - alpha) decides."""
    n = len(values)
    rank = -((-(n + 1) * coverage.numerator) // coverage.denominator)
    if rank > n:
        return np.inf
    found = np.sort(values)[rank - 1]
    assert found == np.quantile(values, (rank - 0.5) / n, method="inverted_cdf")
    return found


with (HERE / "conformal.csv").open("w") as out:
    out.write("score,coverage,by_group,threshold,threshold_even,threshold_odd,covered,covered_low,covered_high,size,size_low,size_high,"
              "empty,single,covered_0,covered_1,covered_2,covered_3,covered_even,covered_odd,sets\n")
    for kind in ("least_ambiguous", "adaptive"):
        s = scores(kind)
        own = s[np.arange(len(y)), y]
        for coverage in (Fraction(1, 2), Fraction(7, 10), Fraction(9, 10), Fraction(19, 20), Fraction(995, 1000)):
            for by_group in (0, 1):
                whole = threshold(own[calibration], coverage)
                each = [threshold(own[calibration][group[calibration] == g], coverage) for g in (0, 1)]
                each = [whole if np.isinf(t) else t for t in each]
                limit = np.array(each)[group[judged]] if by_group else np.full(len(judged), whole)
                sets = s[judged] <= limit[:, None]
                hit = sets[np.arange(len(judged)), y[judged]]
                size = sets.sum(axis=1)
                low, high = proportion_confint(hit.sum(), len(hit), method="wilson")
                half = stats.t.ppf(0.975, len(size) - 1) * size.std(ddof=1) / np.sqrt(len(size))
                ends = (size.mean() - half, size.mean() + half) if half > 0 else (np.nan, np.nan)
                by_class = [hit[y[judged] == k].mean() for k in range(4)]
                by_part = [hit[group[judged] == g].mean() for g in (0, 1)]
                figures = [float(coverage), by_group, whole, *each, hit.mean(), low, high, size.mean(), *ends, (size == 0).mean(), (size == 1).mean(), *by_class, *by_part]
                masks = "".join(format(int((row * [1, 2, 4, 8]).sum()), "x") for row in sets)
                out.write(kind + "," + ",".join(repr(float(v)) for v in figures) + "," + masks + "\n")
