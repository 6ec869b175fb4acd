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


def activation(name, alphas, betas):
    """Functions that also take complex numbers with a tiny imaginary part, so that derivatives can be read from it."""
    def take(numbers, otherwise):
        return np.float64(np.float32(numbers.pop(0) if numbers else otherwise))
    if name == "LeakyRelu":
        a = take(alphas, 0.01)
        return lambda x: np.where(x.real < 0, a * x, x)
    if name == "ThresholdedRelu":
        a = take(alphas, 1)
        return lambda x: np.where(x.real > a, x, 0)
    if name == "Elu":
        a = take(alphas, 1)
        return lambda x: np.where(x.real < 0, a * (np.exp(x) - 1), x)
    if name == "Affine":
        a, b = take(alphas, 1), take(betas, 0)
        return lambda x: a * x + b
    if name == "ScaledTanh":
        a, b = take(alphas, 1), take(betas, 1)
        return lambda x: a * np.tanh(b * x)
    if name == "HardSigmoid":
        a, b = take(alphas, 0.2), take(betas, 0.5)
        return lambda x: np.where(a * x.real + b < 0, 0, np.where(a * x.real + b > 1, 1, a * x + b))
    return {"Sigmoid": lambda x: 1 / (1 + np.exp(-x)), "Tanh": np.tanh, "Relu": lambda x: np.where(x.real > 0, x, 0),
            "Softsign": lambda x: x / (1 + np.where(x.real < 0, -x, x)), "Softplus": lambda x: np.log(1 + np.exp(x))}[name]


def recurrent(gates, defaults):
    """One sample at a time, one step at a time, as the formulas of the standard stand."""
    def run(attributes, x, w, r, b=None, lengths=None, h0=None, c0=None, p=None):
        directions, hidden = r.shape[0], r.shape[2]
        first = attributes.get("layout", 0) == 1
        x = x.swapaxes(0, 1) if first else x
        steps, batch, _ = x.shape
        kind = np.result_type(*[each for each in (x, w, r, b, h0, c0, p) if each is not None])
        b = np.zeros((directions, 2 * gates * hidden)) if b is None else b
        p = np.zeros((directions, 3 * hidden)) if p is None else p
        names = attributes.get("activations") or defaults * directions
        alphas, betas = list(attributes.get("activation_alpha", [])), list(attributes.get("activation_beta", []))
        functions = [activation(name, alphas, betas) for name in names]
        limit = np.float64(np.float32(attributes.get("clip", 0)))
        def bounded(function):
            return (lambda v: function(np.where(v.real > limit, limit, np.where(v.real < -limit, -limit, v)))) if limit else function
        y = np.zeros((steps, directions, batch, hidden), dtype=kind)
        last = np.zeros((2, directions, batch, hidden), dtype=kind)
        for d in range(directions):
            f, g, *more = [bounded(each) for each in functions[d * len(defaults):(d + 1) * len(defaults)]] + [None] * 2
            for n in range(batch):
                length = steps if lengths is None else int(lengths[n].real)
                def start(state):
                    return np.zeros(hidden, dtype=kind) if state is None else (state[n, d] if first else state[d, n])
                h, c = start(h0), start(c0)
                backward = d == 1 or attributes.get("direction", "forward") == "reverse"
                for t in (range(length - 1, -1, -1) if backward else range(length)):
                    h, c = STEPS[gates](attributes, (f, g, *more), x[t, n], h, c, w[d], r[d], b[d], p[d])
                    y[t, d, n] = h
                last[:, d, n] = h, c
        if first:
            return [y.transpose(2, 0, 1, 3), last[0].swapaxes(0, 1), last[1].swapaxes(0, 1)]
        return [y, last[0], last[1]]
    return run


def lstm_step(attributes, functions, x, h, c, w, r, b, p):
    f, g, show = functions[:3]
    n = len(h)
    i, o, k, u = ((w @ x)[q * n:(q + 1) * n] + (r @ h)[q * n:(q + 1) * n] + b[q * n:(q + 1) * n] + b[(4 + q) * n:(5 + q) * n] for q in range(4))
    i = f(i + p[:n] * c)
    k = 1 - i if attributes.get("input_forget") else f(k + p[2 * n:] * c)
    c = k * c + i * g(u)
    return f(o + p[n:2 * n] * c) * show(c), c


def gru_step(attributes, functions, x, h, c, w, r, b, p):
    f, g = functions[:2]
    n = len(h)
    z = f(w[:n] @ x + r[:n] @ h + b[:n] + b[3 * n:4 * n])
    k = f(w[n:2 * n] @ x + r[n:2 * n] @ h + b[n:2 * n] + b[4 * n:5 * n])
    inner = k * (r[2 * n:] @ h + b[5 * n:]) if attributes.get("linear_before_reset") else r[2 * n:] @ (k * h) + b[5 * n:]
    u = g(w[2 * n:] @ x + inner + b[2 * n:3 * n])
    return (1 - z) * u + z * h, c


def rnn_step(attributes, functions, x, h, c, w, r, b, p):
    n = len(h)
    return functions[0](w @ x + r @ h + b[:n] + b[n:]), c


STEPS = {4: lstm_step, 3: gru_step, 1: rnn_step}


def recurrent_gradient(gates, defaults):
    """d loss / d element from a step of 1e-30 along the imaginary axis (Squire and Trapp 1998), loss = the outputs times what arrives."""
    forward, given = recurrent(gates, defaults), 8 if gates == 4 else 6
    def run(attributes, *inputs):
        arrived = inputs[given:]
        results = []
        for place in range(4):
            gradient = np.zeros(inputs[place].shape)
            for index in np.ndindex(*gradient.shape):
                moved = [None if each is None else each.astype(np.complex128) for each in inputs[:given]]
                moved[place][index] += 1e-30j
                outputs = forward(attributes, *moved)
                gradient[index] = sum(np.sum(dy * y.imag) for dy, y in zip(arrived, outputs)) / 1e-30
            results.append(gradient)
        return results
    return run


def rms_norm(attributes, x, scale):
    axes = tuple(range(attributes.get("axis", -1) % x.ndim, x.ndim))
    return x / np.sqrt(np.mean(x * x, axis=axes, keepdims=True) + f32(attributes, "epsilon", 1e-5)) * scale


def rotary(attributes, x, cosines, sines, positions=None):
    flat = x.ndim == 3
    rows = x.reshape(x.shape[0], x.shape[1], attributes["num_heads"], -1) if flat else x.swapaxes(1, 2)
    if positions is not None:
        cosines, sines = cosines[positions], sines[positions]
    pairs = cosines.shape[-1]
    angle = cosines[:, :, None] + 1j * sines[:, :, None]
    result = rows.copy()
    if attributes.get("interleaved"):
        turned = angle * (rows[..., 0:2 * pairs:2] + 1j * rows[..., 1:2 * pairs:2])
        result[..., 0:2 * pairs:2], result[..., 1:2 * pairs:2] = turned.real, turned.imag
    else:
        turned = angle * (rows[..., :pairs] + 1j * rows[..., pairs:2 * pairs])
        result[..., :pairs], result[..., pairs:2 * pairs] = turned.real, turned.imag
    return result.reshape(x.shape) if flat else result.swapaxes(1, 2)


def attention_parts(attributes, q, k, v, mask=None, past_k=None, past_v=None):
    if q.ndim == 3:
        def heads(x, count):
            return x.reshape(x.shape[0], x.shape[1], count, -1).transpose(0, 2, 1, 3)
        q, k, v = heads(q, attributes["q_num_heads"]), heads(k, attributes["kv_num_heads"]), heads(v, attributes["kv_num_heads"])
    past = 0 if past_k is None else past_k.shape[2]
    if past:
        k, v = np.concatenate([past_k, k], 2), np.concatenate([past_v, v], 2)
    times = q.shape[1] // k.shape[1]
    scale = f32(attributes, "scale", 1) if "scale" in attributes else 1 / math.sqrt(q.shape[-1])
    scores = [np.einsum("bhqd,bhkd->bhqk", q, np.repeat(k, times, 1)) * scale]
    cap = f32(attributes, "softcap", 0)
    scores.append(cap * np.tanh(scores[0] / cap) if cap else scores[0])
    masked = scores[1]
    if mask is not None:
        masked = np.where(mask, masked, -np.inf) if mask.dtype == bool else masked + mask
    if attributes.get("is_causal"):
        masked = np.where(np.tril(np.ones(masked.shape[2:], dtype=bool), past), masked, -np.inf)
    scores.append(masked)
    largest = masked.max(-1, keepdims=True)
    powers = np.exp(masked - np.where(np.isinf(largest), 0, largest))
    total = powers.sum(-1, keepdims=True)
    scores.append(powers / np.where(total == 0, 1, total))
    return q, k, v, times, scale, cap, scores


def attention(attributes, q, k, v, *rest):
    flat = q.ndim == 3
    _, k, v, times, _, _, scores = attention_parts(attributes, q, k, v, *rest)
    y = np.einsum("bhqk,bhkd->bhqd", scores[3], np.repeat(v, times, 1))
    y = y.transpose(0, 2, 1, 3).reshape(y.shape[0], y.shape[2], -1) if flat else y
    return [y, k, v, scores[attributes.get("qk_matmul_output_mode", 0)]]


def attention_gradient(attributes, q, k, v, past, y, dy, mask=None):
    _, _, _, times, scale, cap, scores = attention_parts(attributes, q, k, v, mask)
    weights = scores[3]
    slope = np.einsum("bhqd,bhkd->bhqk", dy, np.repeat(v, times, 1))
    slope = weights * (slope - (weights * slope).sum(-1, keepdims=True))
    inner = slope * (1 - (scores[1] / cap) ** 2) if cap else slope
    def shared(x):
        return x.reshape(x.shape[0], -1, times, *x.shape[2:]).sum(2)
    dq = scale * np.einsum("bhqk,bhkd->bhqd", inner, np.repeat(k, times, 1))
    return [dq, shared(scale * np.einsum("bhqk,bhqd->bhkd", inner, q)), shared(np.einsum("bhqk,bhqd->bhkd", weights, dy)), slope]


def reverse_sequence(attributes, x, lengths):
    turned = x if attributes.get("time_axis", 0) == 0 else x.swapaxes(0, 1)
    turned = turned.copy()
    for sample, length in enumerate(lengths):
        turned[:length, sample] = turned[:length, sample][::-1]
    return turned if attributes.get("time_axis", 0) == 0 else turned.swapaxes(0, 1)


def cosine_window(constant, one, two):
    def run(attributes, size):
        n = int(size)
        turn = n if attributes.get("periodic", 1) else n - 1
        angle = 2 * np.pi * np.arange(n) / turn
        return constant + one * np.cos(angle) + two * np.cos(2 * angle)
    return run


def hardmax(attributes, x):
    axis = attributes.get("axis", -1)
    y = np.zeros(x.shape)
    np.put_along_axis(y, np.expand_dims(x.argmax(axis), axis), 1.0, axis)
    return y


def lp_normalization(attributes, x):
    norm = np.linalg.norm(x, attributes.get("p", 2), attributes.get("axis", -1), keepdims=True)
    return np.where(norm == 0, 0, x / np.where(norm == 0, 1, norm))


OPERATORS = {
    "ReverseSequence": reverse_sequence, "HannWindow": cosine_window(0.5, -0.5, 0), "HammingWindow": cosine_window(25 / 46, -21 / 46, 0),
    "BlackmanWindow": cosine_window(0.42, -0.5, 0.08), "Hardmax": hardmax, "LpNormalization": lp_normalization,
    "Acos": lambda a, x: np.arccos(x), "Acosh": lambda a, x: np.arccosh(x), "Asin": lambda a, x: np.arcsin(x), "Asinh": lambda a, x: np.arcsinh(x),
    "Atan": lambda a, x: np.arctan(x), "Atanh": lambda a, x: np.arctanh(x), "Cosh": lambda a, x: np.cosh(x), "Sinh": lambda a, x: np.sinh(x),
    "Tan": lambda a, x: np.tan(x), "BitwiseAnd": lambda a, x, y: x & y, "BitwiseOr": lambda a, x, y: x | y, "BitwiseXor": lambda a, x, y: x ^ y,
    "BitwiseNot": lambda a, x: ~x, "BitShift": lambda a, x, y: np.left_shift(x, y) if a["direction"] == "LEFT" else np.right_shift(x, y),
    "Attention": attention, "medtune.AttentionGradient": attention_gradient,
    "Swish": lambda a, x: x / (1 + np.exp(-f32(a, "alpha", 1) * x)), "RMSNormalization": rms_norm, "RotaryEmbedding": rotary,
    "LSTM": recurrent(4, ["Sigmoid", "Tanh", "Tanh"]), "GRU": recurrent(3, ["Sigmoid", "Tanh"]), "RNN": recurrent(1, ["Tanh"]),
    "medtune.LSTMGradient": recurrent_gradient(4, ["Sigmoid", "Tanh", "Tanh"]), "medtune.GRUGradient": recurrent_gradient(3, ["Sigmoid", "Tanh"]),
    "medtune.RNNGradient": recurrent_gradient(1, ["Tanh"]),
    "TopK": top_k, "Einsum": einsum, "medtune.EinsumGradient": einsum_gradient,
    "Mod": lambda a, x, y: np.fmod(x, y) if a.get("fmod") else np.mod(x, y),
}
