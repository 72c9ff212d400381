//! The layouts in which CBS publishes its key figures, and where their columns are.

use super::error::{ImportError, LayoutMiss, MissingHeaders};
use super::table::Table;
use crate::nearest::nearest;

/// Rows among which the headers are sought; downloads may begin with a title.
const HEADER_ROWS: usize = 10;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Code,
    Name,
    Municipality,
    Inhabitants,
    Households,
    OnePerson,
    WithChildren,
    CorporationRent,
    Upto110,
    SocialMinimum,
    LowIncome,
}

/// A known layout: headers by item. Those before `optional` must be there.
pub(super) struct Layout {
    pub(super) title: &'static str,
    /// Whether one-person households and those with children are counts or percentages.
    pub(super) counts: bool,
    required: &'static [(Item, &'static [&'static str])],
    optional: &'static [(Item, &'static [&'static str])],
}

const LAYOUTS: [Layout; 4] = [
    Layout {
        title: "table of the wijk- en buurtkaart, districts",
        counts: false,
        required: &[
            (Item::Code, &["WK_CODE", "BU_CODE"]),
            (Item::Name, &["WK_NAAM", "BU_NAAM"]),
            (Item::Municipality, &["GM_NAAM"]),
            (Item::Inhabitants, &["AANT_INW"]),
            (Item::Households, &["AANTAL_HH"]),
            (Item::OnePerson, &["P_EENP_HH"]),
            (Item::WithChildren, &["P_HH_M_K"]),
        ],
        optional: &[(Item::CorporationRent, &["P_WONCORPO"])],
    },
    Layout {
        title: "table of the wijk- en buurtkaart, municipalities",
        counts: false,
        required: &[
            (Item::Code, &["GM_CODE"]),
            (Item::Name, &["GM_NAAM"]),
            (Item::Municipality, &["GM_NAAM"]),
            (Item::Inhabitants, &["AANT_INW"]),
            (Item::Households, &["AANTAL_HH"]),
            (Item::OnePerson, &["P_EENP_HH"]),
            (Item::WithChildren, &["P_HH_M_K"]),
        ],
        optional: &[(Item::CorporationRent, &["P_WONCORPO"])],
    },
    Layout {
        title: "Kerncijfers wijken en buurten (kwb)",
        counts: true,
        required: &[
            (Item::Code, &["gwb_code_10", "gwb_code"]),
            (Item::Name, &["regio"]),
            (Item::Municipality, &["gm_naam"]),
            (Item::Inhabitants, &["a_inw"]),
            (Item::Households, &["a_hh"]),
            (Item::OnePerson, &["a_1p_hh"]),
            (Item::WithChildren, &["a_hh_m_k"]),
        ],
        optional: &[
            (Item::CorporationRent, &["p_wcorpw"]),
            (Item::Upto110, &["p_hh_110"]),
            (Item::SocialMinimum, &["p_hh_osm"]),
            (Item::LowIncome, &["p_hh_lkk"]),
        ],
    },
    Layout {
        title: "Kerncijfers wijken en buurten, StatLine download",
        counts: true,
        required: &[
            (Item::Code, &["Regioaanduiding/Codering (code)"]),
            (Item::Name, &["Wijken en buurten"]),
            (Item::Municipality, &["Regioaanduiding/Gemeentenaam (naam)"]),
            (Item::Inhabitants, &["Bevolking/Aantal inwoners (aantal)"]),
            (
                Item::Households,
                &["Bevolking/Particuliere huishoudens/Huishoudens totaal (aantal)"],
            ),
            (
                Item::OnePerson,
                &["Bevolking/Particuliere huishoudens/Eenpersoonshuishoudens (aantal)"],
            ),
            (
                Item::WithChildren,
                &["Bevolking/Particuliere huishoudens/Huishoudens met kinderen (aantal)"],
            ),
        ],
        optional: &[
            (
                Item::CorporationRent,
                &["Wonen/Woningen naar eigendom/Huurwoningen/In bezit woningcorporatie (%)"],
            ),
            (
                Item::Upto110,
                &["Inkomen/Inkomen van huishoudens/Huishoudens tot 110% van sociaal minimum (%)"],
            ),
            (
                Item::SocialMinimum,
                &["Inkomen/Inkomen van huishoudens/Huish. onder of rond sociaal minimum (%)"],
            ),
            (
                Item::LowIncome,
                &["Inkomen/Inkomen van huishoudens/Huishoudens met een laag inkomen (%)"],
            ),
        ],
    },
];

/// Items with the index and the name of their column.
type Places = Vec<(Item, usize, &'static str)>;

/// A table whose columns are known.
pub(super) struct Columns<'t> {
    pub(super) layout: &'static Layout,
    table: &'t Table,
    header_row: usize,
    places: Places,
}

/// Finds the layout of a table.
///
/// # Errors
/// Every known layout with the headers that are missing, the closest one first.
pub(super) fn recognise(table: &Table) -> Result<Columns<'_>, ImportError> {
    let mut best: Option<(usize, Vec<LayoutMiss>)> = None;
    for header_row in 0..table.rows.len().min(HEADER_ROWS) {
        let headers = &table.rows[header_row];
        let mut misses = Vec::new();
        for layout in &LAYOUTS {
            match layout.places(headers) {
                Ok(places) => {
                    return Ok(Columns {
                        layout,
                        table,
                        header_row,
                        places,
                    });
                }
                Err(missing) => misses.push(LayoutMiss {
                    layout: layout.title,
                    missing,
                }),
            }
        }
        misses.sort_by_key(|miss| miss.missing.len());
        let fewest = misses[0].missing.len();
        if best.as_ref().is_none_or(|(least, _)| fewest < *least) {
            best = Some((fewest, misses));
        }
    }
    Err(ImportError::UnknownLayout(
        best.map_or_else(Vec::new, |(_, misses)| misses),
    ))
}

impl Layout {
    /// Where the columns are, or the required headers that are not there.
    fn places(&self, headers: &[String]) -> Result<Places, MissingHeaders> {
        let (mut places, mut missing) = (Vec::new(), Vec::new());
        for (item, names) in self.required {
            match position(headers, names) {
                Some((index, name)) => places.push((*item, index, name)),
                None => {
                    let near = nearest(names[0], headers.iter().map(String::as_str));
                    missing.push((names[0], near.map(str::to_owned)));
                }
            }
        }
        for (item, names) in self.optional {
            let found = position(headers, names);
            places.extend(found.map(|(index, name)| (*item, index, name)));
        }
        if missing.is_empty() {
            Ok(places)
        } else {
            Err(missing)
        }
    }
}

/// The first of `names` that is a header, and where.
fn position(headers: &[String], names: &[&'static str]) -> Option<(usize, &'static str)> {
    let same = |name: &str| {
        headers
            .iter()
            .position(|header| letters(header) == letters(name))
    };
    names.iter().find_map(|name| Some((same(name)?, *name)))
}

/// Letters and digits only: StatLine's headers reach us with their signs replaced by dots.
fn letters(header: &str) -> String {
    header
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl<'t> Columns<'t> {
    pub(super) fn rows(&self) -> impl Iterator<Item = &'t [String]> {
        self.table.rows[self.header_row + 1..]
            .iter()
            .map(Vec::as_slice)
    }

    /// The cell of an item, when the layout has it.
    pub(super) fn cell(&self, row: &'t [String], item: Item) -> Option<&'t str> {
        let (_, index, _) = self.places.iter().find(|(known, ..)| *known == item)?;
        row.get(*index).map(String::as_str)
    }

    /// The header under which an item stands, as CBS writes it.
    pub(super) fn header(&self, item: Item) -> &'static str {
        let found = self.places.iter().find(|(known, ..)| *known == item);
        found.map_or("", |(.., name)| name)
    }

    pub(super) fn code(&self, row: &'t [String]) -> String {
        self.cell(row, Item::Code)
            .unwrap_or("")
            .trim()
            .to_uppercase()
    }

    /// The name, without the "Wijk 34" that some files put before it.
    pub(super) fn name(&self, row: &'t [String]) -> String {
        let full = self.cell(row, Item::Name).unwrap_or("").trim();
        let rest = full
            .strip_prefix("Wijk ")
            .and_then(|rest| rest.split_once(' '));
        let numbered = rest.filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
        numbered.map_or(full, |(_, name)| name).to_owned()
    }

    pub(super) fn municipality(&self, row: &'t [String]) -> String {
        self.cell(row, Item::Municipality)
            .unwrap_or("")
            .trim()
            .to_owned()
    }

    /// The codes (with names) most like what was asked, which may be a name.
    pub(super) fn nearest(&self, wanted: &str) -> Vec<(String, String)> {
        let wanted = wanted.trim().to_lowercase();
        let mut rated: Vec<_> = self
            .rows()
            .map(|row| (self.code(row), self.name(row)))
            .map(|(code, name)| (rating(&wanted, &code, &name), code, name))
            .collect();
        rated.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        rated
            .into_iter()
            .take(3)
            .map(|(_, code, name)| (code, name))
            .collect()
    }
}

fn rating(wanted: &str, code: &str, name: &str) -> f64 {
    let (code, name) = (code.to_lowercase(), name.to_lowercase());
    let named = if wanted.len() >= 3 && name.contains(wanted) {
        1.0
    } else {
        0.0
    };
    // Codes share their beginning: the municipality, then the district.
    let common = wanted
        .chars()
        .zip(code.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let by_code = common as f64 / 20.0 + strsim::normalized_levenshtein(wanted, &code) / 2.0;
    let by_name = strsim::normalized_levenshtein(wanted, &name);
    by_code.max(by_name).max(named)
}
