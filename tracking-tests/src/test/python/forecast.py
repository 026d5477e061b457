"""Forecasts windows with a model of a registry, once as a graph (mlflow.onnx) and once as a function (mlflow.pyfunc).

Standard input is {"lookback": …, "origin": …}, a missing reading being null; standard output is
{"onnx": {output: …}, "pyfunc": {output: …}}.
"""

import json
import sys

import mlflow
import numpy
import onnxruntime

uri, model = sys.argv[1:3]
mlflow.set_tracking_uri(uri)
inputs = json.load(sys.stdin)
arrays = {"lookback": numpy.array(inputs["lookback"], dtype=numpy.float64)}
graph = mlflow.onnx.load_model(model)
if any(given.name == "origin" for given in graph.graph.input):
    arrays["origin"] = numpy.array(inputs["origin"], dtype=numpy.int64)
session = onnxruntime.InferenceSession(graph.SerializeToString())
names = [output.name for output in session.get_outputs()]
by_graph = dict(zip(names, session.run(None, arrays)))
by_function = mlflow.pyfunc.load_model(model).predict(arrays)
json.dump(
    {
        "onnx": {name: by_graph[name].tolist() for name in names},
        "pyfunc": {name: numpy.asarray(by_function[name]).tolist() for name in names},
    },
    sys.stdout,
)
