//! A drawing as a file of its own.

use super::canvas::{Width, escaped};

/// Height of a line of the words of a figure on its own, pixels, and characters on it.
const WORDS: (usize, usize) = (20, 125);

/// A drawing as a file of its own: on white, with its title above it, and below it what it shows and
/// where it comes from.
pub(crate) fn standalone(svg: &str, (title, below): (&str, &[&str])) -> String {
    let size = |name: &str| -> Option<usize> {
        let (_, from) = svg.split_once(&format!("{name}=\""))?;
        from.split_once('"')?.0.parse().ok()
    };
    let (Some(width), Some(height)) = (size("width"), size("height")) else {
        return svg.to_owned();
    };
    let most = WORDS.1 * width / Width::Wide.pixels() as usize;
    let heading = in_lines(title, most * 3 / 4);
    let below: Vec<String> = below.iter().flat_map(|text| in_lines(text, most)).collect();
    let top = WORDS.0 * heading.len() + 18;
    let whole = top + height + WORDS.0 * below.len() + 18;
    let line = |(at, text): (usize, &String), from: usize, look: &str| {
        let y = from + WORDS.0 * at;
        format!("<text x=\"8\" y=\"{y}\" {look}>{}</text>", escaped(text))
    };
    let bold = "font-weight=\"700\" font-size=\"15\" fill=\"#222222\"";
    let soft = "font-size=\"12.5\" fill=\"#555555\"";
    let above: String = heading
        .iter()
        .enumerate()
        .map(|one| line(one, 24, bold))
        .collect();
    let foot = top + height + 18;
    let under: String = below
        .iter()
        .enumerate()
        .map(|one| line(one, foot, soft))
        .collect();
    let inner = svg.replacen("<svg ", &format!("<svg y=\"{top}\" "), 1);
    format!(
        "<svg width=\"{width}\" height=\"{whole}\" viewBox=\"0 0 {width} {whole}\" \
         xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\">\
         <rect width=\"{width}\" height=\"{whole}\" fill=\"#FFFFFF\"/>{above}{inner}{under}</svg>\n"
    )
}

/// Words on lines of at most so many characters; a longer word has a line of its own.
fn in_lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_of_its_own_is_white_and_says_what_it_is() {
        let title = "woord ".repeat(36);
        let svg = standalone(
            "<svg width=\"800\" height=\"300\"></svg>",
            (&title, &["<bron>"]),
        );
        assert!(
            svg.contains("fill=\"#FFFFFF\"") && svg.contains("&lt;bron&gt;"),
            "{svg}"
        );
        assert_eq!(svg.matches("font-weight").count(), 3, "{svg}");
        // Three lines of title, the drawing, one line below, and some room.
        assert!(svg.contains("<svg y=\"78\" width=\"800\""), "{svg}");
        assert!(
            svg.starts_with("<svg width=\"800\" height=\"416\""),
            "{svg}"
        );
    }
}
