//! `tocsin about`: what the program is made of.

use crate::harness::Folder;

#[test]
fn the_build_and_the_licences_are_told() {
    let folder = Folder::new();
    let told = folder.transcript("about");
    for part in ["tocsin", "build", "licence", "SQLite"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let json = folder.output("about --json").stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    assert!(told.contains(json["build"].as_str().unwrap()));
}
