//! The command line, as whoever has the program runs it.

use std::path::Path;
use std::process::Command;

use booking::release::draw::{Tree, commitment, order};
use booking::release::{EntryId, ReleaseId};

/// What the program says of a draw from two files, and whether it is content.
fn checks_draw(folder: &Path, release: ReleaseId, published: &str, list: &str, receipt: &str) -> (bool, String) {
    let (facts, receipts) = (folder.join("published.json"), folder.join("list.txt"));
    std::fs::write(&facts, published).expect("written");
    std::fs::write(&receipts, list).expect("written");
    let mut tongban = Command::new(env!("CARGO_BIN_EXE_tongban"));
    tongban.args(["check", "draw", &release.to_string(), "--published"]).arg(&facts).arg("--list").arg(&receipts).current_dir(folder);
    if !receipt.is_empty() {
        tongban.args(["--receipt", receipt]);
    }
    let ran = tongban.output().expect("the program runs");
    let said = if ran.status.success() { ran.stdout } else { ran.stderr };
    (ran.status.success(), String::from_utf8(said).expect("text").trim_end().to_owned())
}

#[test]
fn p9_5_anybody_checks_a_draw_from_what_was_published() {
    let folder = tempfile::tempdir().expect("a folder");
    let id = |n: u8| EntryId::new(u64::from(n), [n; 10]).to_string();
    let receipts: Vec<String> = (0..5).map(id).collect();
    let (seed, value, release) = ([7; 32], "0312", ReleaseId::new(1, [1; 10]));
    let root = Tree::new(&receipts).root();
    let first = order(&seed, value, &root, &receipts)[0];
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    let published = |seed: Option<&[u8]>| {
        let draw = serde_json::json!({ "commitment": hex(&commitment(&[7; 32])), "source": "", "entrants": 5, "root": hex(&root), "value": value, "seed": seed.map(hex) });
        serde_json::json!({ "id": release, "mode": "DRAW", "draw": draw }).to_string()
    };
    let list = receipts.join("\r\n");
    let checks = |published: &str, list: &str, receipt: &str| checks_draw(folder.path(), release, published, list, receipt);
    let (honest, said) = checks(&published(Some(&seed)), &list, &receipts[first]);
    assert!(honest && said.ends_with(&format!("{} has place 1", receipts[first])), "{said}");
    for (receipt, published, list, why) in [
        ("", published(Some(&[8; 32])), list.clone(), "the seed"),
        ("", published(Some(&seed)), receipts[1..].join("\n"), "the list"),
        ("", published(None), list.clone(), "not drawn"),
        (id(9).as_str(), published(Some(&seed)), list.clone(), "not on the list"),
    ] {
        let (honest, told) = checks(&published, &list, receipt);
        assert!(!honest && told.contains(why), "{told}");
    }
}
