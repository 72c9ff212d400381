//! Drawings in fewer bytes: a report goes by mail.

/// Look of almost every text, said once for the whole drawing.
const LOOK: [&str; 2] = [
    " font-family=\"sans-serif\" font-size=\"13.71\"",
    " fill=\"#222222\"",
];

/// Look of every line, said once for the whole drawing.
const LINES: &str = "<style>polyline{fill:none}</style>";

/// What is so where nothing is said.
const DEFAULTS: [&str; 4] = [
    " opacity=\"1\"",
    " stroke=\"none\"",
    " stroke-width=\"1\"",
    " text-anchor=\"start\"",
];

/// The same drawing, with numbers in two decimals, no point that a line passes anyway, and nothing
/// said that goes without saying.
pub(super) fn lean(svg: &str) -> String {
    let mut lean = String::with_capacity(svg.len());
    let mut rest = svg;
    // What stands between tags is text for people; numbers to round are in tags.
    while let Some((text, tagged)) = rest.split_once('<') {
        let (tag, after) = tagged.split_once('>').unwrap_or((tagged, ""));
        lean.push_str(text.trim());
        lean.push('<');
        lean.push_str(&shorter(&written(tag)));
        lean.push('>');
        rest = after;
    }
    lean.push_str(rest);
    let lean = lean.replacen("<svg ", &format!("<svg{} ", LOOK.concat()), 1);
    lean.replacen('>', &format!(">{LINES}"), 1)
}

/// The same tag with numbers below one and greys in their short form.
fn shorter(tag: &str) -> String {
    let greys = ["#222222", "#555555", "#DDDDDD", "#FFFFFF"];
    let grey = |tag: String, grey: &&str| tag.replace(grey, &grey[..4]);
    greys.iter().fold(tag.replace("\"0.", "\"."), grey)
}

fn written(tag: &str) -> String {
    let said = |tag: String, default: &&str| tag.replace(default, "");
    let tag = DEFAULTS.iter().fold(rounded(tag), said);
    if tag.starts_with("text ") {
        return LOOK.iter().fold(tag, |tag, look| tag.replace(look, ""));
    }
    let tag = match tag.strip_prefix("polyline fill=\"none\" ") {
        Some(line) => format!("polyline {line}"),
        None => tag,
    };
    let Some((before, points)) = tag.split_once("points=\"") else {
        return tag;
    };
    let (points, after) = points.split_once('"').unwrap_or((points, ""));
    match needed(points) {
        Some(points) => format!("{before}points=\"{points}\"{after}"),
        None => tag,
    }
}

/// A tag with no number of more than two decimals.
fn rounded(tag: &str) -> String {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut written = String::with_capacity(tag.len());
    let mut rest = tag;
    while let Some(start) = rest.find(is_number) {
        let (before, from) = rest.split_at(start);
        let (number, after) = from.split_at(from.find(|c| !is_number(c)).unwrap_or(from.len()));
        written.push_str(before);
        let long = number
            .split_once('.')
            .is_some_and(|(_, decimals)| decimals.len() > 2);
        match number.parse::<f64>() {
            Ok(value) if long => written.push_str(&format!("{value:.2}")),
            _ => written.push_str(number),
        }
        rest = after;
    }
    written + rest
}

/// Points of a line without those that it passes anyway; `None` where they are no whole pixels.
fn needed(points: &str) -> Option<String> {
    let mut kept: Vec<(i64, i64)> = Vec::new();
    for point in points.split_whitespace() {
        let (x, y) = point.split_once(',')?;
        let next = (x.parse().ok()?, y.parse().ok()?);
        while let [.., before, last] = kept[..] {
            if !passes(before, last, next) {
                break;
            }
            kept.pop();
        }
        if kept.last() != Some(&next) {
            kept.push(next);
        }
    }
    let written: Vec<String> = kept.iter().map(|(x, y)| format!("{x},{y}")).collect();
    Some(written.join(" "))
}

/// Whether the way from the first to the last goes through the middle.
fn passes(first: (i64, i64), middle: (i64, i64), last: (i64, i64)) -> bool {
    let straight =
        (middle.0 - first.0) * (last.1 - first.1) == (middle.1 - first.1) * (last.0 - first.0);
    let between = |a: i64, b: i64, c: i64| (a.min(c)..=a.max(c)).contains(&b);
    straight && between(first.0, middle.0, last.0) && between(first.1, middle.1, last.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_says_no_more_than_it_must() {
        let svg = "<svg width=\"9\">\n<text font-family=\"sans-serif\" font-size=\"13.709677\" \
                   opacity=\"1\" y=\"-0.5ex\" fill=\"#222222\">\n3.14159\n</text>\n\
                   <polyline fill=\"none\" stroke=\"#DDDDDD\" points=\"0,0 1,1 2,2\"/>\n</svg>";
        let expected = "<svg font-family=\"sans-serif\" font-size=\"13.71\" fill=\"#222222\" \
                        width=\"9\"><style>polyline{fill:none}</style><text y=\"-0.5ex\">3.14159</text>\
                        <polyline stroke=\"#DDD\" points=\"0,0 2,2\"/></svg>";
        assert_eq!(lean(svg), expected);
        assert_eq!(
            rounded("a b=\"1.005,2.25 #12436D 7\""),
            "a b=\"1.00,2.25 #12436D 7\""
        );
    }

    #[test]
    fn a_line_keeps_every_corner_and_its_ends() {
        let of = |points| needed(points).unwrap();
        assert_eq!(of("0,0 0,0 1,1 2,2 3,2 "), "0,0 2,2 3,2");
        // There and back again passes nothing by.
        assert_eq!(of("0,0 4,0 2,0 2,5"), "0,0 4,0 2,0 2,5");
        assert_eq!(of("5,5 5,5"), "5,5");
        assert_eq!(needed("0.5,1 2,3"), None);
    }
}
