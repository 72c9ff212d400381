# Texts of report and table. Same ids and variables as nl.ftl; a test guards that.

range = { $low } to { $high }
missing = none
nothing-ran = No run was completed, so there is nothing to compare.
failed-runs = Failed runs: { $count }. They are left out; the others are complete.

# The table in a terminal
table-sizes = { $replications } replications, seed { $seed }; [95 % intervals]; differences are paired, to { $null }
table-team = team of { $project } together (months of { $months }; higher is better)
table-null = null alternative
table-excluded = { $count } pairs left out
better-higher = higher is better
better-lower = lower is better
better-neither = describes
verdict-better = better
verdict-worse = worse
verdict-different = different
verdict-same = the same
verdict-unclear = uncertain

# The report
report = report
skip = To the contents
contents = Contents
list = { $first } and { $last }
setting = { $place }, { $households } households. Strategies act from { $policy }, for { $months } months. Compared: { $strategies } strategies under { $stressors } stress scenarios, { $replications } replications of each.
stopped = This comparison was stopped early: { $done } of { $planned } replications are complete. Intervals are therefore wider than intended.
few = There are only { $done } replications. That is too few for intervals to be trusted; read the numbers as an example.
one-strategy = There are fewer than two strategies, so there is nothing to compare. Only levels are shown below.
no-null = The null alternative was left out, so there are no differences in this report.
run = Strategy, stress scenario, replication
reason = What happened
repeat = Repeat just this run
failed-more = And { $count } more; all are in run.json.

answer = The answer
under = Stress scenario: { $stressor }
answer-rule = These sentences follow a fixed rule: a difference counts when, after Holm’s correction over strategies, chance would make it in fewer than 5% of cases. Every strategy meets exactly the same chance as the null alternative.
answer-alone = There is no second strategy to compare { $null } with.
answer-none = No strategy can be separated from { $null } in how long the team stays together. The difference may be chance.
answer-same = Every strategy keeps the team together exactly as long as { $null }, in all replications.
answer-no-difference = There are no runs in which the team can be compared with { $null }.
answer-still = { $strategy } does make a difference for households.
answer-longest = { $strategy } keeps the team together longest: { $months } months longer than { $null } ({ $range }). At the end the team still works in { $together } of runs.
answer-rivals = Which is longest is not certain: the interval of { $names } overlaps with it.
answer-households-fewer = It helps households: on average { $count } fewer households in a multi-problem situation ({ $range }).
answer-households-more = It does not help households: on average { $count } more households in a multi-problem situation ({ $range }).
answer-households-unclear = For households in a multi-problem situation there is no clear difference ({ $range }).
answer-costs-unclear = No payer clearly pays more or less.
answer-costs-pay = Pay more: { $payers }. Nobody clearly pays less.
answer-costs-gain = Pay less: { $gainers }. Nobody clearly pays more.
answer-costs-both = Pay more: { $payers }. Pay less: { $gainers }.

key-numbers = Three numbers
key-sub = Difference to the null alternative { $null }, with 95% interval, for the strategy that keeps the team together longest.
key-team = Months that the team stays together
key-households = Households in a multi-problem situation
key-cost = Cost of all payers together

source = Source: { $source }
nothing-to-draw = There are no data for this, so there is no figure.
figure-team = { $strategy } keeps the team together longest; in { $together } of runs to the end
figure-team-none = No strategy clearly keeps the team together longer than { $null }
figure-team-sub = Share of runs in which the team of { $project } still works as one team, by year since the policy date
figure-team-caption = Kaplan-Meier curves. Absorption into regular policy ends the team as a whole but is no failure; the table keeps both apart. Intervals (95%) are with the data.
figure-households = { $strategy } leaves the fewest households in a multi-problem situation
figure-households-none = No strategy clearly lowers the number of households in a multi-problem situation compared with { $null }
figure-households-sub = Number of households with problems in three or more life domains; line: mean, band: the middle 80% of runs
figure-households-caption = The vertical axis does not start at zero. Bands of strategies may overlap while the difference is certain, since every replication shares its chance.
figure-payers-both = { $strategy }: dearer for { $payers }; cheaper for { $gainers }
figure-payers-pay = { $strategy }: dearer for { $payers }
figure-payers-gain = { $strategy }: cheaper for { $gainers }
figure-payers-none = { $strategy }: no payer clearly pays more or less
figure-payers-neutral = Who pays and who gains, compared with { $null }
figure-payers-sub = Cost per payer over { $months } months, difference to { $null } in euro; line: 95% interval
figure-payers-caption = Right of zero a party pays more than under the null alternative, left of it less. Costs of problems, crises, help and the team itself count.
figure-forest = { $strategy } is clearly better in { $better } of { $all } key outcomes, worse in { $worse }
figure-forest-none = No strategy is clearly better than { $null } in a key outcome
figure-forest-sub = Difference to { $null }, with 95% interval; every outcome has its own scale
figure-forest-caption = The grey side is the favourable side. A line across zero is a difference that may be chance.
axis-years = years since the policy date
axis-gains = ← pays less
axis-pays = pays more →

comparison = All strategies side by side
comparison-sub = Bold: level. Below it: difference to { $null } and its 95% interval; for the null alternative the interval of the level.
other-metrics = Other outcomes
no-metrics = There are no outcomes to show.
data = Data of this figure
metric = Outcome
strategy = Strategy
team-months = Months together
together = Still together
absorbed = Absorbed into regular policy
ended = Ended
after-years = Runs with the team still together, after years
months-since = Months since policy date
interval = 95% interval
year = Year
mean = Mean
band = Middle 80%
caption-comparison = Level and difference by outcome and strategy
caption-outcome = What became of the team at the end of the period
caption-at-risk = Number of runs that the curves rest on
caption-steps = Share of runs with the team still together
caption-course = Course by year
caption-parameters = Weakest evidence first

strategies = The strategies
null-explained = The null alternative is { $null }: what happens when nobody does anything else. All differences are compared with it, replication by replication.
plugin = Plugin
version = version
defaults = Without settings of its own: the plugin uses its defaults.

assumptions = What this rests on
assumptions-share = { $share } of the parameters ({ $assumed } of { $all }) are assumptions: nobody has measured them, as far as we know. The answer depends on them too.
grade-measured = measured
grade-derived = derived from measurements
grade-estimate = order of magnitude
grade-assumption = assumption
parameters = All parameters with where they come from
no-parameters = No parameters were given.
parameter = Parameter
value = Value
plausible = Plausible
unit = Unit
evidence = Evidence
origin = Origin

limits = Limits
limits-compares = This report compares; it does not forecast.
limits-intervals = Intervals show only chance within the model. That parameters may be different is not in them.
limits-absorbed = Absorption into regular policy does not count as failure, but it does end the team as a whole: whether the active ingredients then stay together is a question of its own.
limits-chance = Levels are less certain than differences. Use the differences.
limits-local = The outcome holds for this place, these payers and this period. Elsewhere other relations may favour another strategy.

reproduction = Check it yourself
repro-line = This line makes the same numbers again:
repro-version = Version of zalm
repro-seed = Seed
repro-scenario = Scenario (sha256)
repro-resolved = Resolved scenario (sha256)
repro-results = All results (sha256)

# Months
month-01 = January
month-02 = February
month-03 = March
month-04 = April
month-05 = May
month-06 = June
month-07 = July
month-08 = August
month-09 = September
month-10 = October
month-11 = November
month-12 = December

# Units
unit-percentage-points = percentage points
unit-share = per cent
unit-euro = euro
unit-euro-month = euro a month
unit-euro-year = euro a year
unit-households = households
unit-events = times
unit-month = months
unit-fte = full-time jobs
unit-professionals = professionals
unit-1-month = a month
unit-1-year = a year
unit-1 = ratio

# Outcomes
metric-project-alive = Integral teams that still work at the end
metric-project-months = Months that integral teams worked
metric-project-workers = Workers in integral teams
metric-project-knowledge = Knowledge in integral teams
metric-project-coalition = Ties with all payers
metric-project-context = Mandate and backing
metric-project-energy = Energy of leaders
metric-project-shown = Benefits shown to all payers
metric-households-multi-problem = Households in a multi-problem situation
metric-households-problem-free = Households without problems
metric-households-stabilised = Households lastingly helped by a team
metric-households-relapsed = Relapses within a year after help
metric-households-crises = Crises
metric-households-in-team = Households with a team
metric-households-in-silo = Households in silo care
metric-households-waiting = Households waiting for help
metric-households-avoiding = Multi-problem households without help
metric-households-outreached = Care avoiders reached by outreach
metric-households-dropouts = Households that left help unhelped
metric-care-professionals = Professionals per multi-problem household in help
metric-municipality-direction = Strength of municipal direction
metric-money-overspend = Open spending above what was expected
metric-cost-total = Cost of all payers together
metric-cost-projects = Wages of integral teams
metric-cost-payer = Cost to { $payer }

# The calibration
calibrate-compared = observed and simulated in the mean of { $replications } replications, months watched: { $months }
calibrate-target = target
calibrate-observed = observed
calibrate-range = range
calibrate-simulated = simulated
calibrate-before = before
calibrate-after = after
calibrate-miss = miss
calibrate-inside = in range
calibrate-unit = unit
calibrate-facts = facts
calibrate-yes = yes
calibrate-no = no
calibrate-none = none
calibrate-number = number
calibrate-at-bound = at the end of its range
calibrate-moved = Moved by the fit; sum of squared relative misses { $before } before, { $after } after, on the replications of the fit
calibrate-not-fitted = Compared, not fitted:
calibrate-left-out = Not compared:
