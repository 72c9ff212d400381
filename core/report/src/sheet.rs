//! A page of its own for one answer: words, figures with their data, tables; and the figures as files.

use crate::figure::{self, Width};
use crate::input::Estimate;
use crate::lang::Lang;
use crate::page::{Rendered, folded_table, frame, plotted, table_of};
use crate::quantity::Writer;
use maud::{Markup, html};

/// The answer, in the language of the reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// What it is of.
    pub title: String,
    /// The question that it answers.
    pub question: String,
    /// Words, figures and tables in the order of reading.
    pub parts: Vec<Part>,
    /// What must be known besides, at the foot.
    pub foot: String,
    /// Version of zalm.
    pub version: String,
}

/// A part of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Begins a section.
    Heading(String),
    /// The answer in one sentence.
    Lead(String),
    /// A paragraph.
    Words(String),
    /// Points of a list.
    List(Vec<String>),
    /// A figure.
    Figure(Box<Drawing>),
    /// A table.
    Table(Table),
}

/// A figure with the words around it and the data behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Name of its file, and its id on the page: letters, digits and dashes.
    pub name: String,
    /// The finding.
    pub title: String,
    /// Unit and interval.
    pub subtitle: String,
    /// What a reader must know besides.
    pub caption: String,
    /// What is drawn.
    pub chart: Chart,
    /// The data behind it.
    pub data: Table,
}

/// A table of texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows; the first column names the row.
    pub rows: Vec<Vec<String>>,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Courses along a quantity.
    Lines(Lines),
    /// Bars from an origin, a row for each name.
    Bars(Bars),
    /// A table of shades.
    Heat(Heat),
    /// Points in a plane with four quarters.
    Plane(Plane),
}

/// A quantity along an axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What it is, with its unit.
    pub name: String,
    /// The unit that its numbers are written in.
    pub unit: String,
    /// Whether it is a difference, written with its sign and drawn with a line at 0.
    pub difference: bool,
}

/// Courses along a quantity, with their intervals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// Quantity from left to right.
    pub across: Axis,
    /// Quantity from bottom to top.
    pub up: Axis,
    /// The courses.
    pub courses: Vec<Line>,
    /// A value from left to right that is marked, with its name.
    pub mark: Option<(f64, String)>,
}

/// A course.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its colour and dash, by number.
    pub look: usize,
    /// Its points, from left to right, each with its interval.
    pub points: Vec<(f64, Estimate)>,
}

/// Bars from an origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// Quantity along the bars.
    pub across: Axis,
    /// Where the bars begin.
    pub origin: f64,
    /// What the bars of a row are, by colour.
    pub keys: Vec<String>,
    /// Whether the bars of a row lie in one line, as in a tornado.
    pub in_line: bool,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of bars.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Where each bar ends, with its interval; in the order of the keys. Absent: it has no end
    /// within the axis.
    pub ends: Vec<Option<Estimate>>,
    /// What is said at its right.
    pub note: String,
}

/// A table of shades: the more, the darker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    /// The unit that its numbers are written in.
    pub unit: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Name and values of the rows.
    pub rows: Vec<(String, Vec<Option<f64>>)>,
}

/// Points in a plane with four quarters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plane {
    /// Quantity from left to right.
    pub across: Axis,
    /// Quantity from bottom to top.
    pub up: Axis,
    /// Name, colour and points of each cloud.
    pub clouds: Vec<Cloud>,
    /// A line through the origin that rises so much for one to the right, with its name.
    pub slope: Option<(f64, String)>,
    /// What each quarter means: above left and right, below left and right.
    pub quarters: [String; 4],
}

/// A cloud of points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cloud {
    /// Its name.
    pub name: String,
    /// Its colour, by number.
    pub look: usize,
    /// Its points; their mean is drawn larger.
    pub points: Vec<(f64, f64)>,
}

/// The page of an answer, with its figures as files.
pub fn sheet(sheet: &Sheet, lang: Lang) -> Rendered {
    let writer = Writer::new(lang);
    let mut figures = Vec::new();
    let parts: Vec<Markup> = sheet
        .parts
        .iter()
        .map(|part| written(part, (&writer, &sheet.foot), &mut figures))
        .collect();
    let body = html! {
        a.skip href="#main" { (writer.texts.get("skip")) }
        header.top { div.wide { h1 { (sheet.title) } p.question { (sheet.question) } } }
        main #main { div.wide { @for part in &parts { (part) } } }
        footer { div.wide { (sheet.foot) } }
    };
    Rendered {
        html: frame(lang, &sheet.title, &sheet.version, &body),
        figures,
    }
}

fn written(part: &Part, told: (&Writer, &str), figures: &mut Vec<(String, String)>) -> Markup {
    match part {
        Part::Heading(text) => html! { h2 { (text) } },
        Part::Lead(text) => html! { p.lead { (text) } },
        Part::Words(text) => html! { p { (text) } },
        Part::List(points) => html! { ul.found { @for point in points { li { (point) } } } },
        Part::Table(table) => table_of(&table.caption, &table.head, &table.rows),
        Part::Figure(drawing) => drawn(drawing, told, figures),
    }
}

fn drawn(
    drawing: &Drawing,
    (writer, foot): (&Writer, &str),
    figures: &mut Vec<(String, String)>,
) -> Markup {
    let words = (drawing.title.as_str(), drawing.subtitle.as_str());
    let draw = |width| figure::chart(&drawing.chart, writer, &drawing.name, width, words);
    let drawings = (draw(Width::Wide), draw(Width::Narrow));
    if let (Some(wide), _) = &drawings {
        let below = [drawing.subtitle.as_str(), foot];
        let whole = figure::standalone(wide, (&drawing.title, &below));
        figures.push((format!("{}.svg", drawing.name), whole));
    }
    html! {
        figure #(drawing.name) {
            h3 { (drawing.title) }
            p.sub { (drawing.subtitle) }
            (plotted(writer, drawings))
            @if !drawing.caption.is_empty() { figcaption { (drawing.caption) } }
            (folded_table(writer, &drawing.name, &drawing.data.caption, &drawing.data.head, &drawing.data.rows))
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
