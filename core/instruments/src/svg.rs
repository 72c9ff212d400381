//! Drawings as SVG: a few shapes, text that is wrapped by its length, and a text alternative.

use maud::{Markup, html};

/// Text and axes.
pub(crate) const INK: &str = "#222222";
/// Second-rank text.
pub(crate) const SOFT: &str = "#555555";
/// Grid lines.
pub(crate) const GRID: &str = "#dddddd";
/// Colours that are told apart in grey and by most eyes, as in the report.
pub(crate) const COLOURS: [&str; 6] = [
    "#12436d", "#28a197", "#801650", "#f46a25", "#3d3d3d", "#a285d1",
];

/// Height of a line of text, pixels.
pub(crate) const LINE: f64 = 17.0;
/// Width of a character, pixels, on the wide side of what browsers draw.
const CHARACTER: f64 = 7.0;

/// A drawing of this size with its text alternative.
pub(crate) fn drawing(
    id: &str,
    (width, height): (f64, f64),
    (title, description): (&str, &str),
    content: &Markup,
) -> Markup {
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height)
            viewBox={ "0 0 " (width) " " (height) } role="img"
            aria-labelledby={ (id) "-title " (id) "-desc" }
            font-family="system-ui, Arial, sans-serif" font-size="13.5" {
            title id={ (id) "-title" } { (title) }
            desc id={ (id) "-desc" } { (description) }
            rect width=(width) height=(height) fill="#ffffff" {}
            (content)
        }
    }
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// One line of text, centred on the height of its point.
pub(crate) fn text((x, y): (f64, f64), anchor: Anchor, fill: &str, content: &str) -> Markup {
    html! {
        text x=(round(x)) y=(round(y)) text-anchor=(anchor.name()) dominant-baseline="central"
            fill=(fill) { (content) }
    }
}

/// One bold line of text.
pub(crate) fn heading((x, y): (f64, f64), content: &str) -> Markup {
    html! {
        text x=(round(x)) y=(round(y)) dominant-baseline="central" font-weight="700" fill=(INK) {
            (content)
        }
    }
}

/// A filled rectangle.
pub(crate) fn bar((x, y): (f64, f64), (width, height): (f64, f64), fill: &str) -> Markup {
    html! {
        rect x=(round(x)) y=(round(y)) width=(round(width.max(0.0))) height=(round(height))
            fill=(fill) {}
    }
}

/// A straight line.
pub(crate) fn line(from: (f64, f64), to: (f64, f64), stroke: &str, width: f64) -> Markup {
    html! {
        line x1=(round(from.0)) y1=(round(from.1)) x2=(round(to.0)) y2=(round(to.1))
            stroke=(stroke) stroke-width=(round(width)) {}
    }
}

/// A curve from left to right that leaves and arrives level.
pub(crate) fn flow(from: (f64, f64), to: (f64, f64), stroke: &str, width: f64) -> Markup {
    let middle = round(f64::midpoint(from.0, to.0));
    let (x1, y1, x2, y2) = (round(from.0), round(from.1), round(to.0), round(to.1));
    html! {
        path d={ "M" (x1) " " (y1) "C" (middle) " " (y1) " " (middle) " " (y2) " " (x2) " " (y2) }
            fill="none" stroke=(stroke) stroke-width=(round(width)) stroke-opacity="0.55" {}
    }
}

/// A box with lines of text.
pub(crate) fn boxed((x, y): (f64, f64), width: f64, lines: &[String], edge: &str) -> Markup {
    let height = box_height(lines.len());
    html! {
        rect x=(round(x)) y=(round(y)) width=(round(width)) height=(round(height)) rx="4"
            fill="#f7f9fb" stroke=(edge) stroke-width="1.5" {}
        @for (at, content) in lines.iter().enumerate() {
            (text((x + 8.0, y + 7.0 + LINE * (at as f64 + 0.5)), Anchor::Start, INK, content))
        }
    }
}

/// A number in a circle, as in a list of lines below the drawing.
pub(crate) fn numbered((x, y): (f64, f64), number: usize) -> Markup {
    html! {
        circle cx=(round(x)) cy=(round(y)) r="9" fill="#ffffff" stroke=(INK) stroke-width="1.2" {}
        (text((x, y + 0.5), Anchor::Middle, INK, &number.to_string()))
    }
}

/// Height of a box with this many lines.
pub(crate) fn box_height(lines: usize) -> f64 {
    14.0 + LINE * lines as f64
}

/// Words over lines of at most `width` pixels; a word that is longer stands alone, and an amount
/// stays with its euro sign.
pub(crate) fn wrapped(content: &str, width: f64) -> Vec<String> {
    let most = (width / CHARACTER) as usize;
    let mut lines: Vec<String> = Vec::new();
    for word in content.split([' ', '\n']).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A tenth of a pixel is enough, and keeps the file small and the same everywhere.
fn round(value: f64) -> f64 {
    (10.0 * value).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_and_none_is_lost() {
        let lines = wrapped("one two three verylongwordindeed five", 63.0);
        assert_eq!(lines, ["one two", "three", "verylongwordindeed", "five"]);
        assert_eq!(wrapped("aaaa €\u{a0}5.000", 63.0), ["aaaa", "€\u{a0}5.000"]);
    }

    #[test]
    fn hostile_text_stays_text() {
        let evil = "</svg><script>alert(1)</script>";
        let content = text((1.0, 2.0), Anchor::Start, INK, evil);
        let svg = drawing("x", (10.0, 10.0), (evil, evil), &content).into_string();
        assert!(!svg.contains("<script"), "{svg}");
        assert_eq!(svg.matches("</svg>").count(), 1);
    }
}
