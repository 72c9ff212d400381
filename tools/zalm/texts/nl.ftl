# Wat het programma zelf zegt. Zelfde sleutels en variabelen als en.ftl; een test bewaakt dat.

error = fout: { $text }
did-you-mean = Bedoelde u `{ $near }`?
none = geen

# Voortgang, en wat er gemaakt is
of-all = { $done } van { $all }
several = { $of ->
    [months] maanden
    [caseloads] caseloads
   *[runs] runs
}
many = { $of ->
    [draws] { $count } trekkingen
   *[points] { $count } punten
}
left = nog ongeveer { $seconds } s
runs-each = { $many }, elk { $runs } runs
runs-in = { $runs } runs in { $seconds } s, threads: { $threads }
sets-tried = { $sets } stellen getallen geprobeerd, elk { $runs } runs, in { $seconds } s, threads: { $threads }
along = zoekt langs { $name }, van { $low } tot { $high }
turning = zoekt aannames die het antwoord omkeren
report = rapport: { $file }
tables = tabellen: { $folder }
page = pagina: { $file }
crate = beschrijving: { $file }
caseload = caseload: { $file }, gevallen: { $cases }
fitted = { $name } met de gevonden waarden: { $file }
place-made = { $file }: { $place } ({ $municipality }), buurten: { $neighbourhoods }, huishoudens: { $households }
note = let op: { $note }
ok = { $file }: in orde
not-valid = { $file }: niet geldig
not-given = { $option } is niet opgegeven; bewaarplaatsen voor onderzoeksgegevens vragen erom

# Beginnen, stoppen, verdergaan
resuming = gaat verder: { $done } van de { $all } eenheden zijn klaar
torn = { $folder }: de laatste { $bytes } bytes van het journaal waren geen hele eenheid en zijn afgeknipt
complete-already = { $folder } bevat dit experiment al, compleet; er wordt niets gedraaid
stopping = stopt na de herhalingen die nu lopen; druk nog eens op Ctrl-C om meteen te stoppen
hangs = strategie { $plugin } is na { $seconds } s nog niet terug van een aanroep, en komt misschien nooit terug; druk nog eens op Ctrl-C om meteen te stoppen; met --isolate beëindigt zo’n aanroep alleen de eigen run
interrupted = onderbroken: { $done } van de { $all } eenheden zijn klaar en bewaard in { $folder }
    {"  "}verdergaan: { $command }
replay-stopped = onderbroken: { $done } van de { $all } zijn overgespeeld
nothing-written = onderbroken: er is niets geschreven
nothing-kept = onderbroken: er is niets bewaard
nothing-found = onderbroken: er is niets gevonden
enough = gestopt: { $count } herhalingen zijn genoeg
not-enough = na { $count } herhalingen nog niet nauwkeurig genoeg bekend; ongeveer { $planned } zou genoeg zijn
slowest = {"  "}langzaamst: { $metric } van { $strategy } onder { $stressor }, bekend tot op { $known } { $unit }; gevraagd { $asked }
looked-often = {"  "}er is steeds opnieuw gekeken, zodat 95%-intervallen iets minder vaak kloppen dan ze zeggen
best-is = {"  "}{ $metric } onder { $stressor }: de beste is { $names }
best-among = {"  "}{ $metric } onder { $stressor }: niet te onderscheiden: { $names }

# Runs die mislukten
plugin-says = { $plugin } meldt { $times } keer, voor het eerst in maand { $month }: { $text }
runs-failed = { $failed } van de { $all } runs mislukten; de eerste: { $reason }
some-failed = { $failed } runs mislukten; een daarvan: { $reason }
all-failed = alle runs mislukten; de eerste: { $reason }
run-failed = de run mislukte: { $reason }
run-with-failed = de run met { $strategy } mislukte: { $reason }
left-out = waarschuwing: { $failed } van de { $all } runs mislukten en tellen niet mee; de eerste: { $reason }
see-again = {"  "}om het weer te zien: { $command }

# Wat gevraagd wordt, kan niet
no-project = dit scenario heeft geen project; zet er een in `projects`
no-rates = dit scenario heeft geen `discount_rates` (discontovoeten)
no-null = het nulalternatief `{ $null }` hoort niet bij de strategieën; zonder dat valt er niets te vergelijken
kind = { $of ->
    [stressor] stressscenario
    [strategy] strategie
    [parameter] parameter
   *[project] project
}
no-such = er is in dit scenario geen { $what } met de naam `{ $name }`.{ $hint } Wel: { $known }
no-such-strategy = --strategy { $name }: noch het scenario noch een plug-in heeft deze naam.{ $hint }
    {"  "}het scenario heeft { $own }
    {"  "}gevonden plug-ins: { $plugins }
    {"  "}gezocht in { $folders }
no-metric = er is geen maat `{ $name }`.{ $hint }
no-pattern = --only { $wrong }: de patronen zijn genummerd van { $first } tot en met { $last }
no-household = --household { $number }: { $place } heeft huishoudens 1 tot en met { $all }; `--find differs-most` noemt er een paar met een verhaal
two-stories = --strategy is meer dan twee keer gegeven; hooguit twee verhalen staan naast elkaar
differs-two = --find differs-most vergelijkt twee strategieën; geef --strategy twee keer, of niet
until-outside = --until { $until }: dit scenario loopt van { $first } tot en met { $last }
one-draw = --draws: één trekking laat geen spreiding zien; verwacht: 2 of meer
vary-how = --vary zegt wat er varieert, niet hoe; voeg --draws N, --design factorial of --design one-at-a-time toe
vary-and-file = --vary en een bestand met punten: de kolommen van het bestand zeggen al wat er varieert
no-design = { $file }: { $error }; verwacht: een csv-bestand, `factorial` of `one-at-a-time`
precision-alone = --precision gaat over verschillen met het nulalternatief, en dat doet niet mee
shard-is-slurms = --shard: welk deel het is, bepaalt Slurm
stopping-uncut = --precision en --select kijken naar alle uitkomsten om te bepalen wanneer het genoeg is, en kunnen dus niet in delen worden geknipt; vraag om --replications
no-peers = { $folder } is niet te lezen; er zijn dus geen andere projecten
peer-wrong = { $file } bevat fouten en telt niet mee; zie zalm check
unpinned = waarschuwing: { $lock } legt { $id } niet vast, dus elke bibliotheek met deze naam wordt gebruikt; `zalm plugin lock SCENARIO --strategy { $id }` legt haar vast
libraries-changed = bibliotheken zijn veranderd: { $problems }

# Bestanden en mappen
file-exists = { $file } bestaat al en wordt niet overschreven; kies een ander bestand met --out, of voeg --force toe
file-unwritten = { $file } kon niet worden geschreven: { $error }; er is niets bewaard, dus kies een ander bestand met --out
folder-exists = { $folder } bestaat al en wordt niet overschreven; kies een andere map met --out
folder-unwritten = { $folder } kon niet worden geschreven: { $error }; kies een andere map met --out
no-base = { $base } bestaat niet, en zou de basis zijn van wat er geschreven wordt; zeg met --base waar die staat, gezien vanuit de map van { $out }
run-exists = { $folder } bestaat al en wordt niet overschreven; kies een andere map met --out, of zet deze elders
run-foreign = { $folder } bevat een ander experiment en wordt niet overschreven; kies een andere map met --out, of vraag wat daar gevraagd is
run-held = in { $folder } is { $holder } aan het werk; wacht tot dat klaar is, of kies een andere map met --out
run-none = { $folder } is geen map van een vergelijking: noem er een die `zalm compare` heeft gemaakt, zoals runs/SCENARIO-1
run-apart = de delen in { $folder } zijn nog niet samengevoegd: `zalm merge { $folder }` doet dat, of zegt welke er ontbreken
run-parent = in { $folder } kan geen map worden gemaakt: { $error }; kies met --out een map waarin u mag schrijven
run-strange = { $file }: { $why }; zo schrijft deze versie van zalm geen bestand
run-unwritten = { $file }: { $error }; wat er al gedraaid is, is bewaard: maak ruimte en geef hetzelfde commando nog eens
recipe-odd = { $folder }: het recept is niet te begrijpen: { $why }
journal-spoilt = { $folder }: het journaal is beschadigd, { $done } van de { $all } eenheden zijn heel; `zalm rerun` maakt de map opnieuw
no-comparison = { $folder } is de map van `zalm { $verb }`, niet van een vergelijking; het antwoord staat in { $folder }/answer.txt en { $folder }/{ $verb }.html
unfinished = { $folder } is niet af; het commando waarmee die begon, maakt haar af

# Gecontroleerd en opnieuw gemaakt
other-build = de map is door een andere versie van zalm gemaakt
other-build-journal = de map is door een andere versie van zalm gemaakt; het journaal noemt die versie en wordt niet vergeleken
made-again = { $run } is opnieuw gemaakt in { $out }: { $files } bestanden, elke byte gelijk
made-otherwise = { $run }, opnieuw gemaakt in { $out }, verschilt
differs = verschilt: { $what }
differs-in = { $run } verschilt op { $count } plaatsen
gone = { $file } is er niet meer
new = { $file } was er niet
other-digest = { $file }: SHA-256 is niet die van run.json
read-otherwise = resolved.ron: het scenario wordt nu anders gelezen
replication = herhaling { $number }
draw-replication = trekking { $draw }, herhaling { $number }
files-good = { $files } bestanden zijn zoals run.json zegt
files-unchecked = de map is niet af, dus er is geen bestand gecontroleerd; het commando waarmee die begon, maakt haar af
replayed = { $played } van de { $units } herhalingen zijn overgespeeld, elke bit gelijk

# Delen en clusters
no-shards = { $folder } heeft geen delen; ga verder met het commando waarmee die begon
shard-misses = deel { $shard }/{ $of }: { $why }
shards-missing = { $missing } van de { $of } delen ontbreken in { $folder }; er is niets samengevoegd
shard-done = deel { $shard }/{ $of }: { $units } eenheden, sha256 { $sha256 }
shard-done-already = deel { $shard } is al klaar; er wordt niets gedraaid
shard-failed = { $failed } runs mislukten; `zalm merge` zegt welke
all-shards-done = alle { $shards } delen zijn klaar; maak de map met: { $command }
submitted-already = { $folder } is al ingediend; zie `zalm slurm status` en `zalm slurm resume`
shards-job = delen { $shards }: taak { $job }
merge-job = samenvoegen: taak { $job }
merge-stands = samenvoegen: { $state }
merged = samengevoegd
complete = { $folder } is compleet
all-queued = alles wat ontbreekt, wacht of loopt al; er is niets ingediend
cancelled = geannuleerd; wat er gedraaid is, is bewaard, en { $command } gaat verder
shards-done = { $done } van de { $of } delen zijn klaar
not-queued = niet in de wachtrij
not-begun = niet begonnen
submits-rest = { $command } dient in wat ontbreekt
no-jobs = { $file }: { $why }; verwacht: een map die `zalm slurm submit` heeft gemaakt
other-schema = het is "{ $schema }", niet { $expected }
jobs-unwritten = { $file }: { $error }; de taken { $jobs } zijn ingediend
no-slurm = { $program }: { $error }; is dit een machine vanwaar taken bij Slurm worden ingediend? De scripts staan in de map slurm van de run

# Wat niet hoort te gebeuren
fault = zalm { $version } bevat een fout op { $place }: { $message }; meld deze regel, met uw commando en scenario
somewhere = een onbekende plaats
no-reason = zonder reden
no-ctrl-c = Ctrl-C is niet te horen: { $error }
own-program = dit programma is zelf niet te lezen: { $error }
unprinted = de uitkomst kon niet worden afgedrukt: { $error }
no-json = er kon geen JSON worden gemaakt: { $error }
