"""Writes gru-vectors.json: what two independent implementations make of random weights and inputs.

pip install numpy onnx onnxruntime; python gru-vectors.py gru-vectors.json
"""
import json
import sys

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator


def model(kind, x, w, r, b, hidden):
    node = helper.make_node("GRU", ["X", "W", "R", "B"], ["Y"], hidden_size=hidden, linear_before_reset=1)
    weights = [helper.make_tensor(n, kind, v.shape, v.flatten().tolist()) for n, v in (("W", w), ("R", r), ("B", b))]
    inputs = [helper.make_tensor_value_info("X", kind, x.shape)]
    outputs = [helper.make_tensor_value_info("Y", kind, None)]
    graph = helper.make_graph([node], "gru", inputs, outputs, weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)


def zrn(torch, hidden):
    """From PyTorch's order of gates (r, z, n) to ONNX's (z, r, n)."""
    return numpy.concatenate([torch[hidden : 2 * hidden], torch[:hidden], torch[2 * hidden :]])


def case(random, inputs, hidden, steps):
    weight_ih = random.uniform(-1, 1, (3 * hidden, inputs))
    weight_hh = random.uniform(-1, 1, (3 * hidden, hidden))
    bias_ih, bias_hh = random.uniform(-1, 1, 3 * hidden), random.uniform(-1, 1, 3 * hidden)
    x = random.uniform(-2, 2, (steps, inputs))

    def arguments(dtype):
        bias = numpy.concatenate([zrn(bias_ih, hidden), zrn(bias_hh, hidden)])
        parts = (x.reshape(steps, 1, inputs), zrn(weight_ih, hidden)[None], zrn(weight_hh, hidden)[None], bias[None])
        return [part.astype(dtype) for part in parts]

    double = arguments(numpy.float64)
    reference = ReferenceEvaluator(model(TensorProto.DOUBLE, *double, hidden)).run(None, {"X": double[0]})[0]
    single = arguments(numpy.float32)
    graph = model(TensorProto.FLOAT, *single, hidden).SerializeToString()
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    runtime = session.run(None, {"X": single[0]})[0]
    return {
        "inputs": inputs,
        "hidden": hidden,
        "weightIh": weight_ih.tolist(),
        "weightHh": weight_hh.tolist(),
        "biasIh": bias_ih.tolist(),
        "biasHh": bias_hh.tolist(),
        "x": x.tolist(),
        "reference": reference.reshape(steps, hidden).tolist(),
        "onnxRuntime": runtime.reshape(steps, hidden).tolist(),
    }


generator = numpy.random.default_rng(2013)
vectors = {
    "about": "States of a GRU (ONNX operator GRU, opset 14, linear_before_reset=1) by two independent"
    " implementations; weights in PyTorch's layout, gates r, z, n. Written by gru-vectors.py.",
    "reference": f"onnx {onnx.__version__} ReferenceEvaluator, numpy {numpy.__version__}, double",
    "onnxRuntime": f"onnxruntime {onnxruntime.__version__}, CPUExecutionProvider, single precision",
    "cases": [case(generator, *shape) for shape in ((1, 1, 3), (3, 4, 6), (2, 7, 24))],
}
with open(sys.argv[1], "w") as file:
    json.dump(vectors, file)
    file.write("\n")
