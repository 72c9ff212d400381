# What the program itself says. Same ids and variables as nl.ftl; a test holds them together.

error = error: { $text }
did-you-mean = Did you mean `{ $near }`?
none = none

# Progress and what was made
of-all = { $done } of { $all }
several = { $of ->
    [months] months
    [caseloads] caseloads
   *[runs] runs
}
many = { $of ->
    [draws] { $count } draws
   *[points] { $count } points
}
left = about { $seconds } s left
runs-each = { $many }, { $runs } runs each
runs-in = { $runs } runs in { $seconds } s, threads: { $threads }
sets-tried = { $sets } sets of numbers tried, { $runs } runs each, in { $seconds } s, threads: { $threads }
along = looking along { $name }, from { $low } to { $high }
turning = looking for assumptions that turn the answer
report = report: { $file }
tables = tables: { $folder }
page = page: { $file }
crate = crate: { $file }
caseload = caseload: { $file }, cases: { $cases }
fitted = { $name } with the fitted values: { $file }
place-made = { $file }: { $place } ({ $municipality }), neighbourhoods: { $neighbourhoods }, households: { $households }
note = note: { $note }
ok = { $file }: ok
not-valid = { $file }: not valid
not-given = no { $option } was given; repositories ask for one

# Beginning, stopping, going on
resuming = resuming: { $done } of { $all } units are done
torn = { $folder }: the last { $bytes } bytes of the journal were no whole unit and are cut off
complete-already = { $folder } holds this experiment already, complete; nothing is run
stopping = stopping after the replications that are under way; press Ctrl-C again to end at once
hangs = strategy { $plugin } has not come back from a call for { $seconds } s, and may never; press Ctrl-C again to end at once; with --isolate such a call ends its own run only
interrupted = interrupted: { $done } of { $all } units are done and kept in { $folder }
    {"  "}to continue: { $command }
replay-stopped = interrupted: { $done } of { $all } were played again
nothing-written = interrupted: nothing was written
nothing-kept = interrupted: nothing was kept
nothing-found = interrupted: nothing was found
enough = stopped: { $count } replications are enough
not-enough = not known well enough after { $count } replications; about { $planned } would do
slowest = {"  "}slowest: { $metric } of { $strategy } under { $stressor }, known to within { $known } { $unit }; asked { $asked }
looked-often = {"  "}looked at again and again, so that 95 % intervals hold slightly less often than they say
best-is = {"  "}{ $metric } under { $stressor }: the best is { $names }
best-among = {"  "}{ $metric } under { $stressor }: cannot be told apart: { $names }

# Runs that failed
plugin-says = { $plugin } says { $times } times, first in month { $month }: { $text }
runs-failed = { $failed } of { $all } runs failed; the first: { $reason }
some-failed = { $failed } runs failed; one of them: { $reason }
all-failed = every run failed; the first: { $reason }
run-failed = the run failed: { $reason }
run-with-failed = the run with { $strategy } failed: { $reason }
left-out = warning: { $failed } of { $all } runs failed and are left out; the first: { $reason }
see-again = {"  "}to see it again: { $command }

# What is asked cannot be asked
no-project = this scenario has no project; add one to `projects`
no-rates = this scenario has no `discount_rates`
no-null = the null alternative `{ $null }` is not among the strategies; without it nothing can be compared
kind = { $of ->
    [stressor] stressor
    [strategy] strategy
    [parameter] parameter
   *[project] project
}
no-such = there is no { $what } called `{ $name }` in this scenario.{ $hint } It has: { $known }
no-such-strategy = --strategy { $name }: neither the scenario nor a plugin has this name.{ $hint }
    {"  "}the scenario has { $own }
    {"  "}plugins found: { $plugins }
    {"  "}looked in { $folders }
no-metric = there is no metric `{ $name }`.{ $hint }
no-pattern = --only { $wrong }: the patterns are numbered { $first } to { $last }
no-household = --household { $number }: { $place } has households 1 to { $all }; `--find differs-most` lists some with a story
two-stories = --strategy is given more than twice; at most two stories stand side by side
differs-two = --find differs-most compares two strategies; give --strategy twice, or not at all
until-outside = --until { $until }: this scenario runs from { $first } to { $last }
one-draw = --draws: one draw shows no spread; expected 2 or more
vary-how = --vary says what to vary, not how; add --draws N, --design factorial or --design one-at-a-time
vary-and-file = --vary and a design file: the columns of the file say what is varied
no-design = { $file }: { $error }; expected a CSV file, `factorial` or `one-at-a-time`
precision-alone = --precision is about differences from the null alternative, and it takes no part
shard-is-slurms = --shard: which shard is for Slurm to say
stopping-uncut = --precision and --select look at all results to decide when to stop, so they cannot be cut into shards; ask for --replications
no-peers = { $folder } cannot be read; no other projects
peer-wrong = { $file } has mistakes and is left out; see zalm check
unpinned = warning: { $lock } does not pin { $id }, so any library of this name is used; `zalm plugin lock SCENARIO --strategy { $id }` pins it
libraries-changed = libraries changed: { $problems }

# Files and folders
file-exists = { $file } exists already and is not overwritten; choose another file with --out, or add --force
file-unwritten = { $file } could not be written: { $error }; nothing was kept, so choose another file with --out
folder-exists = { $folder } exists already and is not overwritten; choose another folder with --out
folder-unwritten = { $folder } could not be written: { $error }; choose another folder with --out
no-base = there is no { $base }, which would be the base of what is written; say with --base where it is, seen from the folder of { $out }
run-exists = { $folder } exists already and is not overwritten; choose another folder with --out, or move it away
run-foreign = { $folder } holds another experiment and is not overwritten; choose another folder with --out, or ask what was asked there
run-held = { $folder } is being worked in by { $holder }; wait until that is done, or choose another folder with --out
run-none = { $folder } is no run folder: name one that `zalm compare` made, such as runs/SCENARIO-1
run-apart = the shards in { $folder } are not put together yet: `zalm merge { $folder }` does so, or says which are missing
run-parent = no run folder can be made in { $folder }: { $error }; choose a folder that you may write with --out
run-strange = { $file }: { $why }; this is no file as this version of zalm writes it
run-unwritten = { $file }: { $error }; what was run before is kept: make room and give the same command again
recipe-odd = { $folder }: its recipe is not understood: { $why }
journal-spoilt = { $folder }: its journal is spoilt, { $done } of { $all } units are whole; `zalm rerun` makes the folder again
no-comparison = { $folder } is the folder of `zalm { $verb }`, not of a comparison; its answer is in { $folder }/answer.txt and { $folder }/{ $verb }.html
unfinished = { $folder } is not finished; the command that began it finishes it

# Checked and made again
other-build = the folder was made by another build of zalm
other-build-journal = the folder was made by another build of zalm; its journal names that build and is not compared
made-again = { $run } is made again in { $out }: { $files } files, every byte the same
made-otherwise = { $run } made again in { $out } differs
differs = differs: { $what }
differs-in = { $run } differs in { $count } places
gone = { $file } is not there any more
new = { $file } was not there
other-digest = { $file }: SHA-256 is not that of run.json
read-otherwise = resolved.ron: the scenario is read otherwise now
replication = replication { $number }
draw-replication = draw { $draw }, replication { $number }
files-good = { $files } files are as run.json says
files-unchecked = the folder is not finished, so no file is checked; the command that began it finishes it
replayed = { $played } of { $units } replications were played again, every bit the same

# Shards and clusters
no-shards = { $folder } has no shards; continue it with the command that began it
shard-misses = shard { $shard }/{ $of }: { $why }
shards-missing = { $missing } of { $of } shards are missing in { $folder }; nothing was merged
shard-done = shard { $shard }/{ $of }: { $units } units, sha256 { $sha256 }
shard-done-already = shard { $shard } is done already; nothing is run
shard-failed = { $failed } runs failed; `zalm merge` says which
all-shards-done = all { $shards } shards are done; to make the run folder: { $command }
submitted-already = { $folder } was submitted already; see `zalm slurm status` and `zalm slurm resume`
shards-job = shards { $shards }: job { $job }
merge-job = merge: job { $job }
merge-stands = merge: { $state }
merged = merged
complete = { $folder } is complete
all-queued = all that is missing is queued or running; nothing was submitted
cancelled = cancelled; what was played is kept, and { $command } goes on
shards-done = { $done } of { $of } shards are done
not-queued = not queued
not-begun = not begun
submits-rest = { $command } submits what is missing
no-jobs = { $file }: { $why }; expected a folder that `zalm slurm submit` made
other-schema = it is "{ $schema }", not { $expected }
jobs-unwritten = { $file }: { $error }; the jobs { $jobs } are submitted
no-slurm = { $program }: { $error }; is this a machine from which jobs are submitted to Slurm? The scripts are in the folder slurm of the run

# What should not happen
fault = zalm { $version } has a fault at { $place }: { $message }; please report this line with your command and scenario
somewhere = an unknown place
no-reason = it did not say why
no-ctrl-c = Ctrl-C cannot be heard: { $error }
own-program = this program cannot be read: { $error }
unprinted = the result could not be printed: { $error }
no-json = no JSON could be made: { $error }
