"""Makes the prediction files beside this script and the figures that MedTune.Evaluation must reproduce.

Nothing here is shared with the code under test: metrics come from scikit-learn, regressions and proportions from statsmodels,
distributions from scipy, DeLong from the definition over all pairs. Run by hand: /usr/bin/python3 make_golden.py
(Debian: python3-sklearn 1.2.1, python3-scipy 1.10.1, python3-statsmodels 0.13.5, python3-numpy 1.24.2).
"""
import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import optimize, stats
from sklearn import metrics
from statsmodels.nonparametric.smoothers_lowess import lowess
from statsmodels.stats.proportion import proportion_confint

HERE = pathlib.Path(__file__).parent
Z = stats.norm.ppf(0.975)


def pairs(p, y):
    """Structural components over all pairs, as in DeLong et al. 1988, equations 3 and 4."""
    a, b = p[y == 1], p[y == 0]
    psi = (a[:, None] > b[None, :]) + 0.5 * (a[:, None] == b[None, :])
    return psi.mean(), psi.mean(axis=1), psi.mean(axis=0)


def delong(p, y):
    area, v10, v01 = pairs(p, y)
    variance = v10.var(ddof=1) / len(v10) + v01.var(ddof=1) / len(v01)
    logit, half = np.log(area / (1 - area)), Z * np.sqrt(variance) / (area * (1 - area))
    return area, variance, 1 / (1 + np.exp(-(logit - half))), 1 / (1 + np.exp(-(logit + half)))


def newcombe(area, m, n):
    """Method 5 of Newcombe 2006."""
    star = (m + n) / 2 - 1

    def gap(t):
        v = t * (1 - t) * (1 + star * (1 - t) / (2 - t) + star * t / (1 + t)) / (m * n)
        return abs(area - t) - Z * np.sqrt(v)

    low = optimize.brentq(gap, 1e-12, area - 1e-9) if area > 0 else 0.0
    high = optimize.brentq(gap, area + 1e-9, 1 - 1e-12) if area < 1 else 1.0
    return low, high


def t_interval(values):
    half = stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return values.mean(), values.mean() - half, values.mean() + half


def fold_interval(values):
    k = len(values)
    error = np.sqrt((1 / k + 1 / (k - 1)) * values.var(ddof=1))
    half = stats.t.ppf(0.975, k - 1) * error
    return values.mean(), values.mean() - half, values.mean() + half, error


def wilson(count, total):
    low, high = proportion_confint(count, total, method="wilson")
    return count / total, low, high


def recovered(parts):
    """Zou and Donner 2008: a mean of proportions from their Wilson intervals."""
    rows = [wilson(a, n) for a, n in parts]
    mean = np.mean([r[0] for r in rows])
    below = np.sqrt(sum((r[0] - r[1]) ** 2 for r in rows)) / len(rows)
    above = np.sqrt(sum((r[2] - r[0]) ** 2 for r in rows)) / len(rows)
    return mean, max(0, mean - below), min(1, mean + above)


def ratio(a, m, b, n):
    value = (a / m) / (b / n)
    error = np.sqrt(1 / a - 1 / m + 1 / b - 1 / n)
    return value, value * np.exp(-Z * error), value * np.exp(Z * error)


def ece(p, y):
    """Ten groups of equal size; the files' rounding makes ties, and a tie goes whole to the group of its middle."""
    order = np.argsort(p, kind="stable")
    p, y = p[order], y[order]
    total = 0.0
    group = np.empty(len(p), int)
    for value in np.unique(p):
        where = np.flatnonzero(p == value)
        group[where] = int(10 * (where[0] + where[-1] + 1) / (2 * len(p)))
    for g in np.unique(group):
        total += abs(p[group == g].sum() - y[group == g].sum())
    return total / len(p)


def binary():
    rng = np.random.default_rng(20261121)
    n = 200
    risk = rng.normal(-0.4, 1.4, n)
    y = (rng.uniform(size=n) < 1 / (1 + np.exp(-risk))).astype(int)
    p = np.round(1 / (1 + np.exp(-(0.3 + 1.3 * risk + rng.normal(0, 0.5, n)))), 3)
    q = np.round(1 / (1 + np.exp(-(0.8 * risk + rng.normal(0, 0.9, n)))), 3)
    fold = rng.permutation(np.arange(n) % 5)
    group = rng.integers(0, 90, n)
    np.savetxt(HERE / "binary.csv", np.column_stack([p, q, y, fold, group]), delimiter=",", comments="",
               header="p,q,target,fold,group", fmt=["%.3f", "%.3f", "%d", "%d", "%d"])

    d = (p >= 0.4).astype(int)
    tn, fp, fn, tp = metrics.confusion_matrix(y, d).ravel()
    out = {}
    out["confusion"] = [int(tp), int(fp), int(tn), int(fn)]
    out["accuracy"] = wilson(tp + tn, n)
    out["precision"] = wilson(tp, tp + fp)
    out["recall"] = wilson(tp, tp + fn)
    out["specificity"] = wilson(tn, tn + fp)
    out["npv"] = wilson(tn, tn + fn)
    out["prevalence"] = wilson(tp + fn, n)
    out["balanced_accuracy"] = recovered([(tp, tp + fn), (tn, tn + fp)])
    assert np.isclose(out["balanced_accuracy"][0], metrics.balanced_accuracy_score(y, d))
    _, low, high = wilson(tp, tp + fp + fn)
    out["f1"] = [metrics.f1_score(y, d), 2 * low / (1 + low), 2 * high / (1 + high)]
    out["mcc"] = [metrics.matthews_corrcoef(y, d)]
    out["likelihood_ratio_positive"] = ratio(tp, tp + fn, fp, fp + tn)
    out["likelihood_ratio_negative"] = ratio(fn, tp + fn, tn, fp + tn)

    area, variance, low, high = delong(p, y)
    assert np.isclose(area, metrics.roc_auc_score(y, p))
    out["auroc"] = [area, low, high]
    out["auroc_variance"] = [variance]
    folds = np.array([metrics.roc_auc_score(y[fold == f], p[fold == f]) for f in range(5)])
    out["auroc_fold_mean"] = fold_interval(folds)[:3]
    out["average_precision"] = [metrics.average_precision_score(y, p)]
    losses = -np.log(np.where(y == 1, p, 1 - p))
    out["log_loss"] = t_interval(losses)
    assert np.isclose(losses.mean(), metrics.log_loss(y, p))
    squares = (p - y) ** 2
    out["brier"] = t_interval(squares)
    assert np.isclose(squares.mean(), metrics.brier_score_loss(y, p))
    out["scaled_brier"] = [1 - squares.mean() / (y.mean() * (1 - y.mean()))]
    _, low, high = out["prevalence"]
    out["observed_expected_ratio"] = [y.sum() / p.sum(), low / p.mean(), high / p.mean()]
    out["ece"] = [ece(p, y)]

    logit = np.log(p / (1 - p))
    family = sm.families.Binomial()
    fit = sm.GLM(y, np.ones((n, 1)), family=family, offset=logit).fit(tol=1e-14)
    out["calibration_intercept"] = [fit.params[0], *fit.conf_int()[0]]
    fit = sm.GLM(y, sm.add_constant(logit), family=family).fit(tol=1e-14)
    out["calibration_slope"] = [fit.params[1], *fit.conf_int()[1]]

    # Paired comparison: q minus p.
    area_p, v10_p, v01_p = pairs(p, y)
    area_q, v10_q, v01_q = pairs(q, y)
    s10, s01 = np.cov(v10_p, v10_q), np.cov(v01_p, v01_q)
    s = s10 / len(v10_p) + s01 / len(v01_p)
    error = np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
    difference = area_q - area_p
    out["paired_auroc"] = [difference, difference - Z * error, difference + Z * error, 2 * stats.norm.sf(abs(difference / error))]
    other = -np.log(np.where(y == 1, q, 1 - q))
    out["paired_log_loss"] = [*t_interval(other - losses), stats.ttest_rel(other, losses).pvalue]
    out["paired_brier"] = [*t_interval((q - y) ** 2 - squares), stats.ttest_rel((q - y) ** 2, squares).pvalue]
    by_fold = np.array([(other - losses)[fold == f].mean() for f in range(5)])
    out["paired_log_loss_folds"] = [*by_fold, *fold_interval(by_fold)]

    fpr, tpr, thresholds = metrics.roc_curve(y, p)
    best = np.argmax(tpr - fpr)
    out["youden"] = [(tpr - fpr)[best], thresholds[best]]
    out["roc_points"] = [[a, b] for a, b in zip(fpr, tpr)]
    grid = np.linspace(p.min(), p.max(), 51)
    out["loess"] = list(lowess(y, p, frac=0.75, it=0, delta=0, xvals=grid, is_sorted=False))
    return out


def multiclass():
    rng = np.random.default_rng(7)
    n, k = 150, 4
    y = rng.choice(k, n, p=[0.4, 0.3, 0.2, 0.1])
    score = rng.normal(0, 1, (n, k))
    score[np.arange(n), y] += 1.5
    p = np.exp(score) / np.exp(score).sum(axis=1, keepdims=True)
    p = np.round(p, 3)
    p[:, -1] = np.round(1 - p[:, :-1].sum(axis=1), 3)
    p = np.maximum(p, 0)
    group = rng.integers(0, 70, n)
    np.savetxt(HERE / "multiclass.csv", np.column_stack([p, y, group]), delimiter=",", comments="",
               header="p0,p1,p2,p3,target,group", fmt=["%.3f"] * 4 + ["%d"] * 2)

    d = p.argmax(axis=1)
    counts = metrics.confusion_matrix(y, d)
    out = {"confusion": counts.ravel().tolist()}
    out["accuracy"] = wilson((y == d).sum(), n)
    recalls = [(counts[c, c], counts[c].sum()) for c in range(k)]
    out["balanced_accuracy"] = recovered(recalls)
    out["macro_recall"] = recovered(recalls)
    out["macro_precision"] = [metrics.precision_score(y, d, average="macro")]
    out["macro_f1"] = [metrics.f1_score(y, d, average="macro")]
    out["mcc"] = [metrics.matthews_corrcoef(y, d)]
    out["macro_specificity"] = [np.mean([metrics.recall_score(y != c, d != c) for c in range(k)])]
    losses = -np.log(np.maximum(p[np.arange(n), y], np.finfo(float).eps))
    out["log_loss"] = t_interval(losses)
    out["brier"] = t_interval(((p - np.eye(k)[y]) ** 2).sum(axis=1))

    areas, moves = [], np.zeros(n)
    for c in range(k):
        one = (y == c).astype(int)
        area, v10, v01 = pairs(p[:, c], one)
        assert np.isclose(area, metrics.roc_auc_score(one, p[:, c]))
        areas.append(area)
        moves[one == 1] += (v10 - area) / (one == 1).sum()
        moves[one == 0] += (v01 - area) / (one == 0).sum()
    mean, error = np.mean(areas), np.sqrt((moves ** 2).sum()) / k
    logit, half = np.log(mean / (1 - mean)), Z * error / (mean * (1 - mean))
    out["macro_auroc"] = [mean, 1 / (1 + np.exp(-(logit - half))), 1 / (1 + np.exp(-(logit + half)))]
    out["class_auroc"] = [list(delong(p[:, c], (y == c).astype(int)))[i] for c in range(k) for i in (0, 2, 3)]
    out["class_average_precision"] = [metrics.average_precision_score(y == c, p[:, c]) for c in range(k)]
    return out


def distributions():
    points = [1e-10, 1e-4, 0.01, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]
    shapes = [(0.5, 0.5), (1, 20), (15, 134), (81, 183), (2000, 98000), (3.5, 2)]
    return {
        "normal_quantile": [[x, stats.norm.ppf(x)] for x in points],
        "student_quantile": [[x, v, stats.t.ppf(x, v)] for x in points for v in (1, 2, 4, 9, 30, 500)],
        "student_cumulative": [[x, v, stats.t.cdf(x, v)] for x in (-3.1, -0.2, 0.7, 2.5) for v in (1, 4, 30)],
        "beta_quantile": [[x, a, b, stats.beta.ppf(x, a, b)] for x in points[1:] for a, b in shapes],
        "beta_cumulative": [[x, a, b, stats.beta.cdf(x, a, b)] for x in (0.01, 0.1, 0.31, 0.5, 0.9) for a, b in shapes],
        "clopper_pearson": [[k, n, *proportion_confint(k, n, method="beta")] for k, n in ((3, 17), (50, 51), (900, 100000))],
        "newcombe": [[a, m, n, *newcombe(a, m, n)] for a, m, n in ((1.0, 10, 15), (0.8, 20, 30), (0.55, 8, 100), (1.0, 1, 5))],
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(inner) for inner in value]
    return int(value) if isinstance(value, (int, np.integer)) else float(value)


golden = {"binary": binary(), "multiclass": multiclass(), "distributions": distributions()}
text = ",\n".join(
    f' "{part}": {{\n' + ",\n".join(f'  "{name}": {json.dumps(values)}' for name, values in plain(figures).items()) + "\n }"
    for part, figures in golden.items())
(HERE / "golden.json").write_text("{\n" + text + "\n}\n")
