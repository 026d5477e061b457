"""Writes pytorch-vectors.json: what PyTorch's nn.GRU makes of its own initial weights and random inputs.

pip install torch; python pytorch-vectors.py pytorch-vectors.json
"""
import json
import sys

import torch


def case(inputs, hidden, layers, steps):
    gru = torch.nn.GRU(inputs, hidden, layers, dtype=torch.float64)
    x = torch.randn(steps, inputs, dtype=torch.float64)
    with torch.no_grad():
        states, _ = gru(x)
    return {
        "inputs": inputs,
        "hidden": hidden,
        "layers": [
            {
                "weightIh": getattr(gru, f"weight_ih_l{layer}").tolist(),
                "weightHh": getattr(gru, f"weight_hh_l{layer}").tolist(),
                "biasIh": getattr(gru, f"bias_ih_l{layer}").tolist(),
                "biasHh": getattr(gru, f"bias_hh_l{layer}").tolist(),
            }
            for layer in range(layers)
        ],
        "x": x.tolist(),
        "states": states.tolist(),
    }


torch.manual_seed(2013)
vectors = {
    "torch": torch.__version__,
    "cases": [case(3, 5, 1, 24), case(10, 8, 1, 24), case(3, 5, 2, 24), case(6, 8, 2, 12)],
}
with open(sys.argv[1], "w") as file:
    json.dump(vectors, file)
    file.write("\n")
