//! One at a time: the base, and then each input alone at each of its other levels.

/// One input at one level, all others at their base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which input, from 0.
    pub input: usize,
    /// Which of its levels, from 0.
    pub level: usize,
}

/// The rows of the design: first the base (`None`), then every level of every input alone.
///
/// `levels` counts the levels of each input beside its base.
pub fn one_at_a_time(levels: &[usize]) -> Vec<Option<Change>> {
    let changes = levels
        .iter()
        .enumerate()
        .flat_map(|(input, &count)| (0..count).map(move |level| Some(Change { input, level })));
    std::iter::once(None).chain(changes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_comes_first_and_each_level_once() {
        let change = |input, level| Some(Change { input, level });
        assert_eq!(
            one_at_a_time(&[2, 0, 1]),
            [None, change(0, 0), change(0, 1), change(2, 0)]
        );
    }
}
