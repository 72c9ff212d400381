"""Holds our estimators against the packages that the field uses.

    python3 tests/reference/compare.py

Makes a virtual environment under target/, installs the packages of requirements.txt in it, runs the
example `reference` of zalm-statistics, which prints its inputs and its answers, and computes the same
from the same inputs. Prints one line per comparison; ends with 1 when one is out of tolerance. Where
the packages cannot be installed it says so in one line and ends with 77.

Not compared: KN selection, for which sim-tools 1.3.0 looks up the variance of another pair (golden trace
in the tests of zalm-statistics instead), and robustness metrics, which no package has.
"""

import json
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / "target" / "reference"
SKIPPED = 77


def inside():
    """Runs this script again inside the environment, which it makes first."""
    python = VENV / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    try:
        if not python.exists():
            venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError):
        print("skipped: no environment for Python packages can be made here")
        return SKIPPED
    requirements = str(Path(__file__).with_name("requirements.txt"))
    install = [str(python), "-m", "pip", "install", "--quiet", "-r", requirements]
    installed = subprocess.run(install, capture_output=True, text=True)
    if installed.returncode != 0:
        print("skipped: the reference packages cannot be installed here")
        return SKIPPED
    return subprocess.run([str(python), "-W", "ignore", __file__, "inside"]).returncode


def ours(data):
    """What our example answers; `data` is the data set that it reads."""
    command = ["cargo", "run", "--quiet", "-p", "zalm-statistics", "--example", "reference"]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(data), capture_output=True, text=True
    )
    if done.returncode != 0:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


class Lines:
    """The comparisons, a line each."""

    def __init__(self):
        self.wrong = 0

    def check(self, what, package, found, expected, tolerance):
        import numpy as np

        found, expected = np.asarray(found, float), np.asarray(expected, float)
        same = found.shape == expected.shape
        apart = float(np.max(np.abs(found - expected))) if same else float("inf")
        good = apart <= tolerance
        self.wrong += not good
        mark = "same " if good else "WRONG"
        print(f"{mark}  {what:<44} {package:<22} {apart:.2e} (may be {tolerance:.0e})")


def judging(lines, us):
    """Experts' pool, and distances to the best."""
    import numpy as np
    from scipy import integrate, optimize, stats

    mine = us["judgement"]
    laws = [
        stats.triang((likely - low) / (high - low), loc=low, scale=high - low)
        for low, likely, high in mine["experts"]
    ]
    below = lambda x: np.mean([law.cdf(x) for law in laws])
    theirs = [optimize.brentq(lambda x: below(x) - u, 0.0, 10.0, xtol=1e-13) for u in mine["at"]]
    lines.check("quantiles of a pool of experts", "scipy", mine["quantiles"], theirs, 1e-8)
    means, variances = [law.mean() for law in laws], [law.var() for law in laws]
    sd = np.sqrt(np.mean(variances) + np.var(means))
    lines.check("mean and sd of the pool", "scipy", [mine["mean"], mine["sd"]], [np.mean(means), sd], 1e-10)
    lines.check("disagreement", "scipy", mine["disagreement"], np.var(means) / sd**2, 1e-10)
    mine = us["best"]
    systems = np.asarray(mine["systems"])
    k, n = systems.shape
    t = stats.t.ppf(1 - 0.05 / (k - 1), n - 1)
    ends = []
    for i in range(k):
        others = systems[i] - np.delete(systems, i, axis=0)
        mean, half = others.mean(axis=1), t * others.std(axis=1, ddof=1) / np.sqrt(n)
        ends.append([min(0, np.min(mean - half)), max(0, np.min(mean + half))])
    lines.check("distance to the best (Hsu)", "numpy, scipy", mine["intervals"], ends, 1e-8)
    density = lambda x: k * x * stats.norm.pdf(x) * stats.norm.cdf(x) ** (k - 1)
    largest = integrate.quad(density, -10, 10)[0]
    lines.check("largest of four equals", "scipy", mine["largest"], largest, 1e-8)


def comparing(lines, us):
    """Means, differences, shares and stopping."""
    import numpy as np
    from scipy import stats
    from sim_tools.output_analysis import confidence_interval_method

    mine = us["paired"]
    test = stats.ttest_rel(mine["first"], mine["second"])
    lines.check("paired p-value, its logarithm", "scipy", np.log(mine["p"]), np.log(test.pvalue), 1e-8)
    lines.check("paired interval", "scipy", mine["interval"], test.confidence_interval(0.95), 1e-8)
    correlation = np.corrcoef(mine["first"], mine["second"])[0, 1]
    lines.check("correlation", "numpy", mine["correlation"], correlation, 1e-10)
    share = stats.binomtest(7, 50).proportion_ci(0.95, method="wilson")
    lines.check("interval of a share", "scipy", mine["wilson"], [share.low, share.high], 1e-9)
    mine = us["stopping"]
    found = confidence_interval_method(
        mine["series"], desired_precision=mine["precision"], min_rep=3, decimal_places=9
    )
    lines.check("replications needed", "sim-tools", mine["narrow_from"], found[0], 0)


def survival(lines, us):
    import warnings

    import numpy as np
    from lifelines import AalenJohansenFitter, KaplanMeierFitter
    from lifelines.utils import restricted_mean_survival_time

    mine = us["survival"]
    times = np.array(mine["times"])
    cause = np.array([0 if c is None else c + 1 for c in mine["causes"]])
    curve = KaplanMeierFitter().fit(times, cause > 0)
    at = mine["at"]
    lines.check("survival", "lifelines", mine["survival"], curve.predict(at), 1e-9)
    interval = curve.confidence_interval_
    interval = [interval[interval.index <= time].iloc[-1].tolist() for time in at]
    lines.check("log-log interval of survival", "lifelines", mine["interval"], interval, 1e-8)
    lines.check("median", "lifelines", mine["median"], curve.median_survival_time_, 1e-9)
    mean = restricted_mean_survival_time(curve, t=8.0)
    lines.check("restricted mean", "lifelines", mine["restricted_mean"], mean, 1e-8)
    for which in (0, 1):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fit = AalenJohansenFitter(calculate_variance=False).fit(times, cause, which + 1)
        table = fit.cumulative_density_
        share = [table[table.index <= time].iloc[-1].iloc[0] for time in at]
        found = [row[which] for row in mine["incidence"]]
        lines.check(f"incidence of cause {which}", "lifelines", found, share, 1e-9)


def sensitivity(lines, us):
    import numpy as np
    from SALib.analyze import morris, rbd_fast, sobol
    from scipy.stats import qmc

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    points = np.array(us["sequence"])
    plain = qmc.Sobol(points.shape[1], scramble=True, rng=1).random(len(points))
    ours, theirs = qmc.discrepancy(points), qmc.discrepancy(plain)
    lines.check("discrepancy of the Sobol' sequence", "scipy", ours, theirs, 0.3 * theirs)
    mine = us["sobol"]
    outputs = np.array(mine["outputs"])
    found = sobol.analyze(
        problem, outputs, calc_second_order=False, num_resamples=1000, seed=1, print_to_console=False
    )
    first, total = np.array(mine["first"]), np.array(mine["total"])
    lines.check("first-order indices", "SALib", first[:, 0], found["S1"], 1e-10)
    lines.check("total indices", "SALib", total[:, 0], found["ST"], 1e-10)
    lines.check("half width, first order", "SALib", first[:, 1], found["S1_conf"], 1e-2)
    lines.check("half width, total", "SALib", total[:, 1], found["ST_conf"], 1e-2)
    mine = us["morris"]
    points, outputs = np.array(mine["points"]), np.array(mine["outputs"])
    found = morris.analyze(problem, points, outputs, num_levels=4, num_resamples=1000, seed=1)
    effects = np.array(mine["effects"])
    lines.check("Morris mean", "SALib", effects[:, 0], found["mu"], 1e-10)
    lines.check("Morris strength", "SALib", effects[:, 1], found["mu_star"], 1e-10)
    lines.check("Morris sd", "SALib", effects[:, 2], found["sigma"], 1e-10)
    half = np.array(found["mu_star_conf"], float)
    lines.check("half width, strength", "SALib", effects[:, 3], half, 0.15 * half.max())
    mine = us["given_data"]
    found = rbd_fast.analyze(problem, np.array(mine["points"]), np.array(mine["outputs"]), seed=1)
    lines.check("given-data indices", "SALib rbd_fast", mine["first"], found["S1"], 3e-2)


def economics(lines, us):
    import numpy as np
    import numpy_financial as npf
    import pandas as pd
    from heormodel.cea import ceac, expected_loss, icer_table
    from heormodel.models import Outcomes
    from heormodel.voi import evpi, evppi

    mine = us["plan"]
    lines.check("net present value", "numpy-financial", mine["worth"], npf.npv(0.0225, mine["flows"]), 1e-6)
    lines.check("internal rate", "numpy-financial", mine["internal_rate"], npf.irr(mine["flows"]), 1e-8)
    mine = us["decision"]
    names = ["A", "B", "C"]
    index = pd.RangeIndex(len(mine["costs"][0]), name="iteration")
    table = lambda rows: pd.DataFrame(dict(zip(names, rows)), index=index)
    outcomes = Outcomes.from_wide(table(mine["costs"]), table(mine["effects"]))
    worth = mine["worth"]
    shares = ceac(outcomes, [worth])[names].iloc[0]
    lines.check("acceptability", "heormodel", mine["best_share"], shares, 1e-9)
    losses = expected_loss(outcomes, [worth])[names].iloc[0]
    lines.check("expected loss", "heormodel", mine["expected_loss"], losses, 1e-6)
    lines.check("perfect information", "heormodel", mine["perfect_information"], evpi(outcomes, worth), 1e-6)
    draws = pd.DataFrame({f"p{at}": column for at, column in enumerate(mine["parameters"])}, index=index)
    knowing = [evppi(outcomes, draws, f"p{at}", worth) for at in range(3)]
    lines.check("knowing one parameter", "heormodel", mine["knowing"], knowing, 0.05 * max(knowing))
    five = [f"s{at}" for at in range(5)]
    rows = mine["strategies"]
    mean = pd.DataFrame({"cost": [r[0] for r in rows], "effect": [r[1] for r in rows]}, index=five)
    twice = lambda column: pd.DataFrame([mean[column].to_dict()] * 2, index=pd.RangeIndex(2, name="iteration"))
    found = icer_table(Outcomes.from_wide(twice("cost"), twice("effect")))
    status = {"ND": "on", "D": "D", "ED": "ED"}
    same = [status[found.loc[s, "status"]] == m[0] for s, m in zip(five, mine["standing"])]
    lines.check("frontier, who is dominated", "heormodel", same, [True] * 5, 0)
    icers = [m[1] for m in mine["standing"] if m[1] is not None]
    theirs = [found.loc[s, "icer"] for s, m in zip(five, mine["standing"]) if m[1] is not None]
    lines.check("frontier, cost per effect", "heormodel", icers, theirs, 1e-6)


def discovery(lines, us):
    import numpy as np
    import pandas as pd
    from ema_workbench.analysis import prim
    from sklearn.tree import DecisionTreeClassifier

    for name, alpha in (("prim", 0.05), ("given", 0.1)):
        mine = us[name]
        rows = pd.DataFrame(mine["rows"], columns=[f"x{at}" for at in range(len(mine["rows"][0]))])
        cases = np.array(mine["cases"]).astype(int)
        found = prim.Prim(rows.astype(float), cases, threshold=0.01, peel_alpha=alpha).find_box()
        steps = found.peeling_trajectory[["coverage", "density", "mass"]].to_numpy()
        lines.check(f"PRIM trajectory of '{name}'", "ema_workbench", mine["steps"], steps, 1e-9)
        if name == "given":
            # As ema_workbench 2.5.3 prints them: coverage, density and mass of points 21 and 27.
            points = [[0.7528, 0.7701, 0.0986], [0.5056, 1.0, 0.0510]]
            ours_there = [mine["steps"][at] for at in (21, 27)]
            lines.check("PRIM on the data of Bryant and Lempert", "points 21 and 27", ours_there, points, 5e-5)
        least = int(np.ceil(0.05 * len(rows)))
        tree = DecisionTreeClassifier(min_samples_leaf=least, random_state=1)
        path = tree.cost_complexity_pruning_path(rows, cases).ccp_alphas
        fits = (DecisionTreeClassifier(min_samples_leaf=least, random_state=1, ccp_alpha=max(a, 0.0) + 1e-12).fit(rows, cases) for a in path)
        fit = next(fit for fit in fits if fit.get_n_leaves() <= 8)
        leaf = fit.apply(rows)
        theirs = sorted((cases[leaf == at].mean(), (leaf == at).mean()) for at in set(leaf))
        lines.check(f"CART leaves of '{name}'", "scikit-learn", sorted(map(tuple, mine["leaves"])), theirs, 1e-9)


def bryant():
    """The data of Bryant and Lempert (2010), which come with ema_workbench."""
    import ema_workbench
    import pandas as pd

    folder = Path(ema_workbench.__file__).parent / "examples" / "data"
    data = pd.read_csv(folder / "bryant et al 2010 data.csv", index_col=False)
    return {
        "rows": data.iloc[:, 2:11].astype(float).values.tolist(),
        "cases": [bool(case) for case in data.iloc[:, 15].values],
    }


def main():
    if sys.argv[1:] != ["inside"]:
        return inside()
    lines, us = Lines(), ours(bryant())
    for part in (comparing, judging, survival, sensitivity, economics, discovery):
        part(lines, us)
    print(f"{lines.wrong} out of tolerance" if lines.wrong else "all within tolerance")
    return int(lines.wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
