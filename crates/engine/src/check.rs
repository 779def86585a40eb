//! `tocsin data check`: every line of the sources that is not as it should be, all at once.
//!
//! What the loaders refuse is bad, and so is what they would take but nobody meant: a row out of
//! order, an id or a form that stands twice, a country, area or parent that no table has, an end
//! before the beginning. The rules go by the names of columns, so a new table that names its
//! columns as the others do is checked without a word here.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::knowledge;
use crate::sources::{FOLDERS, Sources};
use crate::table::{BadLine, Fault, Row, columns, rows};

/// Tables that are not in the order of their first column.
const OWN_ORDER: &[&str] = &[
    "actors/composed.tsv",   // by country, then as the forces rank
    "lexicon/relations.tsv", // by relation
    "lexicon/deeds.tsv",     // by kind
    "lexicon/topics.tsv",    // what belongs together
    "offices.tsv",           // by rank
    "roles-petrarch.tsv",    // as the list has them
    "roles.tsv",             // by the bodies that they speak for
];

/// Lexicons in which a form has a line for each way in which it stands in a sentence.
const MANY: &[&str] = &["lexicon/relations.tsv"];

/// Columns whose lists name the row.
const NAMES: &[&str] = &["forms", "name", "names", "aliases", "demonyms", "nouns", "verbs"];

/// All bad lines, in the order of files and lines.
pub fn check(sources: &Sources) -> Vec<BadLine> {
    let (_, mut bad) = knowledge::pack(sources);
    let known = Known::of(sources);
    // A list of names has one column and no rules.
    for (file, text) in sources.iter().filter(|(_, text)| columns(text).nth(1).is_some()) {
        let mut table = Table::of(file, text);
        for row in rows(file, text).filter_map(Result::ok) {
            table.check(&row, &known, &mut bad);
        }
    }
    bad.sort_by_key(|line| (line.file, line.line, line.what.to_string()));
    bad.dedup();
    bad
}

/// What other rows may refer to.
struct Known {
    countries: FxHashSet<&'static str>,
    areas: FxHashSet<(&'static str, &'static str)>,
    actors: FxHashSet<&'static str>,
}

impl Known {
    fn of(sources: &Sources) -> Self {
        let mut known = Self {
            countries: FxHashSet::default(),
            areas: FxHashSet::default(),
            actors: FxHashSet::default(),
        };
        for (file, text) in sources.iter() {
            let columns: Vec<&str> = columns(text).take(3).collect();
            let folder = country_of(file);
            for row in rows(file, text).filter_map(Result::ok) {
                match columns.as_slice() {
                    ["code", "name", ..] if let Some(country) = folder => {
                        known.areas.insert((country, row.cell(0)));
                    }
                    ["code", "name", ..] => _ = known.countries.insert(row.cell(0)),
                    ["country", "code", ..] => _ = known.areas.insert((row.cell(0), row.cell(1))),
                    ["id", "name", "sort"] => _ = known.actors.insert(row.cell(0)),
                    _ => {}
                }
            }
        }
        known
    }
}

/// The country whose file it is: `places/AF.tsv`.
fn country_of(file: &'static str) -> Option<&'static str> {
    let (folder, name) = file.split_once('/')?;
    name.strip_suffix(".tsv").filter(|_| FOLDERS.contains(&folder))
}

/// A table while it is checked.
struct Table {
    file: &'static str,
    columns: Vec<&'static str>,
    /// How the row before began.
    before: [&'static str; 2],
    /// The lines of ids and forms.
    seen: FxHashMap<(&'static str, &'static str), usize>,
}

impl Table {
    fn of(file: &'static str, text: &'static str) -> Self {
        let columns = columns(text).collect();
        Self { file, columns, before: ["", ""], seen: FxHashMap::default() }
    }

    fn check(&mut self, row: &Row<'static>, known: &Known, bad: &mut Vec<BadLine>) {
        self.order(row, bad);
        self.keys(row, bad);
        let of = |column: &str| self.columns.iter().position(|c| *c == column);
        let cell = |column: &str| of(column).map(|i| row.cell(i)).filter(|cell| !cell.is_empty());
        let mut term = |column: &'static str, found: Option<&str>, fits: &dyn Fn(&str) -> bool| {
            if let Some(found) = found.filter(|found| !fits(found)) {
                bad.push(row.bad(Fault::Term { column, found: found.to_owned() }));
            }
        };
        let within = |most: f64| move |d: &str| d.parse().is_ok_and(|d: f64| d.abs() <= most);
        term("latitude", cell("lat"), &within(90.0));
        term("longitude", cell("lon"), &within(180.0));
        term("number of inhabitants", cell("population"), &|n| n.parse::<u32>().is_ok());
        term("country", cell("country"), &|code| known.countries.contains(code));
        for code in of("countries").into_iter().flat_map(|i| row.list(i)) {
            term("country", Some(code), &|code| known.countries.contains(code));
        }
        term("actor", cell("parent"), &|id| known.actors.contains(id));
        let country = cell("country").or(country_of(self.file)).unwrap_or_default();
        term("area of its country", cell("area"), &|code| known.areas.contains(&(country, code)));
        if let (Some(from), Some(to)) = (cell("from"), cell("to")) {
            // "2001" and "2001-05" tell nothing of which is first.
            let length = from.len().min(to.len());
            if from.get(..length) > to.get(..length) {
                bad.push(row.bad(Fault::Ends { from: from.to_owned(), to: to.to_owned() }));
            }
        }
        if of("by").is_some() && cell("by").is_none() {
            bad.push(row.bad(Fault::Empty { column: "by" }));
        }
    }

    /// Rows go by the first form of their first column, and areas by their country and code.
    fn order(&mut self, row: &Row<'static>, bad: &mut Vec<BadLine>) {
        let first = row.list(0).next().unwrap_or_default();
        let second = if self.columns.get(1) == Some(&"code") { row.cell(1) } else { "" };
        let now = [first, second];
        if now < self.before && !OWN_ORDER.contains(&self.file) {
            bad.push(row.bad(Fault::Order { after: self.before.join(" ").trim().to_owned() }));
        }
        self.before = now;
    }

    /// Ids and the forms of a lexicon stand once; so does each name in its row.
    fn keys(&mut self, row: &Row<'static>, bad: &mut Vec<BadLine>) {
        let mut here = FxHashSet::default();
        for (i, _) in self.columns.iter().enumerate().filter(|(_, c)| NAMES.contains(c)) {
            for item in row.list(i).filter(|item| !here.insert(*item)) {
                bad.push(row.bad(Fault::Repeats { item: item.to_owned() }));
            }
        }
        let keys: Vec<(&str, &str)> = match self.columns.as_slice() {
            ["forms", ..] if !MANY.contains(&self.file) => {
                row.list(0).map(|form| (form, "")).collect()
            }
            ["country", "code", ..] => vec![(row.cell(0), row.cell(1))],
            ["id" | "code" | "base" | "topic", ..] => vec![(row.cell(0), "")],
            _ => Vec::new(),
        };
        for key in keys {
            match self.seen.insert(key, row.line) {
                Some(line) if line != row.line => {
                    let key = format!("{} {}", key.0, key.1).trim().to_owned();
                    bad.push(row.bad(Fault::Twice { key, line }));
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check_that(texts: &[(&'static str, &'static str)], expected: &Expect) {
        let lines = check(&Sources::of(texts.iter().copied()));
        let told: Vec<String> = lines.iter().map(ToString::to_string).collect();
        expected.assert_eq(&told.join("\n"));
    }

    const COUNTRIES: (&str, &str) = (
        "countries.tsv",
        "code\tname\taliases\tdemonyms\tcapital\tlat\tlon\nAA\tAldria\t\t\tWick\t1\t2\n",
    );

    #[test]
    fn a_lexicon_has_each_form_once_and_in_order_and_says_who_added_it() {
        let acts = "forms\tpart\tmode\tweight\tby\tnote\n\
            stab|stabbed\tverb\tstabbing\t3\tme\t\n\
            ambush|ambush\tverb\t-\t3\tme\t\n\
            stabbed\tnoun\t-\t9\t\t\n";
        check_that(
            &[("lexicon/acts.tsv", acts)],
            &expect![[r#"
            data/lexicon/acts.tsv:3: "ambush" stands here twice
            data/lexicon/acts.tsv:3: stands behind "stab"; rows are sorted
            data/lexicon/acts.tsv:4: "9" is no weight
            data/lexicon/acts.tsv:4: "stabbed" stands in line 2 too
            data/lexicon/acts.tsv:4: the column by is empty"#]],
        );
    }

    #[test]
    fn what_a_row_refers_to_must_be_there() {
        let actors = "id\tname\tsort\tclass\tcountries\taliases\tfrom\tto\tparent\tsource\treviewed\n\
            red-band\tRed Band\torganisation\t\tAA|ZZ\t\t2001-05\t1999\tblue-band\town\t\n";
        let sites = "id\tname\taliases\tsort\tplace\tarea\tcountry\tlat\tlon\tsource\n\
            gate\tGate\t\tairport\tWick\t07\tAA\t91\t181\town\n";
        check_that(
            &[COUNTRIES, ("actors.tsv", actors), ("sites.tsv", sites)],
            &expect![[r#"
            data/actors.tsv:2: "ZZ" is no country
            data/actors.tsv:2: "blue-band" is no actor
            data/actors.tsv:2: begins in 2001-05 and ends in 1999
            data/sites.tsv:2: "07" is no area of its country
            data/sites.tsv:2: "181" is no longitude
            data/sites.tsv:2: "91" is no latitude"#]],
        );
    }
}
