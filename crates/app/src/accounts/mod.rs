//! Who may do what with a ledger through the server: users with passwords, tokens for programs.
//!
//! They are kept in a file beside the ledger, readable by its owner only, and in no export: a
//! ledger that is handed on hands on no accounts. Of passwords there is a hash that is slow on
//! purpose (argon2id), of tokens a digest, so that whoever reads the file can use neither.

mod password;
mod secret;

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub(crate) use password::MOST_BYTES as LONGEST_PASSWORD;
pub(crate) use secret::{digest, same, secret};

/// What somebody may do.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scope {
    /// Look at everything
    Read,
    /// Add documents
    Ingest,
    /// Judge what was coded
    Review,
    /// All of that, and see who was let in
    Admin,
}

impl Scope {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Read, Self::Ingest, Self::Review, Self::Admin];

    /// Its name.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Ingest => "ingest",
            Self::Review => "review",
            Self::Admin => "admin",
        }
    }

    /// Whether whoever has `held` may do what needs this. Who may do anything may read.
    pub(crate) fn is_in(self, held: &[Self]) -> bool {
        held.contains(&self)
            || held.contains(&Self::Admin)
            || (self == Self::Read && !held.is_empty())
    }
}

/// The names of scopes, with commas between.
pub(crate) fn names(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", ")
}

/// A person with a password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) name: String,
    /// As a PHC string.
    pub(crate) password: String,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) made: Timestamp,
}

/// A program with a token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Token {
    pub(crate) name: String,
    /// SHA-256 of the token.
    pub(crate) digest: String,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) made: Timestamp,
    pub(crate) expires: Timestamp,
}

/// All accounts of a ledger.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Accounts {
    pub(crate) users: Vec<User>,
    pub(crate) tokens: Vec<Token>,
}

/// Why the accounts are not changed or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccountError {
    #[error("there is {what} \"{name}\" already")]
    Taken { what: &'static str, name: String },
    #[error("there is no {what} \"{name}\"")]
    Missing { what: &'static str, name: String },
    #[error("\"{0}\" is no name for an account")]
    Name(String),
    #[error("the password is shorter than {least} characters")]
    Short { least: usize },
    #[error("the password is longer than {most} bytes")]
    Long { most: usize },
    #[error("the accounts in \"{}\" cannot be used: {why}", path.display())]
    File { path: PathBuf, why: String },
}

impl AccountError {
    /// What to do about it.
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::Taken { .. } => "take another name, or remove that one first",
            Self::Missing { .. } => {
                "`tocsin user list` and `tocsin token list` show those that there are"
            }
            Self::Name(_) => "use up to 64 letters, digits, points, hyphens and underscores",
            Self::Short { .. } => {
                "four words that have nothing to do with each other are a good password"
            }
            Self::Long { .. } => "take a shorter one",
            Self::File { .. } => "see that the file can be read and written by whoever runs this",
        }
    }
}

/// Where the accounts of the ledger at `ledger` are.
pub(crate) fn path(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push("-accounts");
    PathBuf::from(name)
}

impl Accounts {
    /// The accounts of the ledger at `ledger`; none if there is no file.
    pub(crate) fn of(ledger: &Path) -> Result<Self, AccountError> {
        let path = path(ledger);
        let failed = |why: String| AccountError::File { path: path.clone(), why };
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| failed(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(failed(error.to_string())),
        }
    }

    /// Puts them in their file, whole or not at all, for the owner's eyes only.
    pub(crate) fn keep(&self, ledger: &Path) -> Result<(), AccountError> {
        let path = path(ledger);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let write = || -> std::io::Result<()> {
            // Made readable by its owner alone.
            let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            serde_json::to_writer_pretty(&mut file, self)?;
            file.write_all(b"\n")?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            Ok(())
        };
        write().map_err(|error| AccountError::File { path: path.clone(), why: error.to_string() })
    }

    /// Adds a user.
    pub(crate) fn add_user(
        &mut self,
        name: &str,
        password: &str,
        scopes: &[Scope],
        now: Timestamp,
    ) -> Result<(), AccountError> {
        let name = checked(name)?;
        if self.user(name).is_some() {
            return Err(AccountError::Taken { what: "a user", name: name.to_owned() });
        }
        let password = password::hash(password)?;
        let scopes = scopes.to_vec();
        self.users.push(User { name: name.to_owned(), password, scopes, made: now });
        Ok(())
    }

    /// Gives a user another password.
    pub(crate) fn change_password(&mut self, name: &str, to: &str) -> Result<(), AccountError> {
        let user = self.users.iter_mut().find(|user| user.name == name);
        let missing = || AccountError::Missing { what: "user", name: name.to_owned() };
        user.ok_or_else(missing)?.password = password::hash(to)?;
        Ok(())
    }

    /// Removes a user.
    pub(crate) fn remove_user(&mut self, name: &str) -> Result<(), AccountError> {
        let n = self.users.len();
        self.users.retain(|user| user.name != name);
        if self.users.len() < n {
            return Ok(());
        }
        Err(AccountError::Missing { what: "user", name: name.to_owned() })
    }

    /// Adds a token and gives it; it cannot be shown again.
    pub(crate) fn add_token(
        &mut self,
        name: &str,
        scopes: &[Scope],
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<String, AccountError> {
        let name = checked(name)?;
        if self.tokens.iter().any(|token| token.name == name) {
            return Err(AccountError::Taken { what: "a token", name: name.to_owned() });
        }
        let token = format!("tocsin_{}", secret());
        let digest = digest(&token);
        let scopes = scopes.to_vec();
        self.tokens.push(Token { name: name.to_owned(), digest, scopes, made: now, expires });
        Ok(token)
    }

    /// Removes a token.
    pub(crate) fn remove_token(&mut self, name: &str) -> Result<(), AccountError> {
        let n = self.tokens.len();
        self.tokens.retain(|token| token.name != name);
        if self.tokens.len() < n {
            return Ok(());
        }
        Err(AccountError::Missing { what: "token", name: name.to_owned() })
    }

    /// The user of that name.
    pub(crate) fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name == name)
    }

    /// The user of that name, if that is the password. Takes as long for a name that nobody has.
    pub(crate) fn sign_in(&self, name: &str, password: &str) -> Option<&User> {
        let user = self.user(name);
        let right = password::verify(password, user.map(|user| user.password.as_str()));
        user.filter(|_| right)
    }

    /// The token, if it is one of ours and not yet expired.
    pub(crate) fn token(&self, given: &str, now: Timestamp) -> Option<&Token> {
        let digest = digest(given);
        self.tokens.iter().find(|token| same(&token.digest, &digest) && now < token.expires)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that can stand in a list, a log and a header.
fn checked(name: &str) -> Result<&str, AccountError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let fits = (1..=64).contains(&name.len()) && name.chars().all(plain);
    if fits { Ok(name) } else { Err(AccountError::Name(name.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn only_the_right_password_of_the_right_user_signs_in() {
        let mut accounts = Accounts::default();
        accounts.add_user("ann", "four words of mine", &[Scope::Read], NOW).unwrap();
        assert!(accounts.sign_in("ann", "four words of mine").is_some());
        for (name, password) in
            [("ann", ""), ("ann", "four words of mine "), ("bob", "four words of mine")]
        {
            assert!(accounts.sign_in(name, password).is_none(), "{name} {password}");
        }
        accounts.change_password("ann", "another four words").unwrap();
        assert!(accounts.sign_in("ann", "four words of mine").is_none());
        assert!(accounts.sign_in("ann", "another four words").is_some());
    }

    #[test]
    fn a_token_is_good_until_it_expires_and_is_nowhere_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("ledger");
        let mut accounts = Accounts::default();
        let later = NOW + jiff::SignedDuration::from_hours(1);
        let token = accounts.add_token("nightly", &[Scope::Ingest], NOW, later).unwrap();
        accounts.add_user("ann", "four words of mine", &[Scope::Admin], NOW).unwrap();
        accounts.keep(&ledger).unwrap();
        let kept = Accounts::of(&ledger).unwrap();
        assert!(kept.token(&token, NOW).is_some());
        assert!(kept.token(&token, later).is_none());
        assert!(kept.token("tocsin_0", NOW).is_none());
        let file = std::fs::read_to_string(path(&ledger)).unwrap();
        assert!(!file.contains(&token) && !file.contains("four words"), "{file}");
        assert!(file.contains("$argon2id$"), "{file}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(path(&ledger)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn who_may_do_one_thing_may_not_do_another() {
        assert!(Scope::Read.is_in(&[Scope::Ingest]) && Scope::Review.is_in(&[Scope::Admin]));
        assert!(!Scope::Read.is_in(&[]) && !Scope::Admin.is_in(&[Scope::Read]));
        assert!(!Scope::Ingest.is_in(&[Scope::Read, Scope::Review]));
        assert!(!Scope::Review.is_in(&[Scope::Read, Scope::Ingest]));
    }

    #[test]
    fn names_and_passwords_are_within_reason() {
        let mut accounts = Accounts::default();
        let mut add = |name: &str, password: &str| {
            accounts.add_user(name, password, &[Scope::Read], NOW).err().map(|e| e.to_string())
        };
        assert_eq!(add("ann", "four words of mine"), None);
        assert!(add("ann", "four words of mine").unwrap().contains("already"));
        for name in ["", "a b", "a\nb", "<b>", &"a".repeat(65)] {
            assert!(add(name, "four words of mine").unwrap().contains("no name"), "{name}");
        }
        assert!(add("bob", "short").unwrap().contains("shorter"));
        assert!(add("bob", &"x".repeat(2_000)).unwrap().contains("longer"));
    }
}
