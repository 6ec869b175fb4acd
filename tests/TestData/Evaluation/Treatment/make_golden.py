"""Makes rows.csv (made-up patients of three arms) and golden.json: the figures of treatment selection by their definitions.

Run by hand: /usr/bin/python3 make_golden.py (Debian: python3-numpy 1.24.2, python3-scipy 1.10.1, python3-statsmodels 0.13.5). Nothing is shared with
the code under test: figures are computed from the definitions by plain loops, by statsmodels or by brute force.
"""
import itertools
import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.duration.survfunc import SurvfuncRight

HERE = pathlib.Path(__file__).parent
N, ARMS, FLOOR = 240, 3, 0.12
GOLDEN = {}


def make():
    random = np.random.default_rng(7)
    age = np.round(random.normal(60, 12, N))
    marker = np.round(random.normal(0, 1, N), 2)
    sex = random.integers(0, 2, N)
    logits = np.stack([np.zeros(N), 0.5 * marker, -0.4 + 0.9 * (age - 60) / 12], 1)
    e = np.exp(logits)
    e = np.round(e / e.sum(1, keepdims=True), 4)
    e[:, 0] = np.round(1 - e[:, 1] - e[:, 2], 4)
    w = np.array([random.choice(3, p=row / row.sum()) for row in e])
    mu = np.round(np.stack([50 + 0.1 * age, 51 + 0.1 * age + marker, 49 + 0.12 * age], 1), 3)
    y = np.round(mu[np.arange(N), w] + 0.7 * (w == 1) + random.normal(0, 3, N), 3)
    tau = np.round(mu[:, 1] - mu[:, 0] + random.normal(0, 0.5, N), 1)
    patient = random.integers(0, 150, N)
    dose = np.where(random.random(N) < 0.1, np.nan, np.round(random.normal(5, 2, N), 1))
    time = np.round(random.exponential(8, N) + 0.1, 1)
    event = (random.random(N) < 0.6).astype(int)
    return dict(y=y, w=w, e0=e[:, 0], e1=e[:, 1], e2=e[:, 2], m0=mu[:, 0], m1=mu[:, 1], m2=mu[:, 2], tau=tau, patient=patient, age=age, marker=marker, sex=sex, dose=dose,
                time=time, event=event)


def put(name, values):
    GOLDEN[name] = [float(v) for v in np.atleast_1d(values)]


def clustered(influence, patient):
    sums = [influence[patient == p].sum() for p in np.unique(patient)]
    g = len(sums)
    return np.sqrt(g / (g - 1) * np.sum(np.square(sums))), g


def with_interval(value, error, degrees):
    half = stats.t.ppf(0.975, degrees) * error
    return [value, error, value - half, value + half, 2 * stats.t.sf(abs(value / error), degrees), stats.t.sf(value / error, degrees)]


def toc_areas(scores, priorities):
    """AUTOC and Qini by their definition, row by row; rows of equal priority share their mean score."""
    order = np.argsort(-priorities, kind="stable")
    s, p = scores[order].astype(float), priorities[order]
    for value in np.unique(p):
        s[p == value] = s[p == value].mean()
    n = len(s)
    toc = np.array([s[:j].mean() - s.mean() for j in range(1, n + 1)])
    return toc.mean(), np.mean(toc * np.arange(1, n + 1) / n), toc


def effects(d, e, mu):
    received = np.arange(N), d["w"]
    gamma = mu.copy()
    gamma[received] += (d["y"] - mu[received]) / np.maximum(FLOOR, e[received])
    put("clipping", np.concatenate([(e < FLOOR).sum(0), [((e[:, k] < FLOOR) & (d["w"] == k)).sum() for k in range(3)],
                                    [(e < FLOOR).any(1).sum(), len(np.unique(d["patient"][(e < FLOOR).any(1)]))]]))
    psi = gamma[:, 1] - gamma[:, 0]

    # The mean as a regression on a constant, with statsmodels' own clustered errors.
    fit = sm.OLS(psi, np.ones(N)).fit(cov_type="cluster", cov_kwds={"groups": d["patient"]}, use_t=True)
    put("average", with_interval(fit.params[0], fit.bse[0], len(np.unique(d["patient"])) - 1))
    put("average_rows", with_interval(psi.mean(), psi.std(ddof=1) / np.sqrt(N), N - 1))
    weights = 1 + (d["age"] > 60)
    mean = np.average(psi, weights=weights)
    error, g = clustered(weights * (psi - mean) / weights.sum(), d["patient"])
    put("average_weighted", with_interval(mean, error, g - 1))
    put("effective_sample_size", weights.sum() ** 2 / np.sum(weights ** 2))

    h = 1 / (1 / e).sum(1)
    x = h * (mu[:, 1] - mu[:, 0]) + h * (d["w"] == 1) / e[:, 1] * (d["y"] - mu[:, 1]) - h * (d["w"] == 0) / e[:, 0] * (d["y"] - mu[:, 0])
    ato = x.sum() / h.sum()
    error, g = clustered((x - ato * h) / h.sum(), d["patient"])
    put("overlap_weighted", with_interval(ato, error, g - 1))
    welch = stats.ttest_ind(d["y"][d["w"] == 1], d["y"][d["w"] == 0], equal_var=False)
    difference = d["y"][d["w"] == 1].mean() - d["y"][d["w"] == 0].mean()
    put("difference_of_means", [difference, difference / welch.statistic])
    thetas, errors = np.array([1.0, 1.4, 0.9, 1.1]), np.array([0.3, 0.35, 0.28, 0.31])
    median = np.median(thetas)
    put("combined", [median, np.sqrt(np.median(errors ** 2 + (thetas - median) ** 2))])
    above, below = gamma[:, 1].mean(), gamma[:, 0].mean()
    error, _ = clustered((gamma[:, 1] / above - gamma[:, 0] / below) / N, d["patient"])
    put("ratio", [above / below, above / below * np.exp(-stats.norm.ppf(0.975) * error), above / below * np.exp(stats.norm.ppf(0.975) * error)])
    return gamma, psi


def balance(d, e):
    w, lines = d["w"], []
    inverse = 1 / np.maximum(0.02, e[np.arange(N), w])
    for x, share in [(d["age"], False), ((d["sex"] == 0).astype(float), True), ((d["sex"] == 1).astype(float), True), (d["dose"], False), (np.isnan(d["dose"]).astype(float), True)]:
        known = ~np.isnan(x)
        means = [x[known & (w == k)].mean() for k in range(3)]
        weighted = [np.average(x[known & (w == k)], weights=inverse[known & (w == k)]) for k in range(3)]
        variances = [m * (1 - m) if share else x[known & (w == k)].var(ddof=1) for k, m in enumerate(means)]
        for mean in (means, weighted):
            d_of = {(a, b): (mean[a] - mean[b]) / np.sqrt((variances[a] + variances[b]) / 2) for a in range(3) for b in range(3)}
            lines += mean + [d_of[1, 0], d_of[2, 0], max(abs(v) for v in d_of.values())]
    put("balance", lines)
    put("effective_rows", [inverse[w == k].sum() ** 2 / np.sum(inverse[w == k] ** 2) for k in range(3)])
    outside = (e < 0.15).any(1)
    put("overlap", [outside.sum(), len(np.unique(d["patient"][outside]))] + [(e[:, k] < 0.15).sum() for k in range(3)] + [(outside & (w == k)).sum() for k in range(3)])
    put("histogram", np.concatenate([np.histogram(e[w == r, k], bins=20, range=(0, 1))[0] for k in range(3) for r in range(3)]))


def ranking(d, psi):
    random = np.random.default_rng(3)
    autoc, qini, toc = toc_areas(psi, d["tau"])
    patients = np.unique(d["patient"])
    halves = []
    for _ in range(4000):
        chosen = np.isin(d["patient"], random.choice(patients, len(patients) // 2, replace=False))
        halves.append(toc_areas(psi[chosen], d["tau"][chosen])[:2])
    half = len(patients) // 2
    errors = np.sqrt(half / (len(patients) - half)) * np.std(halves, axis=0, ddof=1)
    put("ranking", [autoc, qini, errors[0], errors[1]])
    put("toc", [toc[N * step // 20 - 1] for step in range(1, 21)])


def benefit(d, e, mu, psi):
    tau, patient = d["tau"], d["patient"]
    order = np.argsort(tau, kind="stable")
    ranks = stats.rankdata(tau, "min") - 1, stats.rankdata(tau, "max")
    group = (5 * (ranks[0] + ranks[1]) // (2 * N)).astype(int)
    rows = []
    for k in range(5):
        own = group == k
        error, g = clustered((psi[own] - psi[own].mean()) / own.sum(), patient[own])
        rows += [own.sum(), g, tau[own].min(), tau[own].max(), tau[own].mean(), psi[own].mean(), error]
    put("groups", rows)
    top, bottom = group == 4, group == 0
    influence = np.where(top, (psi - psi[top].mean()) / top.sum(), 0) - np.where(bottom, (psi - psi[bottom].mean()) / bottom.sum(), 0)
    error, g = clustered(influence, patient)
    put("highest_minus_lowest", with_interval(psi[top].mean() - psi[bottom].mean(), error, g - 1))

    fit = sm.OLS(psi, sm.add_constant(tau)).fit(cov_type="cluster", cov_kwds={"groups": patient})
    put("calibration", [fit.params[0], fit.bse[0], fit.params[1], fit.bse[1]])
    fit = sm.OLS(psi, sm.add_constant(tau)).fit(cov_type="HC1")
    put("calibration_rows", [fit.params[0], fit.bse[0], fit.params[1], fit.bse[1]])

    two = d["w"] < 2
    share = e[two, 1] / (e[two, 0] + e[two, 1])
    residual = d["y"][two] - share * mu[two, 1] - (1 - share) * mu[two, 0]
    surprise = d["w"][two] - share
    mean = tau[two].mean()
    fit = sm.OLS(residual, np.stack([surprise * mean, surprise * (tau[two] - mean)], 1)).fit(cov_type="cluster", cov_kwds={"groups": patient[two]})
    put("calibration_test", [fit.params[0], fit.bse[0], fit.params[1], fit.bse[1]])

    # Concordance of pairs, counted pair by pair, for arms of equal size: no row is left out at random.
    treated, control = np.flatnonzero(d["w"] == 1), np.flatnonzero(d["w"] == 0)
    m = min(len(treated), len(control))
    treated, control = treated[:m], control[:m]
    treated, control = (rows[np.lexsort((d["y"][rows], tau[rows]))] for rows in (treated, control))
    predicted, observed = (tau[treated] + tau[control]) / 2, d["y"][treated] - d["y"][control]
    wins = total = 0.0
    for i, j in itertools.combinations(range(m), 2):
        if observed[i] != observed[j]:
            total += 1
            product = (predicted[i] - predicted[j]) * (observed[i] - observed[j])
            wins += 1 if product > 0 else 0.5 if product == 0 else 0
    put("c_for_benefit", [wins / total, m])


def policy(d, gamma):
    chosen = np.where(d["marker"] > 0, 1, np.where(d["age"] > 65, 2, 0))
    own = gamma[np.arange(N), chosen]
    shares = np.array([(chosen == k).mean() for k in range(3)])
    means = gamma.mean(0)
    rows = [own.mean(), clustered((own - own.mean()) / N, d["patient"])[0]]
    for k in range(3):
        difference = own - gamma[:, k]
        rows += [means[k], difference.mean(), clustered((difference - difference.mean()) / N, d["patient"])[0]]
    random = (shares * means).sum()

    # The error at random by leaving patients out one by one (jackknife): close to, not equal to, the influences.
    patients, left = np.unique(d["patient"]), []
    for p in patients:
        keep = d["patient"] != p
        part = np.array([(chosen[keep] == k).mean() for k in range(3)])
        left.append(own[keep].mean() - (part * gamma[keep].mean(0)).sum())
    g = len(patients)
    rows += [random, own.mean() - random, np.sqrt((g - 1) / g * np.sum((left - np.mean(left)) ** 2))]
    put("policy", rows)
    put("policy_shares", shares)

    # The best tree of depth two by trying all of them on 60 rows and three columns.
    few = slice(0, 60)
    columns = [d["age"][few], d["sex"][few].astype(float), d["marker"][few]]
    scores = gamma[few]

    def best_leaf(rows):
        return scores[rows].sum(0).max()

    def best_stump(rows):
        best = best_leaf(rows)
        for x in columns:
            for t in np.unique(x[rows])[:-1]:
                low, high = rows[x[rows] <= t], rows[x[rows] > t]
                if len(low) >= 5 and len(high) >= 5:
                    best = max(best, best_leaf(low) + best_leaf(high))
        return best

    everyone = np.arange(60)
    deep = best_stump(everyone)
    for x in columns:
        for t in np.unique(x)[:-1]:
            low, high = everyone[x <= t], everyone[x > t]
            if len(low) >= 5 and len(high) >= 5:
                deep = max(deep, best_stump(low) + best_stump(high))
    put("tree", [best_leaf(everyone) / 60, best_stump(everyone) / 60, deep / 60])


def survival(d):
    horizon, rows = 10.0, []
    for k in range(3):
        own = d["w"] == k
        time, event = d["time"][own], d["event"][own]
        curve = SurvfuncRight(np.minimum(time, horizon), np.where(time >= horizon, 0, event))
        times, probabilities = np.concatenate([[0], curve.surv_times, [horizon]]), np.concatenate([[1], curve.surv_prob])
        rows.append(np.sum(np.diff(times) * probabilities))

    put("restricted_means", rows)

    # Pseudo-outcomes of the first arm by the definition, a step function of every row.
    own = d["w"] == 0
    time, event = d["time"][own], d["event"][own]
    grid = np.unique(time[time < horizon])
    followed, survive, before, after, s_after, hazards = 1.0, 1.0, {}, {}, {}, {}
    for t in grid:
        at_risk, dead, lost = (time >= t).sum(), ((time == t) & (event == 1)).sum(), ((time == t) & (event == 0)).sum()
        before[t], survive = followed, survive * (1 - dead / at_risk)
        hazards[t] = lost / (at_risk - dead) if lost else 0.0
        followed *= 1 - hazards[t]
        after[t], s_after[t] = followed, survive

    def rest(u):
        edges = np.concatenate([[u], grid[grid > u], [horizon]])
        levels = [s_after[t] for t in edges[:-1]]
        return u + np.sum(np.diff(edges) * levels) / s_after[u] if s_after[u] > 0 else u

    plain, augmented = [], []
    for x, mark in zip(time, event):
        complete = x >= horizon or mark == 1
        value = min(x, horizon) / (before[x] if x < horizon else followed) if complete else 0.0
        plain.append(value)
        for t in grid:
            if t < x or (t == x and mark == 0):
                value -= rest(t) / after[t] * hazards[t]
        if not complete:
            value += rest(x) / after[x]
        augmented.append(value)
    put("weighted_times", plain)
    put("augmented_times", augmented)


def main():
    d = make()
    with (HERE / "rows.csv").open("w") as out:
        out.write(",".join(d) + "\n")
        for i in range(N):
            out.write(",".join("" if np.isnan(float(column[i])) else repr(column[i].item()) for column in d.values()) + "\n")
    e, mu = np.stack([d["e0"], d["e1"], d["e2"]], 1), np.stack([d["m0"], d["m1"], d["m2"]], 1)
    gamma, psi = effects(d, e, mu)
    balance(d, e)
    ranking(d, psi)
    benefit(d, e, mu, psi)
    policy(d, gamma)
    survival(d)
    (HERE / "golden.json").write_text(json.dumps(GOLDEN, indent=1) + "\n")


main()
