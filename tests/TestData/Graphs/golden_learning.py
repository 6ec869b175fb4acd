"""References of the operators of ai.onnx.ml, in numpy; see make_golden.py."""
import math

import numpy as np

def floats(attributes, name, otherwise=()):
    return np.array(attributes.get(name, otherwise), dtype=np.float32).astype(np.float64)


def transformed(name, scores):
    if name == "LOGISTIC":
        return 1 / (1 + np.exp(-scores))
    if name.startswith("SOFTMAX"):
        powers = np.exp(scores - scores.max(-1, keepdims=True))
        if name == "SOFTMAX_ZERO":
            powers = np.where(np.abs(scores) <= 1e-7, scores * np.exp(-scores.max(-1, keepdims=True)), powers)
        return powers / powers.sum(-1, keepdims=True)
    return scores


def labelled(attributes, places):
    names = attributes.get("classlabels_strings") or attributes.get("classlabels_ints") or attributes.get("classlabels_int64s")
    return np.array([names[place] for place in places], dtype=object if "classlabels_strings" in attributes else np.int64)


def linear(attributes, x):
    weights = floats(attributes, "coefficients").reshape(-1, x.shape[-1])
    return x @ weights.T + floats(attributes, "intercepts", [0] * len(weights))


def linear_regressor(attributes, x):
    return transformed(attributes.get("post_transform", "NONE"), linear(attributes, x))


def linear_classifier(attributes, x):
    scores, kind = linear(attributes, x), attributes.get("post_transform", "NONE")
    if scores.shape[1] == 1:
        second = transformed(kind, scores)
        return [labelled(attributes, (scores[:, 0] > 0).astype(int)), np.concatenate([1 - second, second], 1)]
    return [labelled(attributes, scores.argmax(1)), transformed(kind, scores)]


def normalizer(attributes, x):
    kind = attributes["norm"]
    size = x.max(1) if kind == "MAX" else np.abs(x).sum(1) if kind == "L1" else np.sqrt((x * x).sum(1))
    return x / np.where(size == 0, 1, size)[:, None]


def imputer(attributes, x):
    if x.dtype.kind == "i":
        return np.where(x == attributes["replaced_value_int64"], np.array(attributes["imputed_value_int64s"]), x)
    replaced = float(attributes["replaced_value_float"])
    return np.where(np.isnan(x) if math.isnan(replaced) else x == replaced, floats(attributes, "imputed_value_floats"), x)


def one_hot_encoder(attributes, x):
    cats = attributes.get("cats_strings") or attributes["cats_int64s"]
    return np.array([[1.0 if value == cat else 0.0 for cat in cats] for value in x.ravel().tolist()]).reshape(x.shape + (len(cats),))


def category_mapper(attributes, x):
    pairs = list(zip(attributes["cats_strings"], attributes["cats_int64s"]))
    if x.dtype == object:
        return np.array([dict(pairs).get(value, attributes.get("default_int64", -1)) for value in x])
    return np.array([{b: a for a, b in pairs}.get(value, attributes.get("default_string", "_Unused")) for value in x.tolist()], dtype=object)


def kernel(attributes, x, y):
    gamma, offset, degree = floats(attributes, "kernel_params", [0, 0, 0])
    return {"LINEAR": lambda: x @ y, "POLY": lambda: (gamma * (x @ y) + offset) ** degree, "RBF": lambda: np.exp(-gamma * np.sum((x - y) ** 2)),
            "SIGMOID": lambda: np.tanh(gamma * (x @ y) + offset)}[attributes["kernel_type"]]()


def svm_regressor(attributes, x):
    weights, rho = floats(attributes, "coefficients"), floats(attributes, "rho")[0]
    vectors = floats(attributes, "support_vectors").reshape(-1, x.shape[1]) if attributes.get("n_supports") else None
    y = np.array([row @ weights if vectors is None else sum(w * kernel(attributes, row, v) for w, v in zip(weights, vectors)) for row in x]) + rho
    return transformed(attributes.get("post_transform", "NONE"), (np.where(y > 0, 1.0, -1.0) if attributes.get("one_class") else y)[:, None])


def coupled(r):
    """Probabilities of classes from those of pairs, r[i, j] of i beside j: Wu, Lin and Weng 2004, algorithm 2, up to 0.005 / classes."""
    k = len(r)
    q = np.array([[sum(r[j, i] ** 2 for j in range(k) if j != i) if i == t else -r[t, i] * r[i, t] for t in range(k)] for i in range(k)])
    p = np.full(k, 1 / k)
    for _ in range(100):
        product = q @ p
        if np.max(np.abs(product - p @ product)) < 0.005 / k:
            break
        for i in range(k):
            p[i] += (p @ product - product[i]) / q[i, i]
            p /= p.sum()
            product = q @ p
    return p


def svm_classifier(attributes, x):
    names = attributes.get("classlabels_strings") or attributes.get("classlabels_ints")
    k, rho = len(names), floats(attributes, "rho")
    if not attributes.get("vectors_per_class"):
        scores = x @ floats(attributes, "coefficients").reshape(k, -1).T + rho[0]
        return [labelled(attributes, scores.argmax(1)), transformed(attributes.get("post_transform", "NONE"), scores)]
    owner = np.repeat(range(k), attributes["vectors_per_class"])
    vectors = floats(attributes, "support_vectors").reshape(len(owner), -1)
    weights = floats(attributes, "coefficients").reshape(k - 1, len(owner))
    pairs = [(i, j) for i in range(k) for j in range(i + 1, k)]
    labels, scores = [], []
    for row in x:
        values = np.array([kernel(attributes, row, vector) for vector in vectors])
        sums = [weights[j - 1][owner == i] @ values[owner == i] + weights[i][owner == j] @ values[owner == j] + b for (i, j), b in zip(pairs, rho)]
        votes = [sum((i if total > 0 else j) == c for (i, j), total in zip(pairs, sums)) for c in range(k)]
        labels.append(int(np.argmax(votes)))
        if "prob_a" in attributes:
            r = np.zeros((k, k))
            for (i, j), total, a, b in zip(pairs, sums, floats(attributes, "prob_a"), floats(attributes, "prob_b")):
                r[i, j] = np.clip(1 / (1 + math.exp(total * a + b)), 1e-7, 1 - 1e-7)
                r[j, i] = 1 - r[i, j]
            scores.append(coupled(r))
        else:
            scores.append([-sums[0], sums[0]] if k == 2 else sums)
    return [labelled(attributes, labels), np.array(scores)]


def tree_ensemble(attributes, x):
    numbers = lambda name: np.array(attributes[name]["values"], dtype=np.float64) if isinstance(attributes[name], dict) else np.array(attributes[name], dtype=np.float64)
    modes, splits, leaves = numbers("nodes_modes").astype(int), numbers("nodes_splits"), numbers("leaf_weights")
    members = [float(value) for value in attributes["membership_values"]["values"]] if "membership_values" in attributes else []
    sets, current = [], set()
    for value in members:
        if math.isnan(value):
            sets.append(current)
            current = set()
        else:
            current.add(value)
    sets = {node: sets.pop(0) for node in range(len(modes)) if modes[node] == 6}
    tests = [lambda a, b: a <= b, lambda a, b: a < b, lambda a, b: a >= b, lambda a, b: a > b, lambda a, b: a == b, lambda a, b: a != b]
    y = np.zeros((len(x), attributes["n_targets"]))
    for row, values in enumerate(x):
        for root in attributes["tree_roots"]:
            at, leaf = root, False
            while not leaf:
                value = values[attributes["nodes_featureids"][at]]
                yes = value in sets[at] if at in sets else tests[modes[at]](value, splits[at])
                if math.isnan(value) and attributes.get("nodes_missing_value_tracks_true"):
                    yes = yes or attributes["nodes_missing_value_tracks_true"][at]
                side = "true" if yes else "false"
                at, leaf = attributes[f"nodes_{side}nodeids"][at], attributes[f"nodes_{side}leafs"][at]
            y[row, attributes["leaf_targetids"][at]] += leaves[at]
    y = y / len(attributes["tree_roots"]) if attributes.get("aggregate_function", 1) == 0 else y
    return transformed(["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO"][attributes.get("post_transform", 0)], y)


def tree_classifier(attributes, x):
    count = len(attributes.get("classlabels_strings") or attributes["classlabels_int64s"])
    nodes = {(t, n): i for i, (t, n) in enumerate(zip(attributes["nodes_treeids"], attributes["nodes_nodeids"]))}
    leaves = list(zip(attributes["class_treeids"], attributes["class_nodeids"], attributes["class_ids"], attributes["class_weights"]))
    sums = np.zeros((len(x), count))
    only = {leaf[2] for leaf in leaves}
    base = attributes.get("base_values", [])
    single = count == 2 and len(only) == 1
    if single and len(base) == 1:
        sums[:, list(only)[0]] += base[0]
    elif base:
        sums += np.array(base)
    for row, values in enumerate(x):
        for tree in sorted(set(attributes["nodes_treeids"])):
            at = nodes[(tree, 0)]
            while attributes["nodes_modes"][at] != "LEAF":
                yes = values[attributes["nodes_featureids"][at]] <= attributes["nodes_values"][at]
                at = nodes[(tree, attributes["nodes_truenodeids" if yes else "nodes_falsenodeids"][at])]
            for t, n, target, weight in leaves:
                if nodes[(t, n)] == at:
                    sums[row, target] += weight
    if not single:
        return [labelled(attributes, sums.argmax(1)), transformed(attributes["post_transform"], sums)]
    total = sums[:, list(only)[0]]
    if all(leaf[3] >= 0 for leaf in leaves):
        return [labelled(attributes, (total > 0.5).astype(int)), np.stack([1 - total, total], 1)]
    both = np.stack([-total, total], 1)
    return [labelled(attributes, (total > 0).astype(int)), 1 / (1 + np.exp(-both)) if attributes["post_transform"] == "LOGISTIC" else both]


OPERATORS = {
    "ai.onnx.ml.SVMRegressor": svm_regressor, "ai.onnx.ml.SVMClassifier": svm_classifier, "ai.onnx.ml.TreeEnsemble": tree_ensemble, "ai.onnx.ml.TreeEnsembleClassifier": tree_classifier,
    "ai.onnx.ml.LinearRegressor": linear_regressor, "ai.onnx.ml.LinearClassifier": linear_classifier, "ai.onnx.ml.Normalizer": normalizer,
    "ai.onnx.ml.Scaler": lambda a, x: (x - floats(a, "offset")) * floats(a, "scale"),
    "ai.onnx.ml.Binarizer": lambda a, x: (x > a.get("threshold", 0)).astype(x.dtype), "ai.onnx.ml.Imputer": imputer,
    "ai.onnx.ml.OneHotEncoder": one_hot_encoder, "ai.onnx.ml.CategoryMapper": category_mapper, "ai.onnx.ml.ZipMap": lambda a, x: x,
    "ai.onnx.ml.FeatureVectorizer": lambda a, *x: np.concatenate(x, 1).astype(np.float64),
    "ai.onnx.ml.ArrayFeatureExtractor": lambda a, x, places: x[..., places.ravel()].reshape((1, -1) if x.ndim == 1 else x.shape[:-1] + (-1,)),
}
