//! Import of neighbourhoods from the key figures of Statistics Netherlands (CBS).
//!
//! Columns are found by their header, never by their position: CBS changes both between years.
//! What the file holds is kept with its column as source; what it lacks is assumed, and said so.

mod area;
mod attention;
mod error;
mod layout;
mod table;
mod text;
mod workbook;

use crate::place::Place;
use area::Year;
use layout::{Columns, recognise};
use std::path::Path;
use table::Table;

pub use error::{ImportError, LayoutMiss, MissingHeaders};

/// What to import.
#[derive(Clone, Copy, Debug)]
pub struct CbsImport<'a> {
    /// A csv or xlsx file of CBS: the wijk- en buurtkaart table, the kwb file, or StatLine's
    /// download of it.
    pub file: &'a Path,
    /// Codes of neighbourhoods or a municipality, such as `WK008034`, `BU03440222`, `GM0080`.
    pub areas: &'a [String],
    /// Name of the place; by default the names of the areas together.
    pub name: Option<&'a str>,
    /// Year of the figures; by default read from the file name.
    pub year: Option<u16>,
}

/// An imported place.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The place.
    pub place: Place,
    /// The place file: RON with comments, the same bytes for the same import.
    pub text: String,
    /// What a reader should know: what was assumed, and what is unknown.
    pub notes: Vec<String>,
}

/// Reads neighbourhoods out of a CBS file.
///
/// # Errors
/// The file is not there or not one of the known layouts, an area is not in it or has no
/// households, or the areas do not lie in one municipality.
pub fn import_cbs(import: &CbsImport<'_>) -> Result<Imported, ImportError> {
    if import.areas.is_empty() {
        return Err(ImportError::NoArea);
    }
    let table = Table::read(import.file)?;
    let columns = recognise(&table)?;
    let year = Year::find(import.year, import.file);
    let mut notes = Vec::new();
    if !year.is_known() {
        let what = "the year of the figures is not in the file name; give it with --year";
        notes.push(what.to_owned());
    }
    let rows = find(&columns, import.areas)?;
    let municipality = one_municipality(&columns, &rows)?;
    let neighbourhoods = rows
        .iter()
        .map(|row| area::neighbourhood(&columns, row, year, &mut notes))
        .collect::<Result<Vec<_>, _>>()?;
    let names: Vec<_> = neighbourhoods.iter().map(|n| n.name.as_str()).collect();
    let place = Place {
        name: import
            .name
            .map_or_else(|| names.join(" en "), str::to_owned),
        municipality,
        citation: format!("Bron: CBS, Kerncijfers wijken en buurten {year}"),
        neighbourhoods,
    };
    Ok(Imported {
        text: text::place_file(&place, columns.layout.title, &notes),
        place,
        notes,
    })
}

/// The rows of the areas, in the order in which they were asked.
fn find<'t>(columns: &Columns<'t>, areas: &[String]) -> Result<Vec<&'t [String]>, ImportError> {
    let mut found: Vec<&[String]> = Vec::new();
    let mut unknown = Vec::new();
    for area in areas {
        let wanted = area.trim().to_uppercase();
        match columns.rows().find(|row| columns.code(row) == wanted) {
            Some(row) if found.iter().any(|old| columns.code(old) == wanted) => {
                return Err(ImportError::Twice(columns.code(row)));
            }
            Some(row) => found.push(row),
            None => unknown.push((area.clone(), columns.nearest(area))),
        }
    }
    match unknown.is_empty() {
        true => Ok(found),
        false => Err(ImportError::UnknownAreas(unknown)),
    }
}

fn one_municipality(columns: &Columns<'_>, rows: &[&[String]]) -> Result<String, ImportError> {
    let mut names: Vec<_> = rows.iter().map(|row| columns.municipality(row)).collect();
    names.sort();
    names.dedup();
    match names.len() {
        1 => Ok(names.remove(0)),
        _ => Err(ImportError::Municipalities(names)),
    }
}
