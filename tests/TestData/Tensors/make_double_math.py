"""Writes double_math.tsv: arguments and values of elementary functions, worked out with mpmath at 400 bits and rounded once.

Run with Debian's python3 and python3-mpmath: python3 make_double_math.py
Columns: function, argument (hexadecimal float), second argument or 0, value rounded to double (hexadecimal float).
"""
import random
from mpmath import mp, mpf, exp, expm1, log, log1p, tanh, erf, erfc, sin, cos, loggamma, power, gamma, fabs, tan, asin, acos, atan, sinh, cosh, asinh, acosh, atanh

mp.prec = 400
random.seed(20261121)


def spread(low, high, count):
    """Arguments even in the logarithm of their size, between low and high."""
    from math import log as ln, exp as e
    return [e(random.uniform(ln(low), ln(high))) for _ in range(count)]


def signed(values):
    return [v if i % 2 else -v for i, v in enumerate(values)]


cases = {
    "Exp": signed(spread(1e-12, 709, 60)) + [-745.0, -720.0, 709.7, 0.34657, -0.34658],
    "Expm1": signed(spread(1e-15, 700, 60)) + [0.3465, 0.3466, -0.3466, -1.0, 1.0, 37.0, -37.0],
    "Log": spread(1e-300, 1e300, 40) + spread(0.4, 2.5, 30) + [5e-324, 1.0000000000000002, 0.9999999999999999, 1.4142135623730951],
    "Log1p": signed(spread(1e-15, 0.99, 50)) + spread(1, 1e10, 20),
    "Log2": spread(1e-300, 1e300, 30) + [8.0, 0.125, 1.0000000000000002, 3.0],
    "Log10": spread(1e-300, 1e300, 30) + [10.0, 1000.0, 1e15, 0.5],
    "Tanh": signed(spread(1e-10, 21, 60)),
    "Sigmoid": signed(spread(1e-5, 740, 60)),
    "Softplus": signed(spread(1e-5, 740, 60)),
    "Erf": signed(spread(1e-10, 5.9, 70)) + [0.999999, 1.0, 0.5],
    "Erfc": signed(spread(1e-5, 26, 70)) + [0.4999, 0.5, 0.5001, 26.5],
    "Sin": signed(spread(1e-8, 1e6, 60)) + spread(1e6, 1e300, 20) + [3.141592653589793, 6.283185307179586, 1.5707963267948966, 355.0, 6381956970095103.0 * 2.0 ** 797],
    "Cos": signed(spread(1e-8, 1e6, 60)) + spread(1e6, 1e300, 20) + [1.5707963267948966, 4.71238898038469, 0.78539816339744828, 355.0],
    "LogGamma": spread(1e-10, 1e10, 50) + spread(0.5, 20, 40) + [1.0000001, 1.9999999, 2.0000001, 1.12, 1.13, 0.88, 2.12, 2.13, 15.9, 16.0, 171.6],
}
values = {
    "Exp": exp, "Expm1": expm1, "Log": log, "Log1p": log1p, "Log2": lambda x: log(x) / log(2), "Log10": lambda x: log(x) / log(10),
    "Tanh": tanh, "Sigmoid": lambda x: 1 / (1 + exp(-x)), "Softplus": lambda x: log1p(exp(x)), "Erf": erf, "Erfc": erfc,
    "Sin": sin, "Cos": cos, "LogGamma": lambda x: log(fabs(gamma(x))) if x < 100 else loggamma(x),
}
wide = {"Sin", "Cos"}
rows = []
for name, arguments in cases.items():
    for x in arguments:
        mp.prec = 1400 if name in wide else 400
        rows.append((name, float(x).hex(), "0", float(values[name](mpf(x))).hex()))
mp.prec = 400
for _ in range(60):
    x = spread(1e-3, 1e3, 1)[0]
    y = signed(spread(1e-3, 90, 2))[random.randrange(2)]
    rows.append(("Pow", x.hex(), y.hex(), float(power(mpf(x), mpf(y))).hex()))
for x, y in [(1.0000001, 1e9), (0.9999999, -3e9), (2.0, 0.5), (10.0, 308.0), (10.0, -310.0), (3.0, 5.0)]:
    rows.append(("Pow", x.hex(), y.hex(), float(power(mpf(x), mpf(y))).hex()))
cases = {
    "Tan": signed(spread(1e-8, 1e6, 60)) + spread(1e6, 1e300, 20) + [1.5707963267948966, 3.141592653589793, 0.78539816339744828, 0.7853981633974484, 355.0],
    "Asin": signed(spread(1e-10, 1, 60)) + [0.5, 0.9999999999999999, -0.999999, 0.70710678118654757],
    "Acos": signed(spread(1e-10, 1, 60)) + [0.5, 0.9999999999999999, -0.9999999999999999, 0.999999, 0.70710678118654757],
    "Atan": signed(spread(1e-10, 1e10, 80)) + [1.0, 0.9999999999999999, 1.0000000000000002, 1e300],
    "Sinh": signed(spread(1e-10, 709, 60)) + [21.999, 22.0, 710.4],
    "Cosh": signed(spread(1e-10, 709, 60)) + [21.999, 22.0, 710.4],
    "Asinh": signed(spread(1e-10, 1e10, 70)) + [1e-5, 9.9e-6, 1e200, 1.7e308],
    "Acosh": [1 + v for v in spread(1e-15, 1e10, 60)] + [1.0000000000000002, 1e200, 1.7e308],
    "Atanh": signed(spread(1e-10, 1, 60)) + [1e-5, 9.9e-6, 0.9999999999999999, -0.999999],
}
values = {"Tan": tan, "Asin": asin, "Acos": acos, "Atan": atan, "Sinh": sinh, "Cosh": cosh, "Asinh": asinh, "Acosh": acosh, "Atanh": atanh}
for name, arguments in cases.items():
    for x in arguments:
        mp.prec = 1400
        rows.append((name, float(x).hex(), "0", float(values[name](mpf(x))).hex()))
with open("double_math.tsv", "w", newline="\n") as file:
    for row in rows:
        file.write("\t".join(row) + "\n")
