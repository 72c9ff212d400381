//! A story as a document for programs and as a table: typed events, with their sentence.

use super::words::{finding, standing};
use super::{Story, Tell, Told};
use crate::sheet::{csv as table, document};
use crate::voice::{Sentence, Value, Voice};
use serde::Serialize;
use serde_json::{Map, json};

/// Version of the document.
const SCHEMA: &str = "zalm.tell/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    title: String,
    subject: serde_json::Value,
    place: &'a str,
    stressor: &'a str,
    replication: u32,
    policy_date: String,
    parts_in: Option<String>,
    finding: Vec<String>,
    start: String,
    stories: Vec<StoryOut<'a>>,
}

#[derive(Serialize)]
struct StoryOut<'a> {
    strategy: &'a str,
    events: Vec<serde_json::Value>,
    end: String,
    counts: Vec<serde_json::Value>,
}

/// The story for programs: events by id with their data, and the sentence in the language of the
/// voice.
pub fn json(tell: &Tell, voice: &Voice) -> String {
    let parting = tell.parting();
    document(&Document {
        schema: SCHEMA,
        title: voice.value(&tell.title),
        subject: sentence(&tell.name, voice),
        place: &tell.place,
        stressor: &tell.stressor,
        replication: tell.replication,
        policy_date: tell.month(tell.policy_month).to_string(),
        parts_in: parting.map(|parting| tell.month(parting.month).to_string()),
        finding: finding(tell, voice),
        start: standing(&tell.first, voice),
        stories: tell
            .stories
            .iter()
            .map(|one| story(tell, one, voice))
            .collect(),
    })
}

fn story<'a>(tell: &Tell, story: &'a Story, voice: &Voice) -> StoryOut<'a> {
    let event = |told: &Told| {
        let mut event = sentence(&told.what, voice);
        event["month"] = json!(tell.month(told.month).to_string());
        event
    };
    let counts = story.counts.iter().map(|count| {
        let mut out = sentence(&count.what, voice);
        out["value"] = data(&count.value);
        out
    });
    StoryOut {
        strategy: &story.strategy,
        events: story.told.iter().map(event).collect(),
        end: standing(&story.end, voice),
        counts: counts.collect(),
    }
}

/// A sentence with its id, its data and its text.
fn sentence(sentence: &Sentence, voice: &Voice) -> serde_json::Value {
    json!({
        "what": sentence.id.trim_start_matches("tell-"),
        "data": values(sentence),
        "text": voice.say(sentence),
    })
}

fn values(sentence: &Sentence) -> Map<String, serde_json::Value> {
    let values = sentence.values.iter();
    values
        .map(|(name, value)| ((*name).to_owned(), data(value)))
        .collect()
}

/// A value that is the same in every language.
fn data(value: &Value) -> serde_json::Value {
    match value {
        Value::Share(number) | Value::Number(number, _) | Value::Euro(number) => json!(number),
        Value::Count(count) => json!(count),
        Value::Name(name) | Value::Word(name) => json!(name),
        Value::Both(nl, en) => json!({ "nl": nl, "en": en }),
        Value::Phrase(phrase) => serde_json::Value::Object(values(phrase)),
        Value::List(values) => values.iter().map(data).collect(),
    }
}

/// The events as a table.
pub fn csv(tell: &Tell, voice: &Voice) -> String {
    let mut rows = vec![
        ["strategy", "month", "what", "text"]
            .map(|column| voice.text(&format!("column-{column}")))
            .to_vec(),
    ];
    for story in &tell.stories {
        rows.extend(story.told.iter().map(|told| {
            vec![
                story.strategy.clone(),
                tell.month(told.month).to_string(),
                told.what.id.trim_start_matches("tell-").to_owned(),
                voice.say(&told.what),
            ]
        }));
    }
    table(&rows, voice.lang)
}
