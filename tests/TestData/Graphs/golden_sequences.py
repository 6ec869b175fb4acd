"""References of selection, contraction, recurrent layers, attention and the rarer functions, in numpy; see make_golden.py."""
import math

import numpy as np


def f32(attributes, name, otherwise):
    return float(np.float32(attributes.get(name, otherwise)))


def top_k(attributes, x, k):
    axis = attributes.get("axis", -1)
    order = np.argsort(-x if attributes.get("largest", 1) else x, axis=axis, kind="stable")
    places = np.take(order, range(int(k.ravel()[0])), axis)
    return [np.take_along_axis(x, places, axis), places.astype(np.int64)]


def einsum(attributes, *operands):
    return np.einsum(attributes["equation"].replace(" ", ""), *operands, optimize=False)


def einsum_gradient(attributes, dy, *operands):
    """By linearity: the result for every unit vector in the operand's place."""
    operands, place = list(operands), attributes["operand"]
    gradient = np.zeros(operands[place].shape)
    for index in np.ndindex(*gradient.shape):
        unit = np.zeros(gradient.shape)
        unit[index] = 1
        operands[place] = unit
        gradient[index] = np.sum(dy * einsum(attributes, *operands))
    return gradient


OPERATORS = {
    "TopK": top_k, "Einsum": einsum, "medtune.EinsumGradient": einsum_gradient,
    "Mod": lambda a, x, y: np.fmod(x, y) if a.get("fmod") else np.mod(x, y),
}
