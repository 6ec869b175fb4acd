"""References of norms of windows, blocks of images, affine maps, Fourier transforms and drawing, in numpy; see make_golden.py."""
import itertools
import math

import numpy as np


def places(attributes, extents, kernel):
    """For every window its elements in the data, as (number of the element in the window, place)."""
    axes = len(extents)
    strides, dilations = attributes.get("strides") or [1] * axes, attributes.get("dilations") or [1] * axes
    pads = list(attributes.get("pads") or [0] * (2 * axes))
    counts = []
    for axis, (extent, stride) in enumerate(zip(extents, strides)):
        reach, auto = (kernel[axis] - 1) * dilations[axis] + 1, attributes.get("auto_pad", "NOTSET")
        if auto.startswith("SAME"):
            count = -(-extent // stride)
            total = max(0, (count - 1) * stride + reach - extent)
            pads[axis] = total // 2 if auto == "SAME_UPPER" else total - total // 2
        else:
            room = extent + pads[axis] + pads[axis + axes] - reach
            count = (-(-room // stride) if attributes.get("ceil_mode") else room // stride) + 1
            if attributes.get("ceil_mode") and (count - 1) * stride >= extent + pads[axis]:
                count -= 1
        counts.append(count)
    windows = {}
    for window in np.ndindex(*counts):
        inside = []
        for number, tap in enumerate(np.ndindex(*kernel)):
            at = tuple(window[a] * strides[a] + tap[a] * dilations[a] - pads[a] for a in range(axes))
            if all(0 <= at[a] < extents[a] for a in range(axes)):
                inside.append((number, at))
        windows[window] = inside
    return counts, windows


def lp_pool(attributes, x):
    p = attributes.get("p", 2)
    counts, windows = places(attributes, x.shape[2:], attributes["kernel_shape"])
    y = np.zeros(x.shape[:2] + tuple(counts))
    for window, inside in windows.items():
        y[(slice(None), slice(None)) + window] = sum(np.abs(x[(slice(None), slice(None)) + at]) ** p for _, at in inside) ** (1 / p)
    return y


def lp_pool_gradient(attributes, dy, x, y):
    p = attributes.get("p", 2)
    dx = np.zeros(x.shape)
    for window, inside in places(attributes, x.shape[2:], attributes["kernel_shape"])[1].items():
        for _, at in inside:
            here, there = (slice(None), slice(None)) + at, (slice(None), slice(None)) + window
            dx[here] += dy[there] * np.sign(x[here]) * (np.abs(x[here]) / y[there]) ** (p - 1)
    return dx


def max_unpool(attributes, x, where, shape=None):
    if shape is None:
        axes = x.ndim - 2
        pads = attributes.get("pads") or [0] * (2 * axes)
        shape = x.shape[:2] + tuple((x.shape[2 + a] - 1) * attributes["strides"][a] + attributes["kernel_shape"][a] - pads[a] - pads[a + axes] for a in range(axes))
    y = np.zeros(int(np.prod(shape)))
    y[where.ravel()] = x.ravel()
    return y.reshape([int(extent) for extent in shape])


def col2im(attributes, x, image, block):
    image, block = [int(v) for v in image], [int(v) for v in block]
    taps = int(np.prod(block))
    y = np.zeros((x.shape[0], x.shape[1] // taps, *image))
    for number, inside in enumerate(places(attributes, image, block)[1].values()):
        for tap, at in inside:
            y[(slice(None), slice(None)) + at] += x[:, tap::taps, number]
    return y


def im2col(attributes, x, like, block):
    block = [int(v) for v in block]
    taps = int(np.prod(block))
    y = np.zeros(like.shape)
    for number, inside in enumerate(places(attributes, x.shape[2:], block)[1].values()):
        for tap, at in inside:
            y[:, tap::taps, number] = x[(slice(None), slice(None)) + at]
    return y


def center_crop_pad(attributes, x, shape):
    axes = [axis % x.ndim for axis in attributes.get("axes", range(x.ndim))]
    for axis, extent in zip(axes, shape.astype(int)):
        more = int(extent) - x.shape[axis]
        if more < 0:
            x = np.take(x, range(-more // 2, -more // 2 + int(extent)), axis)
        else:
            x = np.pad(x, [(more // 2, more - more // 2) if a == axis else (0, 0) for a in range(x.ndim)])
    return x


def det_gradient(attributes, dy, x):
    dx = np.zeros(x.shape)
    for at in np.ndindex(*x.shape):
        minor = np.delete(np.delete(x[at[:-2]], at[-2], 0), at[-1], 1)
        dx[at] = dy[at[:-2]] * (-1) ** (at[-2] + at[-1]) * np.linalg.det(minor)
    return dx


def affine_places(attributes, extents):
    lines = []
    for extent in extents:
        i = np.arange(extent)
        lines.append((2 * i / (extent - 1) - 1 if extent > 1 else 0.0 * i) if attributes.get("align_corners") else (2 * i + 1) / extent - 1)
    grids = np.meshgrid(*lines, indexing="ij")
    return np.stack(grids[::-1] + [np.ones(extents)], -1)


def affine_grid(attributes, theta, size):
    return np.einsum("nrk,...k->n...r", theta, affine_places(attributes, [int(extent) for extent in size[2:]]))


def affine_grid_gradient(attributes, dy, theta):
    axes = dy.ndim - 2
    base = affine_places(attributes, list(dy.shape[1:-1]))
    return np.tensordot(dy, base, axes=(range(1, axes + 1), range(axes))).reshape(theta.shape)


def complex_of(x):
    return x[..., 0] + (1j * x[..., 1] if x.shape[-1] == 2 else 0)


def dft(attributes, x, length=None):
    axis = attributes.get("axis", 1) % x.ndim
    length = None if length is None else int(length)
    y = (np.fft.ifft if attributes.get("inverse") else np.fft.fft)(complex_of(x), length, axis)
    if attributes.get("onesided"):
        y = np.take(y, range(y.shape[axis] // 2 + 1), axis)
    return np.stack([y.real, y.imag], -1)


def dft_gradient(attributes, dy, x, length=None):
    """The transform is linear, so its gradient by each number is its answer to a 1 at that number."""
    dx = np.zeros(x.shape)
    for at in np.ndindex(*x.shape):
        unit = np.zeros(x.shape)
        unit[at] = 1
        dx[at] = np.sum(dft(attributes, unit, length) * dy)
    return dx


def stft(attributes, signal, step, window=None, length=None):
    length = len(window) if length is None else int(length)
    starts = range(0, signal.shape[1] - length + 1, int(step))
    frames = np.stack([signal[:, start:start + length] for start in starts], 1)
    frames = frames if window is None else frames * window[:, None]
    return dft({"axis": 2, "onesided": attributes.get("onesided", 1)}, frames)


def mel_weight_matrix(attributes, bands, length, rate, lowest, highest):
    bands, length, rate = int(bands), int(length), int(rate)
    mel = lambda f: 2595 * math.log10(1 + float(f) / 700)
    step = (mel(highest) - mel(lowest)) / (bands + 2)
    corners = [int((length + 1) * (700 * (10 ** ((mel(lowest) + i * step) / 2595) - 1)) // rate) for i in range(bands + 2)]
    weights = np.zeros((length // 2 + 1, bands))
    for band, (left, peak, right) in enumerate(zip(corners, corners[1:], corners[2:])):
        for bin in range(left, peak + 1):
            weights[bin, band] = 1 if left == peak else (bin - left) / (peak - left)
        for bin in range(peak, right):
            weights[bin, band] = (right - bin) / (right - peak)
    return weights


def tf_idf(attributes, x):
    words = attributes.get("pool_strings") or attributes["pool_int64s"]
    starts = attributes["ngram_counts"] + [len(words)]
    grams = []
    for n, (start, end) in enumerate(zip(starts, starts[1:]), 1):
        grams += [tuple(words[i:i + n]) for i in range(start, end, n)]
    rows = x.reshape(-1, x.shape[-1]).tolist()
    y = np.zeros((len(rows), max(attributes["ngram_indexes"]) + 1))
    weights = attributes.get("weights") or [1.0] * len(grams)
    for row, items in enumerate(rows):
        for gram, place, weight in zip(grams, attributes["ngram_indexes"], weights):
            n, found = len(gram), 0
            if attributes["min_gram_length"] <= n <= attributes["max_gram_length"]:
                for skip in range(1 if n == 1 else attributes["max_skip_count"] + 1):
                    spans = range(len(items) - (n - 1) * (skip + 1))
                    found += sum(tuple(items[i + j * (skip + 1)] for j in range(n)) == gram for i in spans)
            mode = attributes["mode"]
            y[row, place] += found if mode == "TF" else (found > 0) * weight if mode == "IDF" else found * weight
    return y[0] if x.ndim == 1 else y


def roi_bins(attributes, x, regions):
    """For every region, channel and bin the place of the largest element, or None."""
    away = lambda value: int(math.copysign(math.floor(abs(value) + 0.5), value))
    scale = float(np.float32(attributes.get("spatial_scale", 1)))
    bins = attributes["pooled_shape"]
    for r, region in enumerate(regions):
        left, top, right, bottom = [away(float(value) * scale) for value in region[1:]]
        for c, i, j in itertools.product(range(x.shape[1]), range(bins[0]), range(bins[1])):
            spans = []
            for first, last, bin, count, extent in ((top, bottom, i, bins[0], x.shape[2]), (left, right, j, bins[1], x.shape[3])):
                size = max(last - first + 1, 1) / count
                spans.append([min(max(edge + first, 0), extent) for edge in (math.floor(bin * size), math.ceil((bin + 1) * size))])
            inside = [(int(region[0]), c, h, w) for h in range(*spans[0]) for w in range(*spans[1])]
            yield (r, c, i, j), max(inside, key=lambda at: x[at]) if inside else None


def max_roi_pool(attributes, x, regions):
    y = np.zeros((len(regions), x.shape[1], *attributes["pooled_shape"]))
    for bin, place in roi_bins(attributes, x, regions):
        y[bin] = 0 if place is None else x[place]
    return y


def max_roi_pool_gradient(attributes, x, regions, dy):
    dx = np.zeros(x.shape)
    for bin, place in roi_bins(attributes, x, regions):
        if place is not None:
            dx[place] += dy[bin]
    return dx


def filled(value, dtype=np.float64):
    return lambda a, *x: np.full(x[0].shape if x else a["shape"], np.float32(a.get(value, 0)), dtype)


OPERATORS = {
    "LpPool": lp_pool, "medtune.LpPoolGradient": lp_pool_gradient, "MaxUnpool": max_unpool, "Col2Im": col2im, "medtune.Im2Col": im2col,
    "GlobalLpPool": lambda a, x: np.sum(np.abs(x) ** a.get("p", 2), axis=tuple(range(2, x.ndim)), keepdims=True) ** (1 / a.get("p", 2)),
    "CenterCropPad": center_crop_pad, "Det": lambda a, x: np.linalg.det(x), "medtune.DetGradient": det_gradient,
    "AffineGrid": affine_grid, "medtune.AffineGridGradient": affine_grid_gradient,
    "DFT": dft, "medtune.DFTGradient": dft_gradient, "STFT": stft, "MelWeightMatrix": mel_weight_matrix, "TfIdfVectorizer": tf_idf,
    "RandomNormal": filled("mean"), "RandomNormalLike": filled("mean"), "RandomUniform": filled("low"), "RandomUniformLike": filled("low"),
    "Bernoulli": lambda a, x: x.astype(np.int64) if a.get("dtype") == 7 else x,
    "MaxRoiPool": max_roi_pool, "medtune.MaxRoiPoolGradient": max_roi_pool_gradient,
    "Optional": lambda a, x: x, "OptionalGetElement": lambda a, x: x, "OptionalHasElement": lambda a, *x: np.array(len(x) > 0),
    "Multinomial": lambda a, x: np.repeat(x.argmax(1)[:, None], a["sample_size"], 1).astype(np.int64),
}
