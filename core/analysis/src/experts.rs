//! Expert judgement: several experts' low, likely and high values of a parameter, over one or more
//! rounds of asking (Delphi), as one distribution with their disagreement shown.
//!
//! Each expert is a triangle, all with the same weight; the pool is their mixture (linear opinion
//! pool, Stone 1961). What it gives is parameters for a scenario, to be drawn like any other.

mod read;
mod words;

pub use read::read;
use serde::Serialize;
pub use words::{ron, written};
use zalm_scenario::{Opinion, ParameterSpec};
use zalm_statistics::Refused;
use zalm_statistics::judgement::{self, Expert};

/// Share of the variance between experts from which they are said to disagree.
pub const DISAGREE: f64 = 0.5;
/// How far a median may move between rounds, as a share of the interval, and still be at rest.
pub const AT_REST: f64 = 0.1;

/// What the experts said, by parameter in the order of the file.
#[derive(Debug)]
pub struct Panel {
    asked: Vec<Asked>,
}

/// One parameter: rounds ascending.
#[derive(Debug)]
struct Asked {
    spec: &'static ParameterSpec,
    rounds: Vec<(u32, Vec<Said>)>,
}

/// What one expert said in a round.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Said {
    /// Who.
    pub expert: String,
    /// Low, likely and high, in the unit of the parameter.
    #[serde(flatten)]
    pub opinion: Opinion,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Experts {
    /// The file.
    pub file: String,
    /// Parameters, in the order of the file.
    pub parameters: Vec<Pooled>,
}

/// What the experts say together of one parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pooled {
    /// Name of the parameter.
    pub parameter: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Rounds, ascending; the last counts.
    pub rounds: Vec<Round>,
    /// Where the asking stands.
    pub standing: Standing,
    /// What each said in the last round.
    pub last: Vec<Said>,
}

/// One round, in the unit of the parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Round {
    /// Its number.
    pub round: u32,
    /// Experts who answered.
    pub experts: usize,
    /// 5 % point of the pool.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// 95 % point.
    pub high: f64,
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Share of the variance that is between experts, 0 to 1.
    pub disagreement: f64,
    /// How far the median moved since the round before, as a share of that round's interval.
    pub moved: Option<f64>,
}

/// Where the asking stands after the last round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Most of what is uncertain lies between the experts.
    Disagree,
    /// They are near each other, and the middle still moves.
    Moving,
    /// They are near each other, and were asked once.
    Once,
    /// They are near each other, and the middle is at rest.
    Settled,
}

/// Pools what was said, parameter by parameter.
///
/// # Errors
/// What cannot be pooled, with the parameter; [`read`] lets nothing through that cannot.
pub fn experts(panel: &Panel, file: &str) -> Result<Experts, String> {
    let refused = |asked: &Asked| {
        let name = asked.spec.name;
        move |refused: Refused| format!("{name}: {refused}")
    };
    let pooled = |asked: &Asked| pooled(asked).map_err(refused(asked));
    Ok(Experts {
        file: file.to_owned(),
        parameters: panel.asked.iter().map(pooled).collect::<Result<_, _>>()?,
    })
}

fn pooled(asked: &Asked) -> Result<Pooled, Refused> {
    let expert = |said: &Said| {
        let Opinion { low, likely, high } = said.opinion;
        Expert { low, likely, high }
    };
    let said = asked.rounds.iter();
    let said: Vec<Vec<Expert>> = said
        .map(|(_, said)| said.iter().map(expert).collect())
        .collect();
    let found = judgement::rounds(&said)?;
    let round = |((number, said), round): (&(u32, Vec<Said>), &judgement::Round)| Round {
        round: *number,
        experts: said.len(),
        low: round.interval.0,
        median: round.median,
        high: round.interval.1,
        mean: round.pool.mean,
        sd: round.pool.sd,
        disagreement: round.pool.disagreement,
        moved: round.moved,
    };
    let rounds: Vec<Round> = asked.rounds.iter().zip(&found).map(round).collect();
    let last = rounds.last().expect("`rounds` refuses none at all");
    let standing = match last.moved {
        _ if last.disagreement >= DISAGREE => Standing::Disagree,
        None => Standing::Once,
        Some(moved) if moved > AT_REST => Standing::Moving,
        Some(_) => Standing::Settled,
    };
    Ok(Pooled {
        parameter: asked.spec.name,
        unit: asked.spec.unit,
        doc: asked.spec.doc,
        standing,
        rounds,
        last: asked
            .rounds
            .last()
            .map_or_else(Vec::new, |(_, said)| said.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Answer, Origin, Voice};
    use zalm_report::Lang;
    use zalm_scenario::read as scenario;

    const FILE: &str = "parameter,round,expert,low,likely,high
team.effect,1,Ada,1,2,3
team.effect,1,Bo,5,6,7
team.effect,2,Ada,2,3,5
team.effect,2,Bo,2.5,4,6
worker.cost,1,Ada,62000,65000,70000
worker.cost,1,Bo,61000,66000,72000
";

    fn found() -> Experts {
        experts(&read(FILE.as_bytes()).unwrap(), "panel.csv").unwrap()
    }

    #[test]
    fn rounds_bring_experts_together() {
        let found = found();
        let effect = &found.parameters[0];
        assert_eq!(effect.rounds.len(), 2);
        // Triangles of variance 1/6, means 2 and 6: 4 / (4 + 1/6).
        let first = effect.rounds[0].disagreement;
        assert!((first - 4.0 / (4.0 + 1.0 / 6.0)).abs() < 1e-12, "{first}");
        assert!(effect.rounds[1].disagreement < 0.5);
        let standings: Vec<Standing> = found.parameters.iter().map(|one| one.standing).collect();
        assert_eq!(standings, [Standing::Moving, Standing::Once]);
    }

    #[test]
    fn what_is_written_is_a_base_that_is_drawn_from_the_pool() {
        let folder = tempfile::tempdir().unwrap();
        let base = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../scenarios")
            .canonicalize()
            .unwrap();
        let file = folder.path().join("panel.ron");
        let text = ron(
            &found(),
            base.join("base/netherlands.ron").to_str().unwrap(),
        );
        std::fs::write(&file, text).unwrap();
        let set = [("base".to_owned(), file.display().to_string())];
        let deventer = scenario(&base.join("deventer-pak.ron"), &set);
        let deventer = deventer.map_err(|problems| problems.render(false)).unwrap();
        let parameters = &deventer.scenario.parameters;
        let effect = parameters.get("team.effect").unwrap();
        let rounds = &found().parameters[0].rounds;
        assert!((effect.value / rounds[1].median - 1.0).abs() < 1e-5);
        let spec = &zalm_scenario::SPECS[zalm_scenario::position("team.effect").unwrap()];
        for (u, expected) in [(0.05, rounds[1].low), (0.95, rounds[1].high)] {
            let drawn = zalm_experiment::quantile(spec, effect, u);
            assert!((drawn / expected - 1.0).abs() < 1e-6, "{drawn} {expected}");
        }
        assert_eq!(
            parameters.get("worker.cost").unwrap().source,
            "panel.csv: 2 experts, 1 round"
        );
    }

    #[test]
    fn who_disagrees_is_named_in_both_languages() {
        let first = FILE.lines().filter(|line| !line.contains("effect,2,"));
        let first = first.collect::<Vec<_>>().join("\n");
        let found = experts(&read(first.as_bytes()).unwrap(), "panel.csv").unwrap();
        for (lang, words) in [(Lang::En, "disagree"), (Lang::Nl, "oneens")] {
            let text = Answer::of(&found, &Origin::default(), &Voice::new(lang)).text;
            assert!(
                text.contains(words) && text.contains("Ada") && text.contains("Bo"),
                "{text}"
            );
        }
    }
}
