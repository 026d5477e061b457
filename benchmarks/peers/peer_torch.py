"""A plain GRU in PyTorch: one layer of 32 units over the window of 24 hours, a linear head for the three horizons, which
forecasts the change from the latest reading. Adam, batches of 64, mean squared error; the last fifth of the training part
stops it. Two variants: the three features, and the hour of the day added. Each row is the mean of five seeds (--brief: of two)."""

import numpy as np
import torch

import score

SEEDS = 5
BRIEF_SEEDS = 2
EPOCHS = 60
PATIENCE = 10


class Network(torch.nn.Module):
    def __init__(self, inputs, hidden=32):
        super().__init__()
        self.gru = torch.nn.GRU(inputs, hidden, batch_first=True)
        self.head = torch.nn.Linear(hidden, len(score.HORIZONS))

    def forward(self, x):
        return self.head(self.gru(x)[0][:, -1])


class Data:
    def __init__(self, split, with_hour):
        self.split = split
        values = split.known().to_numpy()
        mean, deviation = values[: split.test].mean(0), values[: split.test].std(0)
        values = (values - mean) / np.where(deviation > 0, deviation, 1)
        if with_hour:
            day = 2 * np.pi * split.hours.index.hour.to_numpy() / 24
            values = np.column_stack([values, np.sin(day), np.cos(day)])
        self.values = values.astype(np.float32)
        last = score.HORIZONS[-1]
        origins = split.training_origins(1)
        origins = origins[origins + last < split.test]
        cut = len(origins) * 4 // 5
        self.train, self.validation = origins[: cut - last], origins[cut:]
        self.scale = np.sqrt(np.nanmean(self.change(self.train) ** 2, axis=0))

    def change(self, origins):
        """Shape [origins][horizons], NaN where the target is not known."""
        now = self.split.target
        return np.stack([now[origins + h] - now[origins] for h in score.HORIZONS], axis=1)

    def windows(self, origins):
        at = origins[:, None] + np.arange(1 - score.LOOKBACK, 1)
        return torch.from_numpy(self.values[at])

    def targets(self, origins):
        return torch.from_numpy((self.change(origins) / self.scale).astype(np.float32))


def loss(network, x, y):
    known = ~torch.isnan(y)
    return ((network(x) - torch.nan_to_num(y))[known] ** 2).mean()


def fit(data, seed):
    torch.manual_seed(seed)
    network = Network(data.values.shape[1])
    optimiser = torch.optim.Adam(network.parameters(), lr=0.005)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS, eta_min=0.0005)
    x, y = data.windows(data.train), data.targets(data.train)
    held_x, held_y = data.windows(data.validation), data.targets(data.validation)
    best, best_at, best_weights = np.inf, 0, None
    for epoch in range(EPOCHS):
        for batch in torch.randperm(len(x)).split(64):
            optimiser.zero_grad()
            loss(network, x[batch], y[batch]).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
        schedule.step()
        with torch.no_grad():
            held = float(loss(network, held_x, held_y))
        if held < best:
            best, best_at = held, epoch
            best_weights = {name: value.clone() for name, value in network.state_dict().items()}
        if epoch - best_at >= PATIENCE:
            break
    network.load_state_dict(best_weights)
    return network


def forecast(data, network):
    def of(horizon, origins):
        h = score.HORIZONS.index(horizon)
        with torch.no_grad():
            change = network(data.windows(origins))[:, h].numpy()
        return data.split.target[origins] + data.scale[h] * change

    return of


def mean(rows):
    return {
        h: {key: float(np.mean([r[h][key] for r in rows])) for key in rows[0][h]} for h in score.HORIZONS
    }


def measure(split):
    torch.set_num_threads(1)
    seeds = range(BRIEF_SEEDS if split.brief else SEEDS)
    for with_hour in (True,) if split.brief else (False, True):
        data = Data(split, with_hour)
        clock = score.Clock()
        networks = [fit(data, seed) for seed in seeds]
        fit_seconds = clock.lap()
        rows = [score.scores(split, forecast(data, network)) for network in networks]
        seconds = clock.lap()
        ratios = ", ".join(f"{h} h {min(r[h]['ratio'] for r in rows):.3f} to {max(r[h]['ratio'] for r in rows):.3f}" for h in score.HORIZONS)
        name = "GRU in PyTorch, 3 features" + (" and the hour" if with_hour else "")
        yield score.row(
            name, f"PyTorch {torch.__version__}", fit_seconds / len(seeds), seconds / len(seeds), mean(rows),
            f"ratios of {len(seeds)} seeds: {ratios}",
        )


if __name__ == "__main__":
    score.main(measure, __doc__)
