//! Where two stories part.

use super::{Story, Tell, Told};

/// Where two stories part, and what came before it.
pub(super) struct Parting<'a> {
    /// First month index in which they differ.
    pub month: u32,
    /// What differs first: what stands in the one story only, and in the other only.
    pub first: [Option<&'a Told>; 2],
    /// What happened to projects and payers under one strategy only, up to that month: the first of
    /// it, and the last that turned something, with the story in which it stands.
    pub before: Vec<(usize, &'a Told)>,
}

impl Tell {
    /// Where the stories part; `None` with one story, or when nothing differs.
    pub(super) fn parting(&self) -> Option<Parting<'_>> {
        let [one, other] = self.stories.as_slice() else {
            return None;
        };
        let first = |mine: &'_ Story, theirs: &Story| -> Option<usize> {
            mine.told
                .iter()
                .position(|told| !theirs.told.contains(told))
        };
        let (in_one, in_other) = (first(one, other), first(other, one));
        let told = [
            in_one.map(|at| &one.told[at]),
            in_other.map(|at| &other.told[at]),
        ];
        let month = told.iter().flatten().map(|told| told.month).min()?;
        let first = told.map(|told| told.filter(|told| told.month == month));
        Some(Parting {
            month,
            first,
            before: self.before(month),
        })
    }

    fn before(&self, month: u32) -> Vec<(usize, &Told)> {
        let mut only: Vec<(usize, &Told)> = Vec::new();
        for (at, story) in self.stories.iter().enumerate() {
            let other = &self.stories[1 - at].around;
            let mine = story.around.iter().filter(|told| told.month <= month);
            only.extend(
                mine.filter(|told| !other.contains(told))
                    .map(|told| (at, told)),
            );
        }
        only.sort_by_key(|(at, told)| (told.month, *at));
        let turns = |(_, told): &&(usize, &Told)| {
            let id = told.what.id.as_str();
            !id.starts_with("tell-refused") && id != "tell-lost"
        };
        let mut chosen: Vec<(usize, &Told)> = only.first().copied().into_iter().collect();
        chosen.extend(only.iter().rfind(turns));
        chosen.dedup();
        chosen
    }

    /// Months in which something is told, in order.
    pub(super) fn months(&self) -> Vec<u32> {
        let all = self.stories.iter().flat_map(|story| &story.told);
        let mut months: Vec<u32> = all.map(|told| told.month).collect();
        months.sort_unstable();
        months.dedup();
        months
    }
}

impl Story {
    /// What is told of a month.
    pub(super) fn of(&self, month: u32) -> Vec<&Told> {
        self.told
            .iter()
            .filter(|told| told.month == month)
            .collect()
    }
}
