"""Makes multilabel.csv (made-up pictures with five findings, one of which none has) and multilabel_golden.csv, its figures by scikit-learn.

Intervals: numpy's own patient bootstrap with 4000 resamples, to be met within its noise; Wilson by statsmodels, t by scipy.
Run by hand: /usr/bin/python3 multilabel.py (Debian: python3-sklearn 1.2.1, python3-numpy 1.24.2, python3-scipy 1.10.1, python3-statsmodels 0.13.5).
"""
import pathlib

import numpy as np
from scipy import stats
from sklearn import metrics
from statsmodels.stats.proportion import proportion_confint

HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(77)
n, patients = 240, 110
patient = random.integers(0, patients, n)
ill = random.normal(size=patients)[patient]
risk = ill[:, None] * 0.7 + random.normal(size=(n, 5)) + np.array([-0.3, -0.9, -1.4, 0.4, -3.0])
y = (random.uniform(size=(n, 5)) < 1 / (1 + np.exp(-1.5 * risk))).astype(int)
y[:, 4] = 0
p = np.round(1 / (1 + np.exp(-(risk + random.normal(0, 1, (n, 5))))), 3)
thresholds = np.array([0.5, 0.4, 0.3, 0.6, 0.5])
np.savetxt(HERE / "multilabel.csv", np.column_stack([p, y, patient]), delimiter=",", comments="",
           header="p0,p1,p2,p3,p4,y0,y1,y2,y3,y4,patient", fmt=["%.3f"] * 5 + ["%d"] * 6)


def figures(p, y):
    d = (p >= thresholds).astype(int)
    some = [k for k in range(5) if 0 < y[:, k].sum() < len(y)]
    return {
        "macro_auroc": np.mean([metrics.roc_auc_score(y[:, k], p[:, k]) for k in some]),
        "macro_average_precision": np.mean([metrics.average_precision_score(y[:, k], p[:, k]) for k in some]),
        "macro_f1": np.mean([metrics.f1_score(y[:, k], d[:, k]) for k in some]),
        "micro_auroc": metrics.roc_auc_score(y.ravel(), p.ravel()),
        "micro_average_precision": metrics.average_precision_score(y.ravel(), p.ravel()),
        "micro_f1": metrics.f1_score(y, d, average="micro"),
        "exact_match": metrics.accuracy_score(y, d),
        "hamming_loss": metrics.hamming_loss(y, d),
    }


value = figures(p, y)
rows = [np.flatnonzero(patient == one) for one in np.unique(patient)]
draws = []
for _ in range(4000):
    drawn = np.concatenate([rows[i] for i in random.integers(0, len(rows), len(rows))])
    draws.append(figures(p[drawn], y[drawn]))
d = (p >= thresholds).astype(int)
wrong = (d != y).mean(axis=1)
half = stats.t.ppf(0.975, n - 1) * wrong.std(ddof=1) / np.sqrt(n)
plain = {"exact_match": proportion_confint((wrong == 0).sum(), n, method="wilson"), "hamming_loss": (wrong.mean() - half, wrong.mean() + half)}
with (HERE / "multilabel_golden.csv").open("w") as out:
    out.write("metric,value,patient_low,patient_high,row_low,row_high\n")
    for name, found in value.items():
        low, high = np.percentile([draw[name] for draw in draws], [2.5, 97.5])
        a, b = plain.get(name, (np.nan, np.nan))
        out.write(name + "," + ",".join(repr(float(v)) for v in (found, low, high, a, b)) + "\n")
