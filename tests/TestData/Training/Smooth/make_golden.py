"""Golden values for penalised linear models with smooth terms: the terms by numpy, the fits by scikit-learn. Run with Debian's python3-sklearn; prints golden.json."""
import json
import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge

random = np.random.default_rng(7)
rows = 120
age = np.round(random.normal(60, 10, rows), 1).astype(np.float32)
dose = np.round(random.gamma(2, 2, rows), 2).astype(np.float32)
site = random.integers(1, 4, rows).astype(np.float32)
age[:9] = np.nan
weights = np.round(random.uniform(0.5, 2, rows), 2)
y = np.round(np.sin(dose) + 0.02 * np.nan_to_num(age, nan=60) + 0.5 * (site == 2) + random.normal(0, 0.3, rows), 3)
yes = (y > np.median(y)).astype(int)


def bends(u, known):
    t = np.quantile(known, [0.05, 0.35, 0.65, 0.95])
    cube = lambda a: np.maximum(0, u - a) ** 3
    return [(cube(t[j]) - cube(t[2]) * (t[3] - t[j]) / (t[3] - t[2]) + cube(t[3]) * (t[2] - t[j]) / (t[3] - t[2])) / (t[3] - t[0]) ** 2 for j in range(2)]


columns, later = [], []
for x in (age.astype(float), dose.astype(float)):
    filled = np.where(np.isnan(x), np.nanmedian(x), x)
    u = (filled - filled.mean()) / filled.std()
    columns.append(u)
    later += bends(u, (x[~np.isnan(x)] - filled.mean()) / filled.std())
columns.append(np.isnan(age).astype(float))
columns += later + [(site == level).astype(float) for level in (1, 2, 3)]
terms = np.stack(columns, 1)
terms = (terms - terms.mean(0)) / terms.std(0)
penalty = 0.1
ridge = Ridge(alpha=penalty * weights.sum(), tol=1e-14, solver="cholesky").fit(terms, y, sample_weight=weights)
logistic = LogisticRegression(C=1 / (penalty * rows), solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(terms, yes)
print(json.dumps({
    "x": [None if np.isnan(v) else float(v) for v in np.stack([age, dose, site], 1).ravel()],
    "weights": weights.tolist(), "y": y.tolist(), "yes": yes.tolist(), "penalty": penalty,
    "ridge": ridge.predict(terms).tolist(), "logistic": logistic.decision_function(terms).tolist(),
}))
