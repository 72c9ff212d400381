//! Libraries that are refused before any run: what crashes or hangs while it is loaded or while an
//! instance is made, what is damaged, what was exchanged.

use super::super::{TINY, said, say, word};
use super::{bad, beside, called, isolated};
use std::time::Duration;
use zalm_plugin_host::{Found, OwnProcess, RefusalCode, file_name};
use zalm_tests::{root, scratch, zalm};

#[test]
fn a_crash_while_loading_is_a_refusal_and_no_crash_here() {
    for (how, part) in [
        ("ABORT_DESCRIBE", "ended by signal 6 (abort)"),
        ("ABORT_AT_LOAD", "ended by signal 6 (abort)"),
        ("EXIT_DESCRIBE", "ended by itself with code 0"),
        ("EXIT_AT_LOAD", "ended by itself with code 0"),
    ] {
        let Some(file) = bad(how) else { return };
        let folder = file.parent().expect("its folder");
        let told = ["crashed while loading", part, "E_CRASH"];
        let list = say(&["plugin", "list", "--plugins", word(folder)]);
        list.gives(0, &told);
        list.gives(0, &["refused", "carousel"]);
        say(&["plugin", "info", word(&file)]).refused(4, &told);
        say(&["plugin", "install", word(&file)]).refused(4, &told);
        let Some(said) = beside(how, &[]) else { return };
        said.refused(4, &told);
    }
    let Some(said) = isolated("LOOP_DESCRIBE") else {
        return;
    };
    said.refused(4, &["did not end loading within 3 s", "E_CRASH"]);
}

#[test]
fn a_comparison_with_a_library_that_is_refused_is_not_begun_and_says_its_code() {
    let Some(good) = bad("GOOD") else { return };
    let bytes = std::fs::read(&good).expect("the library");
    let scratch = scratch();
    let changed = |name: &str, bytes: &[u8]| {
        let folder = scratch.path().join(name);
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(folder.join(file_name("bad")), bytes).expect("write");
        folder
    };
    // The header of an ELF file says for which machine it is; no machine has this number.
    let mut elsewhere = bytes.clone();
    elsewhere[18..20].fill(0xff);
    let mut cases = vec![
        (changed("text", b"text"), "E_NOT_LIBRARY"),
        (changed("cut", &bytes[..bytes.len() / 2]), "(E_"),
        (changed("elsewhere", &elsewhere), "E_PLATFORM"),
    ];
    for (how, code) in [
        ("NO_MANIFEST", "E_NO_MANIFEST"),
        ("NEWER", "E_ABI_NEWER"),
        ("OLDER", "E_ABI_OLDER"),
        ("UNRESOLVED", "E_DLOPEN"),
        ("MAGIC", "E_MAGIC"),
        ("ENTRY_VERSION", "E_ABI)"),
        ("LAYOUT", "E_LAYOUT"),
        ("LYING", "E_MANIFEST_MISMATCH"),
        ("NO_INTERFACE", "E_NO_INTERFACE"),
        ("GARBLED_SCHEMA", "E_SCHEMA"),
    ] {
        let Some(file) = bad(how) else { return };
        cases.push((file.parent().expect("its folder").to_owned(), code));
    }
    for (folder, code) in cases {
        let out = folder.join("run");
        let words = ["compare", TINY, "--strategy", "bad", "--out", word(&out)];
        say(&[&words[..], &["--plugins", word(&folder)]].concat()).refused(4, &["bad", code]);
        assert!(!out.exists(), "{code}: nothing is begun");
        let list = say(&["plugin", "list", "--plugins", word(&folder)]);
        list.gives(0, &["refused", code, "carousel"]);
    }
}

#[test]
fn a_damaged_library_ends_no_list() {
    let Some(good) = bad("GOOD") else { return };
    let bytes = std::fs::read(&good).expect("the library");
    let scratch = scratch();
    let mut state = 1_u64;
    for round in 0..6 {
        let mut damaged = bytes.clone();
        for _ in 0..200 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let at = (state >> 33) as usize % damaged.len();
            damaged[at] ^= 0xff;
        }
        // The manifest stays, so that it comes as far as loading.
        let at = bytes
            .windows(8)
            .position(|part| part == b"ZALMMF01")
            .expect("a manifest");
        damaged[at..at + 200].copy_from_slice(&bytes[at..at + 200]);
        damaged[..64].copy_from_slice(&bytes[..64]);
        let folder = scratch.path().join(round.to_string());
        std::fs::create_dir(&folder).expect("a folder");
        std::fs::write(folder.join("libzalm_bad.so"), damaged).expect("write");
        let list = say(&["plugin", "list", "--plugins", word(&folder)]);
        list.gives(0, &["carousel"]);
    }
}

#[test]
fn only_a_good_library_is_installed() {
    let (Some(good), Some(other)) = (bad("GOOD"), bad("LAYOUT")) else {
        return;
    };
    let scratch = scratch();
    let install = |file: &std::path::Path| {
        let words = ["plugin", "install", word(file)];
        said(zalm().args(words).current_dir(scratch.path()))
    };
    install(&other).refused(4, &["E_LAYOUT"]);
    assert!(!scratch.path().join("plugins").exists());
    let done = install(&good);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(
        done.out.contains("bad 1.0.0 is in") && done.out.contains("your rights"),
        "{done:?}"
    );
    assert!(scratch.path().join("plugins/libzalm_bad.so").exists());
}

#[test]
fn a_crash_when_an_instance_is_made_or_ended_is_a_refusal_and_no_crash_here() {
    let making = "crashed while making an instance of {\"n\":1}: its process ended by signal 6";
    for (how, part) in [
        ("CREATE_CRASH", making),
        (
            "DESTROY_CRASH",
            "crashed while ending an instance: its process ended by signal 6",
        ),
    ] {
        let Some(file) = bad(how) else { return };
        let told = [part, "E_CRASH"];
        let folder = file.parent().expect("its folder");
        say(&["plugin", "list", "--plugins", word(folder)]).gives(0, &told);
        say(&["plugin", "info", word(&file)]).refused(4, &told);
        say(&["plugin", "install", word(&file)]).refused(4, &told);
        let Some(compared) = beside(how, &[]) else {
            return;
        };
        compared.refused(4, &told);
    }
    let Some(apart) = isolated("CREATE_CRASH") else {
        return;
    };
    apart.refused(4, &[making, "E_CRASH"]);
    let Some(endless) = isolated("CREATE_LOOP") else {
        return;
    };
    endless.refused(
        4,
        &["did not end making an instance of", "within 3 s", "E_CRASH"],
    );
}

#[test]
fn every_command_that_loads_a_library_tries_it_first() {
    let id = "stakeholder-model";
    let flags = "-DHOW=ABORT_AT_LOAD -DID=\"stakeholder-model\" -DVERSION=\"99.0.0\"";
    let Some(file) = called("ABORT_AT_LOAD_99", flags, id) else {
        return;
    };
    let folder = file.parent().expect("its folder");
    let used = [
        "--set",
        "strategies[1].plugin=\"stakeholder-model\"",
        "--plugins",
    ];
    let more = [&used[..], &[word(folder)]].concat();
    let told = ["ended by signal 6 (abort)", "E_CRASH"];
    say(&[&["metrics", TINY][..], &more].concat()).refused(4, &told);
    say(&["check", TINY, "--plugins", word(folder)]).gives(0, &[]);
    let asked = [
        "patterns",
        TINY,
        "--only",
        "6",
        "--replications",
        "2",
        "--draws",
        "0",
    ];
    let patterns = say(&[&asked[..], &["--lang", "en", "--plugins", word(folder)]].concat());
    assert!(
        patterns.code.is_some_and(|code| code != 134),
        "{patterns:?}"
    );
    assert!(
        patterns.out.contains("E_CRASH") || patterns.err.contains("E_CRASH"),
        "{patterns:?}"
    );
}

#[test]
fn of_several_files_the_highest_version_is_used() {
    let mut folders = Vec::new();
    for version in ["1.9.0", "1.10.0", "1.2.0"] {
        let flags = format!("-DHOW=GOOD -DVERSION=\"{version}\"");
        let Some(file) = called(version, &flags, "bad") else {
            return;
        };
        folders.push(file.parent().expect("its folder").to_owned());
    }
    let plugins = folders
        .iter()
        .flat_map(|folder| ["--plugins", word(folder)]);
    let plugins: Vec<&str> = plugins.collect();
    let info = say(&[&["plugin", "info", "bad"][..], &plugins].concat());
    info.gives(0, &["bad 1.10.0", word(&folders[1])]);
    let list = say(&[&["plugin", "list"][..], &plugins].concat()).out;
    for (folder, used) in folders.iter().zip([false, true, false]) {
        let line = list.lines().find(|line| line.contains(word(folder)));
        let line = line.expect("every file is listed");
        assert_eq!(line.contains("not used"), !used, "{line}");
    }
}

#[test]
fn a_file_that_was_exchanged_since_it_was_read_is_refused() {
    let flags = "-DHOW=GOOD -DVERSION=\"1.0.1\"";
    let (Some(good), Some(other)) = (bad("GOOD"), called("1.0.1", flags, "bad")) else {
        return;
    };
    let scratch = scratch();
    let file = scratch.path().join(file_name("bad"));
    // Not those of the other tests: what is loaded in this process once is not tried again.
    std::fs::copy(good, &file).expect("copy");
    let found = Found::read(&file);
    std::fs::copy(other, &file).expect("copy");
    let own_process = OwnProcess {
        program: zalm().get_program().into(),
        words: ["plugin", "serve"].map(str::to_owned).to_vec(),
        limit: Duration::from_secs(60),
        memory: 4096,
    };
    let refusal = own_process.load(&found).expect_err("exchanged");
    assert_eq!(refusal.code, RefusalCode::Hash, "{refusal}");
    assert!(
        refusal.message.contains("changed since it was read"),
        "{refusal}"
    );
    let read = Found::read(&file);
    assert!(own_process.load(&read).is_ok(), "as it is now");
}

#[test]
fn a_bad_build_leaves_the_good_library() {
    if bad("GOOD").is_none() {
        return;
    }
    let scratch = scratch();
    let source = scratch.path().join("src");
    std::fs::create_dir(&source).expect("a folder");
    let text = std::fs::read_to_string(root().join("tests/plugins/bad.c")).expect("the source");
    let build = |how: &str| {
        let text = format!("#define HOW {how}\n{text}");
        std::fs::write(source.join("bad.c"), text).expect("write");
        said(zalm().args(["plugin", "build"]).current_dir(scratch.path()))
    };
    let library = scratch.path().join("plugins").join(file_name("bad"));
    build("LAYOUT").refused(4, &["E_LAYOUT"]);
    assert!(!library.exists(), "a bad library is put nowhere");
    let good = build("GOOD");
    assert_eq!(good.code, Some(0), "{good:?}");
    let bytes = std::fs::read(&library).expect("the library");
    for (how, code) in [("LAYOUT", "E_LAYOUT"), ("CREATE_CRASH", "E_CRASH")] {
        build(how).refused(4, &[code]);
        assert!(
            std::fs::read(&library).expect("the library") == bytes,
            "{how}"
        );
    }
}
