//! Count and tell (tellen en vertellen): one household's life or one project's story in a run, and
//! the same under another strategy with the same chance.
//!
//! What happened comes from the run itself, watched while it is played; nothing is made up here.
//! What differs between two stories is the strategy's doing: no draw depends on it.

mod count;
mod document;
mod find;
mod household;
mod page;
mod parting;
mod project;
mod words;

pub use document::{csv, json};
pub use find::{Candidate, Find, candidates, candidates_json, candidates_text};
pub use page::html;
pub use words::text;

use crate::voice::{Sentence, Value};
use zalm_experiment::Watched;
use zalm_scenario::{Domain, Month, Scenario};

/// Whose story is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A household, by its number counted from 0.
    Household(usize),
    /// A project, by its place in the scenario.
    Project(usize),
}

/// Something that happened, in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Month index.
    pub month: u32,
    /// What.
    pub what: Sentence,
}

/// What happened under one strategy.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Name of the strategy.
    pub strategy: String,
    /// Its name for people, where the scenario gives one.
    pub title: Option<Value>,
    /// What happened, in order.
    pub told: Vec<Told>,
    /// What happened to projects and payers, in order: where a household's story parts, it is why.
    pub around: Vec<Told>,
    /// How it stood at its end.
    pub end: Vec<Sentence>,
    /// Numbers, in the same order in every story: what, and how much.
    pub counts: Vec<Count>,
}

/// A number beside the story.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// What is counted.
    pub what: Sentence,
    /// How much.
    pub value: Value,
    /// The same as a number, for a difference; for a severity the one at the end.
    pub number: f64,
    /// There is nothing to say.
    pub nothing: bool,
}

/// A story, or the same story under two strategies.
#[derive(Clone, Debug, PartialEq)]
pub struct Tell {
    /// Whose.
    pub subject: Subject,
    /// Name of the subject.
    pub name: Sentence,
    /// Title of the scenario.
    pub title: Value,
    /// Name of the place.
    pub place: String,
    /// The stressor, by its name.
    pub stressor: String,
    /// The replication.
    pub replication: u32,
    /// First month.
    pub start: Month,
    /// First month in which a strategy acts.
    pub policy_month: u32,
    /// How the subject stood at the start.
    pub first: Vec<Sentence>,
    /// One story, or two.
    pub stories: Vec<Story>,
}

/// What was watched under one strategy.
pub struct Side {
    /// Name of the strategy.
    pub strategy: String,
    /// What was seen.
    pub seen: Watched,
}

impl Tell {
    /// The stories of these runs.
    pub fn new(
        scenario: &Scenario,
        subject: Subject,
        (stressor, replication): (&str, u32),
        sides: &[Side],
    ) -> Self {
        let cast = Cast::new(scenario, sides);
        let stories = sides.iter().map(|side| story(&cast, subject, side));
        let name = match subject {
            Subject::Household(row) => {
                let number = Value::Count(row as u32 + 1);
                Sentence::new("tell-household", vec![("number", number)])
            }
            Subject::Project(project) => {
                let name = cast.project(project);
                Sentence::new("tell-project", vec![("project", name)])
            }
        };
        let first = sides.first().map(|side| match subject {
            Subject::Household(_) => household::stands(&side.seen.portraits[0][0]),
            Subject::Project(at) => project::stands(&cast, &side.seen.projects[0][at]),
        });
        Self {
            subject,
            name,
            title: Value::told(&scenario.title),
            place: scenario.place.name.clone(),
            stressor: stressor.to_owned(),
            replication,
            start: scenario.start,
            policy_month: scenario.policy_month(),
            first: first.unwrap_or_default(),
            stories: stories.collect(),
        }
    }

    /// A month by its index.
    pub fn month(&self, index: u32) -> Month {
        self.start.plus(index.cast_signed())
    }
}

fn story(cast: &Cast, subject: Subject, side: &Side) -> Story {
    let seen = &side.seen;
    let uses = cast.scenario.strategies.iter();
    let title = uses.filter(|one| one.name == side.strategy && !one.title.is_empty());
    let around = project::around(cast, seen);
    let (told, end, counts) = match subject {
        Subject::Household(_) => (
            household::told(cast, seen),
            household::ends(seen),
            count::household(cast, seen),
        ),
        Subject::Project(at) => (
            project::told(cast, seen, at),
            project::ends(cast, seen, at),
            count::project(cast, seen, at),
        ),
    };
    Story {
        strategy: side.strategy.clone(),
        title: title.map(|one| Value::told(&one.title)).next(),
        told,
        around,
        end,
        counts,
    }
}

/// Who plays a part: names for indices and ids.
struct Cast<'a> {
    scenario: &'a Scenario,
    founded: Vec<String>,
}

impl<'a> Cast<'a> {
    fn new(scenario: &'a Scenario, sides: &[Side]) -> Self {
        let last = sides.first().and_then(|side| side.seen.projects.last());
        let known = scenario.projects.len();
        let founded = last.into_iter().flat_map(|all| all.iter().skip(known));
        Self {
            scenario,
            founded: founded.map(|project| project.id.clone()).collect(),
        }
    }

    /// A project by its index; those founded in the run have a number.
    fn project(&self, index: usize) -> Value {
        let known = self.scenario.projects.len();
        match self.scenario.projects.get(index) {
            Some(project) => Value::told(&project.name),
            None => {
                let number = Value::Count((index - known + 1) as u32);
                Value::Phrase(Box::new(Sentence::new(
                    "tell-founded",
                    vec![("number", number)],
                )))
            }
        }
    }

    /// A project by its id.
    fn project_called(&self, id: &str) -> Value {
        let known = self.scenario.projects.iter().map(|one| one.id.as_str());
        let mut all = known.chain(self.founded.iter().map(String::as_str));
        match all.position(|one| one == id) {
            Some(index) => self.project(index),
            None => Value::Name(id.to_owned()),
        }
    }

    /// A payer by its index.
    fn payer(&self, index: usize) -> Value {
        Value::payer(&self.scenario.payers[index])
    }

    /// A payer by its id.
    fn payer_called(&self, id: &str) -> Value {
        let found = self.scenario.payers.iter().find(|payer| payer.id == id);
        found.map_or_else(|| Value::Name(id.to_owned()), Value::payer)
    }

    fn domain(domain: usize) -> Value {
        Value::domain(Domain::ALL[domain])
    }
}

/// Severity in words.
fn severity(level: u8) -> Value {
    Value::Word(format!("severity-{level}"))
}

/// A sentence without variables.
fn plain(id: &str) -> Sentence {
    Sentence::new(format!("tell-{id}"), Vec::new())
}

/// A sentence with a number that has a text of its own when it is one.
fn counted(
    id: &str,
    name: &'static str,
    number: u32,
    mut values: Vec<(&'static str, Value)>,
) -> Sentence {
    let one = if number == 1 { "-one" } else { "" };
    values.push((name, Value::Count(number)));
    Sentence::new(format!("tell-{id}{one}"), values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::Voice;
    use zalm_model::{Form, Instrument};
    use zalm_report::Lang;
    use zalm_scenario::AreaWork;

    #[test]
    fn everything_that_is_told_has_its_words() {
        let forms = Form::ALL.map(|form| format!("form-{}", form.name()));
        let instruments = (0..Instrument::ALL.len()).map(|code| format!("instrument-{code}"));
        let works = (0..AreaWork::COUNT).map(|work| format!("work-{work}"));
        let severities = (0..=4).map(|level| format!("severity-{level}"));
        let ids: Vec<String> = instruments
            .chain(works)
            .chain(severities)
            .chain(forms)
            .collect();
        for voice in [Lang::Nl, Lang::En].map(Voice::new) {
            for id in &ids {
                assert!(voice.find(id).is_some(), "{id}");
            }
        }
    }

    #[test]
    fn one_has_words_of_its_own() {
        assert_eq!(
            counted("helped", "months", 1, Vec::new()).id,
            "tell-helped-one"
        );
        assert_eq!(counted("helped", "months", 2, Vec::new()).id, "tell-helped");
        assert_eq!(plain("asks").id, "tell-asks");
    }

    fn told(month: u32, id: &str) -> Told {
        let of = ["project", "payer"].map(|name| (name, Value::Name(name.to_owned())));
        Told {
            month,
            what: Sentence::new(format!("tell-{id}"), of.to_vec()),
        }
    }

    fn story(strategy: &str, told: Vec<Told>, around: Vec<Told>) -> Story {
        Story {
            strategy: strategy.to_owned(),
            title: None,
            told,
            around,
            end: Vec::new(),
            counts: Vec::new(),
        }
    }

    fn tell(stories: Vec<Story>) -> Tell {
        Tell {
            subject: Subject::Household(0),
            name: Sentence::new("tell-household", vec![("number", Value::Count(1))]),
            title: Value::Name(String::new()),
            place: String::new(),
            stressor: String::new(),
            replication: 0,
            start: Month::new(2009, 1).expect("a month"),
            policy_month: 12,
            first: Vec::new(),
            stories,
        }
    }

    #[test]
    fn stories_part_where_one_tells_what_the_other_does_not() {
        let shared = told(3, "asks");
        let one = story(
            "a",
            vec![shared.clone(), told(20, "moves")],
            vec![told(14, "ends"), told(21, "prize")],
        );
        let other = story("b", vec![shared, told(25, "asks")], vec![told(13, "exit")]);
        let both = tell(vec![one.clone(), other]);
        let parting = both.parting().expect("they differ");
        assert_eq!(parting.month, 20);
        assert_eq!(parting.first, [Some(&told(20, "moves")), None]);
        let before = [(1, &told(13, "exit")), (0, &told(14, "ends"))];
        assert_eq!(parting.before, before);
        let english = Voice::new(Lang::En);
        let wide = text(&both, &english, 120);
        let narrow = text(&both, &english, 80);
        assert!(wide.contains("*2010-09 The household moves"), "{wide}");
        // What they share stands before both headings.
        let places = ["2009-04", "\nA\n", "*2010-09", "\nB\n", "*2011-02"];
        let found = places.map(|place| narrow.find(place));
        assert!(
            found.is_sorted() && found[0].is_some(),
            "{found:?} {narrow}"
        );
        assert!(tell(vec![one.clone(), one.clone()]).parting().is_none());
        assert!(tell(vec![one]).parting().is_none());
    }
}
