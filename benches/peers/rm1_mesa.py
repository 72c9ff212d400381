"""RM-1 in Mesa: an agent a household, the dense rule, Mesa's own random numbers."""

from collections import deque

import mesa
import rm1

UP, DOWN = (table.tolist() for table in rm1.chances())
PRICES = rm1.prices().tolist()


class Household(mesa.Agent):
    def __init__(self, model, levels):
        super().__init__(model)
        self.levels = levels
        self.status = rm1.NONE

    def step(self):
        levels, model = self.levels, self.model
        support = 1 if self.status == rm1.SUPPORTED else 0
        troubled = sum(1 for level in levels if level > 0)
        draw = model.random.getrandbits(32)
        total = 0
        for domain, level in enumerate(levels):
            others = troubled - (level > 0)
            total += UP[support][others][level]
            if draw < total:
                levels[domain] += 1
                model.events += 1
                break
            total += DOWN[support][others][level]
            if draw < total:
                levels[domain] -= 1
                model.events += 1
                break
        load = sum(levels)
        if self.status == rm1.SUPPORTED and load <= 2:
            self.status = rm1.NONE
            model.used -= 1
        elif self.status == rm1.NONE and load >= 5:
            self.status = rm1.WAITING
            model.queue.append(self)
        for domain, level in enumerate(levels):
            if level:
                for payer, price in enumerate(PRICES[domain][level]):
                    model.costs[payer] += price


class Model(mesa.Model):
    def __init__(self, households, seed):
        super().__init__(seed=seed)
        self.queue, self.used, self.capacity = deque(), 0, households // 20
        self.costs, self.events = [0] * rm1.PAYERS, 0
        for levels in rm1.initial_levels(seed, households).tolist():
            Household(self, levels)


def month(model, _):
    model.agents.do("step")
    while model.used < model.capacity and model.queue:
        household = model.queue.popleft()
        helped = sum(household.levels) >= 5
        household.status = rm1.SUPPORTED if helped else rm1.NONE
        model.used += helped
    model.costs[0] += 900 * model.used


def result(model):
    load = sum(sum(agent.levels) for agent in model.agents) / len(model.agents)
    return {"events": model.events, "load": load, "cost0": model.costs[0]}


rm1.timed("mesa", Model, month, result)
