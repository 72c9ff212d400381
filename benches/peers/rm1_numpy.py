"""RM-1 in numpy: the dense rule, all households at once."""

from collections import deque

import numpy as np
import rm1


class Model:
    def __init__(self, households, seed):
        self.seed = seed
        self.up, self.down = rm1.chances()
        self.levels = rm1.initial_levels(seed, households)
        self.status = np.zeros(households, dtype=np.uint8)
        self.index = np.arange(households, dtype=np.uint64)
        self.queue, self.used, self.capacity = deque(), 0, households // 20
        self.prices, self.costs = rm1.prices(), np.zeros(rm1.PAYERS, dtype=np.int64)
        self.events = 0


def month(model, index):
    levels, rows = model.levels, np.arange(len(model.levels))
    support = (model.status == rm1.SUPPORTED).astype(np.intp)[:, None]
    troubled = (levels > 0).sum(axis=1)[:, None]
    others = troubled - (levels > 0)
    walk = np.empty((len(levels), 2 * rm1.DOMAINS), dtype=np.uint64)
    walk[:, 0::2] = model.up[support, others, levels]
    walk[:, 1::2] = model.down[support, others, levels]
    walk = walk.cumsum(axis=1)
    draw = rm1.draws(rm1.month_key(model.seed, index), model.index)
    struck = rows[draw < walk[:, -1]]
    event = (walk[struck] <= draw[struck, None]).sum(axis=1)
    step = np.where(event % 2 == 0, 1, -1)
    levels[struck, event // 2] = (levels[struck, event // 2].astype(np.int64) + step).astype(np.uint8)
    model.events += len(struck)
    load = levels.sum(axis=1)
    left = (model.status == rm1.SUPPORTED) & (load <= 2)
    enters = (model.status == rm1.NONE) & (load >= 5)
    model.status[left] = rm1.NONE
    model.used -= int(left.sum())
    model.status[enters] = rm1.WAITING
    model.queue.extend(rows[enters].tolist())
    while model.used < model.capacity and model.queue:
        row = model.queue.popleft()
        helped = load[row] >= 5
        model.status[row] = rm1.SUPPORTED if helped else rm1.NONE
        model.used += int(helped)
    for domain in range(rm1.DOMAINS):
        count = np.bincount(levels[:, domain], minlength=rm1.LEVELS)
        model.costs += count @ model.prices[domain]
    model.costs[0] += 900 * model.used


def result(model):
    return {
        "events": model.events,
        "load": float(model.levels.sum() / len(model.levels)),
        "cost0": int(model.costs[0]),
    }


rm1.timed("numpy", Model, month, result)
