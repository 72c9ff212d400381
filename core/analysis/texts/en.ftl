# Texts of the analyses. Same ids and variables as nl.ftl; a test guards that. One text a line.

list = { $first } and { $last }
none = none
on = on
off = off
never = never
reactions = reactions
left-out = Replications left out because a run failed: { $count }.

# zalm stress
stress-title = Stress test of { $title }
stress-sizes = { $replications } replications, seed { $seed }; severity 1 is the size in the scenario; [95 % intervals]. Every rung is paired with severity 0 of the same strategy, reactions alike.
stress-reactions = Reactions off: what people in charge do in answer is switched off, in all months and at severity 0 too: { $mechanisms }.
stress-source = Source: { $source }
stress-threshold = Threshold { $threshold }, on the mean over replications: green holds, red is broken, both with 95 % certainty; month of the first breach after the policy date [95 % interval]
stress-from-calm = level at severity 0, then the paired difference from it
stress-from-null = paired difference from { $null } on the same rung
stress-course = the loss over time at severity { $severity }, in months from the first shock; recovered: a tenth of the trough is left; lost: unit x months
severity = severity { $severity }
light-green = green
light-amber = amber
light-red = red
trough = trough
trough-after = after
recovered = recovered
lost = lost
no-loss = no loss
not-recovered = not

# zalm robust
robust-title = Robustness of the strategies of { $title }
robust-sizes = { $replications } replications, seed { $seed }; { $stressors } stressors in equal place, none with a probability; [95 % intervals]
robust-one = { $strategy } comes first under all { $count } measures of robustness.
robust-many = Different measures pick different strategies, so the choice rests on what one wants to be safe from: { $picks }.
robust-pick = { $strategy } comes first under { $measures }
robust-regret = regret: what a strategy loses against the best under the same stressor [95 % bootstrap interval of the largest]
largest-regret = largest
robust-bias = At most { $bias } of a regret may be the luck of whoever looks best; more replications lessen it.
robust-measures = measures over the stressors, of the metric turned so that higher is better: value (rank)
measure-minimax-regret = largest regret (Savage; lower)
measure-regret-90 = 90th percentile of regret (lower)
measure-maximin = worst stressor (Wald)
measure-maximax = best stressor
measure-hurwicz = halfway between both (Hurwicz)
measure-laplace = mean (Laplace)
measure-mean-variance = mean over spread
measure-undesirable-deviations = below its own median (lower)
measure-skewness = skewness
measure-peakedness = peakedness
measure-domain = share acceptable (Starr)
short-minimax-regret = the largest regret
short-regret-90 = the 90th percentile of regret
short-maximin = the worst stressor
short-maximax = the best stressor
short-hurwicz = halfway between worst and best
short-laplace = the mean
short-mean-variance = mean over spread
short-undesirable-deviations = undesirable deviations
short-skewness = skewness
short-peakedness = peakedness
short-domain = the share that is acceptable

# zalm break-even
even-title = Break-even points of { $title } along { $parameter }
even-sizes = Gain in { $metric } against { $null }, under { $stressor }; { $replications } replications at every value, with the same chance, seed { $seed }; [95 % bootstrap intervals]
even-plausible = Looked at the whole plausible range, { $low } to { $high } { $unit }.
even-range = Looked at { $low } to { $high } { $unit }, as asked.
even-pays = pays for itself
even-better = does better
even-least = { $strategy } { $pays } against { $null } if { $parameter } is at least { $at } { $unit } (in use { $value }; evidence: { $evidence }).
even-most = { $strategy } { $pays } against { $null } if { $parameter } is at most { $at } { $unit } (in use { $value }; evidence: { $evidence }).
even-turns-up = { $strategy } { $pays } against { $null } where { $parameter } rises above { $at } { $unit } (in use { $value }; evidence: { $evidence }).
even-turns-down = It is no longer so that { $strategy } { $pays } against { $null } where { $parameter } rises above { $at } { $unit } (in use { $value }; evidence: { $evidence }).
even-always = { $strategy } { $pays } against { $null } over the whole range: there is no break-even point in it (in use { $value } { $unit }; evidence: { $evidence }).
even-never = Nowhere in the range it is so that { $strategy } { $pays } against { $null }: there is no break-even point in the range (in use { $value } { $unit }; evidence: { $evidence }).
even-same = { $strategy } neither gains nor loses against { $null } anywhere in the range.
even-unsure = Not sure: the point at { $at } is there in { $share }% of the resamples only; more replications would tell.
even-gains = gain against the null alternative at every value that was played (above 0 is better)
evidence-Measured = measured
evidence-Derived = derived
evidence-Estimate = estimate
evidence-Assumption = assumption

# zalm reverse-stress
reverse-title = Reverse stress test of { $title }: what makes { $failure }?
reverse-sizes = { $replications } replications at each of { $points } points, with the same chance, seed { $seed }; looked at up to severity { $most }
reverse-scale = Scale of plausibility: severity 1 is a shock as large as in the scenario, or the pessimistic end of the plausible range of what ails the own organisation; it counts as one standard deviation, correlated { $correlation } with every other. The tail is the chance of something as far out in that direction if severities were normal: a reading aid, no forecast.
reverse-threats = Threats:
reverse-anyway = { $strategy } fails without any threat ({ $calm }): there is nothing to look for.
reverse-rays = Without threats { $calm }. Severity at which a threat alone, or two equally severe, make { $failure }:
holds = holds
name-staff = staff
name-leaders = leaders
threat-staff = workers leave sooner and vacancies stay open: { $parameters }.
threat-leaders = leaders tire and go, and successors are slow to find: { $parameters }.
story-own = Own organisation
story-system = The system
story-combined = Combined
story = { $head }: the nearest failure is { $parts }; distance { $distance }, tail { $tail }%.
story-none = { $head }: holds up to severity { $most }.
sign = Early sign: { $metric } has moved from { $calm } to { $moved } in month { $month } after the policy date, { $before } months before the failure; { $owner } can see it.
sign-none = No metric moves noticeably before the failure.
owner-payer = payer { $payer }
owner-project = whoever leads the project
owner-municipality = the municipality
