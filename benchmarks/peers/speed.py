"""How long the peers take for what benchmarks/side-by-side measures of AeroCast. Each command prints one JSON object.

    speed.py predict ONNX   one forecast by PyTorch, eager, of networks of the same shapes as in an exported model,
                            from inputs that are encoded already
    speed.py epoch          one epoch of training by PyTorch: what EpochBenchmark does
    speed.py prophet        Prophet's fit to the training part of JFK, 2013
"""

import json
import statistics
import sys
import time

import numpy as np

STEPS = 24


def median_seconds(work, repeats, warm_up):
    for _ in range(warm_up):
        work()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def members(onnx_file):
    """The networks in an exported model: (inputs, units, layers) of each, and the number of horizons."""
    import onnx

    graph = onnx.load(onnx_file).graph
    weights = {each.name: each.dims for each in graph.initializer}
    grus = [node for node in graph.node if node.op_type == "GRU"]
    found = []
    for node in grus:
        _, gates, inputs = weights[node.input[1]]
        if node.input[0] == grus[0].input[0]:
            found.append([inputs, gates // 3, 1])
        else:
            found[-1][2] += 1  # a further layer
    return found, graph.output[0].type.tensor_type.shape.dim[-1].dim_value


def predict(onnx_file):
    import torch

    torch.set_num_threads(1)  # more make it slower
    found, horizons = members(onnx_file)
    networks = [
        (torch.nn.GRU(inputs, units, layers, batch_first=True), torch.nn.Linear(units, horizons))
        for inputs, units, layers in found
    ]
    rows = np.random.default_rng(42).normal(size=(64, 1, STEPS, found[0][0])).astype(np.float32)
    at = 0

    def forecast():
        nonlocal at
        at = (at + 1) % len(rows)
        with torch.inference_mode():
            x = torch.from_numpy(rows[at])
            return sum(head(gru(x)[0][:, -1]) for gru, head in networks).numpy()

    seconds = median_seconds(forecast, repeats=5_000, warm_up=2_000)
    inputs, units, layers = found[0]
    return {
        "microseconds": 1e6 * seconds,
        "version": f"PyTorch {torch.__version__}",
        "networks": f"{len(found)} of {inputs} inputs, {units} units, {layers} layer(s), {horizons} horizons",
    }


def epoch(windows=6_000, features=3, hidden=32, outputs=24, batch=64):
    import torch

    torch.set_num_threads(2)
    torch.manual_seed(42)
    x, y = torch.randn(windows, STEPS, features), torch.randn(windows, outputs)
    gru, head = torch.nn.GRU(features, hidden, batch_first=True), torch.nn.Linear(hidden, outputs)
    optimiser = torch.optim.Adam([*gru.parameters(), *head.parameters()], lr=0.005)

    def one():
        for some in torch.randperm(windows).split(batch):
            optimiser.zero_grad()
            torch.nn.functional.mse_loss(head(gru(x[some])[0][:, -1]), y[some]).backward()
            optimiser.step()

    return {
        "milliseconds": 1e3 * median_seconds(one, repeats=10, warm_up=3),
        "version": f"PyTorch {torch.__version__}",
    }


def prophet():
    import logging

    import prophet

    import peer_prophet
    import score

    logging.getLogger("cmdstanpy").disabled = True
    split = score.Split(score.ARCHIVE)
    seconds = median_seconds(lambda: peer_prophet.fitted(split, split.test), repeats=5, warm_up=1)
    return {"milliseconds": 1e3 * seconds, "version": f"Prophet {prophet.__version__}"}


if __name__ == "__main__":
    commands = {"predict": predict, "epoch": epoch, "prophet": prophet}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    print(json.dumps(commands[sys.argv[1]](*sys.argv[2:])))
