"""Golden values for logistic regression: scikit-learn on made-up data. Run with Debian's python3-sklearn; prints logistic.json."""
import json
import numpy as np
from sklearn.linear_model import LogisticRegression

random = np.random.default_rng(11)
x = np.round(random.normal(size=(60, 4)), 3)
z = x @ [1.2, -0.8, 0, 0.5] + 0.3
y = (random.uniform(size=60) < 1 / (1 + np.exp(-z))).astype(int)
three = np.digitize(z + random.logistic(size=60), [-0.7, 1.0])
cases = []
for penalty in (0.1, 1.0, 10.0):
    model = LogisticRegression(C=1 / penalty, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
    several = LogisticRegression(C=1 / penalty, solver="newton-cg", tol=1e-12, max_iter=10000, multi_class="multinomial").fit(x, three)
    cases.append({
        "penalty": penalty,
        "binary": model.predict_proba(x)[:, 1].tolist(),
        "weights": model.coef_[0].tolist(),
        "intercept": float(model.intercept_[0]),
        "several": several.predict_proba(x).ravel().tolist(),
    })
print(json.dumps({"x": x.ravel().tolist(), "y": y.tolist(), "three": three.tolist(), "cases": cases}))
