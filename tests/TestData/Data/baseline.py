"""Prints the figures that BaselineTableTests holds: standardized mean differences by their definitions, with numpy's inverse for several levels.

Run by hand: /usr/bin/python3 baseline.py (Debian: python3-numpy 1.24.2). Nothing is shared with the code under test.
"""
import numpy as np

i = np.arange(60)
y = (i % 3 == 0).astype(int)
age = 40 + (i * 7) % 31 + 5 * y
skew = ((i * 13) % 17) ** 3 / 10
level = np.array(["abcd"[(k * 5 + k // 7) % 4] for k in i])


def numbers(x):
    a, b = x[y == 0], x[y == 1]
    return abs(a.mean() - b.mean()) / np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / 2)


def levels(x):
    names = sorted(set(x))[:-1]
    a = np.array([np.mean(x[y == 0] == n) for n in names])
    b = np.array([np.mean(x[y == 1] == n) for n in names])
    s = (np.diag(a) - np.outer(a, a) + np.diag(b) - np.outer(b, b)) / 2
    return np.sqrt((a - b) @ np.linalg.inv(s) @ (a - b))


print("age mean, sd, smd", age.mean(), age.std(ddof=1), numbers(age))
print("age by outcome", age[y == 0].mean(), age[y == 1].mean(), age[y == 0].std(ddof=1))
print("skew quartiles", np.percentile(skew, [50, 25, 75]), numbers(skew))
print("levels", {n: (int(np.sum(level[y == 0] == n)), int(np.sum(level[y == 1] == n))) for n in sorted(set(level))}, levels(level))
two = np.where(level == "a", "a", "b")
share = [np.mean(two[y == k] == "b") for k in (0, 1)]
print("two levels", levels(two), abs(share[0] - share[1]) / np.sqrt(sum(s * (1 - s) for s in share) / 2))
