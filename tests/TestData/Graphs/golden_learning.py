"""References of the operators of ai.onnx.ml, in numpy; see make_golden.py."""
import math

import numpy as np

OPERATORS = {
}
