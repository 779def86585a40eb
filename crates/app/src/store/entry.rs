//! Who did what when: the entries of the log, and the chain that holds them together.

use engine::{Relation, Report};
use reading::{Capture, Document, DocumentId, Found, Span};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::judgement::{Judged, Undone};

/// The form of the acts that this program writes. A later program still reads the earlier forms.
///
/// 2: a coding has relations. 3: rows of tables are imported. 4: reviewers judge, and who was let in
/// is noted.
pub(crate) const VERSION: u32 = 4;

/// What the first entry has in place of the digest of the one before.
pub(crate) const BEGINNING: Digest = [0; 32];

/// SHA-256 of an entry and, through it, of all entries before.
pub(crate) type Digest = [u8; 32];

reading::id_type! {
    /// Names the bytes of a capture and what its container said, so that a page that has been
    /// read need not be read again.
    CaptureId
}

impl CaptureId {
    /// The id of what was captured. The name of the input is no part of it.
    pub(crate) fn of_capture(capture: &Capture) -> Self {
        let Capture { input: _, url, media_type, charset, body, .. } = capture;
        let text = |found: &Option<Found<String>>| {
            found.as_ref().map_or(String::new(), |f| f.value.clone())
        };
        let authors: Vec<&str> = capture.authors.iter().map(|a| a.value.as_str()).collect();
        let published = capture.published.as_ref().map_or(String::new(), |d| d.value.to_string());
        let said = [
            url.clone().unwrap_or_default(),
            media_type.clone().unwrap_or_default(),
            charset.clone().unwrap_or_default(),
            text(&capture.title),
            authors.join("\n"),
            published,
            text(&capture.outlet),
            text(&capture.language),
        ];
        let mut parts: Vec<&[u8]> = said.iter().map(String::as_bytes).collect();
        parts.push(body);
        Self::of(&parts)
    }
}

/// One thing that was done. Never changed, never deleted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// When, in UTC, as RFC 3339.
    pub(crate) at: String,
    /// Who, by their own word.
    pub(crate) by: String,
    /// The form of `act`.
    pub(crate) version: u32,
    /// What.
    pub(crate) act: Act,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Act {
    /// A page was read and is a document that the ledger did not have.
    Captured(Box<Captured>),
    /// A document was coded by a build that had not coded it.
    Coded(CodedBy),
    /// A row of an event table became a document with its report.
    Imported(Box<Imported>),
    /// A reviewer, who is the one that signs the entry, judged.
    Judged(Box<Judged>),
    /// A judgement was taken back.
    Undone(Undone),
    /// Somebody was let in or kept out, or accounts were changed.
    Access(Access),
}

/// That somebody was let in or kept out, or that accounts were changed. It names accounts of the
/// server; the accounts themselves are no part of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Access {
    /// What was done.
    pub(crate) what: Deed,
    /// By or to which account.
    pub(crate) name: String,
    /// From which address, or with which scopes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) note: Option<String>,
}

/// What is noted of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Deed {
    SignedIn,
    KeptOut,
    UserAdded,
    UserRemoved,
    PasswordChanged,
    TokenAdded,
    TokenRemoved,
}

impl Deed {
    /// As it stands in JSON and views.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::KeptOut => "kept_out",
            Self::UserAdded => "user_added",
            Self::UserRemoved => "user_removed",
            Self::PasswordChanged => "password_changed",
            Self::TokenAdded => "token_added",
            Self::TokenRemoved => "token_removed",
        }
    }
}

/// No name of an account that is noted is longer: it may be what somebody typed.
const LONGEST_NAME: usize = 64;

impl Access {
    /// That `what` was done by or to `name`.
    pub(crate) fn of(what: Deed, name: &str, note: Option<String>) -> Self {
        let name = name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        Self { what, name, note }
    }
}

/// A row of a table that somebody else coded. A later row of the same table and id takes its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Imported {
    /// What the table is called.
    pub(crate) table: String,
    /// What the table calls the row.
    pub(crate) id: String,
    /// The file and the line.
    pub(crate) input: String,
    /// The mapping that read it.
    pub(crate) format: String,
    /// The names of all columns.
    pub(crate) columns: Vec<String>,
    /// The cells that are not empty.
    pub(crate) cells: Vec<engine::import::Cell>,
    /// The cells that are somebody's own words.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) words: Vec<Span>,
    /// The row as text.
    pub(crate) document: Document,
    /// What it says.
    pub(crate) report: Report,
    /// Values that could not be made out.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) problems: Vec<String>,
}

impl Imported {
    /// The row as it stood in the table.
    pub(crate) fn row(&self) -> Vec<&str> {
        let mut row = vec![""; self.columns.len()];
        for &(column, span) in &self.cells {
            if let Some(cell) = row.get_mut(column as usize) {
                *cell = span.of(self.document.text());
            }
        }
        row
    }
}

/// A page that became a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Captured {
    /// The bytes that were read.
    pub(crate) capture: CaptureId,
    /// The name of the input and where in it.
    pub(crate) input: String,
    /// What became of it.
    pub(crate) document: Document,
    /// The earlier document that says the same.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) duplicate: Option<Duplicate>,
    /// What could not be made out of the page.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) problems: Vec<String>,
}

/// That a document says what an earlier one says. It is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Duplicate {
    /// The earlier document.
    pub(crate) of: DocumentId,
    /// Whether the words are the same, whatever the case, the punctuation and the white space.
    pub(crate) exact: bool,
    /// How much they share, from 0 to 1.
    pub(crate) similarity: f32,
}

/// What a build made of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CodedBy {
    /// The document.
    pub(crate) document: DocumentId,
    /// The build of the coder.
    pub(crate) build: String,
    /// What the document says.
    pub(crate) reports: Vec<Report>,
    /// What it says of how actors are related.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) relations: Vec<Relation>,
    /// What could not be made out.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) problems: Vec<String>,
}

/// The digest of an entry, whose `act` is given as the bytes that the ledger keeps.
pub(crate) fn digest(
    before: &Digest,
    seq: i64,
    at: &str,
    by: &str,
    version: u32,
    act: &[u8],
) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(seq.to_le_bytes());
    for part in [at.as_bytes(), by.as_bytes(), &version.to_le_bytes(), act] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::samples;

    #[test]
    fn an_act_printed_and_parsed_is_the_same() {
        for act in samples::acts(40) {
            let bytes = serde_json::to_vec(&act).unwrap();
            assert_eq!(serde_json::from_slice::<Act>(&bytes).unwrap(), act);
        }
    }

    #[test]
    fn every_part_of_an_entry_is_in_its_digest() {
        let base = digest(&BEGINNING, 1, "at", "by", 1, b"act");
        assert_ne!(base, digest(&[1; 32], 1, "at", "by", 1, b"act"));
        assert_ne!(base, digest(&BEGINNING, 2, "at", "by", 1, b"act"));
        assert_ne!(base, digest(&BEGINNING, 1, "atb", "y", 1, b"act"));
        assert_ne!(base, digest(&BEGINNING, 1, "at", "by", 2, b"act"));
        assert_ne!(base, digest(&BEGINNING, 1, "at", "by", 1, b"acts"));
    }
}
