//! `zalm tell`: one life or one project's story, under one strategy or two.

use super::{TINY, say, word};
use zalm_tests::scratch;

/// A scenario in which more happens than in the tiny one.
const FULL: &str = "scenarios/heechterp-schieringen.ron";

/// No text that is missing, and no variable that nobody filled in.
fn whole(text: &str) {
    for hole in ["tell-", "{$", "{ $", "item-", "form-", "instrument-"] {
        assert!(!text.contains(hole), "{hole} in {text}");
    }
}

#[test]
fn two_stories_share_what_was_before_the_strategy_and_say_where_they_part() {
    let list = ["tell", FULL, "--find", "differs-most", "--json"];
    let found = say(&list).json();
    let number = found["households"][0]["household"].to_string();
    let arguments = ["tell", FULL, "--household", &number, "--lang", "en"];
    let document = say(&[&arguments[..], &["--json"]].concat()).json();
    assert_eq!(document["schema"], "zalm.tell/1");
    let parts = document["parts_in"].as_str().expect("they differ");
    assert!(parts >= document["policy_date"].as_str().expect("a month"));
    let before = |at: usize| -> Vec<serde_json::Value> {
        let events = document["stories"][at]["events"].as_array();
        let events = events.expect("events").iter();
        let early = |event: &&serde_json::Value| event["month"].as_str() < Some(parts);
        events.filter(early).cloned().collect()
    };
    assert!(!before(0).is_empty());
    assert_eq!(before(0), before(1));
    assert_ne!(
        document["stories"][0]["events"],
        document["stories"][1]["events"]
    );
    let said = say(&arguments);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains(&format!("*{parts}")), "{}", said.out);
    whole(&said.out);
}

#[test]
fn both_languages_tell_the_same_events() {
    for subject in [
        ["--household", "17"],
        ["--project", "frontline-team"],
        ["--project", "newcomer-1"],
    ] {
        let of = |lang: &str| {
            let start = ["tell", FULL, "--json", "--lang", lang];
            let mut document = say(&[&start[..], &subject].concat()).json();
            let mut texts = Vec::new();
            let stories = document["stories"].as_array_mut().expect("stories");
            for event in stories
                .iter_mut()
                .flat_map(|story| story["events"].as_array_mut().expect("events"))
            {
                texts.push(event["text"].take());
            }
            for text in &texts {
                whole(text.as_str().expect("a text"));
            }
            let events: Vec<_> = document["stories"]
                .as_array()
                .expect("stories")
                .iter()
                .map(|story| story["events"].clone())
                .collect();
            (events, texts)
        };
        let ((dutch, nl), (english, en)) = (of("nl"), of("en"));
        assert_eq!(dutch, english);
        assert!(!nl.is_empty(), "{subject:?}");
        assert_ne!(nl, en);
    }
}

#[test]
fn a_project_tells_its_money_its_refusals_and_its_end() {
    let arguments = ["tell", FULL, "--project", "frontline-team", "--lang", "en"];
    // In the first replication it lives to the end.
    let one = ["--strategy", "carousel", "--replication", "1"];
    let said = say(&[&arguments[..], &one].concat());
    said.gives(
        0,
        &["One story", "promises", "refuses", "The team ended in"],
    );
    whole(&said.out);
}

#[test]
fn the_table_of_a_project_says_what_its_story_says() {
    let scenario = "scenarios/deventer-pak.ron";
    let more = ["--project", "pak", "--lang", "en", "--strategy", "carousel"];
    let said = say(&[&["tell", scenario][..], &more].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    let text = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let after = |start: &str| {
        let (_, rest) = text
            .split_once(start)
            .unwrap_or_else(|| panic!("{start}: {text}"));
        rest.split(|c: char| !c.is_ascii_digit() && c != '-')
            .find(|part| !part.is_empty())
    };
    // It ends in the month in which it stops, and has worked until then.
    let end = after("The team ended in").expect("a month");
    assert!(text.contains(&format!("{end} The project ends.")), "{text}");
    let (year, month) = end.split_once('-').expect("a month");
    let number = |text: &str| text.parse::<usize>().expect("a number");
    let months = 12 * (number(year) - 2008) + number(month);
    let counted = after("Months with a team (whole period)");
    assert_eq!(counted, Some(months.to_string().as_str()), "{text}");
    // Who promises anything in the story has a line in the table.
    let (story, table) = text.rsplit_once("Months with a team").expect("a table");
    let payers = [
        "State and province",
        "Work and income",
        "Housing corporation",
        "Youth",
    ];
    let promises = payers
        .iter()
        .filter(|payer| story.contains(&format!("{payer} promises")));
    for payer in promises {
        assert!(
            table.contains(&format!("promised by {payer}").replacen('p', "P", 1)),
            "{payer}: {text}"
        );
    }
    assert!(!text.contains("650,001"), "{text}");
}

#[test]
fn a_page_and_a_table_are_written() {
    let scratch = scratch();
    let folder = scratch.path().join("story");
    let out = ["--out", word(&folder), "--lang", "nl"];
    let said = say(&[&["tell", TINY, "--household", "60"][..], &out].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    for file in ["tell.html", "tell.csv"] {
        let text = std::fs::read_to_string(folder.join(file)).expect("a file");
        assert!(text.len() > 100, "{file}");
        whole(&text);
    }
}

#[test]
fn what_cannot_be_told_is_refused_with_what_can() {
    let tell = |words: &[&str]| say(&[&["tell", TINY][..], words].concat());
    for number in ["0", "61"] {
        tell(&["--household", number]).refused(4, &["households 1 to 60", "--find"]);
    }
    tell(&["--project", "teem"]).refused(4, &["no project called `teem`", "`team`"]);
    tell(&["--find", "helpd"]).refused(2, &["did you mean `helped`"]);
    tell(&["--household", "1", "--strategy", "carousell"]).refused(4, &["`carousel`"]);
    tell(&["--household", "1", "--stressor", "nine"]).refused(4, &["Did you mean `none`"]);
    tell(&[]).refused(2, &["--household"]);
    tell(&["--household", "1", "--project", "team"]).refused(2, &["cannot be used with"]);
    let one = ["--find", "differs-most", "--strategy", "carousel"];
    tell(&one).refused(4, &["compares two strategies"]);
    let three = ["a", "b", "c"].map(|name| ["--strategy", name]).concat();
    tell(&[&["--household", "1"][..], &three].concat()).refused(4, &["at most two"]);
}
