//! The page on good, odd, empty and hostile input.

use super::*;
use crate::input::{FailureInfo, StressorInfo};
use crate::sample::sample;

/// No number that is none, and no text that has no translation.
fn sound(html: &str) {
    for wrong in [
        "NaN",
        "inf%",
        ">inf<",
        "null<",
        "{ $",
        "answer-",
        "figure-team",
        "verdict-",
    ] {
        assert!(!html.contains(wrong), "{wrong}");
    }
    for tag in ["section", "table", "figure", "div", "svg", "ul", "dl"] {
        let opened =
            html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    assert!(!html.contains("<script") && !html.contains("http://") || !html.contains("src=\"http"));
}

#[test]
fn both_languages_make_a_whole_page() {
    for lang in Lang::ALL {
        let html = render(&sample(), lang);
        look(&format!("report-{lang}"), &html);
        sound(&html);
        assert!(html.starts_with("<!DOCTYPE html><html lang="));
        assert_eq!(html.matches("<svg").count(), 3 * 10 * 2);
        assert_eq!(html.matches("data:text/csv").count(), 3 * 10);
        assert_eq!(html.matches("<h1>").count(), 1);
        assert!(html.len() < 2_000_000, "{} bytes", html.len());
        assert_eq!(
            html,
            render(&sample(), lang),
            "the same input gives the same page"
        );
    }
}

/// The sample under more stressors: those that are added go as the first.
fn under(stressors: usize) -> ReportInput {
    let mut input = sample();
    for added in input.stressors.len()..stressors {
        input.stressors.push(input.stressors[0].clone());
        macro_rules! again {
            ($($table:ident),*) => { $(
                let rows = input.$table.iter().filter(|row| row.stressor == 0);
                let rows = rows.cloned().map(|mut row| { row.stressor = added; row });
                let rows: Vec<_> = rows.collect();
                input.$table.extend(rows);
            )* };
        }
        again!(cells, survival, fans, differences, budgets, further);
        for regret in &mut input.regrets {
            regret.by_stressor.push(regret.by_stressor[0]);
        }
    }
    // As many as a real scenario has, with sources of a usual length.
    let one = input.parameters[0].clone();
    let source = "seed 002 §5.4.1 names the order, not the size; an assumption ".repeat(3);
    let parameter = |at: usize| crate::ParameterInfo {
        name: format!("parameter.{at}"),
        source: source.clone(),
        ..one.clone()
    };
    input.parameters = (0..250).map(parameter).collect();
    input
}

#[test]
fn a_report_of_seven_stressors_can_be_mailed() {
    let html = render(&under(7), Lang::Nl);
    sound(&html);
    assert!(html.len() < 1_750_000, "{} bytes", html.len());
}

#[test]
fn the_answer_is_in_words() {
    let dutch = render(&sample(), Lang::Nl);
    assert!(
        dutch.contains("Stakeholdermodel houdt het team het langst bijeen: 50,0 maanden langer")
    );
    assert!(dutch.contains("48,0 huishoudens minder in een multiprobleemsituatie (38,5 tot 57,5)"));
    let english = render(&sample(), Lang::En);
    assert!(english.contains("keeps the team together longest: 50.0 months longer"));
    assert!(english.contains("from January 2012"));
}

#[test]
fn no_winner_is_said_in_so_many_words() {
    let mut input = sample();
    input
        .survival
        .iter_mut()
        .for_each(|arm| arm.difference.as_mut().unwrap().p_holm = Some(0.5));
    let html = render(&input, Lang::En);
    sound(&html);
    assert!(html.contains("No strategy can be separated from Projectencarrousel"));
    assert!(html.contains("Stakeholdermodel does make a difference for households."));
}

#[test]
fn strategies_that_change_nothing_are_called_the_same() {
    let mut input = sample();
    for arm in &mut input.survival {
        let difference = arm.difference.as_mut().unwrap();
        difference.estimate = crate::Estimate {
            mean: 0.0,
            interval: None,
        };
        difference.constant = true;
    }
    let html = render(&input, Lang::En);
    assert!(html.contains("exactly as long as Projectencarrousel"));
}

#[test]
fn failed_runs_are_on_page_one() {
    let mut input = sample();
    input.failures = (0..12)
        .map(|replication| FailureInfo {
            strategy: "Stakeholdermodel".to_owned(),
            stressor: "geen".to_owned(),
            replication,
            reason: "the engine panicked".to_owned(),
            rerun: "zalm run x.ron --replication 3".to_owned(),
        })
        .collect();
    let html = render(&input, Lang::En);
    sound(&html);
    let failed = html.find("Failed runs: 12").unwrap();
    assert!(failed < html.find("The answer</h2>").unwrap());
    assert!(html.contains("And 2 more"));
}

#[test]
fn hostile_texts_are_texts() {
    let evil = "</script><script>alert('x')</script><img src=x onerror=\"y\">".repeat(20);
    let mut input = sample();
    input.title.clone_from(&evil);
    input.strategies[2].name.clone_from(&evil);
    input.stressors[0] = StressorInfo {
        id: evil.clone(),
        name: evil.clone(),
        narrative: evil.clone(),
        source: evil.clone(),
    };
    input.payers[0].name_nl.clone_from(&evil);
    input.metrics[0].unit.clone_from(&evil);
    input.parameters[0].source = evil;
    let html = render(&input, Lang::Nl);
    look("hostile", &html);
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("</script"));
}

#[test]
fn nothing_at_all_makes_a_page_that_says_so() {
    let html = render(&ReportInput::default(), Lang::En);
    sound(&html);
    assert!(html.contains("No run was completed") && html.contains("nothing to compare"));
}

#[test]
fn one_strategy_makes_a_page_with_levels() {
    let mut input = sample();
    input.strategies.truncate(1);
    input.cells.retain(|cell| cell.strategy == 0);
    input.survival.retain(|arm| arm.strategy == 0);
    input.fans.retain(|fan| fan.strategy == 0);
    input.differences.clear();
    input.regrets.clear();
    input.budgets.clear();
    let html = render(&input, Lang::En);
    sound(&html);
    assert!(html.contains("fewer than two strategies"));
}

#[test]
fn one_replication_has_no_intervals_and_no_winner() {
    let mut input = sample();
    input.setting.replications_done = 1;
    for cell in &mut input.cells {
        cell.level.as_mut().unwrap().interval = None;
        let difference = cell.difference.as_mut().unwrap();
        (difference.estimate.interval, difference.p_holm) = (None, None);
    }
    for arm in &mut input.survival {
        arm.team_months.as_mut().unwrap().interval = None;
        let difference = arm.difference.as_mut().unwrap();
        (difference.estimate.interval, difference.p_holm) = (None, None);
    }
    let html = render(&input, Lang::En);
    sound(&html);
    assert!(html.contains("only 1 replications") && html.contains("No strategy can be separated"));
}

#[test]
fn an_empty_metric_is_shown_as_missing() {
    let mut input = sample();
    for cell in input.cells.iter_mut().filter(|cell| cell.metric == 1) {
        (cell.level, cell.difference) = (None, None);
    }
    input.fans.clear();
    input.survival.clear();
    let html = render(&input, Lang::Nl);
    sound(&html);
    // In every cell of its row, under each stressor.
    let row = html
        .split("Huishoudens blijvend geholpen door een team")
        .nth(1);
    let row = row.and_then(|rest| rest.split("</tr>").next()).unwrap();
    assert_eq!(row.matches("<td>geen</td>").count(), 4, "{row}");
    assert!(html.contains("er is geen figuur"));
}

/// For looking: writes a page into the folder that `ZALM_LOOK` names, if it names one.
fn look(name: &str, html: &str) {
    if let Some(folder) = std::env::var_os("ZALM_LOOK") {
        let file = std::path::Path::new(&folder).join(format!("{name}.html"));
        std::fs::write(file, html).unwrap();
    }
}

#[test]
fn page_one_answers_over_all_stressors() {
    let dutch = render(&sample(), Lang::Nl);
    let answer =
        &dutch[dutch.find("id=\"answer\"").unwrap()..dutch.find("id=\"strategies\"").unwrap()];
    assert!(answer.contains(
        "Stakeholdermodel houdt het team in elk van de 3 stressscenario’s aantoonbaar langer bijeen"
    ));
    assert_eq!(answer.matches("class=\"card\"").count(), 3);
    for payer in ["Gemeente, sociale zaken", "Woningcorporatie"] {
        let row = answer.split("<tr>").find(|row| row.contains(payer));
        let row = row.unwrap_or_else(|| panic!("{payer}: {answer}"));
        assert_eq!(row.matches("<strong>−").count(), 3, "{row}");
    }
    assert!(answer.contains("Robuust") && answer.contains("zalm mkba"));
    // Nothing but the answer stands on page one: no figure, no table but that of who pays.
    assert!(!answer.contains("<svg") && answer.matches("<table").count() == 1);
}

#[test]
fn the_parts_stand_in_the_order_of_a_report_for_a_decision() {
    // Answer, variants, evidence, effects under each stressor, all stressors, what is left to ask,
    // limits, reproduction; under a stressor people first, then the project, then money.
    let html = render(&sample(), Lang::En);
    let at = |id: &str| {
        let found = html.find(&format!("<h2 id=\"{id}\">"));
        found.unwrap_or_else(|| panic!("no part {id}"))
    };
    let parts = [
        "answer",
        "strategies",
        "assumptions",
        "stressor-0",
        "stressor-1",
        "stressor-2",
        "regret",
        "unsaid",
        "limits",
        "reproduction",
    ];
    assert!(parts.map(at).is_sorted(), "{:?}", parts.map(at));
    let kinds = [
        "households",
        "difference",
        "care",
        "ladder",
        "survival",
        "coalition",
        "benefits",
        "payers",
        "budget",
        "forest",
    ];
    let drawn = kinds.map(|kind| html.find(&format!("id=\"{kind}-0-wide-title\"")));
    assert!(
        drawn.iter().all(Option::is_some) && drawn.is_sorted(),
        "{drawn:?}"
    );
    for command in ["arena", "mkba", "sensitivity", "stress", "value", "experts"] {
        assert!(html[at("unsaid")..at("limits")].contains(&format!("zalm {command}<")));
    }
}

#[test]
fn a_strategy_has_its_article_in_a_sentence_where_it_is_known() {
    let mut input = sample();
    let told = |input: &_| Page::of(input, Lang::Nl).null;
    assert_eq!(told(&input), "de projectencarrousel");
    input.strategies[0].name = "Zoals het gaat".to_owned();
    assert_eq!(told(&input), "Zoals het gaat");
}

#[test]
fn a_wrong_choice_is_priced_under_every_stressor() {
    let html = render(&sample(), Lang::En);
    assert!(html.contains("Stakeholdermodel has the least regret in its worst case: there the team stays together 0.0 months less"));
}

#[test]
fn every_figure_is_a_file_too() {
    let rendered = render_with_figures(&sample(), Lang::Nl);
    assert_eq!(rendered.figures.len(), 3 * 10);
    for (name, svg) in &rendered.figures {
        assert!(name.ends_with(".svg") && svg.starts_with("<svg"), "{name}");
        assert!(
            svg.contains("fill=\"#FFFFFF\"") && svg.contains("Bron: Heechterp"),
            "{name}"
        );
        // The drawing on the page stands in it as it is.
        let id = format!(
            "aria-labelledby=\"{}-wide-title",
            name.trim_end_matches(".svg")
        );
        let lines = svg.lines().filter(|line| line.starts_with("<polyline"));
        assert!(svg.contains(&id) && rendered.html.contains(&id), "{name}");
        assert!(
            lines.into_iter().all(|line| rendered.html.contains(line)),
            "{name}"
        );
    }
}

#[test]
fn zero_households_make_a_page() {
    let mut input = sample();
    input.setting.households = 0;
    for fan in input.fans.iter_mut().chain(&mut input.differences) {
        for point in &mut fan.points {
            *point = crate::FanPoint {
                year: point.year,
                ..crate::FanPoint::default()
            };
        }
        fan.paths.clear();
    }
    input
        .budgets
        .iter_mut()
        .for_each(|one| one.years.iter_mut().for_each(|year| year.1 = 0.0));
    let html = render(&input, Lang::Nl);
    sound(&html);
    assert!(html.contains("0 huishoudens") && html.contains("er is geen figuur"));
}
