"""Makes golden.json beside this script: small JPEG pictures and what the IJG library's descendants decode them to.

The pictures are made and decoded by Pillow over libjpeg-turbo, which shares nothing with the code under test; "ycc" is the digest of the
decoded bytes before the conversion to RGB (grey: the grey bytes), "rgb" after it. Run by hand: /usr/bin/python3 make_golden.py
(Debian: python3-pil 9.4.0 over libjpeg62-turbo 2.1.5, python3-numpy 1.24.2).
"""
import base64
import hashlib
import io
import json
import pathlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent


def picture(width, height, seed):
    """Smooth colors, edges and some noise."""
    random = np.random.RandomState(seed)
    y, x = np.mgrid[0:height, 0:width]
    smooth = np.stack([(x * 5 + y * 2) % 256, (128 + 100 * np.sin(x / 7) * np.cos(y / 5)), (y * 6) % 256], axis=2)
    noisy = smooth + random.normal(0, 12, smooth.shape) * (x > width // 2)[:, :, None]
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8), "RGB")


def digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


def entry(name, image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    data = file.getvalue()
    colored = Image.open(io.BytesIO(data))
    stored = Image.open(io.BytesIO(data))
    if image.mode == "RGB":
        stored.draft("YCbCr", image.size)
        assert stored.mode == "YCbCr"
    return {
        "name": name, "width": image.width, "height": image.height, "ycc": digest(stored), "rgb": digest(colored),
        "jpeg": base64.b64encode(data).decode(),
    }


entries = []
for width, height, seed in [(37, 29, 1), (16, 16, 2), (3, 5, 3), (1, 1, 4), (65, 20, 5)]:
    for subsampling in ["4:4:4", "4:2:2", "4:2:0"]:
        for quality in [35, 90]:
            name = f"{width}x{height} {subsampling} quality {quality}"
            entries.append(entry(name, picture(width, height, seed), subsampling=subsampling, quality=quality, optimize=quality == 90))
    entries.append(entry(f"{width}x{height} grey", picture(width, height, seed).convert("L"), quality=60))

(HERE / "golden.json").write_text("[\n" + ",\n".join(json.dumps(each) for each in entries) + "\n]\n")
