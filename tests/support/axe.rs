//! axe-core, the checker of WCAG: fetched by npm in the test run only, and kept in `target`.

use std::path::PathBuf;
use std::process::Command;

use super::{root, run};

/// The version that is asked for.
const PACKAGE: &str = "axe-core@4.11.0";

/// Rules of WCAG 2.1, levels A and AA.
const RULES: &str = r#"["wcag2a","wcag2aa","wcag21a","wcag21aa"]"#;

/// A page that checks itself when it is opened and shows what is wrong as its title; `None` when
/// axe-core cannot be had, for want of npm or of a network.
pub fn with_axe(html: &str) -> Option<String> {
    let file = package()?;
    let axe = std::fs::read_to_string(file).ok()?;
    let axe = axe.replace("</script", "<\\/script");
    // The page itself allows no script.
    let start = html.find("<meta http-equiv=\"Content-Security-Policy\"")?;
    let end = start + html[start..].find('>')? + 1;
    let check = format!(
        "axe.run(document,{{runOnly:{RULES}}}).then(found=>{{document.title='axe '+JSON.stringify({{\
         passes:found.passes.length,violations:found.violations.map(one=>[one.id,\
         one.nodes.map(node=>node.target.join(' '))])}})}})"
    );
    let page = format!("{}{}", &html[..start], &html[end..]);
    Some(page.replace(
        "</body>",
        &format!("<script>{axe}</script><script>{check}</script></body>"),
    ))
}

fn package() -> Option<PathBuf> {
    let folder = root().join("target/axe-core");
    let file = folder.join("package/axe.min.js");
    if file.exists() {
        return Some(file);
    }
    std::fs::create_dir_all(&folder).ok()?;
    let there = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if !there("npm") || !there("tar") {
        return None;
    }
    let packed = run(Command::new("npm")
        .args(["pack", "--silent", PACKAGE])
        .current_dir(&folder));
    let archive = String::from_utf8_lossy(&packed.stdout).trim().to_owned();
    if !packed.status.success() || archive.is_empty() {
        return None;
    }
    run(Command::new("tar")
        .args(["-xzf", &archive])
        .current_dir(&folder));
    file.exists().then_some(file)
}
