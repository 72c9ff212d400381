//! Words of a command line, so that what is printed can be pasted into a shell.

pub use zalm_experiment::quoted;

/// Words as one line.
pub fn line<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// The command line as it was typed.
pub fn typed() -> String {
    let words: Vec<String> = std::env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    line(words.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn what_a_shell_would_split_is_quoted() {
        assert_eq!(
            line(["--set", "seed=3", "a b", "it's", ""]),
            r"--set seed=3 'a b' 'it'\''s' ''"
        );
    }
}
