# Teksten van rapport en tabel. Zelfde sleutels en variabelen als en.ftl; een test bewaakt dat.

range = { $low } tot { $high }
missing = geen
nothing-ran = Er is geen run voltooid, dus er valt niets te vergelijken.
failed-runs = Mislukte runs: { $count }. Ze tellen niet mee; de andere zijn volledig.

# De tabel in een terminal
table-sizes = { $replications } herhalingen, seed { $seed }; [95%-intervallen]; verschillen per paar, met { $null }
table-team = team van { $project } bijeen (maanden van { $months }; hoger is beter)
table-null = nulalternatief
table-excluded = { $count } paren vervallen
better-higher = hoger is beter
better-lower = lager is beter
better-neither = beschrijvend
verdict-better = beter
verdict-worse = slechter
verdict-different = anders
verdict-same = gelijk
verdict-unclear = onzeker

# Het rapport
report = rapport
skip = Naar de inhoud
contents = Inhoud
list = { $first } en { $last }
setting = { $place }, { $households } huishoudens. Strategieën werken vanaf { $policy }, { $months } maanden lang. Vergeleken: { $strategies } strategieën onder { $stressors } stressscenario’s, { $replications } herhalingen van elk.
stopped = Deze vergelijking is eerder gestopt: { $done } van de { $planned } herhalingen zijn voltooid. De intervallen zijn daardoor breder dan bedoeld.
few = Er zijn maar { $done } herhalingen. Dat is te weinig voor betrouwbare intervallen; lees de getallen als een voorbeeld.
one-strategy = Er is minder dan twee strategieën, dus er valt niets te vergelijken. Hieronder staan alleen niveaus.
no-null = Het nulalternatief is niet meegenomen; daarom staan er geen verschillen in dit rapport.
run = Strategie, stressscenario, herhaling
reason = Wat er gebeurde
repeat = Herhaal alleen deze run
failed-more = En nog { $count }; alle staan in run.json.

answer = Het antwoord
under = Stressscenario: { $stressor }
answer-rule = Deze zinnen volgen een vaste regel: een verschil telt als het, na Holm-correctie over de strategieën, in minder dan 5% van de gevallen door toeval kan ontstaan. Elke strategie krijgt precies hetzelfde toeval als het nulalternatief.
answer-alone = Er is geen tweede strategie om { $null } mee te vergelijken.
answer-none = Geen strategie is te onderscheiden van { $null } in hoe lang het team bijeenblijft. Het verschil kan toeval zijn.
answer-same = Elke strategie houdt het team in alle herhalingen precies even lang bijeen als { $null }.
answer-no-difference = Er zijn geen runs waarin het team te vergelijken is met { $null }.
answer-still = Wel verschil maakt { $strategy } voor huishoudens.
answer-longest = { $strategy } houdt het team het langst bijeen: { $months } maanden langer dan { $null } ({ $range }). Aan het eind werkt het team nog in { $together } van de runs.
answer-rivals = Wie de langste is, is niet zeker: het interval van { $names } overlapt daarmee.
answer-households-fewer = Het helpt huishoudens: gemiddeld { $count } huishoudens minder in een multiprobleemsituatie ({ $range }).
answer-households-more = Het helpt huishoudens niet: gemiddeld { $count } huishoudens meer in een multiprobleemsituatie ({ $range }).
answer-households-unclear = Voor huishoudens in een multiprobleemsituatie is er geen aantoonbaar verschil ({ $range }).
answer-costs-unclear = Geen betaler is aantoonbaar duurder of goedkoper uit.
answer-costs-pay = Duurder uit: { $payers }. Niemand is aantoonbaar goedkoper uit.
answer-costs-gain = Goedkoper uit: { $gainers }. Niemand is aantoonbaar duurder uit.
answer-costs-both = Duurder uit: { $payers }. Goedkoper uit: { $gainers }.

key-numbers = Drie getallen
key-sub = Verschil met het nulalternatief { $null }, met 95%-interval, voor de strategie die het team het langst bijeenhoudt.
key-team = Maanden dat het team bijeenblijft
key-households = Huishoudens in een multiprobleemsituatie
key-cost = Kosten van alle betalers samen

source = Bron: { $source }
nothing-to-draw = Hiervoor zijn geen gegevens, dus er is geen figuur.
figure-team = { $strategy } houdt het team het langst bijeen; in { $together } van de runs tot het eind
figure-team-none = Geen strategie houdt het team aantoonbaar langer bijeen dan { $null }
figure-team-sub = Aandeel van de runs waarin het team van { $project } nog als één team werkt, per jaar sinds de beleidsdatum
figure-team-caption = Kaplan-Meier-curven. Opgaan in regulier beleid beëindigt het team als geheel, maar is geen mislukking; de tabel houdt beide uit elkaar. Intervallen (95%) staan bij de gegevens.
figure-households = { $strategy } laat de minste huishoudens in een multiprobleemsituatie
figure-households-none = Geen strategie verlaagt aantoonbaar het aantal huishoudens in een multiprobleemsituatie ten opzichte van { $null }
figure-households-sub = Aantal huishoudens met problemen op drie of meer leefgebieden; lijn: gemiddelde, band: de middelste 80% van de runs
figure-households-caption = De verticale as begint niet bij nul. Banden van strategieën mogen overlappen terwijl het verschil zeker is, want elke herhaling deelt haar toeval.
figure-payers-both = { $strategy }: duurder voor { $payers }; goedkoper voor { $gainers }
figure-payers-pay = { $strategy }: duurder voor { $payers }
figure-payers-gain = { $strategy }: goedkoper voor { $gainers }
figure-payers-none = { $strategy }: geen betaler is aantoonbaar duurder of goedkoper uit
figure-payers-neutral = Wie betaalt en wie wint, vergeleken met { $null }
figure-payers-sub = Kosten per betaler over { $months } maanden, verschil met { $null } in euro; streep: 95%-interval
figure-payers-caption = Rechts van nul betaalt een partij meer dan in het nulalternatief, links minder. Kosten van problemen, crises, hulp en het team zelf tellen mee.
figure-forest = { $strategy } is op { $better } van { $all } kernuitkomsten aantoonbaar beter, op { $worse } slechter
figure-forest-none = Geen strategie is op een kernuitkomst aantoonbaar beter dan { $null }
figure-forest-sub = Verschil met { $null }, met 95%-interval; elke uitkomst heeft haar eigen schaal
figure-forest-caption = De grijze kant is de gunstige kant. Een streep over de nullijn is een verschil dat toeval kan zijn.
axis-years = jaren sinds de beleidsdatum
axis-gains = ← goedkoper uit
axis-pays = duurder uit →

comparison = Alle strategieën naast elkaar
comparison-sub = Vet: niveau. Daaronder: verschil met { $null } en het 95%-interval daarvan; bij het nulalternatief het interval van het niveau.
other-metrics = Overige uitkomsten
no-metrics = Er zijn geen uitkomsten om te tonen.
data = Gegevens bij deze figuur
metric = Uitkomst
strategy = Strategie
team-months = Maanden bijeen
together = Nog bijeen
absorbed = Opgegaan in regulier beleid
ended = Geëindigd
after-years = Runs met het team nog bijeen, na jaren
months-since = Maanden sinds beleidsdatum
interval = 95%-interval
year = Jaar
mean = Gemiddelde
band = Middelste 80%
caption-comparison = Niveau en verschil per uitkomst en strategie
caption-outcome = Wat er van het team werd aan het eind van de periode
caption-at-risk = Aantal runs waarop de curven rusten
caption-steps = Aandeel van de runs met het team nog bijeen
caption-course = Verloop per jaar
caption-parameters = Zwakste onderbouwing eerst

strategies = De strategieën
null-explained = Het nulalternatief is { $null }: wat er gebeurt als niemand iets anders doet. Alle verschillen zijn daarmee vergeleken, herhaling voor herhaling.
plugin = Plugin
version = versie
defaults = Zonder eigen instellingen: de plugin gebruikt haar standaardwaarden.

assumptions = Waar dit op rust
assumptions-share = { $share } van de parameters ({ $assumed } van { $all }) is een aanname: niemand heeft ze gemeten, voor zover bekend. Het antwoord hangt mede daarvan af.
grade-measured = gemeten
grade-derived = afgeleid uit metingen
grade-estimate = orde van grootte
grade-assumption = aanname
parameters = Alle parameters met hun herkomst
no-parameters = Er zijn geen parameters meegegeven.
parameter = Parameter
value = Waarde
plausible = Plausibel
unit = Eenheid
evidence = Onderbouwing
origin = Herkomst

limits = Grenzen
limits-compares = Dit rapport vergelijkt; het voorspelt niet.
limits-intervals = De intervallen tonen alleen het toeval binnen het model. Dat parameters anders kunnen zijn, zit er niet in.
limits-absorbed = Opgaan in regulier beleid telt niet als mislukking, maar wel als het einde van het team als geheel: of de werkzame bestanddelen dan bijeenblijven, is een aparte vraag.
limits-chance = Niveaus zijn minder zeker dan verschillen. Gebruik de verschillen.
limits-local = De uitkomst geldt voor deze plaats, deze betalers en deze periode. Elders kunnen andere verhoudingen een andere strategie gunstig maken.

reproduction = Zelf narekenen
repro-line = Deze regel maakt dezelfde getallen opnieuw:
repro-version = Versie van zalm
repro-seed = Seed
repro-scenario = Scenario (sha256)
repro-resolved = Ingevuld scenario (sha256)
repro-results = Alle resultaten (sha256)

# Maanden
month-01 = januari
month-02 = februari
month-03 = maart
month-04 = april
month-05 = mei
month-06 = juni
month-07 = juli
month-08 = augustus
month-09 = september
month-10 = oktober
month-11 = november
month-12 = december

# Eenheden
unit-percentage-points = procentpunt
unit-share = procent
unit-euro = euro
unit-euro-month = euro per maand
unit-euro-year = euro per jaar
unit-households = huishoudens
unit-events = keren
unit-month = maanden
unit-fte = voltijdbanen
unit-professionals = professionals
unit-1-month = per maand
unit-1-year = per jaar
unit-1 = verhouding

# Uitkomsten
metric-project-alive = Integrale teams die aan het eind nog werken
metric-project-months = Maanden dat integrale teams werkten
metric-project-workers = Werkers in integrale teams
metric-project-knowledge = Kennis in integrale teams
metric-project-coalition = Banden met alle betalers
metric-project-context = Mandaat en rugdekking
metric-project-energy = Energie van trekkers
metric-project-shown = Aangetoonde baten voor alle betalers
metric-households-multi-problem = Huishoudens in een multiprobleemsituatie
metric-households-problem-free = Huishoudens zonder problemen
metric-households-stabilised = Huishoudens blijvend geholpen door een team
metric-households-relapsed = Terugval binnen een jaar na hulp
metric-households-crises = Crises
metric-households-in-team = Huishoudens bij een team
metric-households-in-silo = Huishoudens bij verkokerde hulp
metric-households-waiting = Huishoudens die op hulp wachten
metric-households-avoiding = Multiprobleemhuishoudens zonder hulp
metric-households-outreached = Zorgmijders bereikt door erop af te gaan
metric-households-dropouts = Huishoudens die ongeholpen afhaakten
metric-care-professionals = Professionals per geholpen multiprobleemhuishouden
metric-municipality-direction = Sterkte van gemeentelijke regie
metric-money-overspend = Open uitgaven boven de verwachting
metric-cost-total = Kosten van alle betalers samen
metric-cost-projects = Loonkosten van integrale teams
metric-cost-payer = Kosten voor { $payer }

# De ijking
calibrate-compared = waargenomen en gesimuleerd, gemiddeld over { $replications } herhalingen, gevolgde maanden: { $months }
calibrate-target = doel
calibrate-observed = waargenomen
calibrate-range = bereik
calibrate-simulated = gesimuleerd
calibrate-before = voor
calibrate-after = na
calibrate-miss = ernaast
calibrate-inside = in bereik
calibrate-unit = eenheid
calibrate-facts = feiten
calibrate-yes = ja
calibrate-no = nee
calibrate-none = geen
calibrate-number = getal
calibrate-at-bound = aan het eind van zijn bereik
calibrate-moved = Verschoven door de ijking; som van kwadraten van relatieve missers { $before } ervoor, { $after } erna, op de herhalingen van de ijking
calibrate-not-fitted = Vergeleken, niet geijkt:
calibrate-left-out = Niet vergeleken:
