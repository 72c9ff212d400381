//! Every figure of a scenario, each with a change to another plausible value.

use zalm_scenario::{
    Coupling, Figure, Measurement, Method, Municipality, Neighbourhood, Payer, Project, Scenario,
    Shock, SiloCare,
};

/// To which other plausible value a figure is moved.
pub type Nudge = fn(&mut f64);

/// A figure's name and how it is changed.
pub type Change = (String, Box<dyn Fn(&mut Scenario, Nudge)>);

/// One change per figure of the scenario; dates and levels change in their own way.
pub fn changes(scenario: &Scenario) -> Vec<Change> {
    let mut all = Vec::new();
    for at in 0..scenario.place.neighbourhoods.len() {
        each(
            "place",
            NEIGHBOURHOOD,
            move |s| &mut s.place.neighbourhoods[at],
            &mut all,
        );
    }
    for (at, payer) in scenario.payers.iter().enumerate() {
        each(&payer.id, PAYER, move |s| &mut s.payers[at], &mut all);
    }
    for (at, care) in scenario.silo_care.iter().enumerate() {
        let name = format!("silo {}", care.domain.name());
        each(&name, SILO_CARE, move |s| &mut s.silo_care[at], &mut all);
    }
    for (at, project) in scenario.projects.iter().enumerate() {
        each(&project.id, PROJECT, move |s| &mut s.projects[at], &mut all);
        all.extend(project_parts(at, project));
    }
    all.extend(couplings(scenario));
    all.extend(ingredients(scenario));
    each(
        "municipality",
        MUNICIPALITY,
        |s| &mut s.municipality,
        &mut all,
    );
    all.extend(elections(scenario));
    all.extend(costs(scenario));
    all.extend(shocks(scenario));
    all.extend(investments(scenario));
    all
}

type Field<T> = (&'static str, fn(&mut T) -> &mut Figure);

/// What is left out only describes: the `inhabitants` of a place are shown with it and enter no
/// rate.
const NEIGHBOURHOOD: &[Field<Neighbourhood>] = &[
    ("households", |n| &mut n.households),
    ("one_person", |n| &mut n.one_person),
    ("with_children", |n| &mut n.with_children),
    ("corporation_rent", |n| &mut n.corporation_rent),
    ("danger_zone", |n| &mut n.danger_zone),
];

const PAYER: &[Field<Payer>] = &[
    ("budget", |p| &mut p.budget),
    ("free_room", |p| &mut p.free_room),
    ("novelty_taste", |p| &mut p.novelty_taste),
    ("openness", |p| &mut p.openness),
    ("mission", |p| &mut p.mission),
];

const SILO_CARE: &[Field<SiloCare>] = &[("places", |c| &mut c.places), ("cost", |c| &mut c.cost)];

const PROJECT: &[Field<Project>] = &[
    ("workers", |p| &mut p.workers),
    ("fidelity", |p| &mut p.fidelity),
    ("outreach", |p| &mut p.outreach),
    ("network", |p| &mut p.network),
    ("economic", |p| &mut p.economic),
    ("drive", |p| &mut p.drive),
    ("skill", |p| &mut p.skill),
];

const MUNICIPALITY: &[Field<Municipality>] = &[
    ("direction", |m| &mut m.direction),
    ("alderman_spread", |m| &mut m.alderman_spread),
];

fn each<T: 'static>(
    name: &str,
    fields: &'static [Field<T>],
    part: impl Fn(&mut Scenario) -> &mut T + Clone + 'static,
    all: &mut Vec<Change>,
) {
    for (field, figure) in fields {
        let part = part.clone();
        let change = move |scenario: &mut Scenario, nudge: Nudge| {
            nudge(&mut figure(part(scenario)).value);
        };
        all.push((format!("{name}.{field}"), Box::new(change)));
    }
}

/// Shares fall to a quarter, amounts and counts by a third; nothing becomes something.
pub fn down(value: &mut f64) {
    *value = match *value {
        0.0 => 0.3,
        share if share <= 1.0 => share * 0.25,
        count if count.fract() == 0.0 => (count * 0.7).floor(),
        amount => amount * 0.7,
    };
}

/// Shares rise three quarters of the way to 1, amounts and counts by a half.
pub fn up(value: &mut f64) {
    *value = match *value {
        1.0 => 0.6,
        share if share < 1.0 => 0.75 + share * 0.25,
        count if count.fract() == 0.0 => (count * 1.5).ceil(),
        amount => amount * 1.5,
    };
}

fn change(name: String, change: impl Fn(&mut Scenario, Nudge) + 'static) -> Change {
    (name, Box::new(change))
}

fn project_parts(at: usize, project: &Project) -> Vec<Change> {
    let id = &project.id;
    let mut all = vec![
        change(format!("{id}.start"), move |s, _| {
            s.projects[at].start = s.projects[at].start.plus(3);
        }),
        change(format!("{id}.measurement"), move |s, _| {
            s.projects[at].measurement = Measurement::CostBenefit;
        }),
    ];
    for payer in project.ties.keys() {
        for level in 0..4 {
            let of = payer.clone();
            all.push(change(
                format!("{id}.ties.{payer}[{level}]"),
                move |s, nudge| {
                    let ties = s.projects[at].ties.get_mut(&of).expect("the payer's ties");
                    nudge(&mut ties[level]);
                },
            ));
        }
    }
    for grant in 0..project.grants.len() {
        all.push(change(
            format!("{id}.grants[{grant}].share"),
            move |s, nudge| {
                nudge(&mut s.projects[at].grants[grant].share.value);
            },
        ));
        all.push(change(
            format!("{id}.grants[{grant}].months"),
            move |s, _| {
                s.projects[at].grants[grant].months -= 9;
            },
        ));
    }
    all
}

fn elections(scenario: &Scenario) -> Vec<Change> {
    let later = |at: usize| {
        change(format!("elections[{at}]"), move |s, _| {
            let election = &mut s.municipality.elections[at];
            *election = election.plus(5);
        })
    };
    (0..scenario.municipality.elections.len())
        .map(later)
        .collect()
}

fn costs(scenario: &Scenario) -> Vec<Change> {
    let mut all = Vec::new();
    for (at, item) in scenario.use_costs.iter().enumerate() {
        for severity in 0..3 {
            let name = format!("use_costs.{}.per_year[{severity}]", item.id);
            all.push(change(name, move |s, nudge| {
                nudge(&mut s.use_costs[at].per_year[severity]);
            }));
        }
    }
    for (at, crisis) in scenario.crises.iter().enumerate() {
        all.push(change(
            format!("crises.{}.weight", crisis.id),
            move |s, nudge| {
                nudge(&mut s.crises[at].weight.value);
            },
        ));
        for part in 0..crisis.costs.len() {
            let name = format!("crises.{}.costs[{part}]", crisis.id);
            all.push(change(name, move |s, nudge| {
                nudge(&mut s.crises[at].costs[part].1.value);
            }));
        }
    }
    all
}

fn ingredients(scenario: &Scenario) -> Vec<Change> {
    let written = Method::INGREDIENTS.iter().map(|spec| {
        change(format!("method.{}", spec.name), |s, nudge| {
            let figure = s.method.figure_mut(spec.name).expect("an ingredient");
            nudge(&mut figure.value);
        })
    });
    let own = |(at, project): (usize, &Project)| {
        let names: Vec<String> = project.method.keys().cloned().collect();
        names.into_iter().map(move |name| {
            change(format!("projects[{at}].method.{name}"), move |s, nudge| {
                let figure = s.projects[at]
                    .method
                    .get_mut(&name)
                    .expect("its ingredient");
                nudge(&mut figure.value);
            })
        })
    };
    let own = scenario.projects.iter().enumerate().flat_map(own);
    written.chain(own).collect()
}

fn couplings(scenario: &Scenario) -> Vec<Change> {
    let one = |(at, coupling): (usize, &Coupling)| {
        let name = format!("coupling {:?} to {:?}", coupling.from, coupling.to);
        change(name, move |s, nudge| {
            nudge(&mut s.couplings[at].strength.value);
        })
    };
    scenario.couplings.iter().enumerate().map(one).collect()
}

fn investments(scenario: &Scenario) -> Vec<Change> {
    let parts = |at: usize| {
        let name = format!("area_investments[{at}]");
        [
            change(format!("{name}.per_year"), move |s, nudge| {
                nudge(&mut s.area_investments[at].per_year.value);
            }),
            change(format!("{name}.start"), move |s, _| {
                let start = &mut s.area_investments[at].start;
                *start = start.plus(24);
            }),
            change(format!("{name}.months"), move |s, _| {
                s.area_investments[at].months = 36;
            }),
        ]
    };
    (0..scenario.area_investments.len())
        .flat_map(parts)
        .collect()
}

fn shocks(scenario: &Scenario) -> Vec<Change> {
    let mut all = Vec::new();
    for (at, stressor) in scenario.stressors.iter().enumerate() {
        for shock in 0..stressor.shocks.len() {
            let name = format!("{}.shocks[{shock}]", stressor.name);
            if has_size(&stressor.shocks[shock]) {
                all.push(change(format!("{name} size"), move |s, nudge| {
                    resize(&mut s.stressors[at].shocks[shock], nudge);
                }));
            }
            all.push(change(format!("{name}.at"), move |s, _| {
                postpone(&mut s.stressors[at].shocks[shock]);
            }));
        }
    }
    all
}

fn has_size(shock: &Shock) -> bool {
    !matches!(
        shock,
        Shock::Exit { .. }
            | Shock::AldermanLeaves { .. }
            | Shock::Prize { .. }
            | Shock::Review { .. }
    )
}

fn resize(shock: &mut Shock, nudge: Nudge) {
    match shock {
        Shock::Cut { share, .. } => nudge(share),
        Shock::Decentralise { discount, .. } => nudge(discount),
        Shock::DemandGrowth { per_year, .. } => nudge(per_year),
        Shock::Transition { relief, .. } => nudge(relief),
        Shock::Exit { .. }
        | Shock::AldermanLeaves { .. }
        | Shock::Prize { .. }
        | Shock::Review { .. } => panic!("a shock without a size"),
    }
}

fn postpone(shock: &mut Shock) {
    let (Shock::Cut { at, .. }
    | Shock::Decentralise { at, .. }
    | Shock::DemandGrowth { at, .. }
    | Shock::Exit { at, .. }
    | Shock::Prize { at, .. }
    | Shock::Review { at }
    | Shock::Transition { at, .. }
    | Shock::AldermanLeaves { at }) = shock;
    *at = at.plus(7);
}
