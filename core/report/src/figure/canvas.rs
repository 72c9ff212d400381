//! The drawing surface: plotters underneath, colours, dashes, text and text alternatives above.

use super::lean::lean;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Drawing area in pixels.
pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// What a drawing function returns; it fails only when the backend does.
pub(super) type Drawn = Result<(), Box<dyn std::error::Error>>;

/// For how wide a page a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    /// A desk or paper.
    Wide,
    /// A telephone.
    Narrow,
}

impl Width {
    /// Width in pixels.
    pub(super) fn pixels(self) -> u32 {
        match self {
            Self::Wide => 800,
            Self::Narrow => 360,
        }
    }

    /// Name, for ids and style classes.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// Text and axes.
pub(super) const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);
/// Second-rank text.
pub(super) const SOFT: RGBColor = RGBColor(0x55, 0x55, 0x55);
/// Grid lines.
pub(super) const GRID: RGBColor = RGBColor(0xDD, 0xDD, 0xDD);
/// Size of text in pixels, on the scale of plotters (1.24 times that of the page).
pub(super) const TEXT: f64 = 17.0;

/// Stroke width that marks a strategy's line; only those lines are dashed.
const STRATEGY_STROKE: u32 = 3;

const COLOURS: [(u8, u8, u8); 6] = [
    (0x12, 0x43, 0x6D),
    (0x28, 0xA1, 0x97),
    (0x80, 0x16, 0x50),
    (0xF4, 0x6A, 0x25),
    (0x3D, 0x3D, 0x3D),
    (0xA2, 0x85, 0xD1),
];

const DASHES: [&str; 6] = ["", "9 4", "2 4", "12 4 2 4", "5 3", "14 6"];

/// Strategies beyond this number share colour and dash with an earlier one.
const LOOKS: usize = 36;

/// Colour of a strategy; every one of the first 36 is told apart by colour or dash.
///
/// Colours that come back differ in the last bit, so that the dash can be found by colour.
pub(super) fn colour(strategy: usize) -> RGBColor {
    let (red, green, blue) = COLOURS[strategy % COLOURS.len()];
    let round = (strategy % LOOKS / COLOURS.len()) as u8;
    RGBColor(red, green, blue ^ round)
}

fn dash(strategy: usize) -> &'static str {
    DASHES[(strategy + strategy / COLOURS.len()) % DASHES.len()]
}

/// Style of a strategy's line.
pub(super) fn line_style(strategy: usize) -> ShapeStyle {
    colour(strategy).stroke_width(STRATEGY_STROKE)
}

/// Draws a figure with its text alternative; an error leaves the text alternative alone.
pub(super) fn figure(
    id: &str,
    (width, height): (u32, u32),
    (title, description): (&str, &str),
    draw: impl FnOnce(&Area<'_>) -> Drawn,
) -> String {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
        // The backend writes into memory; what is drawn so far is kept should it ever fail.
        let _ = draw(&area).and_then(|()| area.present().map_err(Into::into));
    }
    described(&dashed(lean(&svg)), id, title, description)
}

/// Gives strategy lines their dashes, which plotters cannot.
fn dashed(mut svg: String) -> String {
    for strategy in 0..LOOKS {
        let RGBColor(red, green, blue) = colour(strategy);
        let stroke = format!(
            "stroke=\"#{red:02X}{green:02X}{blue:02X}\" stroke-width=\"{STRATEGY_STROKE}\""
        );
        let dash = dash(strategy);
        if !dash.is_empty() && svg.contains(&stroke) {
            svg = svg.replace(&stroke, &format!("{stroke} stroke-dasharray=\"{dash}\""));
        }
    }
    svg
}

/// Puts role, title and description where a screen reader looks for them.
fn described(svg: &str, id: &str, title: &str, description: &str) -> String {
    let Some((opening, rest)) = svg.split_once('>') else {
        return String::new();
    };
    format!(
        "{opening} role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>{rest}",
        escaped(title),
        escaped(description)
    )
}

/// Text made safe for SVG and HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

/// Writes text centred on the height of its point.
pub(super) fn text(
    area: &Area<'_>,
    (x, y): (i32, i32),
    side: Side,
    colour: RGBColor,
    content: &str,
) -> Drawn {
    let horizontal = match side {
        Side::Left => HPos::Left,
        Side::Middle => HPos::Center,
        Side::Right => HPos::Right,
    };
    let style = ("sans-serif", TEXT)
        .into_font()
        .color(&colour)
        .pos(Pos::new(horizontal, VPos::Center));
    area.draw(&Text::new(content.to_owned(), (x, y), style))?;
    Ok(())
}

/// How many years to label: no more than there are, so that none is named twice.
pub(super) fn year_labels(width: Width, years: f64) -> usize {
    let most = if width == Width::Wide { 10 } else { 5 };
    (years.max(1.0) as usize + 1).min(most)
}

/// A whole year as its number; nothing between years.
pub(super) fn year_label(year: f64) -> String {
    if (year - year.round()).abs() < 0.01 {
        format!("{year:.0}")
    } else {
        String::new()
    }
}

/// A straight line.
pub(super) fn stroke(
    area: &Area<'_>,
    from: (i32, i32),
    to: (i32, i32),
    style: ShapeStyle,
) -> Drawn {
    area.draw(&PathElement::new([from, to], style))?;
    Ok(())
}

/// A name cut to about `pixels`, with dots where it was cut.
pub(super) fn fitted(name: &str, pixels: u32) -> String {
    // A character of this font is about 6.7 pixels wide.
    let most = (f64::from(pixels) / 6.7) as usize;
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    if name.chars().count() <= most {
        return name.chars().map(clean).collect();
    }
    name.chars()
        .take(most.saturating_sub(1))
        .map(clean)
        .chain(['…'])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_told_apart() {
        let mut looks: Vec<_> = (0..LOOKS).map(|s| (COLOURS[s % 6], dash(s))).collect();
        looks.sort_unstable();
        looks.dedup();
        assert_eq!(looks.len(), LOOKS);
    }

    #[test]
    fn hostile_text_stays_text() {
        let evil = "</svg></script><script>alert('\"x\"')</script>";
        let svg = figure("f", (100, 100), (evil, evil), |area| {
            text(area, (1, 1), Side::Left, INK, evil)
        });
        assert!(
            !svg.contains("<script") && !svg.contains("</script"),
            "{svg}"
        );
        assert_eq!(svg.matches("</svg>").count(), 1);
    }

    #[test]
    fn years_are_named_once() {
        assert_eq!(
            (year_label(2012.0), year_label(2012.5)),
            ("2012".to_owned(), String::new())
        );
        assert_eq!(year_labels(Width::Wide, 2.0), 3);
        assert_eq!(year_labels(Width::Wide, 40.0), 10);
        assert_eq!(year_labels(Width::Narrow, 0.2), 2);
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!(fitted("kort", 100), "kort");
        assert!(fitted(&"lang".repeat(50), 100).ends_with('…'));
        assert_eq!(fitted("a\u{7}b", 100), "a b");
    }
}
