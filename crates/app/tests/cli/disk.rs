//! A disk that is full, for real: a small file system in memory.

use std::process::Command;

use crate::harness::{Folder, signed};

/// A file system of one megabyte and a half, for as long as this lives.
struct SmallDisk<'a> {
    folder: &'a Folder,
}

impl<'a> SmallDisk<'a> {
    /// At `disk` in the folder; `None` where the system does not let us.
    fn mount(folder: &'a Folder) -> Option<Self> {
        std::fs::create_dir(folder.at("disk")).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=1536k", "tmpfs"]).arg(folder.at("disk"));
        mount.output().is_ok_and(|output| output.status.success()).then_some(Self { folder })
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(self.folder.at("disk")).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn a_full_disk_is_told_and_the_ledger_is_sound() {
    let folder = Folder::new();
    let Some(_disk) = SmallDisk::mount(&folder) else {
        eprintln!("SKIPPED a_full_disk_is_told_and_the_ledger_is_sound: mounting needs root");
        return;
    };
    let page = |n: usize| {
        let rain = "It rained and rained. ".repeat(60);
        format!(
            "{{\"url\": \"https://gazette.example/{n}\", \"text\": \"{n} were killed. {rain}\"}}\n"
        )
    };
    folder.write("news.jsonl", &(0..2_000).map(page).collect::<String>());
    let told = folder.transcript(&signed("ingest news.jsonl --ledger disk/ledger"));
    assert!(
        told.contains("! tocsin: the disk is full: the ledger \"disk/ledger\" cannot grow; the ")
    );
    assert!(told.contains(" documents in it are safe\n"), "{told}");
    assert!(
        told.contains("! hint: free some space and run the same command again\nexit status: 2\n"),
        "{told}"
    );

    // With the disk still full, the ledger can be read; with room, the run goes on to the end.
    std::fs::create_dir(folder.at("room")).unwrap();
    for file in std::fs::read_dir(folder.at("disk")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.at("room").join(file.file_name())).unwrap();
    }
    let sound = folder.transcript("store check disk/ledger");
    assert!(sound.starts_with("\"disk/ledger\" is sound\n"), "{sound}");
    assert!(folder.output(&signed("ingest news.jsonl --ledger room/ledger")).status.success());
    assert!(folder.output(&signed("ingest news.jsonl --ledger new.ledger")).status.success());
    let numbers = |ledger: &str| {
        let told = folder.transcript(&format!("store check {ledger}"));
        told.split_once('\n').map(|(_, numbers)| numbers.to_owned())
    };
    assert_eq!(numbers("room/ledger"), numbers("new.ledger"));
}
