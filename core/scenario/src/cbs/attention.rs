//! The forty neighbourhoods that the State chose on 22 March 2007 (fact 1), by CBS code of 2016.
//!
//! Only those that are one or more whole districts, or lie in one, can be recognised by code.

/// How an area relates to an attention neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attention {
    /// It is one, or lies in one.
    Whole(&'static str),
    /// One lies in it, with other streets around it.
    Partly(&'static str),
    /// It is none that we know of.
    None,
}

const WHOLE: [(&str, &str); 20] = [
    ("WK020207", "Klarendal"),
    ("WK020204", "Presikhaaf"),
    ("WK020205", "Presikhaaf"),
    ("WK020203", "Arnhemse Broek"),
    ("WK020216", "Malburgen"),
    ("WK020217", "Malburgen"),
    ("WK020218", "Malburgen"),
    ("WK051827", "Stationsbuurt"),
    ("WK051829", "Schilderswijk"),
    ("WK051833", "Den Haag Zuidwest"),
    ("WK051834", "Den Haag Zuidwest"),
    ("WK051836", "Den Haag Zuidwest"),
    ("WK051830", "Transvaal"),
    ("WK015007", "Rivierenwijk"),
    ("WK008034", "Heechterp-Schieringen"),
    ("WK008035", "Heechterp-Schieringen"),
    ("WK059904", "Overschie"),
    ("WK034403", "Overvecht"),
    ("BU07724210", "Woensel West"),
    ("BU03440222", "Ondiep"),
];

/// Rotterdam's Oud-Zuid and Amsterdam's Bijlmer have no code in the list but lie in these.
const PARTLY: [(&str, &str); 13] = [
    ("WK077214", "Woensel West"),
    ("WK077213", "Doornakkers"),
    ("WK077217", "Bennekel"),
    ("WK015301", "Velve-Lindenhof"),
    ("WK001403", "Korrewegwijk and De Hoogte"),
    ("WK026806", "Hatert"),
    ("WK059910", "Oud-Zuid"),
    ("WK059915", "Oud-Zuid and the Zuidelijke Tuinsteden"),
    ("WK034408", "Kanaleneiland"),
    ("WK034402", "Ondiep and Zuilen-Oost"),
    ("WK036393", "Bijlmer"),
    ("WK036394", "Bijlmer"),
    ("WK036395", "Bijlmer"),
];

/// Looks an area up; a buurt counts with the district in which it lies.
pub(super) fn attention(code: &str) -> Attention {
    let district = code.strip_prefix("BU").and_then(|digits| digits.get(..6));
    let district = district.map(|digits| format!("WK{digits}"));
    let known = |list: &[(&'static str, &'static str)]| {
        let is_it = |listed: &str| listed == code || Some(listed) == district.as_deref();
        list.iter()
            .find(|(listed, _)| is_it(listed))
            .map(|(_, name)| *name)
    };
    match (known(&WHOLE), known(&PARTLY)) {
        (Some(name), _) => Attention::Whole(name),
        (None, Some(name)) => Attention::Partly(name),
        (None, None) => Attention::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buurt_counts_with_its_district() {
        assert_eq!(
            attention("WK008034"),
            Attention::Whole("Heechterp-Schieringen")
        );
        assert_eq!(attention("BU03440301"), Attention::Whole("Overvecht"));
        assert_eq!(attention("BU03440222"), Attention::Whole("Ondiep"));
        assert_eq!(
            attention("BU03440201"),
            Attention::Partly("Ondiep and Zuilen-Oost")
        );
        assert_eq!(attention("GM0080"), Attention::None);
    }
}
