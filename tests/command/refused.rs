//! What cannot be asked is refused, with what to do: designs, distributions, methods.

use super::analyses::asked;
use super::{TINY, say, word};
use zalm_tests::scratch;

#[test]
fn what_cannot_be_asked_says_what_to_do() {
    let refused = |question: &[&str], texts: &[&str]| {
        let scratch = scratch();
        let folder = scratch.path().join("answer");
        let more = ["--replications", "2", "--out", word(&folder)];
        say(&asked(question, TINY, &more)).refused(4, texts);
    };
    refused(
        &["stress", "--metric", "households.crisis"],
        &["Did you mean `households.crises`?", "zalm metrics"],
    );
    refused(
        &["stress", "--severity", "9"],
        &["more than 100 %", "at most 5"],
    );
    refused(
        &["robust", "--metric", "cost.projects"],
        &["only describes", "direction"],
    );
    refused(
        &["break-even", "--parameter", "worker.cots"],
        &["Did you mean `worker.cost`?"],
    );
    refused(
        &[
            "break-even",
            "--parameter",
            "worker.cost",
            "--stressor",
            "cuts",
        ],
        &["Did you mean `cut`?"],
    );
    refused(
        &["sensitivity", "--vary", "worker.cots", "--vary", "team.x*"],
        &[
            "did you mean `worker.cost`?",
            "`team.x*`",
            "zalm parameters",
        ],
    );
    let parts = [
        "--vary",
        "team.network",
        "--vary",
        "team.relation",
        "--by",
        "parameter",
    ];
    refused(
        &[&["sensitivity", "--method", "sobol"], &parts[..]].concat(),
        &["parts of a whole", "--by subject", "--method given"],
    );
    refused(
        &["sensitivity", "--method", "sobol", "--size", "8"],
        &["8 points are too few", "--size 16"],
    );
    refused(
        &[
            "sensitivity",
            "--metric",
            "project.alive",
            "--vary",
            "worker.*",
        ],
        &["never varies", "choose another metric"],
    );
    refused(
        &["sensitivity", "--method", "morris", "--size", "2"],
        &["at least 4 are needed"],
    );
    refused(
        &[
            "discover",
            "--draws",
            "120",
            "--failure",
            "households.multi_problem<-1",
        ],
        &["0 of 120 draws fail", "--draws"],
    );
    refused(
        &["reverse-stress", "--failure", "project.alive@999<0.5"],
        &["month 999", "no sample"],
    );
    refused(
        &["value", "--draws", "49"],
        &["49 draws are too few", "--draws 50"],
    );
    refused(&["value", "--worth", "nan"], &["cannot be worth NaN"]);
    refused(
        &["value", "--payer", "wellfare"],
        &["no payer called `wellfare`", "Did you mean `welfare`?"],
    );
    refused(&["value", "--effect", "cost.projects"], &["only describes"]);
    refused(
        &["stress", "--certainty", "90"],
        &["90 is no certainty", "such as 0.9"],
    );
    refused(&["stress", "--buffer", "-5"], &["-5 euro cannot be"]);
    let usage = say(&["stress", TINY, "--threshold", "project.alive"]);
    usage.refused(2, &["METRIC<VALUE"]);
    let few = ["robust", TINY, "--replications", "1"];
    let scratch = scratch();
    let folder = scratch.path().join("answer");
    say(&[&few[..], &["--out", word(&folder)]].concat())
        .refused(4, &["no spread", "expected 2 or more"]);
}

#[test]
fn designs_that_cannot_be_are_refused_with_the_place() {
    let scratch = scratch();
    let file = scratch.path().join("rows.csv");
    let folder = scratch.path().join("run");
    for (rows, texts) in [
        (
            "worker.cots\n60000\n",
            ["line 1", "did you mean `worker.cost`?"],
        ),
        (
            "team.effect\n99\n",
            ["team.effect: 99 is out of range", "expected 0 to 20"],
        ),
        (
            "team.effect,team.effect\n3,4\n",
            ["line 1", "stands there twice"],
        ),
        ("team.effect\nx\n", ["line 2", "`x` is no number"]),
        ("team.effect\nNaN\n", ["line 2", "`NaN` is no number"]),
        ("team.effect\n", ["there is no row", "rows.csv"]),
    ] {
        std::fs::write(&file, rows).expect("a file");
        let question = [
            "compare",
            TINY,
            "--replications",
            "2",
            "--design",
            word(&file),
        ];
        say(&[&question[..], &["--out", word(&folder)]].concat()).refused(4, &texts);
    }
    let none = word(&folder).to_owned() + "/none.csv";
    let question = ["compare", TINY, "--design", &none, "--out", word(&folder)];
    say(&question).refused(4, &["expected a CSV file", "one-at-a-time"]);
    assert!(!folder.exists(), "a refused design made a folder");
}

#[test]
fn ranges_and_distributions_that_cannot_be_are_refused() {
    for (setting, texts) in [
        (
            "parameters.team.effect.low=9",
            ["low below high", "exchange them"],
        ),
        (
            "parameters.tie.carry_over.distribution=LogNormal",
            ["above 0", "another distribution"],
        ),
    ] {
        let question = ["compare", TINY, "--draws", "4", "--set", setting];
        say(&question).refused(4, &texts);
    }
}
