"""MedTune beside PyTorch (training steps) or ONNX Runtime (inference) on two threads: the two run in turn, pair by pair, and the medians of the ratios count.

/usr/bin/python3 benchmarks/peers/networks.py train resnet18 224 16 [pairs]
/usr/bin/python3 benchmarks/peers/networks.py frozen resnet18 224 16 [pairs]
/usr/bin/python3 benchmarks/peers/networks.py infer resnet18|FILE.onnx 224 16 [pairs [runs]]

A turn is one run after a pause of a tenth of a second, as a service meets it, or with runs the median of so many one after the other.
Build first: dotnet build benchmarks/MedTune.Benchmarks -c Release. Inference needs onnxruntime-node in tests/Tools/OnnxRuntime (./test puts it there).
Matrix products of Debian's PyTorch are those of libblas.so.3, 25 times slower in its reference form than in libopenblas0-pthread: have that one, as the
system's choice or by LD_LIBRARY_PATH.
The training peer is PyTorch 1.13 from Debian, the better of plain and channels_last memory order, with SGD with momentum as on our side. frozen trains the last
linear layer: the peer runs the rest in eval mode without gradients; ours on samples never seen (first epoch), then on samples seen before (later ones).
"""
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = [str(ROOT / "artifacts/bin/MedTune.Benchmarks/release/MedTune.Benchmarks"), "network"]
THREADS = 2


class Line:
    """A program that runs as often as each line it reads says and answers with the median in milliseconds and peak megabytes."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        answer = self.process.stdout.readline().strip()
        if answer != "ready":
            raise SystemExit(f"{command[0]} did not start: {answer}")

    def run(self, times=1):
        # A pool that has just finished spins for a while and would take a core from the other side.
        time.sleep(0.1)
        self.process.stdin.write(f"{times}\n")
        self.process.stdin.flush()
        milliseconds, peak = self.process.stdout.readline().split()
        return float(milliseconds), float(peak)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def torch_network(name, pixels):
    arguments, sys.argv = sys.argv, ["networks", "none"]
    sys.path.insert(0, str(ROOT / "tests/TestData/Training"))
    import make_golden_steps as steps
    sys.argv = arguments
    from torch import nn
    from torch.nn import functional as F
    steps.CLASSES, steps.PIXELS = 1000, pixels
    if name == "resnet18" and pixels < 100:
        class Small(steps.ResNet18):
            def __init__(self):
                super().__init__()
                self.conv1 = steps.conv(3, 64, 3, 1)

            def forward(self, image):
                x = F.relu(self.bn1(self.conv1(image)))
                x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
                return self.fc(x.mean((2, 3)))
        return Small()
    if name == "vit-small":
        class ViTSmall(steps.ViTTiny):
            def __init__(self):
                super().__init__(384, 12)

            def forward(self, image):
                x = self.patch_embed["proj"](image).flatten(2).transpose(1, 2)
                import torch
                x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed
                for block in self.blocks:
                    q, k, v = block["attn"]["qkv"](block["norm1"](x)).chunk(3, -1)
                    x = x + block["attn"]["proj"](steps.attention(q, k, v, 6))
                    x = x + block["mlp"]["fc2"](F.gelu(block["mlp"]["fc1"](block["norm2"](x))))
                return self.head(self.norm(x)[:, 0])
        return ViTSmall()
    return {"resnet18": steps.ResNet18, "mobilenetv2": steps.MobileNetV2}[name]()


def serve_torch(name, pixels, batch, order, is_frozen):
    """The peer's side of a pair, in a process of its own so that its peak memory is its own."""
    import resource
    import torch
    torch.set_num_threads(THREADS)
    network = torch_network(name, pixels).train()
    images, labels = torch.rand(batch, 3, pixels, pixels), torch.zeros(batch, dtype=torch.long)
    if order == "channels_last":
        network, images = network.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
    head = network
    if is_frozen:
        head, network.fc = network.fc, torch.nn.Identity()
        network.eval()
    optimizer = torch.optim.SGD(head.parameters(), 0.01, momentum=0.9)

    def step():
        optimizer.zero_grad()
        if is_frozen:
            with torch.no_grad():
                features = network(images)
            logits = head(features)
        else:
            logits = network(images)
        torch.nn.functional.cross_entropy(logits, labels).backward()
        optimizer.step()

    begun = time.perf_counter()
    step()
    if name.startswith("vit") and "openblas" not in pathlib.Path("/proc/self/maps").read_text():
        raise SystemExit(print("PyTorch multiplies matrices with the reference BLAS; install libopenblas0-pthread", flush=True))
    step()
    while time.perf_counter() - begun < 1:
        step()
    print("ready", flush=True)
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            start = time.perf_counter()
            step()
            times.append((time.perf_counter() - start) * 1e3)
        print(statistics.median(times), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6, flush=True)


def compare(title, ours, peers, pairs, runs=1):
    ratios = {peer: [] for peer in peers}
    times = {name: [] for name in ["MedTune", *peers]}
    memory = {}
    for _ in range(pairs):
        for peer, line in peers.items():
            mine, memory["MedTune"] = ours.run(runs)
            its, memory[peer] = line.run(runs)
            times["MedTune"].append(mine)
            times[peer].append(its)
            ratios[peer].append(its / mine)
    best = min(peers, key=lambda peer: statistics.median(times[peer]))
    print(f"{title}: {best} takes {statistics.median(ratios[best]):.2f} times as long (pairs {min(ratios[best]):.2f} to {max(ratios[best]):.2f}); "
          f"MedTune {statistics.median(times['MedTune']):.1f} ms, {best} {statistics.median(times[best]):.1f} ms; "
          f"peak memory {memory['MedTune']:.0f} and {memory[best]:.0f} MB ({memory['MedTune'] / memory[best]:.2f})", flush=True)
    for line in [ours, *peers.values()]:
        line.close()


def main():
    mode, name, pixels, batch = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    if mode in ("torch", "torch-frozen"):
        serve_torch(name, pixels, batch, sys.argv[5], mode == "torch-frozen")
        return
    pairs = int(sys.argv[5]) if len(sys.argv) > 5 else 5
    sizes = [str(pixels), str(batch), str(THREADS)]
    title = f"{pathlib.Path(name).stem} {pixels} batch {batch} {mode}"
    if mode == "frozen":
        for epoch, kind in [("first epoch", "frozen"), ("later epochs", "kept")]:
            peers = {order: Line(["/usr/bin/python3", __file__, "torch-frozen", name, str(pixels), str(batch), order]) for order in ["plain", "channels_last"]}
            compare(f"{title} {epoch}", Line([*OURS, "serve", kind, name, *sizes]), peers, pairs)
        return
    if mode == "train":
        peers = {order: Line(["/usr/bin/python3", __file__, "torch", name, str(pixels), str(batch), order]) for order in ["plain", "channels_last"]}
        compare(title, Line([*OURS, "serve", "train", name, *sizes]), peers, pairs)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = name
        if not name.endswith(".onnx"):
            file = f"{folder}/network.onnx"
            subprocess.run([*OURS, "write", name, str(pixels), file], check=True)
        peer = Line(["node", str(ROOT / "benchmarks/peers/onnxruntime.mjs"), file, str(batch), str(pixels), str(THREADS)])
        compare(title, Line([*OURS, "serve", "infer", file, *sizes]), {"ONNX Runtime": peer}, pairs, int(sys.argv[6]) if len(sys.argv) > 6 else 1)


main()
