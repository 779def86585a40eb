//! Shows how a text is read, sentence by sentence:
//! `cargo run -p engine --example frames 2024-03-23 < text`.

use std::io::Read;

use engine::Knowledge;
use engine::date::Clock;
use engine::frame::frames;
use engine::subject::Subject;
use engine::syntax::Grammar;
use engine::text::Text;
use reading::{Document, Found, How};

#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> std::io::Result<()> {
    let mut source = String::new();
    std::io::stdin().read_to_string(&mut source)?;
    let known = Knowledge::embedded();
    let mut document = Document::new(None, source);
    let published = std::env::args().nth(1).and_then(|day| day.parse().ok());
    document.published = published.map(|day| Found::new(day, How::Given));
    let (text, title) = (Text::of(document.text()), Text::of(""));
    let mentions = known.matcher.find(&text);
    let subject = Subject::of(&text, &mentions, (&title, &[]));
    println!("{subject:?}");
    for mention in &mentions {
        let words = text.span(mention.first, mention.last).map(|s| s.of(text.source));
        println!("  {:?} {:?}", words.unwrap_or_default(), mention.senses);
    }
    let grammar = Grammar::of(&text, &known.verbs);
    let clock = Clock::of(&document, &text);
    for frame in frames(&text, &mentions, &subject, clock, &grammar, &known) {
        let sentence = text.sentences[frame.sentence].span.of(text.source);
        println!("{:.1} {:?} {sentence}", frame.score, frame.act);
        println!("    {:?} {:?}", frame.when.map(|(p, _)| p), frame.tolls);
        let syntax = grammar.sentence(frame.sentence);
        let noun = |n: &usize| {
            let noun = &syntax.nouns[*n];
            text.span(noun.first, noun.last).map_or("", |s| s.of(text.source))
        };
        let nouns = |list: &[usize]| list.iter().map(noun).collect::<Vec<_>>().join(" + ");
        for (v, verb) in syntax.verbs.iter().enumerate() {
            let obliques: Vec<usize> = verb.obliques.iter().map(|&(_, n)| n).collect();
            println!(
                "    {} | by {} | to {} | at {}",
                text.span(verb.first, verb.last).map_or("", |s| s.of(text.source)),
                nouns(syntax.doers(v)),
                nouns(syntax.sufferers(v)),
                nouns(&obliques)
            );
        }
        println!("    {}", nouns(&(0..syntax.nouns.len()).collect::<Vec<_>>()));
    }
    Ok(())
}
