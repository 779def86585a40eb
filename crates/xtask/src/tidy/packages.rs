//! Rules for crates: who may know whom, what stays out of the pure ones, licences.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Deserialize;

use super::Finding;

/// What `cargo metadata` prints, as far as the rules need it.
#[derive(Debug, Deserialize)]
pub(crate) struct Metadata {
    /// Where cargo builds.
    pub target_directory: PathBuf,
    pub(super) packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    id: String,
    pub(super) license: Option<String>,
    /// `None` for a crate of the workspace.
    pub(super) source: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Debug, Deserialize)]
struct EdgeKind {
    kind: Option<String>,
}

/// Which crate of ours may know which. Crates that are not in the list may know all.
const MAY_KNOW: [(&str, &[&str]); 4] = [
    ("reading", &[]),
    ("neural", &[]),
    ("engine", &["reading"]),
    ("app", &["reading", "neural", "engine"]),
];

/// The crates that must stay pure, and what would spoil them at any depth.
const PURE: [&str; 3] = ["reading", "neural", "engine"];
const KEPT_OUT: [&str; 16] = [
    "async-std",
    "axum",
    "clap",
    "console",
    "curl",
    "hyper",
    "indicatif",
    "libsqlite3-sys",
    "native-tls",
    "pyo3",
    "reqwest",
    "rusqlite",
    "rustls",
    "tokio",
    "tracing-subscriber",
    "ureq",
];

/// Licences that may be linked into a program under MIT or Apache-2.0.
const LICENCES: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Our crates know each other only in the allowed direction. Dev-dependencies count too.
pub(super) fn edges(metadata: &Metadata) -> Vec<Finding> {
    let ours = |id: &str| metadata.package(id).filter(|p| p.source.is_none());
    let mut found = Vec::new();
    for node in &metadata.resolve.nodes {
        let Some(from) = ours(&node.id) else { continue };
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(name, _)| *name == from.name) else {
            continue;
        };
        for to in node.deps.iter().filter_map(|edge| ours(&edge.pkg)) {
            if !allowed.contains(&&*to.name) {
                let what = format!("`{}` must not know `{}`", from.name, to.name);
                found.push(Finding::new(format!("crates/{}/Cargo.toml", from.name), what));
            }
        }
    }
    found
}

/// What touches clock, network, database or terminal stays out of the pure crates.
pub(super) fn kept_out(metadata: &Metadata) -> Vec<Finding> {
    let mut found = Vec::new();
    for pure in PURE {
        for name in metadata.below(pure) {
            if KEPT_OUT.contains(&name) {
                let what = format!("`{name}` must not come into `{pure}`, not even indirectly");
                found.push(Finding::new(format!("crates/{pure}/Cargo.toml"), what));
            }
        }
    }
    found
}

/// Every package may be linked.
pub(super) fn licences(metadata: &Metadata) -> Vec<Finding> {
    let bad = metadata.packages.iter().filter(|p| !p.license.as_deref().is_some_and(is_allowed));
    bad.map(|p| {
        let licence = p.license.as_deref().unwrap_or("no licence");
        Finding::new("Cargo.lock", format!("`{} {}` has \"{licence}\"", p.name, p.version))
    })
    .collect()
}

impl Metadata {
    fn package(&self, id: &str) -> Option<&Package> {
        self.packages.iter().find(|p| p.id == id)
    }

    /// The names of all that is linked into `name`: neither build- nor dev-dependencies.
    fn below(&self, name: &str) -> BTreeSet<&str> {
        let nodes: BTreeMap<&str, &Node> =
            self.resolve.nodes.iter().map(|node| (&*node.id, node)).collect();
        let ours = self.packages.iter().filter(|p| p.source.is_none() && p.name == name);
        let mut open: Vec<&str> = ours.map(|p| &*p.id).collect();
        let mut seen = BTreeSet::new();
        while let Some(node) = open.pop().and_then(|id| nodes.get(id)) {
            for edge in &node.deps {
                let linked = edge.dep_kinds.iter().any(|kind| kind.kind.is_none());
                if linked && seen.insert(&*edge.pkg) {
                    open.push(&edge.pkg);
                }
            }
        }
        seen.into_iter().filter_map(|id| self.package(id)).map(|p| &*p.name).collect()
    }
}

/// Whether an SPDX expression offers only, or also, licences of the list. `AND` binds closer.
fn is_allowed(expression: &str) -> bool {
    // The old form "MIT/Apache-2.0" means OR. Brackets in use never change the reading.
    let expression = expression.replace('/', " OR ");
    let groups = split_outside_brackets(&expression, " AND ");
    groups.iter().all(|group| {
        let group = group.trim().trim_start_matches('(').trim_end_matches(')');
        group.split(" OR ").any(|licence| LICENCES.contains(&licence.trim()))
    })
}

fn split_outside_brackets<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(separator) {
        let before = &text[..at];
        if before.matches('(').count() == before.matches(')').count() {
            parts.push(&text[start..at]);
            start = at + separator.len();
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packages with what each depends on; a name with `@` is not ours.
    fn made_up(packages: &[(&str, &[&str])]) -> Metadata {
        let packages_json: Vec<_> = packages
            .iter()
            .map(|(name, _)| {
                let source = name.contains('@').then_some("registry");
                let plain = name.trim_start_matches('@');
                serde_json::json!({"name": plain, "version": "1.0.0", "id": name,
                    "license": "MIT", "source": source})
            })
            .collect();
        let nodes: Vec<_> = packages
            .iter()
            .map(|(name, deps)| {
                let deps: Vec<_> = deps
                    .iter()
                    .map(|dep| {
                        let kind = dep.strip_prefix("dev:").map(|_| "dev");
                        let id = dep.trim_start_matches("dev:");
                        serde_json::json!({"pkg": id, "dep_kinds": [{"kind": kind}]})
                    })
                    .collect();
                serde_json::json!({"id": name, "deps": deps})
            })
            .collect();
        serde_json::from_value(serde_json::json!({
            "target_directory": "target", "packages": packages_json, "resolve": {"nodes": nodes}
        }))
        .unwrap()
    }

    #[test]
    fn reading_knows_nobody() {
        let good = made_up(&[("reading", &[]), ("engine", &["reading"]), ("xtask", &["engine"])]);
        assert!(edges(&good).is_empty());
        let bad = made_up(&[("reading", &["dev:engine"]), ("engine", &[])]);
        assert_eq!(edges(&bad)[0].what, "`reading` must not know `engine`");
    }

    #[test]
    fn a_clock_deep_below_the_engine_is_found() {
        let packages: [(&str, &[&str]); 3] =
            [("engine", &["@between"]), ("@between", &["@tokio"]), ("@tokio", &[])];
        assert_eq!(kept_out(&made_up(&packages)).len(), 1);
        let tests_only: [(&str, &[&str]); 2] = [("engine", &["dev:@tokio"]), ("@tokio", &[])];
        assert!(kept_out(&made_up(&tests_only)).is_empty());
    }

    #[test]
    fn licences_are_read_as_expressions() {
        for good in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR GPL-3.0) AND Unicode-3.0"]
        {
            assert!(is_allowed(good), "{good}");
        }
        for bad in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Zlib) AND AGPL-3.0", ""] {
            assert!(!is_allowed(bad), "{bad}");
        }
        let mut metadata = made_up(&[("@odd", &[])]);
        assert!(licences(&metadata).is_empty());
        metadata.packages[0].license = None;
        assert_eq!(licences(&metadata)[0].what, "`odd 1.0.0` has \"no licence\"");
    }
}
