//! The drawn arena: four columns, as the instrument has them on its large sheet.
//!
//! The columns are given by the instrument, so boxes need no layout library: each column is a
//! stack, and only lines between neighbouring columns exist.

use super::{Arena, Party, about, domain_name};
use crate::svg::{
    Anchor, COLOURS, SOFT, box_height, boxed, drawing, flow, heading, numbered, text, wrapped,
};
use crate::voice::{Value, Voice};
use maud::{Markup, html};

/// Width of the drawing and of its columns, pixels.
const WIDTH: f64 = 1040.0;
const BOX: [f64; 4] = [200.0, 230.0, 190.0, 200.0];
const LEFT: [f64; 4] = [10.0, 260.0, 545.0, 830.0];
const TOP: f64 = 78.0;
const GAP: f64 = 10.0;
/// Thickest line, pixels.
const THICK: f64 = 12.0;

/// A box in a column.
struct Node {
    lines: Vec<String>,
    y: f64,
}

impl Node {
    fn middle(&self) -> f64 {
        self.y + box_height(self.lines.len()) / 2.0
    }
}

/// Boxes under each other, centred on the height of the drawing.
fn column(texts: &[String], at: usize, height: f64) -> Vec<Node> {
    let lines: Vec<Vec<String>> = texts
        .iter()
        .map(|text| wrapped(text, BOX[at] - 16.0))
        .collect();
    let mut y = TOP + (height - stack(&lines)).max(0.0) / 2.0;
    let node = |lines: Vec<String>| {
        let node = Node { y, lines };
        y += box_height(node.lines.len()) + GAP;
        node
    };
    lines.into_iter().map(node).collect()
}

fn stack(lines: &[Vec<String>]) -> f64 {
    let boxes = lines.iter().map(|lines| box_height(lines.len()) + GAP);
    boxes.sum::<f64>() - GAP
}

/// The arena as a drawing.
pub fn svg(arena: &Arena, voice: &Voice) -> Markup {
    let gainers = arena.gainers();
    let texts = columns(arena, &gainers, voice);
    let heights = texts.iter().enumerate().map(|(at, texts)| {
        let lines: Vec<_> = texts.iter().map(|t| wrapped(t, BOX[at] - 16.0)).collect();
        stack(&lines)
    });
    let height = heights.fold(0.0, f64::max);
    let nodes: Vec<Vec<Node>> = (0..4).map(|at| column(&texts[at], at, height)).collect();
    let heads = ["who-invests", "what-is-done", "what-changes", "who-gains"];
    let content = html! {
        @for (at, head) in heads.iter().enumerate() {
            (heading((LEFT[at], 18.0), &voice.text(head)))
            (text((LEFT[at], 38.0), Anchor::Start, SOFT, &voice.text(&format!("{head}-unit"))))
        }
        (lines(arena, &gainers, &nodes))
        @for (at, column) in nodes.iter().enumerate() {
            @for node in column {
                (boxed((LEFT[at], node.y), BOX[at], &node.lines, COLOURS[[0, 1, 4, 2][at]]))
            }
        }
    };
    let content = html! { (content) (numbers(&nodes[1])) };
    let name = arena.name.clone();
    let title = voice.with("arena-title", &[("project", name)]);
    let size = (WIDTH, TOP + height + 16.0);
    drawing("arena", size, (&title, &described(arena, voice)), &content)
}

/// Texts of the four columns.
fn columns(arena: &Arena, gainers: &[Party], voice: &Voice) -> [Vec<String>; 4] {
    let party = |party: &Party| {
        format!(
            "{} {}",
            voice.value(&party.name),
            voice.euro(about(party.euro))
        )
    };
    let domain = |domain: usize| {
        let euro = voice.euro(about(arena.gains.domain(domain) as f64 / 100.0));
        format!("{} {euro}", voice.value(&domain_name(domain)))
    };
    let uncovered = (arena.uncovered > 0.0).then(|| {
        let euro = voice.euro(about(arena.uncovered));
        format!("{} {euro}", voice.text("arena-uncovered"))
    });
    [
        arena.invests.iter().map(party).chain(uncovered).collect(),
        arena.done.iter().map(|done| voice.say(done)).collect(),
        (0..arena.gains.domains.len()).map(domain).collect(),
        gainers.iter().map(party).collect(),
    ]
}

/// Lines between neighbouring columns; what is money is as thick as it is large.
fn lines(arena: &Arena, gainers: &[Party], nodes: &[Vec<Node>]) -> Markup {
    let right = |at: usize| LEFT[at] + BOX[at];
    let carried = arena.invests.iter().map(|party| (party.euro, COLOURS[0]));
    let carried: Vec<(f64, &str)> = carried.chain([(arena.uncovered, "#9aa3ad")]).collect();
    let most = gainers.first().map_or(1.0, |party| party.euro).max(1.0);
    let plan = |column: &[Node]| {
        let all = column.iter().map(Node::middle);
        all.clone().sum::<f64>() / (all.count().max(1)) as f64
    };
    let middle = plan(&nodes[1]);
    html! {
        @for (node, (euro, stroke)) in nodes[0].iter().zip(&carried) {
            (flow((right(0), node.middle()), (LEFT[1], middle), stroke,
                (THICK * euro / arena.cost.max(1.0)).max(1.0)))
        }
        @for from in &nodes[1] { @for to in &nodes[2] {
            (flow((right(1), from.middle()), (LEFT[2], to.middle()), "#b9c0c8", 1.0))
        } }
        @for (domain, from) in nodes[2].iter().enumerate() {
            @for (to, party) in nodes[3].iter().zip(gainers) {
                @let euro = arena.gained(party.payer, domain);
                @if euro > 0.0 {
                    (flow((right(2), from.middle()), (LEFT[3], to.middle()), COLOURS[2],
                        (THICK * euro / most).max(1.0)))
                }
            }
        }
    }
}

/// Numbers of the if-then lines: at each thing that is done, and where things change and are gained.
fn numbers(done: &[Node]) -> Markup {
    let between = |at: usize| f64::midpoint(LEFT[at] + BOX[at], LEFT[at + 1]);
    let first = done.len() + 1;
    html! {
        @for (at, node) in done.iter().enumerate() {
            (numbered((LEFT[1] + BOX[1], node.y), at + 1))
        }
        @for (at, number) in [(1, first), (1, first + 1), (2, first + 2), (2, first + 3)] {
            @let side = if (number - first).is_multiple_of(2) { -12.0 } else { 12.0 };
            (numbered((between(at) + side, TOP - 14.0), number))
        }
    }
}

/// The drawing in words.
fn described(arena: &Arena, voice: &Voice) -> String {
    let names =
        |parties: &[Party]| Value::List(parties.iter().map(|party| party.name.clone()).collect());
    let values = [
        ("invests", names(&arena.invests)),
        ("gains", names(&arena.gainers())),
    ];
    voice.with("arena-described", &values)
}
