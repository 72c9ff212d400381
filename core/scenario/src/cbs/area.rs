//! One row of a CBS file as a neighbourhood.

use super::attention::{Attention, attention};
use super::error::ImportError;
use super::layout::{Columns, Item};
use crate::figure::{Evidence, Figure};
use crate::place::Neighbourhood;
use std::fmt;
use std::path::Path;

/// The year of the figures, when it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Year(Option<u16>);

impl Year {
    /// As given, or else the first year from 1995 to 2039 in the file name.
    pub(super) fn find(given: Option<u16>, file: &Path) -> Self {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let numbers = name.split(|c: char| !c.is_ascii_digit());
        let years = numbers.filter(|digits| digits.len() == 4);
        let mut years = years.filter_map(|digits| digits.parse().ok());
        Self(given.or_else(|| years.find(|year| (1995..2040).contains(year))))
    }

    pub(super) fn is_known(self) -> bool {
        self.0.is_some()
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(year) => write!(f, "{year}"),
            None => f.write_str("(year unknown)"),
        }
    }
}

/// A row that is being read.
struct Row<'c, 't> {
    columns: &'c Columns<'t>,
    cells: &'t [String],
    code: String,
    year: Year,
}

/// The neighbourhood of a row; what had to be assumed goes into `notes`.
///
/// # Errors
/// No households, or a cell that is no number.
pub(super) fn neighbourhood<'t>(
    columns: &Columns<'t>,
    cells: &'t [String],
    year: Year,
    notes: &mut Vec<String>,
) -> Result<Neighbourhood, ImportError> {
    let (code, name) = (columns.code(cells), columns.name(cells));
    let row = Row {
        columns,
        cells,
        code: code.clone(),
        year,
    };
    let empty = || ImportError::NoHouseholds(code.clone(), name.clone());
    let households = row
        .number(Item::Households)?
        .filter(|n| *n >= 1.0)
        .ok_or_else(empty)?;
    let inhabitants = row
        .number(Item::Inhabitants)?
        .filter(|n| *n >= 1.0)
        .ok_or_else(empty)?;
    let found = Neighbourhood {
        households: row.measured(Item::Households, households),
        inhabitants: row.measured(Item::Inhabitants, inhabitants),
        one_person: row.share_of(Item::OnePerson, households, 0.38)?,
        with_children: row.share_of(Item::WithChildren, households, 0.33)?,
        danger_zone: row.danger_zone()?,
        corporation_rent: row.corporation_rent()?,
        code,
        name,
    };
    note_assumptions(&found, notes);
    Ok(found)
}

fn note_assumptions(found: &Neighbourhood, notes: &mut Vec<String>) {
    let figures = [
        ("one_person", &found.one_person),
        ("with_children", &found.with_children),
        ("danger_zone", &found.danger_zone),
        ("corporation_rent", &found.corporation_rent),
    ];
    for (name, figure) in figures {
        if figure.evidence == Evidence::Assumption {
            let what = format!("{} {name} {}: {}", found.code, figure.value, figure.source);
            notes.push(what);
        }
    }
}

impl Row<'_, '_> {
    /// The number in a cell; `None` for `.`, nothing, or the negative codes for unknown.
    fn number(&self, item: Item) -> Result<Option<f64>, ImportError> {
        let cell = self.columns.cell(self.cells, item).unwrap_or("").trim();
        if matches!(cell, "" | "." | "x" | "-") {
            return Ok(None);
        }
        let number: Result<f64, _> = cell.replace(',', ".").parse();
        match number {
            Ok(value) if value.is_finite() => Ok(Some(value).filter(|value| *value >= 0.0)),
            _ => {
                let column = self.columns.header(item).to_owned();
                Err(ImportError::NoNumber(
                    self.code.clone(),
                    column,
                    cell.to_owned(),
                ))
            }
        }
    }

    fn source(&self, item: Item) -> String {
        format!(
            "CBS kerncijfers {}, column {}",
            self.year,
            self.columns.header(item)
        )
    }

    fn measured(&self, item: Item, value: f64) -> Figure {
        Figure {
            value,
            evidence: Evidence::Measured,
            source: self.source(item),
        }
    }

    /// A share of the households; `usual` is the share in the whole country.
    fn share_of(&self, item: Item, households: f64, usual: f64) -> Result<Figure, ImportError> {
        let Some(value) = self.number(item)? else {
            return Ok(assumed(
                usual,
                "not in the file; the share in the whole country",
            ));
        };
        if !self.columns.layout.counts {
            return Ok(self.measured(item, round(value / 100.0)));
        }
        let source = format!(
            "{} over {}",
            self.source(item),
            self.columns.header(Item::Households)
        );
        let value = round((value / households).min(1.0));
        Ok(Figure {
            value,
            evidence: Evidence::Derived,
            source,
        })
    }

    fn corporation_rent(&self) -> Result<Figure, ImportError> {
        if let Some(percent) = self.number(Item::CorporationRent)? {
            return Ok(self.measured(Item::CorporationRent, round(percent / 100.0)));
        }
        Ok(match attention(&self.code) {
            Attention::Whole(name) => assumed(
                0.6,
                &format!(
                    "not in the file; {name} is one of the forty attention neighbourhoods, where 51% (Ondiep, fact 22) and 61% (Overvecht, fact 18) was found in 2023"
                ),
            ),
            Attention::Partly(name) => assumed(
                0.45,
                &format!(
                    "not in the file; between an ordinary city and the attention neighbourhood {name} that lies in it"
                ),
            ),
            Attention::None => assumed(
                0.3,
                "not in the file; 31% in a city such as Utrecht (fact 19)",
            ),
        })
    }

    /// The danger zone: households near the social minimum stand in for it. In the whole country
    /// 10.2% live up to 110% of it, 6.8% around it and 7.5% on a low income (2019), where seed 002
    /// counts 7-10% in the danger zone.
    fn danger_zone(&self) -> Result<Figure, ImportError> {
        let ways = [
            (
                Item::Upto110,
                1.0,
                "households up to 110% of the social minimum",
            ),
            (
                Item::SocialMinimum,
                1.5,
                "households around the social minimum, times 1.5 (10.2% over 6.8% in the whole country)",
            ),
            (
                Item::LowIncome,
                1.36,
                "households on a low income, times 1.36 (10.2% over 7.5% in the whole country)",
            ),
        ];
        for (item, factor, how) in ways {
            if let Some(percent) = self.number(item)? {
                let source = format!(
                    "{}: {how}, as a stand-in for the danger zone",
                    self.source(item)
                );
                let value = round((percent * factor / 100.0).min(1.0));
                return Ok(Figure {
                    value,
                    evidence: Evidence::Derived,
                    source,
                });
            }
        }
        Ok(match attention(&self.code) {
            Attention::Whole(name) => assumed(
                0.35,
                &format!(
                    "30% to 40% in attention neighbourhoods (seed 002, fact 97); {name} is one of the forty"
                ),
            ),
            Attention::Partly(name) => assumed(
                0.2,
                &format!(
                    "between 10% in a city and 30% to 40% in the attention neighbourhood {name} that lies in it (seed 002, fact 97)"
                ),
            ),
            Attention::None => assumed(0.1, "7% to 10% in a city (seed 002, fact 97)"),
        })
    }
}

fn assumed(value: f64, source: &str) -> Figure {
    Figure {
        value,
        evidence: Evidence::Assumption,
        source: source.to_owned(),
    }
}

/// Four decimals: more than the rounded counts of CBS can bear.
fn round(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_comes_from_the_file_name_unless_given() {
        let year = |given, name: &str| Year::find(given, Path::new(name)).to_string();
        assert_eq!(year(None, "x/CBS-Utrecht-kwb-2023.xlsx"), "2023");
        assert_eq!(year(None, "cbs_wijk_2016.csv"), "2016");
        assert_eq!(year(Some(2019), "cbs_wijk_2016.csv"), "2019");
        assert_eq!(year(None, "data0344.csv"), "(year unknown)");
    }
}
