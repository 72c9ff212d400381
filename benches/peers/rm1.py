"""RM-1 as data: its chances, draws and digest, the same as in benches/rm1.rs."""

import json
import sys
import time

import numpy as np

DOMAINS, LEVELS, PAYERS = 8, 5, 8
GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
UP = (0.0018, 0.010, 0.009, 0.006, 0.0)
DOWN = (0.0, 0.030, 0.022, 0.016, 0.012)
NONE, WAITING, SUPPORTED = 0, 1, 2


def mix64(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def month_key(seed, month):
    """Key of a month's draws; -1 is the month before the first."""
    return mix64(mix64((seed + GOLDEN) & MASK) ^ (((month + 1) * GOLDEN) & MASK))


def draws(key, index):
    """32 bits for each index of an array of uint64."""
    with np.errstate(over="ignore"):
        z = np.uint64(key) + index * np.uint64(GOLDEN)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return (z ^ (z >> np.uint64(31))) >> np.uint64(32)


def chances(rate=1.0):
    """up and down by support, number of other domains in trouble, level; shares of 2^32."""
    up = np.zeros((2, DOMAINS, LEVELS), dtype=np.uint64)
    down = np.zeros((2, DOMAINS, LEVELS), dtype=np.uint64)
    whole = lambda p: int(p * rate * 2.0**32)
    for k in range(DOMAINS):
        for level in range(LEVELS):
            rise = UP[level] * (1.0 + 0.35 * k)
            fall = DOWN[level] / (1.0 + 0.15 * k)
            up[0, k, level], up[1, k, level] = whole(rise), whole(rise * 0.6)
            down[0, k, level], down[1, k, level] = whole(fall), whole(fall * 3.0)
    return up, down


def initial_levels(seed, households):
    key = month_key(seed, -1)
    index = np.arange(households * DOMAINS, dtype=np.uint64)
    u = draws(key, index).astype(np.float64) / 2.0**32
    levels = sum((u >= bound).astype(np.uint8) for bound in (0.90, 0.94, 0.97, 0.99))
    return levels.reshape(households, DOMAINS)


def prices():
    """Cents a month by domain, level, payer."""
    d, l, p = np.ogrid[:DOMAINS, :LEVELS, :PAYERS]
    return (l * l * (100 + 37 * d + 11 * p)) % 1000


def timed(contender, build, month, result, warm=None):
    """Plays what the command line asks, and prints one JSON line."""
    households, months, seed = (int(word) for word in sys.argv[1:4])
    if warm:
        warm()
    model = build(households, seed)
    begun = time.perf_counter()
    for index in range(months):
        month(model, index)
    seconds = time.perf_counter() - begun
    print(json.dumps({"contender": contender, "seconds": seconds, **result(model)}))
