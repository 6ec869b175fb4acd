"""Makes robustness.csv (made-up probabilities of one model on the same rows at six levels) and robustness_golden.csv, its figures.

Metrics by scikit-learn, paired t intervals by scipy, relative losses by their definition with numpy's own patient bootstrap (4000 resamples, to be met
within its noise). Run by hand: /usr/bin/python3 robustness.py (Debian: python3-sklearn 1.2.1, python3-numpy 1.24.2, python3-scipy 1.10.1).
"""
import pathlib

import numpy as np
from scipy import stats
from sklearn import metrics

HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(11)
n, patients = 220, 90
patient = random.integers(0, patients, n)
risk = random.normal(size=patients)[patient] + random.normal(size=n)
y = (random.uniform(size=n) < 1 / (1 + np.exp(-2 * risk))).astype(int)
p = np.column_stack([np.round(1 / (1 + np.exp(-(1.5 * risk + random.normal(0, 0.3 + 0.6 * level, n)))), 3) for level in range(6)])
p = np.clip(p, 0.001, 0.999)
np.savetxt(HERE / "robustness.csv", np.column_stack([p, y, patient]), delimiter=",", comments="",
           header="p0,p1,p2,p3,p4,p5,target,patient", fmt=["%.3f"] * 6 + ["%d"] * 2)

METRICS = {"auroc": (metrics.roc_auc_score, 1), "brier": (metrics.brier_score_loss, -1), "log_loss": (metrics.log_loss, -1)}


def losses(name, rows):
    score, sign = METRICS[name]
    found = np.array([score(y[rows], p[rows, level]) for level in range(6)])
    loss = sign * (found[0] - found[1:]) / found[0]
    return found, np.append(loss, loss.mean())


def per_row(name, level):
    q = p[:, level]
    return (q - y) ** 2 if name == "brier" else -np.log(np.where(y == 1, q, 1 - q))


rows = [np.flatnonzero(patient == one) for one in np.unique(patient)]
draws = [np.concatenate([rows[i] for i in random.integers(0, len(rows), len(rows))]) for _ in range(4000)]
with (HERE / "robustness_golden.csv").open("w") as out:
    out.write("metric,level,value,difference_low,difference_high,relative_loss,relative_low,relative_high\n")
    for name in METRICS:
        found, loss = losses(name, np.arange(n))
        low, high = np.percentile([losses(name, drawn)[1] for drawn in draws], [2.5, 97.5], axis=0)
        for level in range(1, 7):  # level 6: the mean over the levels 1 to 5
            a = b = np.nan
            if level < 6 and name != "auroc":
                difference = per_row(name, level) - per_row(name, 0)
                a, b = stats.t.interval(0.95, n - 1, difference.mean(), stats.sem(difference))
            value = found[level] if level < 6 else np.nan
            out.write(f"{name},{level}," + ",".join(repr(float(v)) for v in (value, a, b, loss[level - 1], low[level - 1], high[level - 1])) + "\n")
