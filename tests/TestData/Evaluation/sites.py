"""Makes sites.csv (made-up predictions at five sites) and sites_golden.csv: the figures of each site and their random-effects summary.

Run by hand: /usr/bin/python3 sites.py (Debian: python3-numpy 1.24.2, python3-scipy 1.10.1). Nothing is shared with the code under test: areas
and their variance are counted pair by pair, fits and the restricted likelihood are maximised by scipy's general optimisers.
"""
import csv
import pathlib

import numpy as np
from scipy import optimize, stats

HERE = pathlib.Path(__file__).parent
Z = stats.norm.ppf(0.975)


def make():
    random = np.random.default_rng(11)
    rows = []
    for site, (n, shift, slope) in {"east": (60, 0.0, 1.0), "north": (120, 0.8, 0.7), "river": (45, -0.5, 1.2), "south": (200, 0.2, 1.0), "west": (80, -1.0, 0.5)}.items():
        logit = random.normal(-0.3, 1.3, n)
        p = np.round(1 / (1 + np.exp(-logit)), 2).clip(0.01, 0.99)
        y = random.random(n) < 1 / (1 + np.exp(-(shift + slope * logit)))
        rows += [(site, float(p[i]), int(y[i])) for i in range(n)]
    return rows


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def logit(p):
    return np.log(p / (1 - p))


def loss(p, y):
    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))


def area(p, y):
    above = p[y == 1][:, None] - p[y == 0][None, :]
    wins = (above > 0) + 0.5 * (above == 0)
    variance = np.var(wins.mean(1), ddof=1) / wins.shape[0] + np.var(wins.mean(0), ddof=1) / wins.shape[1]
    a = wins.mean()
    return a, np.sqrt(variance) / (a * (1 - a))


def cox(p, y):
    x = logit(p)

    def minus(b):
        eta = b[0] + b[1] * x
        return np.sum(np.logaddexp(0, eta) - y * eta)

    b = optimize.minimize(minus, [0, 1], method="BFGS", options={"gtol": 1e-10}).x
    q = sigmoid(b[0] + b[1] * x)
    design = np.stack([np.ones_like(x), x], 1)
    covariance = np.linalg.inv(design.T @ (design * (q * (1 - q))[:, None]))
    return b[1], np.sqrt(covariance[1, 1])


def intercept(x, y):
    return optimize.brentq(lambda a: np.sum(y - sigmoid(a + x)), -30, 30, xtol=1e-13)


def left_out(p, y):
    """The log-loss with an intercept fitted again, to the end, without each row."""
    x = logit(p)
    everything = np.arange(len(y))
    return loss(np.array([sigmoid(x[i] + intercept(x[everything != i], y[everything != i])) for i in everything]), y)


def ratio(p, y):
    n, share, e = len(y), y.mean(), p.mean()
    center = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    low, high = (center - half) / e, (center + half) / e
    return share / e, (np.log(high) - np.log(low)) / (2 * Z)


def pooled(y, se):
    y, v = np.array(y), np.array(se) ** 2
    k = len(y)

    def minus(log_tau2):
        w = 1 / (v + np.exp(log_tau2))
        mu = np.sum(w * y) / np.sum(w)
        return 0.5 * (np.sum(np.log(1 / w)) + np.log(np.sum(w)) + np.sum(w * (y - mu) ** 2))

    found = optimize.minimize_scalar(minus, bounds=(-40, 10), method="bounded", options={"xatol": 1e-12, "maxiter": 1000})
    tau2 = np.exp(found.x) if np.exp(found.x) > 1e-9 else 0.0
    w = 1 / (v + tau2)
    mu = np.sum(w * y) / np.sum(w)
    se2 = max(1, np.sum(w * (y - mu) ** 2) / (k - 1)) / np.sum(w)
    half = stats.t.ppf(0.975, k - 1) * np.sqrt(se2)
    reach = stats.t.ppf(0.975, k - 2) * np.sqrt(tau2 + se2)
    return [mu, mu - half, mu + half, mu - reach, mu + reach], np.sqrt(tau2)


def main():
    rows = make()
    with (HERE / "sites.csv").open("w") as out:
        out.write("site,p,y\n")
        for row in rows:
            out.write(",".join(str(v) for v in row) + "\n")

    figures = {}
    with (HERE / "sites_golden.csv").open("w") as out:
        out.write("what,figure,values\n")

        def write(what, figure, values):
            out.write(f"{what},{figure},{' '.join(repr(float(v)) for v in values)}\n")

        for site in sorted({row[0] for row in rows}):
            p = np.array([row[1] for row in rows if row[0] == site])
            y = np.array([row[2] for row in rows if row[0] == site])
            a, a_error = area(p, y)
            slope, slope_error = cox(p, y)
            oe, oe_error = ratio(p, y)
            figures[site] = (logit(a), a_error, slope, slope_error, np.log(oe), oe_error)
            for figure, values in {
                "auroc": (a, sigmoid(logit(a) - Z * a_error), sigmoid(logit(a) + Z * a_error)),
                "log_loss": (loss(p, y),),
                "brier": (np.mean((p - y) ** 2),),
                "calibration_slope": (slope, slope - Z * slope_error, slope + Z * slope_error),
                "observed_expected_ratio": (oe,),
                "log_loss_new_intercept": (left_out(p, y),),
            }.items():
                write(site, figure, values)

        for place, (figure, back) in enumerate([("auroc", sigmoid), ("calibration_slope", lambda x: x), ("observed_expected_ratio", np.exp)]):
            values, tau = pooled([f[2 * place] for f in figures.values()], [f[2 * place + 1] for f in figures.values()])
            write("summary", figure, [back(v) for v in values] + [tau])


main()
