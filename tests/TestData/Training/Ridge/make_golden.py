"""Writes golden.json: logistic regressions with a ridge penalty of scikit-learn, with more features than samples and with fewer.

Run: /usr/bin/python3 make_golden.py   (scikit-learn 1.2)
"""
import json
import numpy
from sklearn.linear_model import LogisticRegression

random = numpy.random.RandomState(11)
cases = []
for classes, samples, features in ((2, 30, 80), (3, 36, 70), (2, 60, 12), (4, 80, 10)):
    x = random.normal(size=(samples, features))
    score = x[:, :3].sum(axis=1) + random.normal(size=samples)
    y = numpy.digitize(score, numpy.quantile(score, numpy.arange(1, classes) / classes))
    x = numpy.round(x, 6)
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    for penalty in (1.0, 0.03, 0.001):
        # The penalty is a share of the mean squared length of a sample, which is the number of features.
        model = LogisticRegression(solver="newton-cg", C=1 / (samples * penalty * features), tol=1e-10, max_iter=100_000)
        model.fit(z, y)
        cases.append({
            "classes": classes, "penalty": penalty,
            "x": [[float(v) for v in row] for row in x], "y": [int(v) for v in y],
            "probabilities": [[float(v) for v in row] for row in model.predict_proba(z)],
            "weights": [[float(v) for v in row] for row in model.coef_],
        })

with open("golden.json", "w") as file:
    json.dump(cases, file)
    file.write("\n")
