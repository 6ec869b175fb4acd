"""The first 20 training steps of four networks in PyTorch 1.13 (Debian's python3-torch), for tests of the network trainer.

Run with /usr/bin/python3; writes steps-<network>.json beside itself, computed in double precision, and prints how far PyTorch's own float run is from it:
with batch normalization over 8 images a ReLU that flips by rounding changes gradients by a hundredth, so learning rates are small. The networks are written here from their papers, with the parameter names of
torchvision, timm and Hugging Face. First weights, images, tokens and labels follow from a hash of (name, index), which the tests compute too.
"""
import json
import math
import pathlib
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

STEPS, SAMPLES, CLASSES, PIXELS, BATCH = 20, 64, 10, 64, 8
LENGTH, VOCABULARY = 24, 97


def bits(name, count):
    """32 bits per element: FNV-1a of the name, then a finalizer over the index."""
    seed = 2166136261
    for byte in name.encode():
        seed = ((seed ^ byte) * 16777619) & 0xFFFFFFFF
    h = (np.arange(count, dtype=np.uint64) * 0x9E3779B9 + seed) & 0xFFFFFFFF
    h ^= h >> 16
    h = (h * 0x85EBCA6B) & 0xFFFFFFFF
    h ^= h >> 13
    h = (h * 0xC2B2AE35) & 0xFFFFFFFF
    return h ^ (h >> 16)


def even(name, shape):
    """Numbers from -1 up to 1, as doubles."""
    count = int(np.prod(shape))
    return ((bits(name, count) >> 8).astype(np.float64) / 2**23 - 1).reshape(shape)


def images(name):
    """Patches of 16 pixels of one colour each, with noise a quarter as strong: plain noise would make all images alike to the last layers."""
    colours = even(name + "/colours", (BATCH, 3, PIXELS // 16, PIXELS // 16)).repeat(16, 2).repeat(16, 3)
    return colours + 0.25 * even(name, (BATCH, 3, PIXELS, PIXELS))


def first(name, shape):
    if name.endswith("running_mean"):
        return np.zeros(shape)
    if name.endswith("running_var"):
        return np.ones(shape)
    if len(shape) == 1:
        return (1 if name.endswith("weight") else 0) + 0.1 * even(name, shape)
    gain = 8 if len(shape) == 4 and "patch" not in name else 1  # large weights before a normalization change slowly: rounding is not blown up
    return gain * math.sqrt(3 / np.prod(shape[1:])) * even(name, shape)


def conv(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False)


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs)
        self.conv2, self.bn2 = conv(outputs, outputs, 3), nn.BatchNorm2d(outputs)
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))
        else:
            self.downsample = None

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet18(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = conv(3, 64, 7, 2), nn.BatchNorm2d(64)
        inputs = 64
        for i, outputs in enumerate([64, 128, 256, 512]):
            setattr(self, f"layer{i + 1}", nn.Sequential(BasicBlock(inputs, outputs, 2 if i else 1), BasicBlock(outputs, outputs, 1)))
            inputs = outputs
        self.fc = nn.Linear(512, CLASSES)

    def forward(self, image):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(image))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


def activated(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Sequential(conv(inputs, outputs, kernel, stride, groups), nn.BatchNorm2d(outputs), nn.ReLU6())


class InvertedResidual(nn.Module):
    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        parts = [] if expansion == 1 else [activated(inputs, hidden, 1)]
        parts += [activated(hidden, hidden, 3, stride, hidden), conv(hidden, outputs, 1), nn.BatchNorm2d(outputs)]
        self.conv = nn.Sequential(*parts)
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.conv(x) if self.adds else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self):
        super().__init__()
        parts, inputs = [activated(3, 32, 3, 2)], 32
        for t, c, n, s in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
            for i in range(n):
                parts.append(InvertedResidual(inputs, c, s if i == 0 else 1, t))
                inputs = c
        self.features = nn.Sequential(*parts, activated(320, 1280, 1))
        self.classifier = nn.Sequential(nn.Identity(), nn.Linear(1280, CLASSES))

    def forward(self, image):
        return self.classifier(self.features(image).mean((2, 3)))


def attention(q, k, v, heads, mask=None):
    n, length, width = q.shape
    q, k, v = (x.reshape(n, length, heads, width // heads).transpose(1, 2) for x in (q, k, v))
    scores = q @ k.transpose(2, 3) / math.sqrt(width // heads)
    scores = scores if mask is None else scores + mask
    return (scores.softmax(-1) @ v).transpose(1, 2).reshape(n, length, width)


def named(**modules):
    return nn.ModuleDict(modules)


class ViTTiny(nn.Module):
    def __init__(self, width=192, depth=12):
        super().__init__()
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, 1 + (PIXELS // 16) ** 2, width))
        self.patch_embed = named(proj=nn.Conv2d(3, width, 16, 16))
        self.blocks = nn.ModuleList([named(
            norm1=nn.LayerNorm(width, 1e-6), attn=named(qkv=nn.Linear(width, 3 * width), proj=nn.Linear(width, width)),
            norm2=nn.LayerNorm(width, 1e-6), mlp=named(fc1=nn.Linear(width, 4 * width), fc2=nn.Linear(4 * width, width))) for _ in range(depth)])
        self.norm = nn.LayerNorm(width, 1e-6)
        self.head = nn.Linear(width, CLASSES)

    def forward(self, image):
        x = self.patch_embed["proj"](image).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed
        for block in self.blocks:
            q, k, v = block["attn"]["qkv"](block["norm1"](x)).chunk(3, -1)
            x = x + block["attn"]["proj"](attention(q, k, v, 3))
            x = x + block["mlp"]["fc2"](F.gelu(block["mlp"]["fc1"](block["norm2"](x))))
        return self.head(self.norm(x)[:, 0])


class Encoder(nn.Module):
    def __init__(self, width=64, depth=2, hidden=128):
        super().__init__()
        norm = lambda: nn.LayerNorm(width, 1e-12)
        self.bert = named(
            embeddings=named(word_embeddings=nn.Embedding(VOCABULARY, width), position_embeddings=nn.Embedding(32, width),
                             token_type_embeddings=nn.Embedding(2, width), LayerNorm=norm()),
            encoder=named(layer=nn.ModuleList([named(
                attention=named(self=named(query=nn.Linear(width, width), key=nn.Linear(width, width), value=nn.Linear(width, width)),
                                output=named(dense=nn.Linear(width, width), LayerNorm=norm())),
                intermediate=named(dense=nn.Linear(width, hidden)), output=named(dense=nn.Linear(hidden, width), LayerNorm=norm()))
                for _ in range(depth)])),
            pooler=named(dense=nn.Linear(width, width)))
        self.classifier = nn.Linear(width, CLASSES)

    def forward(self, ids, given, kinds):
        e = self.bert["embeddings"]
        x = e["word_embeddings"](ids) + e["token_type_embeddings"](kinds) + e["position_embeddings"].weight[:ids.shape[1]]
        x = e["LayerNorm"](x)
        mask = (1 - given[:, None, None, :].to(x.dtype)) * torch.finfo(torch.float32).min
        for layer in self.bert["encoder"]["layer"]:
            a = layer["attention"]
            mixed = attention(*(a["self"][part](x) for part in ("query", "key", "value")), 4, mask)
            x = a["output"]["LayerNorm"](a["output"]["dense"](mixed) + x)
            x = layer["output"]["LayerNorm"](layer["output"]["dense"](F.gelu(layer["intermediate"]["dense"](x))) + x)
        return self.classifier(torch.tanh(self.bert["pooler"]["dense"](x[:, 0])))


def batch(step, text, kind):
    labels = torch.from_numpy((bits(f"labels/{step}", BATCH) % CLASSES).astype(np.int64))
    if not text:
        return (torch.from_numpy(images(f"images/{step}")).to(kind),), labels
    ids = torch.from_numpy((bits(f"tokens/{step}", BATCH * LENGTH) % VOCABULARY).astype(np.int64).reshape(BATCH, LENGTH))
    place = torch.arange(LENGTH)[None, :]
    given = (place < LENGTH - torch.arange(BATCH)[:, None]).long()
    return (ids, given, (place >= LENGTH // 2).long().expand(BATCH, -1)), labels


def run(make, text, rate, momentum, decay, nesterov, kind=torch.float32):
    network = make().to(kind).train()
    state = network.state_dict()
    for name, tensor in state.items():
        if not name.endswith("num_batches_tracked"):
            tensor.copy_(torch.from_numpy(first(name, tuple(tensor.shape)).astype(np.float32)))
    optimizer = torch.optim.SGD(network.parameters(), rate, momentum=momentum, weight_decay=decay, nesterov=nesterov)
    losses = []
    for step in range(STEPS):
        inputs, labels = batch(step, text, kind)
        optimizer.zero_grad()
        loss = F.cross_entropy(network(*inputs), labels)
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    return losses, {n: t.detach().double().numpy().ravel() for n, t in network.state_dict().items() if not n.endswith("num_batches_tracked")}


NETWORKS = {
    "resnet18": (ResNet18, False, 3e-4, 0.9, 1e-4, False),
    "mobilenet-v2": (MobileNetV2, False, 3e-6, 0.9, 1e-4, True),
    "vit-tiny": (ViTTiny, False, 0.005, 0.9, 0, False),
    "transformer-encoder": (Encoder, True, 0.02, 0, 0, False),
}

for name, (make, text, rate, momentum, decay, nesterov) in NETWORKS.items():
    if len(sys.argv) > 1 and name not in sys.argv[1:]:
        continue
    losses, weights = run(make, text, rate, momentum, decay, nesterov)
    exact, exact_weights = run(make, text, rate, momentum, decay, nesterov, torch.float64)
    spread = max(abs(a - b) / abs(b) for a, b in zip(losses, exact))
    worst = max((np.abs(weights[n] - exact_weights[n]).max() / np.abs(exact_weights[n]).max(), n) for n in weights)
    print(f"{name}: losses {losses[0]:.4f} to {losses[-1]:.4f}; float against double: losses {spread:.1e}, weights {worst[0]:.1e} ({worst[1]})")
    document = {"rate": rate, "momentum": momentum, "decay": decay, "nesterov": nesterov, "losses": exact, "weights": {
        n: [float(f"{w[int(i) % len(w)]:.8g}") for i in bits("sample/" + n, SAMPLES)] for n, w in exact_weights.items()}}
    text_of = json.dumps(document, separators=(",", ":")).replace('],"', '],\n"')
    (pathlib.Path(__file__).parent / f"steps-{name}.json").write_text(text_of + "\n")
