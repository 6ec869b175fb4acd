"""Golden outputs of the operators' sample cases, computed with numpy and scipy in double.

    MEDTUNE_CASES_FILE=cases.json dotnet test tests/MedTune.Tests --filter FullyQualifiedName~WhenAsked
    python3 tests/TestData/Graphs/make_golden.py cases.json

Each function below says in numpy what the ONNX standard (or, for the internal operators, their summary) says in words.
Nothing here calls MedTune. Existing values are kept when the inputs have not changed.
"""
import json
import math
import os
import sys

import numpy as np
from scipy import special

import golden_folding
import golden_learning
import golden_sequences

TYPES = {"Float": np.float64, "Double": np.float64, "Int64": np.int64, "Int32": np.int32, "Bool": np.bool_,
         "UInt8": np.uint8, "Int8": np.int8, "String": object, "UInt16": np.uint16, "Int16": np.int16, "UInt32": np.uint32, "UInt64": np.uint64,
         "Float16": np.float16, "BFloat16": np.float64}
CODES = {1: "Float", 2: "UInt8", 3: "Int8", 4: "UInt16", 5: "Int16", 6: "Int32", 7: "Int64", 8: "String", 9: "Bool", 10: "Float16", 11: "Double",
         12: "UInt32", 13: "UInt64", 16: "BFloat16"}


def tensor(description):
    if description is None:
        return None
    values = description["values"]
    kind = description["type"]
    if kind.startswith("Int"):
        values = [int(max(-2**63, min(2**63 - 1, value))) for value in values]
    elif kind in ("Float", "Double"):
        values = [float(value) for value in values]
    return np.array(values, dtype=TYPES[kind]).reshape(description["shape"])


def axes_of(x, axes, attributes):
    if axes is None or axes.size == 0:
        return () if attributes.get("noop_with_empty_axes") else tuple(range(x.ndim))
    return tuple(int(axis) % x.ndim for axis in axes)


def reduce(function):
    def run(attributes, x, axes=None):
        chosen = axes_of(x, axes, attributes)
        kept = [axis for axis in range(x.ndim) if axis not in chosen]
        moved = np.transpose(x, kept + list(chosen)).reshape([x.shape[axis] for axis in kept] + [-1])
        result = function(moved)
        if attributes.get("keepdims", 1):
            result = result.reshape([1 if axis in chosen else x.shape[axis] for axis in range(x.ndim)])
        return result
    return run


def spread(attributes, value, like, axes=None):
    chosen = axes_of(like, axes, attributes)
    kept = value.reshape([1 if axis in chosen else like.shape[axis] for axis in range(like.ndim)])
    result = np.broadcast_to(kept, like.shape)
    return result / np.prod([like.shape[axis] for axis in chosen]) if attributes.get("mean") else result


def sum_to(attributes, x, like):
    shape = (1,) * (x.ndim - like.ndim) + like.shape
    return np.sum(x, axis=tuple(axis for axis in range(x.ndim) if shape[axis] != x.shape[axis]), keepdims=True).reshape(like.shape)


def softmax(x, axis):
    return special.softmax(x, axis=axis)


def class_rows(attributes, x, labels, weights):
    moved = np.moveaxis(x, 1, -1)
    flat = labels.astype(np.int64)
    weight = np.ones(moved.shape[-1]) if weights is None else weights
    ignored = attributes.get("ignore_index")
    counted = np.ones(flat.shape, dtype=bool) if ignored is None else flat != ignored
    safe = np.where(counted, flat, 0)
    return moved, safe, np.where(counted, weight[safe], 0.0)


def class_loss(scores):
    def run(attributes, x, labels, weights=None):
        logs = special.log_softmax(x, axis=1) if scores else x
        moved, safe, weight = class_rows(attributes, logs, labels, weights)
        loss = -weight * np.take_along_axis(moved, safe[..., None], -1)[..., 0]
        reduction = attributes.get("reduction", "mean")
        loss = loss if reduction == "none" else np.sum(loss) / (np.sum(weight) if reduction == "mean" else 1)
        return [loss, logs]
    return run


def class_loss_gradient(attributes, dy, x, labels, weights=None):
    moved, safe, weight = class_rows(attributes, x, labels, weights)
    one_hot = np.eye(moved.shape[-1])[safe]
    slope = special.softmax(moved, axis=-1) - one_hot if attributes.get("scores") else -one_hot
    reduction = attributes.get("reduction", "mean")
    factor = weight * dy / (np.sum(weight) if reduction == "mean" else 1)
    return np.moveaxis(slope * factor[..., None], -1, 1)


def logistic_loss(attributes, z, t, w=None):
    loss = np.logaddexp(0, np.where(t == 1, -z, z)) + np.where(t == 1, 0.0, -t * z)
    return loss if w is None else w * loss


def layer_norm(attributes, x, scale, bias=None):
    axes = tuple(range(attributes.get("axis", -1) % x.ndim, x.ndim))
    mean = np.mean(x, axis=axes, keepdims=True)
    inverse = 1 / np.sqrt(np.var(x, axis=axes, keepdims=True) + np.float32(attributes.get("epsilon", 1e-5)).astype(np.float64))
    y = (x - mean) * inverse * scale
    return [y if bias is None else y + bias, mean, inverse]


def layer_norm_gradient(attributes, dy, x, scale):
    axes = tuple(range(attributes.get("axis", -1) % x.ndim, x.ndim))
    _, mean, inverse = layer_norm(attributes, x, scale)
    n = (x - mean) * inverse
    width = np.prod([x.shape[axis] for axis in axes])
    g = dy * scale
    # The full Jacobian: d n_i / d x_j = inverse (delta_ij - 1/width - n_i n_j / width).
    dx = inverse * (g - np.sum(g, axis=axes, keepdims=True) / width - n * np.sum(g * n, axis=axes, keepdims=True) / width)
    return [dx, dy * n]


def integer_divide(x, y):
    return np.trunc(x / y).astype(x.dtype) if x.dtype.kind in "iu" else x / y


def power(x, y):
    return np.power(x.astype(np.float64), y).astype(x.dtype) if x.dtype.kind == "i" else np.power(x, y.astype(np.float64))


def clip(attributes, x, lowest=None, highest=None):
    x = x if lowest is None else np.maximum(x, lowest)
    return x if highest is None else np.minimum(x, highest)


def extremum_gradient(attributes, dy, y, *inputs):
    equal = [np.broadcast_to(x, y.shape) == y for x in inputs]
    before = np.zeros(y.shape, dtype=bool) if len(equal) == 1 else np.any(equal[:-1], axis=0)
    return np.where(equal[-1] & ~before, dy, 0.0)


def gelu(attributes, x):
    if attributes.get("approximate") == "tanh":
        return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    return x * special.ndtr(x)


def gelu_gradient(attributes, dy, x):
    if attributes.get("approximate") == "tanh":
        t = np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))
        return dy * 0.5 * (1 + t + x * (1 - t * t) * math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * x * x))
    return dy * (special.ndtr(x) + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi))


def celu(attributes, x):
    alpha = attributes.get("alpha", 1.0)
    return np.maximum(x, 0) + np.minimum(0, alpha * np.expm1(x / alpha))


def cumulative_sum(attributes, x, axis):
    axis = int(axis.ravel()[0])
    x = np.flip(x, axis) if attributes.get("reverse") else x
    y = np.cumsum(x, axis) - (x if attributes.get("exclusive") else 0)
    return np.flip(y, axis) if attributes.get("reverse") else y


def depth_to_space(attributes, x):
    b = attributes["blocksize"]
    n, c, h, w = x.shape
    if attributes.get("mode") == "CRD":
        return x.reshape(n, c // b**2, b, b, h, w).transpose(0, 1, 4, 2, 5, 3).reshape(n, c // b**2, h * b, w * b)
    return x.reshape(n, b, b, c // b**2, h, w).transpose(0, 3, 4, 1, 5, 2).reshape(n, c // b**2, h * b, w * b)


def space_to_depth(attributes, x):
    b = attributes["blocksize"]
    n, c, h, w = x.shape
    return x.reshape(n, c, h // b, b, w // b, b).transpose(0, 3, 5, 1, 2, 4).reshape(n, c * b**2, h // b, w // b)


def single(attributes, name, otherwise):
    return np.float64(np.float32(attributes.get(name, otherwise)))


def group_norm(groups):
    def run(attributes, x, scale, bias):
        count = groups if groups is not None else attributes["num_groups"]
        rows = x.reshape(x.shape[0], count or x.shape[1], -1)
        n = (rows - rows.mean(2, keepdims=True)) / np.sqrt(rows.var(2, keepdims=True) + single(attributes, "epsilon", 1e-5))
        return (n * scale[:, None] + bias[:, None]).reshape(x.shape)
    return run


def mean_variance_norm(attributes, x):
    axes = tuple(attributes.get("axes", [0, 2, 3]))
    return (x - x.mean(axes, keepdims=True)) / (x.std(axes, keepdims=True) + np.float64(np.float32(1e-9)))


def batch_norm(attributes, x, scale, bias, mean, variance):
    others = tuple(axis for axis in range(x.ndim) if axis != 1)
    column = (-1,) + (1,) * max(0, x.ndim - 2)
    momentum = single(attributes, "momentum", 0.9)
    moved = []
    if attributes.get("training_mode"):
        batch = [np.mean(x, axis=others).reshape(-1), np.var(x, axis=others).reshape(-1)]
        moved = [old * momentum + new * (1 - momentum) for old, new in zip([mean, variance], batch)]
        mean, variance = batch
    n = (x - mean.reshape(column)) / np.sqrt(variance.reshape(column) + single(attributes, "epsilon", 1e-5))
    return [n * scale.reshape(column) + bias.reshape(column)] + moved


def batch_norm_gradient(attributes, dy, x, scale, mean, variance):
    others = tuple(axis for axis in range(x.ndim) if axis != 1)
    column = (-1,) + (1,) * max(0, x.ndim - 2)
    if attributes.get("training_mode"):
        mean, variance = np.mean(x, axis=others).reshape(-1), np.var(x, axis=others).reshape(-1)
    inverse = 1 / np.sqrt(variance.reshape(column) + single(attributes, "epsilon", 1e-5))
    n = (x - mean.reshape(column)) * inverse
    rest = 0
    if attributes.get("training_mode"):
        rest = dy.mean(axis=others, keepdims=True) + n * (dy * n).mean(axis=others, keepdims=True)
    return [scale.reshape(column) * inverse * (dy - rest), (dy * n).sum(axis=others), dy.sum(axis=others)]


def clip_gradient(attributes, dy, y, low=None, high=None):
    within = np.ones(y.shape, dtype=bool)
    within &= True if low is None else low < y
    within &= True if high is None else y < high
    return np.where(within, dy, 0)


def gemm(attributes, a, b, c=None):
    a = a.T if attributes.get("transA") else a
    b = b.T if attributes.get("transB") else b
    y = attributes.get("alpha", 1.0) * (a @ b)
    return y if c is None else y + attributes.get("beta", 1.0) * c


def batch_product(attributes, a, b):
    a = np.swapaxes(a, -1, -2) if attributes.get("transA") else a
    return a @ (np.swapaxes(b, -1, -2) if attributes.get("transB") else b)


def sample_product(attributes, left, right):
    return attributes.get("alpha", 1.0) * np.einsum("rp,rq->pq", left.reshape(-1, left.shape[-1]), right.reshape(-1, right.shape[-1]))


def f32(attributes, name, otherwise):
    return float(np.float32(attributes.get(name, otherwise)))


def selu(a, x):
    return f32(a, "gamma", 1.05070102214813232421875) * np.where(x < 0, f32(a, "alpha", 1.67326319217681884765625) * np.expm1(x), x)


def cast(attributes, x):
    to = TYPES[CODES[attributes["to"]]]
    if x.dtype == object:
        return np.array([float(value) for value in x.ravel()], dtype=to).reshape(x.shape)
    if attributes["to"] == 16:
        bits = x.astype(np.float32).view(np.uint32).astype(np.uint64)
        rounded = ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16 << 16).astype(np.uint32).view(np.float32)
        return np.where(np.isnan(x), np.nan, rounded).astype(np.float64)
    if np.dtype(to).kind == "i" and x.dtype.kind == "f":
        x = np.trunc(x)
    return x.astype(to)


def constant(attributes):
    (name, value), = attributes.items()
    if name == "value":
        return tensor(value)
    return np.array(value, dtype=np.float64 if name.startswith("value_float") else np.int64)


def constant_of_shape(attributes, shape):
    value = tensor(attributes["value"]) if "value" in attributes else np.zeros(1)
    return np.full([int(extent) for extent in shape], value.ravel()[0], dtype=value.dtype)


def one_hot(attributes, indices, depth, values):
    depth = int(depth.ravel()[0])
    axis = attributes.get("axis", -1)
    indices = indices.astype(np.int64)
    indices = np.where(indices < 0, indices + depth, indices)
    hits = indices[..., None] == np.arange(depth)
    return np.moveaxis(np.where(hits, values[1], values[0]), -1, axis)


def arg(function):
    def run(attributes, x):
        axis = attributes.get("axis", 0)
        if attributes.get("select_last_index"):
            index = x.shape[axis] - 1 - function(np.flip(x, axis), axis=axis)
        else:
            index = function(x, axis=axis)
        return np.expand_dims(index, axis) if attributes.get("keepdims", 1) else index
    return run


def slices(x, starts, ends, axes=None, steps=None):
    axes = range(len(starts)) if axes is None else axes
    steps = [1] * len(starts) if steps is None else steps
    result = [slice(None)] * x.ndim
    for start, end, axis, step in zip(starts, ends, axes, steps):
        end = int(end)
        if step < 0 and end < -x.shape[int(axis)]:
            end = None
        result[int(axis)] = slice(int(start), end, int(step))
    return tuple(result)


def slice_gradient(attributes, dy, like, *where):
    dx = np.zeros(like.shape)
    dx[slices(like, *where)] += dy
    return dx


def gather_gradient(attributes, dy, indices, like):
    axis = attributes.get("axis", 0)
    dx = np.zeros(like.shape)
    np.add.at(np.moveaxis(dx, axis, 0), indices, np.moveaxis(dy, range(axis, axis + indices.ndim), range(indices.ndim)))
    return dx


def gather_elements_gradient(attributes, dy, indices, like):
    axis = attributes.get("axis", 0)
    dx = np.zeros(like.shape)
    for place in np.ndindex(*indices.shape):
        target = list(place)
        target[axis] = indices[place]
        dx[tuple(target)] += dy[place]
    return dx


def pad(attributes, x, pads, value=None, axes=None):
    axes = range(x.ndim) if axes is None else axes
    half = len(pads) // 2
    kept, around = [slice(None)] * x.ndim, [(0, 0)] * x.ndim
    for i, axis in enumerate(axes):
        begin, end = int(pads[i]), int(pads[half + i])
        kept[axis] = slice(max(-begin, 0), x.shape[axis] - max(-end, 0))
        around[axis] = (max(begin, 0), max(end, 0))
    mode = attributes.get("mode", "constant")
    more = {"constant_values": 0 if value is None else value.item()} if mode == "constant" else {}
    return np.pad(x[tuple(kept)], around, mode, **more)


def pad_gradient(attributes, dy, like, pads):
    sources = pad(attributes, np.arange(1, like.size + 1).reshape(like.shape), pads)
    dx = np.zeros(like.size + 1)
    np.add.at(dx, sources, dy)
    return dx[1:].reshape(like.shape)


def gather_nd(attributes, x, indices):
    batch = attributes.get("batch_dims", 0)
    if batch == 0:
        return x[tuple(np.moveaxis(indices, -1, 0))]
    return np.stack([gather_nd({"batch_dims": batch - 1}, *pair) for pair in zip(x, indices)])


def gather_nd_gradient(attributes, dy, indices, like):
    places = gather_nd(attributes, np.arange(like.size).reshape(like.shape), indices)
    dx = np.zeros(like.size)
    np.add.at(dx, places, dy)
    return dx.reshape(like.shape)


JOINS = {"none": lambda x, y: y, "add": np.add, "mul": np.multiply, "max": np.maximum, "min": np.minimum}


def scatter_elements(attributes, x, indices, updates):
    y = x.copy()
    for place in np.ndindex(*indices.shape):
        target = list(place)
        target[attributes.get("axis", 0)] = indices[place]
        y[tuple(target)] = JOINS[attributes.get("reduction", "none")](y[tuple(target)], updates[place])
    return y


def scatter_nd(attributes, x, indices, updates):
    y = x.copy()
    for place in np.ndindex(*indices.shape[:-1]):
        target = tuple(indices[place])
        y[target] = JOINS[attributes.get("reduction", "none")](y[target], updates[place])
    return y


def split(attributes, x, sizes=None):
    axis = attributes.get("axis", 0)
    if sizes is None:
        parts = attributes["num_outputs"]
        size = -(-x.shape[axis] // parts)
        sizes = [size] * (parts - 1) + [x.shape[axis] - size * (parts - 1)]
    return np.split(x, np.cumsum(sizes)[:-1], axis)


def tile_gradient(attributes, dy, like, repeats):
    shape = [extent for pair in zip(repeats, like.shape) for extent in pair]
    return dy.reshape([int(extent) for extent in shape]).sum(axis=tuple(range(0, 2 * like.ndim, 2)))


def squeeze(attributes, x, axes=None):
    return np.squeeze(x, None if axes is None else tuple(int(axis) for axis in axes))


def unsqueeze(attributes, x, axes):
    rank = x.ndim + len(axes)
    return np.expand_dims(x, tuple(int(axis) % rank for axis in axes))


def reshape(attributes, x, shape):
    shape = [int(x.shape[i] if extent == 0 and not attributes.get("allowzero") else extent) for i, extent in enumerate(shape)]
    return x.reshape(shape)


def shape_of(attributes, x):
    return np.array(x.shape, dtype=np.int64)[slice(attributes.get("start"), attributes.get("end"))]


def expand(attributes, x, shape):
    return np.broadcast_to(x, np.broadcast_shapes(x.shape, tuple(int(extent) for extent in shape)))


def flatten(attributes, x):
    axis = attributes.get("axis", 1) if attributes.get("axis", 1) >= 0 else attributes["axis"] + x.ndim
    return x.reshape(int(np.prod(x.shape[:axis])), -1)


def is_inf(attributes, x):
    return (np.isposinf(x) & bool(attributes.get("detect_positive", 1))) | (np.isneginf(x) & bool(attributes.get("detect_negative", 1)))


def tree_ensemble(attributes, x):
    compare = {"BRANCH_LEQ": np.less_equal, "BRANCH_LT": np.less, "BRANCH_GTE": np.greater_equal, "BRANCH_GT": np.greater,
               "BRANCH_EQ": np.equal, "BRANCH_NEQ": np.not_equal}
    keys = list(zip(attributes["nodes_treeids"], attributes["nodes_nodeids"]))
    trees = sorted(set(attributes["nodes_treeids"]))
    result = np.zeros((x.shape[0], attributes["n_targets"]))
    for row in range(x.shape[0]):
        for tree in trees:
            key = next(key for key in keys if key[0] == tree)
            while attributes["nodes_modes"][i := keys.index(key)] != "LEAF":
                value = x[row, attributes["nodes_featureids"][i]]
                yes = compare[attributes["nodes_modes"][i]](value, attributes["nodes_values"][i])
                yes = yes or (attributes["nodes_missing_value_tracks_true"][i] and np.isnan(value))
                key = (tree, attributes["nodes_truenodeids" if yes else "nodes_falsenodeids"][i])
            for owner, target, weight in zip(zip(attributes["target_treeids"], attributes["target_nodeids"]), attributes["target_ids"], attributes["target_weights"]):
                if owner == key:
                    result[row, target] += weight
    if attributes["aggregate_function"] == "AVERAGE":
        result /= len(trees)
    return golden_learning.transformed(attributes.get("post_transform", "NONE"), result + np.array(attributes.get("base_values", [0.0])))


def label_encoder(attributes, x):
    def pick(prefix):
        for suffix in ("strings", "int64s", "floats"):
            if f"{prefix}_{suffix}" in attributes:
                return suffix, attributes[f"{prefix}_{suffix}"]
        return None, tensor(attributes[f"{prefix}_tensor"]).ravel().tolist()
    _, keys = pick("keys")
    kind, values = pick("values")
    defaults = {"strings": ("default_string", "_Unused"), "int64s": ("default_int64", -1), "floats": ("default_float", -0.0)}
    name, otherwise = defaults[kind] if kind else ("default_tensor", None)
    missing = attributes.get(name, otherwise)
    missing = tensor(missing).ravel()[0] if isinstance(missing, dict) else missing
    table = {}
    nan = None
    for key, value in zip(keys, values):
        number = float(key) if not isinstance(key, str) or key == "NaN" and x.dtype != object else key
        if isinstance(number, float) and math.isnan(number):
            nan = value
        else:
            table.setdefault(number, value)
    def find(value):
        if isinstance(value, float) and math.isnan(value):
            return missing if nan is None else nan
        return table.get(value if x.dtype == object else float(value), missing)
    result = [find(value) for value in x.ravel().tolist()]
    kind = {"strings": object, "int64s": np.int64, "floats": np.float64}.get(kind, object if isinstance(result[0], str) else np.float64)
    return np.array(result, dtype=kind).reshape(x.shape)


def unary(function):
    return lambda attributes, x: function(x)


def binary(function):
    return lambda attributes, x, y: function(x, y)


def variadic(function):
    def run(attributes, *inputs):
        total = inputs[0]
        for x in inputs[1:]:
            total = function(total, x)
        return total
    return run


def mean(attributes, *inputs):
    total = sum(inputs)
    return np.trunc(total / len(inputs)).astype(total.dtype) if total.dtype.kind == "i" else total / len(inputs)


def window_places(attributes, extents, kernel):
    """The padding before each axis and, for every window, the places of its elements that lie in the data and the number counted with padding."""
    rank = len(kernel)
    strides, dilations = attributes.get("strides") or [1] * rank, attributes.get("dilations") or [1] * rank
    pads, auto, up = attributes.get("pads") or [0] * (2 * rank), attributes.get("auto_pad", "NOTSET"), attributes.get("ceil_mode", 0)
    counts, begins, padded = [], [], []
    for i in range(rank):
        reach, begin, end = (kernel[i] - 1) * dilations[i] + 1, pads[i], pads[i + rank]
        if auto.startswith("SAME"):
            count = -(-extents[i] // strides[i])
            total = max(0, (count - 1) * strides[i] + reach - extents[i])
            begin = total // 2 if auto == "SAME_UPPER" else total - total // 2
            end = total - begin
        else:
            room = extents[i] + begin + end - reach
            count = (-(-room // strides[i]) if up else room // strides[i]) + 1
            if up and (count - 1) * strides[i] >= extents[i] + begin:
                count -= 1
        counts.append(count), begins.append(begin), padded.append(extents[i] + begin + end)
    windows = {}
    for window in np.ndindex(*counts):
        inside, counted = [], 0
        for tap in np.ndindex(*kernel):
            at = [w * s + t * d for w, s, t, d in zip(window, strides, tap, dilations)]
            counted += all(a < p for a, p in zip(at, padded))
            at = tuple(a - b for a, b in zip(at, begins))
            if all(0 <= a < e for a, e in zip(at, extents)):
                inside.append((tap, at))
        windows[window] = (inside, counted)
    return counts, windows


def max_pool(attributes, x):
    counts, windows = window_places(attributes, x.shape[2:], attributes["kernel_shape"])
    y, indices = np.zeros(x.shape[:2] + tuple(counts)), np.zeros(x.shape[:2] + tuple(counts), dtype=np.int64)
    order = "F" if attributes.get("storage_order") else "C"
    for plane in np.ndindex(*x.shape[:2]):
        for window, (inside, _) in windows.items():
            best = max((at for _, at in inside), key=lambda at: x[plane + at])
            y[plane + window] = x[plane + best]
            offset = (plane[0] * x.shape[1] + plane[1]) * int(np.prod(x.shape[2:]))
            indices[plane + window] = offset + np.ravel_multi_index(best, x.shape[2:], order=order)
    return [y, indices]


def max_pool_gradient(attributes, dy, x):
    dx = np.zeros(x.shape)
    for plane in np.ndindex(*x.shape[:2]):
        for window, (inside, _) in window_places(attributes, x.shape[2:], attributes["kernel_shape"])[1].items():
            dx[plane + max((at for _, at in inside), key=lambda at: x[plane + at])] += dy[plane + window]
    return dx


def average_pool(attributes, x):
    counts, windows = window_places(attributes, x.shape[2:], attributes["kernel_shape"])
    y = np.zeros(x.shape[:2] + tuple(counts))
    for window, (inside, counted) in windows.items():
        total = sum(x[(slice(None), slice(None)) + at] for _, at in inside)
        y[(slice(None), slice(None)) + window] = total / (counted if attributes.get("count_include_pad") else len(inside))
    return y


def average_pool_gradient(attributes, dy, x):
    dx = np.zeros(x.shape)
    for window, (inside, counted) in window_places(attributes, x.shape[2:], attributes["kernel_shape"])[1].items():
        for _, at in inside:
            dx[(slice(None), slice(None)) + at] += dy[(slice(None), slice(None)) + window] / (counted if attributes.get("count_include_pad") else len(inside))
    return dx


def conv_terms(attributes, x_shape, w):
    """Every product of a convolution as indices: of y without the sample, of x without the sample, of w."""
    groups = attributes.get("group", 1)
    _, windows = window_places(attributes, x_shape[2:], w.shape[2:])
    narrow = w.shape[0] // groups
    for m in range(w.shape[0]):
        for c in range(w.shape[1]):
            for window, (inside, _) in windows.items():
                for tap, at in inside:
                    yield (slice(None), m) + window, (slice(None), m // narrow * w.shape[1] + c) + at, (m, c) + tap


def conv(attributes, x, w, b=None):
    counts, _ = window_places(attributes, x.shape[2:], w.shape[2:])
    y = np.zeros((x.shape[0], w.shape[0]) + tuple(counts))
    for of_y, of_x, of_w in conv_terms(attributes, x.shape, w):
        y[of_y] += x[of_x] * w[of_w]
    return y if b is None else y + b.reshape((-1,) + (1,) * (x.ndim - 2))


def conv_input_gradient(attributes, dy, w, x):
    dx = np.zeros(x.shape)
    for of_y, of_x, of_w in conv_terms(attributes, x.shape, w):
        dx[of_x] += dy[of_y] * w[of_w]
    return dx


def conv_weight_gradient(attributes, dy, x, w):
    dw = np.zeros(w.shape)
    for of_y, of_x, of_w in conv_terms(attributes, x.shape, w):
        dw[of_w] += np.sum(dy[of_y] * x[of_x])
    return dw


def conv_transpose_fit(attributes, x, w):
    """The extents of the output, and the attributes of the convolution that leads back from it."""
    rank = x.ndim - 2
    strides, dilations = attributes.get("strides") or [1] * rank, attributes.get("dilations") or [1] * rank
    pads, more, auto = attributes.get("pads") or [0] * (2 * rank), attributes.get("output_padding") or [0] * rank, attributes.get("auto_pad", "NOTSET")
    extents, begins = [], []
    for i in range(rank):
        full = strides[i] * (x.shape[i + 2] - 1) + more[i] + (w.shape[i + 2] - 1) * dilations[i] + 1
        if attributes.get("output_shape") or auto.startswith("SAME"):
            extent = attributes["output_shape"][i] if attributes.get("output_shape") else x.shape[i + 2] * strides[i]
            cut = max(0, full - extent)
            begin = cut // 2 if auto == "SAME_UPPER" else cut - cut // 2
        else:
            extent, begin = full - pads[i] - pads[i + rank], pads[i]
        extents.append(extent), begins.append(begin)
    return extents, begins, strides, dilations


def conv_transpose_terms(attributes, x, w):
    """Every product as indices: of x without the sample, of y without the sample, of w."""
    extents, begins, strides, dilations = conv_transpose_fit(attributes, x, w)
    narrow = x.shape[1] // attributes.get("group", 1)
    for c in range(w.shape[0]):
        for m in range(w.shape[1]):
            for place in np.ndindex(*x.shape[2:]):
                for tap in np.ndindex(*w.shape[2:]):
                    at = tuple(p * s + t * d - b for p, s, t, d, b in zip(place, strides, tap, dilations, begins))
                    if all(0 <= a < e for a, e in zip(at, extents)):
                        yield (slice(None), c) + place, (slice(None), c // narrow * w.shape[1] + m) + at, (c, m) + tap


def conv_transpose(attributes, x, w, b=None):
    y = np.zeros((x.shape[0], w.shape[1] * attributes.get("group", 1)) + tuple(conv_transpose_fit(attributes, x, w)[0]))
    for of_x, of_y, of_w in conv_transpose_terms(attributes, x, w):
        y[of_y] += x[of_x] * w[of_w]
    return y if b is None else y + b.reshape((-1,) + (1,) * (x.ndim - 2))


def conv_transpose_input_gradient(attributes, dy, w, x):
    dx = np.zeros(x.shape)
    for of_x, of_y, of_w in conv_transpose_terms(attributes, x, w):
        dx[of_x] += dy[of_y] * w[of_w]
    return dx


def conv_transpose_weight_gradient(attributes, dy, x, w):
    dw = np.zeros(w.shape)
    for of_x, of_y, of_w in conv_transpose_terms(attributes, x, w):
        dw[of_w] += np.sum(dy[of_y] * x[of_x])
    return dw


def lrn_scales(attributes, x):
    size = attributes["size"]
    squares = np.pad(x * x, [(0, 0), ((size - 1) // 2, size // 2)] + [(0, 0)] * (x.ndim - 2))
    return single(attributes, "bias", 1) + single(attributes, "alpha", 1e-4) / size * sum(squares[:, i:i + x.shape[1]] for i in range(size))


def lrn(attributes, x):
    return x * lrn_scales(attributes, x) ** -single(attributes, "beta", 0.75)


def lrn_gradient(attributes, dy, x):
    # The full Jacobian, one input element at a time.
    size, beta, s = attributes["size"], single(attributes, "beta", 0.75), lrn_scales(attributes, x)
    dx = np.zeros(x.shape)
    for c in range(x.shape[1]):
        for o in range(x.shape[1]):
            if o - (size - 1) // 2 <= c <= o + size // 2:
                slope = -beta * s[:, o] ** (-beta - 1) * 2 * single(attributes, "alpha", 1e-4) / size * x[:, c]
                dx[:, c] += dy[:, o] * x[:, o] * slope
            if o == c:
                dx[:, c] += dy[:, c] * s[:, c] ** -beta
    return dx


def cubic_kernel(x, a):
    x = abs(x)
    return (a + 2) * x**3 - (a + 3) * x**2 + 1 if x <= 1 else a * x**3 - 5 * a * x**2 + 8 * a * x - 4 * a if x < 2 else 0.0


def resize_matrix(attributes, extent, count, scale, width, region):
    """The matrix [count, extent] of one axis, and which rows lie outside the region."""
    mode, transform = attributes.get("mode", "nearest"), attributes.get("coordinate_transformation_mode", "half_pixel")
    nearest, a = attributes.get("nearest_mode", "round_prefer_floor"), single(attributes, "cubic_coeff_a", -0.75)
    matrix, outside = np.zeros((count, extent)), np.zeros(count, dtype=bool)
    quotient = lambda place: float(np.float32(place) / np.float32(scale)) if mode == "nearest" else place / scale
    for i in range(count):
        if transform == "align_corners":
            at = 0.0 if width == 1 else i * (extent - 1) / (width - 1)
        elif transform == "asymmetric":
            at = quotient(i)
        elif transform == "tf_crop_and_resize":
            start, end = region
            at = start * (extent - 1) + ((end - start) * (extent - 1) / 2 if width == 1 else i * (end - start) * (extent - 1) / (width - 1))
            outside[i] = not 0 <= at <= extent - 1
        elif transform == "pytorch_half_pixel" and width == 1:
            at = 0.0
        else:
            at = quotient(i + 0.5) - 0.5
        if mode == "nearest":
            low = math.floor(at)
            ratio = at - low
            up = {"round_prefer_floor": ratio > 0.5, "round_prefer_ceil": ratio >= 0.5, "floor": False, "ceil": ratio > 0}[nearest]
            weights = {low + up: 1.0}
        else:
            stretch = min(scale, 1.0) if attributes.get("antialias") else 1.0
            reach = (1 if mode == "linear" else 2) / stretch
            places = range(math.floor(at - reach), math.ceil(at + reach) + 1)
            kernel = (lambda x: max(0.0, 1 - abs(x))) if mode == "linear" else (lambda x: cubic_kernel(x, a))
            weights = {place: kernel((place - at) * stretch) for place in places}
            if attributes.get("exclude_outside"):
                weights = {place: weight for place, weight in weights.items() if 0 <= place < extent}
            total = sum(weights.values())
            weights = {place: weight / total for place, weight in weights.items()}
        for place, weight in weights.items():
            matrix[i, min(max(place, 0), extent - 1)] += weight
    return matrix, outside


def resize_matrices(attributes, shape, region, scales, sizes):
    rank = len(shape)
    axes = [axis % rank for axis in attributes.get("axes", range(rank))]
    policy = attributes.get("keep_aspect_ratio_policy", "stretch")
    matrices = [(np.eye(extent), np.zeros(extent, dtype=bool)) for extent in shape]
    ratios = [] if sizes is None else [size / shape[axis] for size, axis in zip(sizes, axes)]
    for i, axis in enumerate(axes):
        if scales is not None:
            scale = float(np.float32(scales[i]))
            count, width = math.floor(scale * shape[axis]), scale * shape[axis]
        elif policy == "stretch":
            scale, count, width = ratios[i], int(sizes[i]), int(sizes[i])
        else:
            scale = min(ratios) if policy == "not_larger" else max(ratios)
            count, width = math.floor(scale * shape[axis] + 0.5), scale * shape[axis]
        ends = None if region is None else (region[i], region[i + len(axes)])
        matrices[axis] = resize_matrix(attributes, shape[axis], count, scale, width, ends)
    return matrices


def resize(attributes, x, region=None, scales=None, sizes=None):
    matrices, y = resize_matrices(attributes, x.shape, region, scales, sizes), x
    for axis, (matrix, _) in enumerate(matrices):
        y = np.moveaxis(np.tensordot(matrix, y, (1, axis)), 0, axis)
    for axis, (_, outside) in enumerate(matrices):
        np.moveaxis(y, axis, 0)[outside] = attributes.get("extrapolation_value", 0.0)
    return y


def resize_gradient(attributes, dy, x, region=None, scales=None, sizes=None):
    for axis, (matrix, outside) in enumerate(resize_matrices(attributes, x.shape, region, scales, sizes)):
        dy = np.moveaxis(np.tensordot(np.where(outside[:, None], 0.0, matrix), dy, (0, axis)), 0, axis)
    return dy


def grid_sample(attributes, x, grid):
    import torch
    mode = {"bilinear": "bilinear", "nearest": "nearest", "bicubic": "bicubic"}[attributes.get("mode", "bilinear")]
    y = torch.nn.functional.grid_sample(torch.tensor(x), torch.tensor(grid), mode, attributes.get("padding_mode", "zeros"), bool(attributes.get("align_corners", 0)))
    return y.numpy()


def grid_sample_gradient(attributes, dy, x, grid):
    import torch
    x, grid = torch.tensor(x, requires_grad=True), torch.tensor(grid, requires_grad=True)
    y = torch.nn.functional.grid_sample(x, grid, attributes.get("mode", "bilinear"), attributes.get("padding_mode", "zeros"), bool(attributes.get("align_corners", 0)))
    y.backward(torch.tensor(dy))
    return [x.grad.numpy(), grid.grad.numpy()]


def region_samples(attributes, shape, region):
    """For every bin, the samples as lists of (row, column, weight)."""
    middle, scale = attributes.get("coordinate_transformation_mode", "half_pixel") == "half_pixel", single(attributes, "spatial_scale", 1)
    left, top, right, bottom = region * scale - (0.5 if middle else 0)
    spans = [(bottom - top), (right - left)] if middle else [max(bottom - top, 1), max(right - left, 1)]
    bins = [attributes.get("output_height", 1), attributes.get("output_width", 1)]
    counts = [attributes.get("sampling_ratio", 0) or math.ceil(span / count) for span, count in zip(spans, bins)]
    for bin in np.ndindex(*bins):
        samples = []
        for i in np.ndindex(*counts):
            at = [start + (b + (s + 0.5) / n) * span / count for start, b, s, n, span, count in zip((top, left), bin, i, counts, spans, bins)]
            if any(a < -1 or a > extent for a, extent in zip(at, shape)):
                samples.append([(0, 0, 0.0)])
                continue
            at = [min(max(a, 0), extent - 1) for a, extent in zip(at, shape)]
            low = [int(a) for a in at]
            corners = [(min(low[0] + r, shape[0] - 1), min(low[1] + c, shape[1] - 1), abs(1 - r - at[0] + low[0]) * abs(1 - c - at[1] + low[1])) for r in (0, 1) for c in (0, 1)]
            samples.append(corners)
        yield bin, samples


def roi_align(attributes, x, regions, images):
    y = np.zeros((len(regions), x.shape[1], attributes.get("output_height", 1), attributes.get("output_width", 1)))
    for r, (region, image) in enumerate(zip(regions, images)):
        for bin, samples in region_samples(attributes, x.shape[2:], region):
            terms = np.array([[x[image, :, row, column] * weight for row, column, weight in sample] for sample in samples if len(sample) == 4] or np.zeros((1, 1, x.shape[1])))
            if attributes.get("mode", "avg") == "max":
                largest = terms.max((0, 1))
                y[(r, slice(None)) + bin] = np.maximum(largest, 0) if any(len(sample) == 1 for sample in samples) else largest
            else:
                y[(r, slice(None)) + bin] = terms.sum((0, 1)) / len(samples)
    return y


def roi_align_gradient(attributes, dy, x, regions, images):
    dx = np.zeros(x.shape)
    for r, (region, image) in enumerate(zip(regions, images)):
        for bin, samples in region_samples(attributes, x.shape[2:], region):
            for row, column, weight in [corner for sample in samples for corner in sample]:
                dx[image, :, row, column] += weight * dy[(r, slice(None)) + bin] / len(samples)
    return dx


def per_channel(attributes, x, values):
    if values is None or values.size == 1:
        return 0 if values is None else values.ravel()[0].astype(np.float64)
    shape = [1] * x.ndim
    shape[attributes.get("axis", 1) % x.ndim] = -1
    return values.reshape(shape).astype(np.float64)


def saturate(values, dtype):
    info = np.iinfo(dtype)
    return np.clip(np.rint(values), info.min, info.max).astype(dtype)


def quantize(attributes, x, scale, zero=None):
    dtype = np.uint8 if zero is None else zero.dtype
    return saturate(np.rint(x / per_channel(attributes, x, scale)) + per_channel(attributes, x, zero), dtype)


def dequantize(attributes, x, scale, zero=None):
    return (x.astype(np.float64) - per_channel(attributes, x, zero)) * per_channel(attributes, x, scale)


def dynamic_quantize(attributes, x):
    low, high = min(0.0, x.min()), max(0.0, x.max())
    scale = (high - low) / 255 if high > low else 1.0
    zero = saturate(-low / scale, np.uint8)
    return [saturate(np.rint(x / scale) + zero, np.uint8), np.array(scale), zero]


def whole(x, zero, axis=None):
    zero = 0 if zero is None else zero.astype(np.int64)
    if np.size(zero) > 1 and axis is not None:
        shape = [1] * x.ndim
        shape[axis] = -1
        zero = zero.reshape(shape)
    return x.astype(np.int64) - zero


def conv_integer(attributes, x, w, x_zero=None, w_zero=None):
    return conv(attributes, whole(x, x_zero), whole(w, w_zero, 0)).astype(np.int32)


def qlinear_conv(attributes, x, x_scale, x_zero, w, w_scale, w_zero, y_scale, y_zero, b=None):
    sums = conv(attributes, whole(x, x_zero), whole(w, w_zero, 0), b)
    factor = (x_scale * w_scale / y_scale).reshape((-1,) + (1,) * (x.ndim - 2))
    return saturate(np.rint(sums * factor) + y_zero.astype(np.int64), y_zero.dtype)


def matmul_integer(attributes, a, b, a_zero=None, b_zero=None):
    return np.matmul(whole(a, a_zero, a.ndim - 2), whole(b, b_zero, b.ndim - 1)).astype(np.int32)


def qlinear_matmul(attributes, a, a_scale, a_zero, b, b_scale, b_zero, y_scale, y_zero):
    sums = matmul_integer(attributes, a, b, a_zero, b_zero)
    return saturate(np.rint(sums * (a_scale.reshape(-1, 1) * b_scale.reshape(1, -1) / y_scale)) + y_zero.astype(np.int64), y_zero.dtype)


OPERATORS = {
    "QuantizeLinear": quantize, "DequantizeLinear": dequantize, "DynamicQuantizeLinear": dynamic_quantize, "ConvInteger": conv_integer,
    "QLinearConv": qlinear_conv, "MatMulInteger": matmul_integer, "QLinearMatMul": qlinear_matmul,
    "GridSample": grid_sample, "medtune.GridSampleGradient": grid_sample_gradient, "RoiAlign": roi_align, "medtune.RoiAlignGradient": roi_align_gradient,
    "Resize": resize, "medtune.ResizeGradient": resize_gradient,
    "ConvTranspose": conv_transpose, "medtune.ConvTransposeInputGradient": conv_transpose_input_gradient,
    "medtune.ConvTransposeWeightGradient": conv_transpose_weight_gradient, "LRN": lrn, "medtune.LRNGradient": lrn_gradient,
    "AveragePool": average_pool, "medtune.AveragePoolGradient": average_pool_gradient, "MaxPool": max_pool, "medtune.MaxPoolGradient": max_pool_gradient,
    "GlobalAveragePool": lambda a, x: x.mean(tuple(range(2, x.ndim)), keepdims=True),
    "GlobalMaxPool": lambda a, x: x.max(tuple(range(2, x.ndim)), keepdims=True),
    "Conv": conv, "medtune.ConvInputGradient": conv_input_gradient, "medtune.ConvWeightGradient": conv_weight_gradient,
    "Abs": unary(np.abs), "Neg": unary(np.negative), "Sqrt": unary(np.sqrt), "Exp": unary(np.exp), "Log": unary(np.log),
    "Reciprocal": unary(np.reciprocal), "Floor": unary(np.floor), "Ceil": unary(np.ceil), "Round": unary(np.rint), "Sign": unary(np.sign),
    "Erf": unary(special.erf), "Sigmoid": unary(special.expit), "Tanh": unary(np.tanh), "Relu": unary(lambda x: np.maximum(x, 0)),
    "Softplus": unary(lambda x: np.logaddexp(0, x)), "Gelu": gelu, "Clip": clip, "Selu": selu,
    "LeakyRelu": lambda a, x: np.where(x < 0, f32(a, "alpha", 0.01) * x, x),
    "Elu": lambda a, x: np.where(x < 0, f32(a, "alpha", 1) * np.expm1(x), x),
    "HardSigmoid": lambda a, x: np.clip(f32(a, "alpha", 0.2) * x + f32(a, "beta", 0.5), 0, 1),
    "Add": binary(np.add), "Sub": binary(np.subtract), "Mul": binary(np.multiply), "Div": binary(integer_divide), "Pow": binary(power),
    "medtune.ReluGradient": binary(lambda x, y: np.where(y > 0, x, 0)),
    "medtune.SigmoidGradient": binary(lambda x, y: x * y * (1 - y)),
    "medtune.TanhGradient": binary(lambda x, y: x * (1 - y * y)),
    "medtune.GeluGradient": gelu_gradient,
    "medtune.ErfGradient": binary(lambda x, y: x * 2 / math.sqrt(math.pi) * np.exp(-y * y)),
    "Max": variadic(np.maximum), "Min": variadic(np.minimum), "Sum": variadic(np.add), "Mean": mean,
    "medtune.ExtremumGradient": extremum_gradient,
    "Gemm": gemm, "MatMul": binary(np.matmul), "medtune.BatchProduct": batch_product, "medtune.SampleProduct": sample_product,
    "ReduceSum": reduce(lambda x: x.sum(-1)), "ReduceMean": reduce(lambda x: x.mean(-1)), "ReduceMax": reduce(lambda x: x.max(-1)),
    "ReduceMin": reduce(lambda x: x.min(-1)), "ReduceProd": reduce(lambda x: x.prod(-1)), "ReduceL1": reduce(lambda x: np.abs(x).sum(-1)),
    "ReduceL2": reduce(lambda x: np.sqrt((x * x).sum(-1))), "ReduceSumSquare": reduce(lambda x: (x * x).sum(-1)),
    "ReduceLogSum": reduce(lambda x: np.log(x.sum(-1))), "ReduceLogSumExp": reduce(lambda x: special.logsumexp(x, axis=-1)),
    "medtune.Spread": spread, "medtune.SumTo": sum_to,
    "medtune.SumOverSamples": lambda a, x: x.mean() if a.get("mean") else x.sum(),
    "Softmax": lambda a, x: softmax(x, a.get("axis", -1)), "LogSoftmax": lambda a, x: special.log_softmax(x, axis=a.get("axis", -1)),
    "medtune.SoftmaxGradient": lambda a, dy, y: y * (dy - (dy * y).sum(a.get("axis", -1), keepdims=True)),
    "medtune.LogSoftmaxGradient": lambda a, dy, y: dy - np.exp(y) * dy.sum(a.get("axis", -1), keepdims=True),
    "SoftmaxCrossEntropyLoss": class_loss(True), "NegativeLogLikelihoodLoss": class_loss(False), "medtune.ClassLossGradient": class_loss_gradient,
    "medtune.BinaryCrossEntropyWithLogits": logistic_loss,
    "medtune.BinaryCrossEntropyWithLogitsGradient": lambda a, dy, z, t, w=1.0: dy * w * (special.expit(z) - t),
    "LayerNormalization": layer_norm, "medtune.LayerNormalizationGradient": layer_norm_gradient,
    "Dropout": lambda a, x, *rest: [x, np.ones(x.shape, dtype=bool)], "medtune.RandomDropout": lambda a, x, seed, step: x,
    "Celu": celu, "Cos": unary(np.cos), "HardSwish": unary(lambda x: x * np.clip(x / 6 + 0.5, 0, 1)),
    "Mish": unary(lambda x: x * np.tanh(np.logaddexp(0, x))), "PRelu": binary(lambda x, slope: np.where(x < 0, x * slope, x)), "Sin": unary(np.sin),
    "Softsign": unary(lambda x: x / (1 + np.abs(x))), "ThresholdedRelu": lambda a, x: np.where(x > a.get("alpha", 1.0), x, 0.0),
    "CumSum": cumulative_sum, "DepthToSpace": depth_to_space, "SpaceToDepth": space_to_depth,
    "Trilu": lambda a, x, k=None: (np.triu if a.get("upper", 1) else np.tril)(x, 0 if k is None else int(k.ravel()[0])),
    "BatchNormalization": batch_norm, "medtune.BatchNormalizationGradient": batch_norm_gradient, "medtune.ClipGradient": clip_gradient,
    "InstanceNormalization": group_norm(0), "GroupNormalization": group_norm(None),
    "MeanVarianceNormalization": mean_variance_norm,
    "And": binary(np.logical_and), "Or": binary(np.logical_or), "Xor": binary(np.logical_xor), "Not": unary(np.logical_not),
    "Equal": binary(np.equal), "Less": binary(np.less), "LessOrEqual": binary(np.less_equal), "Greater": binary(np.greater),
    "GreaterOrEqual": binary(np.greater_equal), "IsNaN": unary(np.isnan), "IsInf": is_inf,
    "Where": lambda a, c, x, y: np.where(c, x, y), "Cast": cast, "Constant": constant, "ConstantOfShape": constant_of_shape,
    "Identity": unary(lambda x: x), "ai.onnx.ml.LabelEncoder": label_encoder, "ai.onnx.ml.TreeEnsembleRegressor": tree_ensemble, "OneHot": one_hot,
    "Range": lambda a, start, limit, delta: np.arange(start.item(), limit.item(), delta.item(), dtype=start.dtype),
    "Concat": lambda a, *inputs: np.concatenate(inputs, a["axis"]), "Expand": expand, "Flatten": flatten, "Reshape": reshape,
    "Shape": shape_of, "Size": lambda a, x: np.array(x.size), "Split": split, "Squeeze": squeeze, "Unsqueeze": unsqueeze,
    "Tile": lambda a, x, repeats: np.tile(x, repeats), "medtune.TileGradient": tile_gradient,
    "Transpose": lambda a, x: np.transpose(x, a.get("perm")),
    "ArgMax": arg(np.argmax), "ArgMin": arg(np.argmin), "Gather": lambda a, x, i: np.take(x, i, a.get("axis", 0)),
    "GatherElements": lambda a, x, i: np.take_along_axis(x, np.where(i < 0, i + x.shape[a.get("axis", 0)], i), a.get("axis", 0)),
    "medtune.GatherGradient": gather_gradient, "medtune.GatherElementsGradient": gather_elements_gradient,
    "CastLike": lambda a, x, like: np.trunc(x).astype(like.dtype) if like.dtype.kind == "i" else x.astype(like.dtype),
    "GatherND": gather_nd, "medtune.GatherNDGradient": gather_nd_gradient, "Pad": pad, "medtune.PadGradient": pad_gradient,
    "EyeLike": lambda a, x: np.eye(*x.shape, k=a.get("k", 0)),
    "ScatterElements": scatter_elements, "ScatterND": scatter_nd,
    "Slice": lambda a, x, *where: x[slices(x, *where)], "medtune.SliceGradient": slice_gradient,
}
OPERATORS.update(golden_sequences.OPERATORS)
OPERATORS.update(golden_learning.OPERATORS)
OPERATORS.update(golden_folding.OPERATORS)


def non_zero(attributes, x):
    return np.array(np.nonzero(np.atleast_1d(x)), dtype=np.int64)


def unique(attributes, x):
    axis = attributes.get("axis")
    if x.dtype == object:
        x = x.astype(str)
    y, first, inverse, counts = np.unique(x, return_index=True, return_inverse=True, return_counts=True, axis=axis)
    inverse = inverse.reshape(-1)
    if not attributes.get("sorted", 1):
        order = np.argsort(first)
        rank = np.argsort(order)
        y, first, inverse, counts = np.take(y, order, axis or 0), first[order], rank[inverse], counts[order]
    return [y.astype(object) if y.dtype.kind == "U" else y, first, inverse, counts]


def non_max_suppression(attributes, boxes, scores, most=None, overlap=None, lowest=None):
    most = 0 if most is None else int(most.item())
    overlap = 0.0 if overlap is None else overlap.item()

    def corners(box):
        if attributes.get("center_point_box"):
            x, y, width, height = box
            return y - height / 2, x - width / 2, y + height / 2, x + width / 2
        return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])

    def share(a, b):
        (ay, ax, ah, aw), (by, bx, bh, bw) = corners(a), corners(b)
        both = max(0.0, min(ah, bh) - max(ay, by)) * max(0.0, min(aw, bw) - max(ax, bx))
        either = (ah - ay) * (aw - ax) + (bh - by) * (bw - bx) - both
        return both / either if both > 0 else 0.0

    taken = []
    for image in range(scores.shape[0]):
        for label in range(scores.shape[1]):
            kept = []
            row = scores[image, label]
            for box in sorted(range(len(row)), key=lambda i: -row[i]):
                if lowest is not None and not row[box] > lowest.item():
                    continue
                if len(kept) < most and all(share(boxes[image, other], boxes[image, box]) <= overlap for other in kept):
                    kept.append(box)
                    taken.append([image, label, box])
    return np.array(taken, dtype=np.int64).reshape(-1, 3)


def string_normalizer(attributes, x):
    sensitive = attributes.get("is_case_sensitive", 0) == 1
    stop = [word if sensitive else word.lower() for word in attributes.get("stopwords", [])]
    words = [word for word in x.ravel() if (word if sensitive else word.lower()) not in stop]
    change = attributes.get("case_change_action", "NONE")
    words = [word.lower() if change == "LOWER" else word.upper() if change == "UPPER" else word for word in words] or [""]
    return np.array(words, dtype=object).reshape((1, -1) if x.ndim == 2 else (-1,))


def shrink(attributes, x):
    edge, bias = f32(attributes, "lambd", 0.5), f32(attributes, "bias", 0.0)
    return np.where(x < -edge, x + bias, np.where(x > edge, x - bias, 0.0))


OPERATORS.update({
    "Compress": lambda a, x, keep: np.compress(keep, x, a.get("axis")), "NonZero": non_zero, "Unique": unique, "NonMaxSuppression": non_max_suppression,
    "StringNormalizer": string_normalizer, "Shrink": shrink,
})


def number(value):
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 and math.copysign(1, value) > 0 else value


def main(cases_file):
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Golden")
    os.makedirs(folder, exist_ok=True)
    with open(cases_file, encoding="utf-8") as file:
        operators = json.load(file)
    for name, cases in operators.items():
        if name not in OPERATORS:
            print("no reference for", name)
            continue
        path = os.path.join(folder, name + ".json")
        old = json.load(open(path, encoding="utf-8")) if os.path.exists(path) else {}
        golden = {}
        for case, sample in cases.items():
            if case in old and old[case]["inputs"] == sample["digest"]:
                golden[case] = old[case]
                continue
            with np.errstate(all="ignore"):
                results = OPERATORS[name](sample["attributes"], *[tensor(value) for value in sample["inputs"]])
            results = results if isinstance(results, list) else [results]
            results = [np.asarray(result) for result in results[:sample["outputs"]]]
            golden[case] = {"inputs": sample["digest"], "outputs": [
                {"shape": list(result.shape), "values": [number(value) for value in result.ravel()]} for result in results]}
        with open(path, "w", encoding="utf-8") as file:
            lines = [f"  {json.dumps(case)}: {json.dumps(golden[case])}" for case in golden]
            file.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[1])
