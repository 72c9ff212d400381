//! Every figure as it was when it was last looked at: pictures in `figure/drawn/`, to be opened in
//! any browser. `ZALM_BLESS=1 cargo test -p zalm-report figures` draws them anew; look at them.

use crate::lang::Lang;
use crate::page::render_with_figures;
use crate::sample::sample;
use crate::sheet;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn figures_are_as_they_were_when_they_were_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/figure/drawn");
    // Those of one stressor stand for the others.
    let report = render_with_figures(&sample(), Lang::Nl).figures;
    let report = report.into_iter().filter(|(name, _)| name.contains("-0."));
    let charts = sheet(&sheet::tests::sample(), Lang::Nl).figures;
    let drawn: Vec<(String, String)> = report.chain(charts).collect();
    if std::env::var_os("ZALM_BLESS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for (name, svg) in &drawn {
            std::fs::write(folder.join(name), svg).unwrap();
        }
    }
    let names: BTreeSet<&str> = drawn.iter().map(|(name, _)| name.as_str()).collect();
    let kept = std::fs::read_dir(&folder).unwrap();
    let kept: Vec<String> = kept
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, kept.iter().map(String::as_str).collect());
    for (name, svg) in &drawn {
        let before = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(
            before == *svg,
            "{name} is drawn otherwise: bless it, look at it, and say why"
        );
    }
}
