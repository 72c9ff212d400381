//! Workbooks: an edit of the archive mostly ends at its checksums, so its parts are spoilt before they
//! are packed.

use super::{cases, read, spoil};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use zalm_scenario::{CbsImport, ImportError, Imported, import_cbs};
use zalm_tests::{files, root, scratch};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A part of a workbook: its name in the archive, its bytes.
type Part = (String, Vec<u8>);

/// The parts of a good one.
fn good() -> Vec<Part> {
    let file = root().join("core/scenario/tests/fixtures/kwb_2023.xlsx");
    let mut archive = ZipArchive::new(Cursor::new(read(&file))).expect("an archive");
    let parts = archive.len();
    let part = |at| {
        let mut part = archive.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        (part.name().expect("a name").into_owned(), bytes)
    };
    (0..parts).map(part).collect()
}

/// Parts to put in the place of those of the same name, from the corpus.
fn strange() -> Vec<Part> {
    let all = files("tests/corpus/workbook", "xml").into_iter();
    let part = |path: String| {
        let folder = match path.contains("sheet1") {
            true => "xl/worksheets",
            false => "xl",
        };
        let name = path
            .rsplit('/')
            .next()
            .and_then(|name| name.split('-').next());
        let name = name.expect("a name before the dash");
        (format!("{folder}/{name}.xml"), read(&root().join(path)))
    };
    all.map(part).collect()
}

/// Puts a part into a workbook, in the place of that of its name.
fn put(workbook: &mut Vec<Part>, part: Part) {
    workbook.retain(|(name, _)| *name != part.0);
    workbook.push(part);
}

fn imported(file: &Path, workbook: &[Part]) -> Result<Imported, ImportError> {
    let mut archive = ZipWriter::new(std::fs::File::create(file).expect("a file"));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in workbook {
        archive.start_file(name, stored).expect("a part");
        archive.write_all(bytes).expect("bytes");
    }
    archive.finish().expect("an archive");
    import_cbs(&CbsImport {
        file,
        areas: &["WK990001".to_owned()],
        name: None,
        year: Some(2023),
    })
}

#[test]
fn parts_of_workbooks() {
    let scratch = scratch();
    let file = scratch.path().join("kwb.xlsx");
    let good = good();
    assert!(imported(&file, &good).is_ok());
    let all: Vec<Part> = good.iter().cloned().chain(strange()).collect();
    let originals: Vec<Vec<u8>> = all.iter().map(|(_, bytes)| bytes.clone()).collect();
    let spoilt = |which: usize, bytes: &[u8]| {
        let mut workbook = good.clone();
        put(&mut workbook, (all[which].0.clone(), bytes.to_owned()));
        let _ = imported(&file, &workbook);
    };
    for (which, (_, bytes)) in all.iter().enumerate() {
        spoilt(which, bytes);
    }
    spoil(&originals, cases(800, 1), spoilt);
}
