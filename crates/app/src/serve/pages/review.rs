//! The queue of `tocsin review` in the browser: one question at a time with its evidence, answered
//! by buttons that have the letters of the command line, or by a typed command.
//!
//! What is sent is a line, and it is read by the same function that reads the terminal. A question
//! is named by what it asks, so that two reviewers, or two tabs, cannot answer another one than they
//! see.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, RawQuery, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use engine::link::reconcile::judged::Field;

use super::event::{Account, account};
use super::frame::{Frame, Section};
use crate::question::Misread;
use crate::review::answer::{HELP, Step, Unclear, answer};
use crate::review::{Item, Question, Reviewer, Which};
use crate::serve::access::Who;
use crate::serve::answer::html;
use crate::serve::app::App;
use crate::serve::body;
use crate::serve::draw::grouped;
use crate::serve::links;
use crate::serve::parameters::Parameters;
use crate::serve::questions::{MOST, questions};
use crate::serve::refusal::{Refusal, Shown};
use crate::serve::words::{ENGLISH, Words};
use crate::store::Ledger;

/// The sorts of question, as addresses name them.
const SORTS: [(&str, Which); 4] = [
    ("pairs", Which::Pairs),
    ("fields", Which::Fields),
    ("reports", Which::Reports),
    ("marks", Which::Marks),
];
/// How many claims of a value are shown.
const MOST_CLAIMS: usize = 6;

#[derive(Template)]
#[template(path = "review.html")]
struct Review {
    w: &'static Words,
    frame: Frame,
    form: String,
    sorts: Vec<Sort>,
    only: String,
    /// Where in the queue, and how long that is.
    place: usize,
    of: usize,
    asked: Option<Asked>,
    /// What the last answer did: the number of its entry.
    entry: Option<i64>,
    undone: Option<i64>,
    unclear: Option<String>,
    help: &'static str,
}

/// A sort of question to choose.
struct Sort {
    name: &'static str,
    href: String,
    here: bool,
    n: String,
}

/// A question.
struct Asked {
    name: String,
    question: String,
    doubt: String,
    sides: Vec<Account>,
    grounds: Vec<String>,
    values: Vec<Value>,
    answers: Vec<Answer>,
    event: Option<String>,
    next: String,
}

/// A value of a field, to choose by its number.
struct Value {
    key: String,
    words: String,
    counts: bool,
    n_sources: usize,
    claims: Vec<Claim>,
}

/// Who says so, in which words.
struct Claim {
    by: String,
    quote: String,
    href: String,
}

/// A button: the key that presses it, what it sends, and its words.
struct Answer {
    key: &'static str,
    line: &'static str,
    words: &'static str,
}

/// `GET /review`
pub(in crate::serve) async fn page(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    RawQuery(query): RawQuery,
) -> Result<Response, Shown> {
    let allowed = ["only", "item", "after", "entry", "undone"];
    let parameters = Parameters::of(query.as_deref(), &allowed)?;
    Ok(show(app, who, parameters, None).await?)
}

async fn show(
    app: Arc<App>,
    who: Who,
    parameters: Parameters,
    unclear: Option<String>,
) -> Result<Response, Refusal> {
    let form = app.access.form(&who);
    let all = Arc::clone(&app);
    app.read(move |_, ledger| html(&filled(&all, ledger, &parameters, form, unclear)?)).await
}

fn filled(
    app: &Arc<App>,
    ledger: &Ledger,
    parameters: &Parameters,
    form: String,
    unclear: Option<String>,
) -> Result<Review, Refusal> {
    let w = &ENGLISH;
    let only = parameters.read("only", which)?;
    let number = |name: &str| parameters.get(name).and_then(|n| n.parse().ok());
    let all = questions(app, ledger).map_err(broken)?;
    let is_of = |item: &&Item, which: Which| sort_of(&item.question) == which;
    let items: Vec<&Item> =
        all.iter().filter(|item| only.is_none_or(|only| is_of(item, only))).collect();
    let mut place = place(&items, parameters);
    let mut shown = None;
    while let (None, Some(item)) = (&shown, items.get(place)) {
        match item.now(ledger).map_err(broken)? {
            Some(item) => shown = Some(asked(app, ledger, &item, &items, place, parameters)?),
            None => place += 1,
        }
    }
    let chosen = parameters.shown("only");
    let sort = |(name, which): &(&'static str, Which)| Sort {
        name: word(*which, w),
        href: links::list("/review", &[("only", name)]),
        here: only == Some(*which),
        n: counted(all.iter().filter(|item| is_of(item, *which)).count()),
    };
    Ok(Review {
        w,
        frame: Frame::of(app, ledger, w.review_title, Section::Review)?,
        form,
        sorts: SORTS.iter().map(sort).collect(),
        only: chosen,
        place: place + 1,
        of: items.len(),
        asked: shown,
        entry: number("entry"),
        undone: number("undone"),
        unclear,
        help: HELP,
    })
}

/// How many questions of a sort there are, as far as the list has them.
fn counted(n: usize) -> String {
    let more = if n >= MOST { "+" } else { "" };
    format!("{}{more}", grouped(n as u64))
}

/// Where the queue goes on: at the question that is named, or behind it, or at the beginning.
fn place(items: &[&Item], parameters: &Parameters) -> usize {
    let find = |name: &str| {
        let name = parameters.get(name)?;
        items.iter().position(|item| item.name == name)
    };
    find("item")
        .or_else(|| find("after").map(|at| at + 1))
        .filter(|at| *at < items.len())
        .unwrap_or(0)
}

fn which(given: &str) -> Result<Which, Misread> {
    let found = SORTS.iter().find(|(name, _)| *name == given);
    found.map(|(_, which)| *which).ok_or_else(|| Misread {
        message: format!("no questions are called \"{given}\""),
        hint: "give one of pairs, fields, reports, marks".into(),
    })
}

fn sort_of(question: &Question) -> Which {
    match question {
        Question::Pair { .. } => Which::Pairs,
        Question::Field { .. } => Which::Fields,
        Question::Report { .. } => Which::Reports,
        Question::Marked { .. } => Which::Marks,
    }
}

fn word(which: Which, w: &Words) -> &'static str {
    match which {
        Which::Pairs => w.review_pairs,
        Which::Fields => w.review_fields,
        Which::Reports => w.review_reports,
        Which::Marks => w.review_marks,
    }
}

fn asked(
    app: &App,
    ledger: &Ledger,
    item: &Item,
    items: &[&Item],
    place: usize,
    parameters: &Parameters,
) -> Result<Asked, Refusal> {
    let w = &ENGLISH;
    let side = |row: i64| -> Result<Account, Refusal> { Ok(account(app, &ledger.report(row)?, w)) };
    let answer = |key, line, words| Answer { key, line, words };
    let mut asked = Asked {
        name: item.name.clone(),
        question: String::new(),
        doubt: String::new(),
        sides: Vec::new(),
        grounds: Vec::new(),
        values: Vec::new(),
        answers: Vec::new(),
        event: None,
        next: links::list(
            "/review",
            &[
                ("only", parameters.get("only").unwrap_or_default()),
                ("item", items.get(place + 1).map_or("", |next| next.name.as_str())),
            ],
        ),
    };
    match &item.question {
        Question::Pair { rows, linked, likely } => {
            let now = if *linked { w.review_now_one } else { w.review_now_two };
            w.review_pair.clone_into(&mut asked.question);
            asked.doubt = format!("{now} {:.0} % {}", likely * 100.0, w.review_likely);
            asked.sides = vec![side(rows[0])?, side(rows[1])?];
            asked.grounds = ledger.grounds(*rows)?;
            asked.answers = vec![
                answer("m", "m", w.review_merge),
                answer("s", "s", w.review_split),
                answer("a", "a", w.review_accept),
            ];
        }
        Question::Field { event, field, .. } => {
            let event = ledger.event(*event)?;
            asked.question = format!("{} {}?", w.review_field, field.as_str());
            asked.event = Some(event.id.clone());
            if let Some(view) = event.fields.iter().find(|view| view.field == field.as_str()) {
                asked.doubt = format!("{} {}: {}", w.review_now, view.current, view.rule);
                for (value, n) in view.values.iter().zip(1..) {
                    asked.values.push(Value {
                        key: n.to_string(),
                        words: value.words.clone(),
                        counts: value.words == view.current,
                        n_sources: value.n_sources,
                        claims: claims(ledger, value, *field)?,
                    });
                }
            }
            asked.answers =
                vec![answer("a", "a", w.review_accept), answer("-", "-", w.review_no_value)];
        }
        Question::Report { row, confidence } => {
            w.review_report.clone_into(&mut asked.question);
            asked.doubt = format!("{}: {:.0} %", w.certainty, confidence * 100.0);
            asked.sides = vec![side(*row)?];
            asked.answers =
                vec![answer("a", "a", w.review_right), answer("r", "r", w.review_reject)];
        }
        Question::Marked { row, by, note } => {
            asked.question = format!("{} {by}", w.review_marked_by);
            asked.doubt = note.clone().unwrap_or_default();
            asked.sides = vec![side(*row)?];
            asked.answers =
                vec![answer("a", "a", w.review_right), answer("r", "r", w.review_reject)];
        }
    }
    asked.answers.push(answer("x", "x", w.review_mark));
    Ok(asked)
}

fn claims(
    ledger: &Ledger,
    value: &engine::link::reconcile::ValueView,
    field: Field,
) -> Result<Vec<Claim>, Refusal> {
    let mut claims = Vec::new();
    for claim in value.claims.iter().take(MOST_CLAIMS) {
        let by = [claim.outlet.as_deref(), claim.published.as_deref()];
        let by: Vec<&str> = by.into_iter().flatten().collect();
        claims.push(Claim {
            by: by.join(", "),
            quote: ledger.quote(&claim.report, field)?,
            href: format!("/reports/{}", claim.report),
        });
    }
    Ok(claims)
}

/// `POST /review`
pub(in crate::serve) async fn judge(
    State(app): State<Arc<App>>,
    Extension(who): Extension<Who>,
    request: Request,
) -> Result<Response, Shown> {
    let form = body::form(request).await?;
    app.access.check_form(&who, &form.shown("form"))?;
    let (only, name, line) = (form.shown("only"), form.shown("item"), form.shown("line"));
    let (ledger, name_of_who) = (app.path().to_owned(), who.name.clone());
    let reviewer = Reviewer { ledger, name: name_of_who, at: None, beside: false };
    let asked = name.clone();
    let asking = Arc::clone(&app);
    let done = app
        .read(move |_, ledger| {
            let all = questions(&asking, ledger).map_err(broken)?;
            let at = all.iter().position(|item| item.name == asked);
            let only = SORTS.iter().find(|(name, _)| *name == only).map(|(_, which)| *which);
            let next = all.iter().skip(at.map_or(0, |at| at + 1));
            let mut next = next
                .filter(|item| only.is_none_or(|only| only == sort_of(&item.question)))
                .map(|item| item.name.clone());
            let item = at.and_then(|at| all.get(at)).map(|item| item.now(ledger)).transpose();
            let item = item.map_err(broken)?.flatten();
            Ok((answer(ledger, item.as_ref(), &line), next.next(), line))
        })
        .await?;
    let (step, next, line) = done;
    let only = form.shown("only");
    let step = match step {
        Ok(step) => step,
        Err(error) if error.is::<Unclear>() => {
            let given = format!("only={only}&item={name}");
            let parameters = Parameters::of(Some(&given), &["only", "item"])?;
            let unclear = format!("\"{line}\": {error}");
            let page = show(app, who, parameters, Some(unclear)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(error) => return Err(broken(error).into()),
    };
    let next = next.unwrap_or_default();
    // Writing waits for the disk and for other writers.
    let write = move |reviewer: &Reviewer| match &step {
        Step::Judge(judged) => reviewer.judge(judged.clone()).map(|entry| ("entry", Some(entry))),
        Step::Undo(entry) => reviewer.undo(*entry).map(|entry| ("undone", Some(entry))),
        _ => Ok(("entry", None)),
    };
    let written = tokio::task::spawn_blocking(move || app.jobs.write(&reviewer, write));
    let (what, entry) = written.await.map_err(|_| Refusal::Broken)?.map_err(busy)?;
    let entry = entry.map(|entry| entry.to_string()).unwrap_or_default();
    // What was taken back is asked again.
    let item = if what == "undone" { name } else { next };
    let address = links::list("/review", &[("only", &only), ("item", &item), (what, &entry)]);
    Ok(Redirect::to(&address).into_response())
}

fn broken(error: anyhow::Error) -> Refusal {
    error.downcast().map_or(Refusal::Broken, Refusal::Store)
}

fn busy(error: anyhow::Error) -> Refusal {
    match error.downcast() {
        Ok(error) => Refusal::Store(error),
        Err(error) => Refusal::NotUnderstood { why: error.to_string() },
    }
}
