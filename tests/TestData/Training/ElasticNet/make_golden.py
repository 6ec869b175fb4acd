"""Writes golden.json: elastic-net logistic regressions of scikit-learn on made samples with more features than samples.

Run: /usr/bin/python3 make_golden.py   (scikit-learn 1.2)
"""
import json
import numpy
from sklearn.linear_model import LogisticRegression

random = numpy.random.RandomState(7)
cases = []
for classes, lasso in ((2, 0.5), (2, 1.0), (3, 0.5)):
    samples, features = 36, 60
    x = random.normal(size=(samples, features))
    x[:, 1] += x[:, 0]
    score = x[:, :3].sum(axis=1) + random.normal(size=samples)
    y = numpy.digitize(score, numpy.quantile(score, numpy.arange(1, classes) / classes))
    x = numpy.round((x - x.mean(axis=0)) / x.std(axis=0), 6)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    for penalty in (0.2, 0.05):
        model = LogisticRegression(
            penalty="elasticnet", solver="saga", l1_ratio=lasso, C=1 / (samples * penalty), tol=1e-10, max_iter=500_000)
        model.fit(x, y)
        cases.append({
            "classes": classes, "lassoShare": lasso, "penalty": penalty,
            "x": [[float(v) for v in row] for row in x], "y": [int(v) for v in y],
            "probabilities": [[float(v) for v in row] for row in model.predict_proba(x)],
            "weights": [[float(v) for v in row] for row in model.coef_],
        })

with open("golden.json", "w") as file:
    json.dump(cases, file)
    file.write("\n")
