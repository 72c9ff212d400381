"""RM-1 in mesa-frames: the dense rule as expressions over polars columns."""

from collections import deque

import mesa_frames
import numpy as np
import polars as pl
import rm1

LEVELS = [f"level{domain}" for domain in range(rm1.DOMAINS)]
TABLES = [pl.lit(pl.Series(table.ravel().astype(np.uint32))) for table in rm1.chances()]
WALK = [f"chance{at}" for at in range(2 * rm1.DOMAINS)]
NO_EVENT = len(WALK)
SUPPORT = (pl.col("status") == rm1.SUPPORTED).cast(pl.UInt32)
TROUBLED = pl.sum_horizontal(pl.col(LEVELS) > 0).cast(pl.UInt32)
LOAD = pl.sum_horizontal(LEVELS)


def place(level):
    """Where the chances of a level stand in their tables."""
    others = pl.col("troubled") - (pl.col(level) > 0)
    return (pl.col("support") * rm1.DOMAINS + others) * rm1.LEVELS + pl.col(level)


def moved(domain):
    """The level of a domain after this month's event."""
    up, down = (pl.col("event") == at for at in (2 * domain, 2 * domain + 1))
    return pl.col(LEVELS[domain]) + up.cast(pl.UInt8) - down.cast(pl.UInt8)


PLACES = [place(level).alias(level) for level in LEVELS]
CHANCES = [
    TABLES[at % 2].gather(pl.col(LEVELS[at // 2])).alias(name) for at, name in enumerate(WALK)
]
MOVED = [moved(domain) for domain in range(rm1.DOMAINS)]
COUNTS = [
    (pl.col(name) == level).sum().alias(f"{name}={level}")
    for name in LEVELS
    for level in range(rm1.LEVELS)
]


class Households(mesa_frames.AgentSetPolars):
    def __init__(self, model, levels):
        super().__init__(model)
        columns = {"unique_id": np.arange(len(levels), dtype=np.int64)}
        columns["status"] = np.zeros(len(levels), dtype=np.uint8)
        columns |= {name: levels[:, domain] for domain, name in enumerate(LEVELS)}
        self.add(pl.DataFrame(columns))

    def step(self):
        event = self.events()
        self.agents = self.agents.with_columns(event=event).with_columns(MOVED).drop("event")
        self.enter_and_leave()

    def events(self):
        """What happens to each household this month."""
        key = rm1.month_key(self.model.seed, self.model.month)
        chances = (
            self.agents.with_columns(support=SUPPORT, troubled=TROUBLED)
            .select("unique_id", "support", "troubled", *LEVELS)
            .with_columns(PLACES)
            .select("unique_id", *CHANCES)
            .with_columns(draw=pl.Series(rm1.draws(key, self.model.index).astype(np.uint32)))
        )
        struck = chances.filter(pl.col("draw") < pl.sum_horizontal(WALK))
        walk = struck.select(pl.cum_sum_horizontal(*WALK).alias("walk")).unnest("walk")
        passed = walk.select(pl.sum_horizontal(pl.all() <= struck["draw"])).to_series()
        self.model.events += len(struck)
        event = pl.repeat(NO_EVENT, len(chances), dtype=pl.UInt8, eager=True)
        return event.scatter(struck["unique_id"], passed.cast(pl.UInt8))

    def enter_and_leave(self):
        leaves = (pl.col("status") == rm1.SUPPORTED) & (LOAD <= 2)
        enters = (pl.col("status") == rm1.NONE) & (LOAD >= 5)
        self.model.used -= self.agents.select(leaves.sum()).item()
        self.model.queue.extend(self.agents.filter(enters)["unique_id"])
        status = pl.when(leaves).then(rm1.NONE).when(enters).then(rm1.WAITING)
        self.agents = self.agents.with_columns(
            status=status.otherwise(pl.col("status")).cast(pl.UInt8)
        )

    def admit(self):
        """Takes households from the queue while the team has room."""
        model, load = self.model, self.agents.select(LOAD).to_series()
        taken = {}
        while model.used < model.capacity and model.queue:
            household = model.queue.popleft()
            helped = load[household] >= 5
            taken[household] = rm1.SUPPORTED if helped else rm1.NONE
            model.used += int(helped)
        status = self.agents["status"].scatter(list(taken), list(taken.values()))
        self.agents = self.agents.with_columns(status=status)

    def pay(self):
        counts = np.array(self.agents.select(COUNTS).row(0))
        self.model.costs += counts @ rm1.prices().reshape(len(counts), rm1.PAYERS)
        self.model.costs[0] += 900 * self.model.used


class Model(mesa_frames.ModelDF):
    def __init__(self, households, seed):
        super().__init__(seed)
        self.seed, self.month = seed, 0
        self.index = np.arange(households, dtype=np.uint64)
        self.queue, self.used, self.capacity = deque(), 0, households // 20
        self.costs, self.events = np.zeros(rm1.PAYERS, dtype=np.int64), 0
        self.agents += Households(self, rm1.initial_levels(seed, households))

    def step(self):
        self.agents.do("step")
        self.agents.do("admit")
        self.agents.do("pay")
        self.month += 1


def month(model, _):
    model.step()


def result(model):
    households = model.get_agents_of_type(Households).agents
    load = households.select(LOAD.cast(pl.Int64).sum()).item() / len(households)
    return {"events": model.events, "load": load, "cost0": int(model.costs[0])}


rm1.timed("mesa-frames", Model, month, result)
