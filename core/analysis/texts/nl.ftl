# Teksten van de analyses. Zelfde sleutels en variabelen als en.ftl; een test bewaakt dat. Een tekst per regel.

list = { $first } en { $last }
none = geen
on = aan
off = uit
never = nooit
reactions = reacties
left-out = Herhalingen die vervallen omdat een run mislukte: { $count }.

# zalm stress
stress-title = Schokproef van { $title }
stress-sizes = { $replications } herhalingen, seed { $seed }; zwaarte 1 is de omvang in het scenario; [95%-intervallen]. Elke trede vormt paren met zwaarte 0 van dezelfde strategie, met dezelfde reacties.
stress-reactions = Reacties uit: wat bestuurders en organisaties terugdoen is uitgezet, in alle maanden en ook bij zwaarte 0: { $mechanisms }.
stress-source = Bron: { $source }
stress-threshold = Drempel { $threshold }, op het gemiddelde over herhalingen: groen houdt, rood is gebroken, beide met 95% zekerheid; maand van de eerste breuk na de beleidsdatum [95%-interval]
stress-from-calm = niveau bij zwaarte 0, daarna het verschil daarmee per paar
stress-from-null = verschil per paar met { $null } op dezelfde trede
stress-course = het verlies in de tijd bij zwaarte { $severity }, in maanden vanaf de eerste schok; hersteld: een tiende van het dieptepunt is over; verloren: eenheid x maanden
severity = zwaarte { $severity }
light-green = groen
light-amber = oranje
light-red = rood
trough = dieptepunt
trough-after = na
recovered = hersteld
lost = verloren
no-loss = geen verlies
not-recovered = niet

# zalm robust
robust-title = Robuustheid van de strategieën van { $title }
robust-sizes = { $replications } herhalingen, seed { $seed }; { $stressors } schokken met gelijke plaats, geen met een kans; [95%-intervallen]
robust-one = { $strategy } is de eerste onder alle { $count } maten van robuustheid.
robust-many = Verschillende maten wijzen verschillende strategieën aan, dus de keuze hangt af van waarvoor men gedekt wil zijn: { $picks }.
robust-pick = { $strategy } is de eerste onder { $measures }
robust-regret = spijt: wat een strategie verliest ten opzichte van de beste onder dezelfde schok [95%-bootstrapinterval van de grootste]
largest-regret = grootste
robust-bias = Hoogstens { $bias } van een spijt kan het geluk zijn van wie er het best uitziet; meer herhalingen maken dat kleiner.
robust-measures = maten over de schokken, van de maat zo gekeerd dat hoger beter is: waarde (rang)
measure-minimax-regret = grootste spijt (Savage; lager)
measure-regret-90 = 90e percentiel van de spijt (lager)
measure-maximin = slechtste schok (Wald)
measure-maximax = beste schok
measure-hurwicz = halverwege beide (Hurwicz)
measure-laplace = gemiddelde (Laplace)
measure-mean-variance = gemiddelde over spreiding
measure-undesirable-deviations = onder de eigen mediaan (lager)
measure-skewness = scheefheid
measure-peakedness = gepiektheid
measure-domain = deel aanvaardbaar (Starr)
short-minimax-regret = de grootste spijt
short-regret-90 = het 90e percentiel van de spijt
short-maximin = de slechtste schok
short-maximax = de beste schok
short-hurwicz = halverwege slechtste en beste
short-laplace = het gemiddelde
short-mean-variance = gemiddelde over spreiding
short-undesirable-deviations = ongewenste afwijkingen
short-skewness = scheefheid
short-peakedness = gepiektheid
short-domain = het deel dat aanvaardbaar is

# zalm break-even
even-title = Omslagpunten van { $title } langs { $parameter }
even-sizes = Winst in { $metric } ten opzichte van { $null }, onder { $stressor }; { $replications } herhalingen bij elke waarde, met hetzelfde toeval, seed { $seed }; [95%-bootstrapintervallen]
even-plausible = Gekeken is naar het hele plausibele bereik, { $low } tot { $high } { $unit }.
even-range = Gekeken is naar { $low } tot { $high } { $unit }, zoals gevraagd.
even-pays = verdient zich terug
even-better = doet het beter
even-least = { $strategy } { $pays } ten opzichte van { $null } als { $parameter } minstens { $at } { $unit } is (in gebruik { $value }; bewijs: { $evidence }).
even-most = { $strategy } { $pays } ten opzichte van { $null } als { $parameter } hoogstens { $at } { $unit } is (in gebruik { $value }; bewijs: { $evidence }).
even-turns-up = { $strategy } { $pays } ten opzichte van { $null } waar { $parameter } boven { $at } { $unit } komt (in gebruik { $value }; bewijs: { $evidence }).
even-turns-down = { $strategy } { $pays } niet langer ten opzichte van { $null } waar { $parameter } boven { $at } { $unit } komt (in gebruik { $value }; bewijs: { $evidence }).
even-always = { $strategy } { $pays } ten opzichte van { $null } over het hele bereik: er is geen omslagpunt in (in gebruik { $value } { $unit }; bewijs: { $evidence }).
even-never = Nergens in het bereik geldt dit: { $strategy } { $pays } ten opzichte van { $null }; er is geen omslagpunt in (in gebruik { $value } { $unit }; bewijs: { $evidence }).
even-same = { $strategy } wint noch verliest ergens in het bereik ten opzichte van { $null }.
even-unsure = Onzeker: het punt bij { $at } is er maar in { $share }% van de bootstraptrekkingen; meer herhalingen wijzen het uit.
even-gains = winst ten opzichte van het nulalternatief bij elke waarde die is gespeeld (boven 0 is beter)
evidence-Measured = gemeten
evidence-Derived = afgeleid
evidence-Estimate = schatting
evidence-Assumption = aanname

# zalm reverse-stress
reverse-title = Omgekeerde schokproef van { $title }: waardoor wordt { $failure }?
reverse-sizes = { $replications } herhalingen in elk van { $points } punten, met hetzelfde toeval, seed { $seed }; gekeken tot zwaarte { $most }
reverse-scale = Schaal van plausibiliteit: zwaarte 1 is een schok zo groot als in het scenario, of het pessimistische eind van het plausibele bereik van wat de eigen organisatie mankeert; die telt als een standaardafwijking, met een samenhang van { $correlation } met elke andere. De staart is de kans op iets zo ver weg in die richting als zwaartes normaal verdeeld waren: een leeshulp, geen voorspelling.
reverse-threats = Bedreigingen:
reverse-anyway = { $strategy } faalt al zonder enige bedreiging ({ $calm }): er valt niets te zoeken.
reverse-rays = Zonder bedreiging { $calm }. Zwaarte waarbij een bedreiging alleen, of twee die even zwaar zijn, leiden tot { $failure }:
holds = houdt
name-staff = personeel
name-leaders = trekkers
threat-staff = werkers vertrekken eerder en vacatures blijven open: { $parameters }.
threat-leaders = trekkers raken op en vertrekken, en opvolgers zijn moeilijk te vinden: { $parameters }.
story-own = Eigen organisatie
story-system = Het systeem
story-combined = Samen
story = { $head }: de dichtstbijzijnde mislukking is { $parts }; afstand { $distance }, staart { $tail }%.
story-none = { $head }: houdt tot zwaarte { $most }.
sign = Vroeg teken: { $metric } is van { $calm } naar { $moved } gegaan in maand { $month } na de beleidsdatum, { $before } maanden voor de mislukking; { $owner } kan het zien.
sign-none = Geen maat beweegt merkbaar voor de mislukking.
owner-payer = betaler { $payer }
owner-project = wie het project leidt
owner-municipality = de gemeente
