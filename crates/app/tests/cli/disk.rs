//! A disk that is full, or that cannot be written to, for real: a small file system in memory.

use std::process::Command;

use expect_test::expect;

use crate::harness::{Folder, signed};

/// A file system of one megabyte and a half, for as long as this lives.
struct SmallDisk<'a> {
    folder: &'a Folder,
}

impl<'a> SmallDisk<'a> {
    /// At `disk` in the folder; `None`, loudly, where the system does not let us.
    #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
    fn mount(folder: &'a Folder, test: &str) -> Option<Self> {
        std::fs::create_dir(folder.at("disk")).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=1536k", "tmpfs"]).arg(folder.at("disk"));
        if mount.output().is_ok_and(|output| output.status.success()) {
            return Some(Self { folder });
        }
        eprintln!("SKIPPED {test}: mounting a file system needs root");
        None
    }

    /// From now on nothing can be written.
    fn freeze(&self) {
        let mut mount = Command::new("mount");
        mount.args(["-o", "remount,ro"]).arg(self.folder.at("disk"));
        assert!(mount.status().is_ok_and(|status| status.success()));
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(self.folder.at("disk")).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}

#[test]
fn a_full_disk_is_told_and_the_ledger_is_sound() {
    let folder = Folder::new();
    let test = "a_full_disk_is_told_and_the_ledger_is_sound";
    let Some(_disk) = SmallDisk::mount(&folder, test) else { return };
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

#[test]
fn a_ledger_where_nothing_can_be_written_can_be_read() {
    let folder = Folder::with_ledger();
    let test = "a_ledger_where_nothing_can_be_written_can_be_read";
    let Some(disk) = SmallDisk::mount(&folder, test) else { return };
    std::fs::copy(folder.at("news.ledger"), folder.at("disk/50%?#.ledger")).unwrap();
    disk.freeze();
    let list = |ledger: &str| folder.output(&format!("events --json --ledger {ledger}")).stdout;
    assert_eq!(list("disk/50%?#.ledger"), list("news.ledger"));
    assert!(folder.output("store check disk/50%?#.ledger").status.success());
    expect![[r#"
        ! tocsin: the ledger "disk/50%?#.ledger" cannot be used: Read-only file system (os error 30)
        ! hint: see that the file and its folder can be written to, and that the disk is sound
        exit status: 2
    "#]]
    .assert_eq(&folder.transcript("ingest news.jsonl --ledger disk/50%?#.ledger"));
}
