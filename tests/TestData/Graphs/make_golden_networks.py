"""Logits of whole networks in PyTorch 1.13 (Debian's python3-torch), for tests of the architectures. Run with /usr/bin/python3; writes networks.json.

The networks are written here from their papers, with the parameter names of torchvision, timm, DINOv2 and torch hub; weights and images follow from a
hash of (name, index), which the tests compute too. The file also holds every name with its shape. Computed in double precision.
"""
import json
import math
import pathlib

import numpy as np
import torch
from torch.nn import functional as F

CLASSES, BATCH = 3, 2


def even(name, shape):
    """FNV-1a of the name and a finalizer over the index give 32 bits; the upper 24 are a number from -1 up to 1."""
    seed = 2166136261
    for byte in name.encode():
        seed = ((seed ^ byte) * 16777619) & 0xFFFFFFFF
    h = (np.arange(int(np.prod(shape)), dtype=np.uint64) * 0x9E3779B9 + seed) & 0xFFFFFFFF
    h ^= h >> 16
    h = (h * 0x85EBCA6B) & 0xFFFFFFFF
    h ^= h >> 13
    h = (h * 0xC2B2AE35) & 0xFFFFFFFF
    h ^= h >> 16
    return ((h >> 8).astype(np.float64) / 2**23 - 1).reshape(shape)


def first(name, shape, gain):
    if name.endswith("running_mean") or name.endswith("running_var"):
        return np.full(shape, float(name.endswith("var")))
    if len(shape) == 1:
        return (1 if name.endswith("weight") else 0) + 0.1 * even(name, shape)
    kernel = gain if len(shape) == 4 and "patch" not in name else 1
    return kernel * math.sqrt(3 / np.prod(shape[1:])) * even(name, shape)


class Network:
    """Layers by name; a parameter is made when it is first used."""

    def __init__(self, gain):
        self.shapes, self.gain = {}, gain

    def parameter(self, name, shape):
        self.shapes[name] = "x".join(map(str, shape))
        return torch.from_numpy(first(name, tuple(shape), self.gain).astype(np.float32)).double()

    def conv(self, x, name, outputs, kernel, stride=1, groups=1, bias=False, padding=None):
        weight = self.parameter(name + ".weight", (outputs, x.shape[1] // groups, kernel, kernel))
        added = self.parameter(name + ".bias", (outputs,)) if bias else None
        return F.conv2d(x, weight, added, stride, (kernel - 1) // 2 if padding is None else padding, groups=groups)

    def bn(self, x, name):
        scale, bias, mean, variance = (self.parameter(f"{name}.{part}", (x.shape[1],)) for part in ("weight", "bias", "running_mean", "running_var"))
        return F.batch_norm(x, mean, variance, scale, bias)

    def norm(self, x, name, epsilon=1e-6):
        width = x.shape[-1]
        return F.layer_norm(x, (width,), self.parameter(name + ".weight", (width,)), self.parameter(name + ".bias", (width,)), epsilon)

    def linear(self, x, name, outputs):
        return F.linear(x, self.parameter(name + ".weight", (outputs, x.shape[-1])), self.parameter(name + ".bias", (outputs,)))


class ResNet50(Network):
    def run(self, x):
        x = F.max_pool2d(F.relu(self.bn(self.conv(x, "conv1", 64, 7, 2), "bn1")), 3, 2, 1)
        for stage, blocks in enumerate([3, 4, 6, 3]):
            for block in range(blocks):
                p, width, stride = f"layer{stage + 1}.{block}.", 64 << stage, 2 if stage and not block else 1
                y = F.relu(self.bn(self.conv(x, p + "conv1", width, 1), p + "bn1"))
                y = F.relu(self.bn(self.conv(y, p + "conv2", width, 3, stride), p + "bn2"))
                y = self.bn(self.conv(y, p + "conv3", 4 * width, 1), p + "bn3")
                if not block:
                    x = self.bn(self.conv(x, p + "downsample.0", 4 * width, 1, stride), p + "downsample.1")
                x = F.relu(x + y)
        return self.linear(x.mean((2, 3)), "fc", CLASSES)


class DenseNet121(Network):
    def run(self, x):
        f = "features."
        x = F.max_pool2d(F.relu(self.bn(self.conv(x, f + "conv0", 64, 7, 2), f + "norm0")), 3, 2, 1)
        for block, count in enumerate([6, 12, 24, 16], 1):
            for layer in range(1, count + 1):
                p = f"{f}denseblock{block}.denselayer{layer}."
                y = self.conv(F.relu(self.bn(x, p + "norm1")), p + "conv1", 128, 1)
                x = torch.cat([x, self.conv(F.relu(self.bn(y, p + "norm2")), p + "conv2", 32, 3)], 1)
            if block < 4:
                p = f"{f}transition{block}."
                x = F.avg_pool2d(self.conv(F.relu(self.bn(x, p + "norm")), p + "conv", x.shape[1] // 2, 1), 2, 2)
        return self.linear(F.relu(self.bn(x, f + "norm5")).mean((2, 3)), "classifier", CLASSES)


class EfficientNetB0(Network):
    def run(self, x):
        x = F.silu(self.bn(self.conv(x, "conv_stem", 32, 3, 2), "bn1"))
        stages = [(1, 3, 16, 1, 1), (6, 3, 24, 2, 2), (6, 5, 40, 2, 2), (6, 3, 80, 3, 2), (6, 5, 112, 3, 1), (6, 5, 192, 4, 2), (6, 3, 320, 1, 1)]
        for stage, (expand, kernel, outputs, count, stride) in enumerate(stages):
            for block in range(count):
                p, inputs, s = f"blocks.{stage}.{block}.", x.shape[1], stride if block == 0 else 1
                hidden, y = inputs * expand, x
                if expand > 1:
                    y = F.silu(self.bn(self.conv(y, p + "conv_pw", hidden, 1), p + "bn1"))
                y = F.silu(self.bn(self.conv(y, p + "conv_dw", hidden, kernel, s, hidden), p + ("bn2" if expand > 1 else "bn1")))
                z = F.silu(self.conv(y.mean((2, 3), keepdim=True), p + "se.conv_reduce", inputs // 4, 1, bias=True))
                y = y * torch.sigmoid(self.conv(z, p + "se.conv_expand", hidden, 1, bias=True))
                y = self.bn(self.conv(y, p + ("conv_pwl" if expand > 1 else "conv_pw"), outputs, 1), p + ("bn3" if expand > 1 else "bn2"))
                x = x + y if s == 1 and inputs == outputs else y
        return self.linear(F.silu(self.bn(self.conv(x, "conv_head", 1280, 1), "bn2")).mean((2, 3)), "classifier", CLASSES)


class ConvNeXtTiny(Network):
    def channel_norm(self, x, name):
        return self.norm(x.permute(0, 2, 3, 1), name).permute(0, 3, 1, 2)

    def run(self, x):
        x = self.channel_norm(self.conv(x, "stem.0", 96, 4, 4, bias=True, padding=0), "stem.1")
        for stage, (width, blocks) in enumerate([(96, 3), (192, 3), (384, 9), (768, 3)]):
            if stage:
                x = self.channel_norm(x, f"stages.{stage}.downsample.0")
                x = self.conv(x, f"stages.{stage}.downsample.1", width, 2, 2, bias=True, padding=0)
            for block in range(blocks):
                p = f"stages.{stage}.blocks.{block}."
                y = self.norm(self.conv(x, p + "conv_dw", width, 7, groups=width, bias=True).permute(0, 2, 3, 1), p + "norm")
                y = self.linear(F.gelu(self.linear(y, p + "mlp.fc1", 4 * width)), p + "mlp.fc2", width) * self.parameter(p + "gamma", (width,))
                x = x + y.permute(0, 3, 1, 2)
        return self.linear(self.norm(x.mean((2, 3)), "head.norm"), "head.fc", CLASSES)


class UNet(Network):
    def twice(self, x, p, channels):
        for i in "12":
            x = F.relu(self.bn(self.conv(x, f"{p}conv{i}", channels, 3), f"{p}norm{i}"))
        return x

    def run(self, x, width=4):
        kept = []
        for level in range(4):
            kept.append(self.twice(x, f"encoder{level + 1}.enc{level + 1}", width << level))
            x = F.max_pool2d(kept[-1], 2, 2)
        x = self.twice(x, "bottleneck.bottleneck", width << 4)
        for level in reversed(range(4)):
            p = f"upconv{level + 1}."
            x = F.conv_transpose2d(x, self.parameter(p + "weight", (x.shape[1], width << level, 2, 2)), self.parameter(p + "bias", (width << level,)), 2)
            x = self.twice(torch.cat([x, kept[level]], 1), f"decoder{level + 1}.dec{level + 1}", width << level)
        return self.conv(x, "conv", CLASSES, 1, bias=True)


class ViTRegisters(Network):
    """The form of DINOv2 with registers as timm has it, small: 2 blocks of width 24, patches of 8, 2 registers."""

    def run(self, x, width=24, heads=3, registers=2):
        n = len(x)
        x = self.conv(x, "patch_embed.proj", width, 8, 8, bias=True, padding=0).flatten(2).transpose(1, 2)
        x = x + self.parameter("pos_embed", (1, x.shape[1], width))
        before = [self.parameter("cls_token", (1, 1, width)), self.parameter("reg_token", (1, registers, width))]
        x = torch.cat([token.expand(n, -1, -1) for token in before] + [x], 1)
        for block in range(2):
            p = f"blocks.{block}."
            q, k, v = (part.reshape(n, -1, heads, width // heads).transpose(1, 2)
                       for part in self.linear(self.norm(x, p + "norm1"), p + "attn.qkv", 3 * width).chunk(3, -1))
            y = ((q @ k.transpose(2, 3) / math.sqrt(width // heads)).softmax(-1) @ v).transpose(1, 2).reshape(n, -1, width)
            x = x + self.linear(y, p + "attn.proj", width) * self.parameter(p + "ls1.gamma", (width,))
            y = self.linear(F.gelu(self.linear(self.norm(x, p + "norm2"), p + "mlp.fc1", 4 * width)), p + "mlp.fc2", width)
            x = x + y * self.parameter(p + "ls2.gamma", (width,))
        return self.linear(self.norm(x, "norm")[:, 0], "head", CLASSES)


def logits(make, height, width, gain):
    """Kernels are larger than usual by the gain, so that the images still tell apart in the logits."""
    network = make(gain)
    image = torch.from_numpy(even("image", (BATCH, 3, height, width)).astype(np.float32)).double()
    answer = network.run(image).ravel().numpy()
    step = max(1, len(answer) // 64)
    return {"gain": gain, "logits": [float(f"{v:.9g}") for v in answer[::step]], "step": step, "shapes": network.shapes}


networks = {
    "resnet50": logits(ResNet50, 64, 64, 1.2),
    "densenet121": logits(DenseNet121, 64, 64, 2),
    "efficientnet-b0": logits(EfficientNetB0, 64, 64, 1.6),
    "convnext-tiny": logits(ConvNeXtTiny, 64, 64, 2),
    "unet": logits(UNet, 32, 32, 1.5),
    "vit-registers": logits(ViTRegisters, 32, 48, 1),
}
for name, network in networks.items():
    print(name, network["logits"][:6], len(network["shapes"]))
text = json.dumps(networks, separators=(",", ":")).replace('},"', '},\n"').replace('"shapes":', '\n"shapes":')
(pathlib.Path(__file__).parent / "networks.json").write_text(text + "\n")
