//! Every command that the book shows runs, and what it shows of their output is what they print.
//!
//! The commands of a page run one after the other in a folder of their own, with the scenarios beside
//! them. A comment in the line before a block says what else: `<!-- small: why -->` runs it on the
//! tiny scenario with two replications (`<!-- small --vary x: why -->` with these words too),
//! `<!-- not run: why -->` leaves it out. A block marked `text` below one marked `sh` is what that
//! prints, or its first lines where it ends with `...`; `ZALM_BLESS=1 cargo test -p zalm-tests
//! handbook` writes it anew.

use std::path::Path;
use std::process::{Command, Stdio};

use super::pages;
use zalm_tests::{root, run, scratch, text, zalm};

/// A block of commands of a page.
struct Block<'a> {
    code: &'a str,
    /// Whether it runs as it stands, smaller or not at all.
    mark: Mark<'a>,
    /// What the page says that it prints: where in the page, and the text.
    printed: Option<(usize, &'a str)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mark<'a> {
    AsItStands,
    /// On the tiny scenario, with these words added.
    Small(&'a str),
    NotRun,
}

impl<'a> Mark<'a> {
    /// The mark in the line before a block; a mark without a reason is none.
    fn of(line: &'a str) -> Self {
        let comment = line
            .strip_prefix("<!-- ")
            .and_then(|rest| rest.strip_suffix(" -->"));
        let Some((mark, why)) = comment.and_then(|comment| comment.split_once(": ")) else {
            return Self::AsItStands;
        };
        match (mark, mark.strip_prefix("small")) {
            _ if why.len() < 10 => Self::AsItStands,
            ("not run", _) => Self::NotRun,
            (_, Some(more)) => Self::Small(more),
            _ => Self::AsItStands,
        }
    }
}

/// The blocks marked `sh` of a page.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let to_fence = |from: usize| {
        let rest = &page[from..];
        let length = if rest.starts_with("```") {
            0
        } else {
            rest.find("\n```").expect("a block that ends") + 1
        };
        from + length
    };
    let block = |(at, opening): (usize, &str)| {
        let (start, end) = (at + opening.len(), to_fence(at + opening.len()));
        let next = page[end..].find("\n```sh\n").unwrap_or(page.len() - end);
        let output = "\n```text\n";
        let printed = page[end..end + next].find(output).map(|at| {
            let from = end + at + output.len();
            (from, &page[from..to_fence(from)])
        });
        Block {
            code: &page[start..end],
            mark: Mark::of(page[..at].lines().next_back().unwrap_or_default()),
            printed,
        }
    };
    page.match_indices("\n```sh\n").map(block).collect()
}

impl Block<'_> {
    /// What is run of it, if anything. `SCENARIO.ron` is a placeholder of the text.
    fn script(&self) -> Option<String> {
        let code = self.code.replace("SCENARIO.ron", "$SCENARIO");
        match self.mark {
            Mark::AsItStands => Some(code),
            Mark::Small(more) => Some(small(&code, more)),
            Mark::NotRun => None,
        }
    }
}

/// The same commands on the tiny scenario, with two replications and few draws, and `more` at the end.
fn small(code: &str, more: &str) -> String {
    let line = |line: &str| {
        let mut before = "";
        let words = line.split(' ').map(|word| {
            let asked = std::mem::replace(&mut before, word);
            match asked {
                "--replications" => "2",
                "--draws" => "60",
                _ if word.starts_with("scenarios/") => "scenarios/tiny.ron",
                _ => word,
            }
        });
        words.collect::<Vec<_>>().join(" ") + more + "\n"
    };
    code.lines().map(line).collect()
}

/// Runs the blocks of a page in one shell; what each printed.
fn play(page: &str, blocks: &[Block<'_>]) -> Vec<String> {
    let scratch = scratch();
    let (work, outputs) = (scratch.path().join("work"), scratch.path().join("outputs"));
    copy(&root().join("scenarios"), &work.join("scenarios"));
    std::fs::create_dir(&outputs).expect("a folder");
    let output = |block: usize, what| outputs.join(format!("{block}.{what}"));
    let mut script = "set -eu\n".to_owned();
    for (number, block) in blocks.iter().enumerate() {
        let code = block.script().unwrap_or_else(|| ":\n".to_owned());
        let [out, err] = ["out", "err"].map(|what| output(number, what));
        let (out, err) = (out.display(), err.display());
        script.push_str(&format!("{{\n{code}}} >'{out}' 2>'{err}'\n"));
    }
    let program = zalm();
    let folder = Path::new(program.get_program()).parent();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folder.map(Path::to_path_buf).into_iter();
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)));
    let ended = run(Command::new("sh")
        .args(["-c", &script])
        .current_dir(&work)
        .stdin(Stdio::null())
        .env("PATH", path.expect("folders"))
        .env("SCENARIO", work.join("scenarios/tiny.ron"))
        .env("ZALM_LANG", "en")
        .env("NO_COLOR", "1"));
    let said = |number, what| std::fs::read_to_string(output(number, what)).unwrap_or_default();
    if !ended.status.success() {
        let started = |number: &usize| output(*number, "err").exists();
        let last = (0..blocks.len()).take_while(started).last().unwrap_or(0);
        let (code, err) = (blocks[last].code, said(last, "out") + &said(last, "err"));
        panic!("{page} shows\n{code}which fails: {err}{ended:?}");
    }
    (0..blocks.len())
        .map(|number| said(number, "out"))
        .collect()
}

/// What is printed, as far as the page shows it: where that ends with `...` as many lines.
fn excerpt(shown: &str, output: &str) -> String {
    let output = output.trim_start_matches('\n').trim_end();
    let Some(shown) = shown.strip_suffix("...\n") else {
        return format!("{output}\n");
    };
    let lines = output.lines().take(shown.lines().count());
    lines.chain(["...\n"]).collect::<Vec<_>>().join("\n")
}

/// The page as it is, and with what its commands print.
fn shown(page: &str) -> (String, String) {
    let written = text(page);
    let blocks = blocks(&written);
    let outputs = if blocks.is_empty() {
        Vec::new()
    } else {
        play(page, &blocks)
    };
    let mut fresh = written.clone();
    for (block, output) in blocks.iter().zip(outputs).rev() {
        if let Some((at, printed)) = block.printed {
            fresh.replace_range(at..at + printed.len(), &excerpt(printed, &output));
        }
    }
    (written, fresh)
}

#[test]
fn every_command_runs_and_prints_what_the_page_says() {
    let check = |page: String| {
        let (written, fresh) = shown(&page);
        if std::env::var_os("ZALM_BLESS").is_some() {
            std::fs::write(root().join(&page), fresh).expect("write");
        } else {
            assert!(
                written == fresh,
                "{page} shows other output than the commands print; \
                 ZALM_BLESS=1 cargo test -p zalm-tests handbook writes it anew"
            );
        }
    };
    std::thread::scope(|scope| {
        for page in pages() {
            scope.spawn(move || check(page));
        }
    });
}

/// A folder with everything in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            std::fs::copy(from, to).expect("copy");
        }
    }
}

#[test]
fn marks_need_a_reason_and_output_belongs_to_the_block_before_it() {
    let page = "# A\n\n```sh\na\n```\n\n```text\nb\n```\n\n<!-- small --seed 1: minutes otherwise -->\n\
        ```sh\nzalm robust scenarios/x.ron --replications 20 --set a=1\n```\n\n<!-- not run: -->\n```sh\nc\n```\n";
    let found = blocks(page);
    let marks: Vec<Mark> = found.iter().map(|block| block.mark).collect();
    assert_eq!(
        marks,
        [Mark::AsItStands, Mark::Small(" --seed 1"), Mark::AsItStands]
    );
    let printed: Vec<_> = found.iter().map(|block| block.printed).collect();
    assert_eq!(
        printed,
        [Some((page.find("b\n").expect("b"), "b\n")), None, None]
    );
    assert_eq!(excerpt("x\n...\n", "a\nb\nc\n"), "a\n...\n");
    assert_eq!(excerpt("x\n", "a\nb\n\n"), "a\nb\n");
    let script = found[1].script().expect("commands");
    assert_eq!(
        script,
        "zalm robust scenarios/tiny.ron --replications 2 --set a=1 --seed 1\n"
    );
}
