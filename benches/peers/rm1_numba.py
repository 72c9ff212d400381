"""RM-1 in numba: the dense rule as one compiled loop; compiling is not timed."""

import numpy as np
import rm1
from numba import njit, uint64

GOLDEN, FIRST, SECOND = uint64(rm1.GOLDEN), uint64(0xBF58476D1CE4E5B9), uint64(0x94D049BB133111EB)


@njit(cache=False)
def play(key, levels, status, up, down, queue, ends, prices, costs, capacity):
    events, used, head, tail = 0, ends[0], ends[1], ends[2]
    walk = np.empty(16, dtype=np.uint64)
    for i in range(len(levels)):
        z = uint64(key) + uint64(i) * GOLDEN
        z = (z ^ (z >> uint64(30))) * FIRST
        z = (z ^ (z >> uint64(27))) * SECOND
        draw = (z ^ (z >> uint64(31))) >> uint64(32)
        support = 1 if status[i] == 2 else 0
        troubled = 0
        for d in range(8):
            troubled += levels[i, d] > 0
        total = uint64(0)
        for d in range(8):
            level = levels[i, d]
            others = troubled - (level > 0)
            walk[2 * d] = up[support, others, level]
            walk[2 * d + 1] = down[support, others, level]
            total += walk[2 * d] + walk[2 * d + 1]
        if draw < total:
            events += 1
            sum_ = uint64(0)
            for at in range(16):
                sum_ += walk[at]
                if draw < sum_:
                    if at % 2 == 0:
                        levels[i, at // 2] += 1
                    else:
                        levels[i, at // 2] -= 1
                    break
        load = 0
        for d in range(8):
            load += levels[i, d]
        if status[i] == 2 and load <= 2:
            status[i] = 0
            used -= 1
        elif status[i] == 0 and load >= 5:
            status[i] = 1
            queue[tail % len(queue)] = i
            tail += 1
    while used < capacity and head < tail:
        row = queue[head % len(queue)]
        head += 1
        load = 0
        for d in range(8):
            load += levels[row, d]
        if load >= 5:
            status[row] = 2
            used += 1
        else:
            status[row] = 0
    for i in range(len(levels)):
        for d in range(8):
            for p in range(8):
                costs[p] += prices[d, levels[i, d], p]
    costs[0] += 900 * used
    ends[0], ends[1], ends[2] = used, head, tail
    return events


class Model:
    def __init__(self, households, seed):
        self.seed = seed
        self.up, self.down = rm1.chances()
        self.levels = rm1.initial_levels(seed, households)
        self.status = np.zeros(households, dtype=np.uint8)
        self.queue = np.zeros(households + 1, dtype=np.int64)
        self.ends = np.zeros(3, dtype=np.int64)
        self.prices = np.ascontiguousarray(rm1.prices().astype(np.int64))
        self.costs = np.zeros(rm1.PAYERS, dtype=np.int64)
        self.capacity, self.events = households // 20, 0


def month(model, index):
    key = np.uint64(rm1.month_key(model.seed, index))
    model.events += play(
        key, model.levels, model.status, model.up, model.down, model.queue, model.ends,
        model.prices, model.costs, model.capacity,
    )


def warm():
    month(Model(100, 1), 0)


def result(model):
    return {
        "events": int(model.events),
        "load": float(model.levels.sum() / len(model.levels)),
        "cost0": int(model.costs[0]),
    }


rm1.timed("numba", Model, month, result, warm)
