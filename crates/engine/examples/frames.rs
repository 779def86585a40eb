//! Shows how a text is read, sentence by sentence: `cargo run -p engine --example frames < text`.

use std::io::Read;

use engine::Knowledge;
use engine::date::Clock;
use engine::frame::frames;
use engine::subject::Subject;
use engine::text::Text;
use reading::Document;

#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> std::io::Result<()> {
    let mut source = String::new();
    std::io::stdin().read_to_string(&mut source)?;
    let known = Knowledge::embedded();
    let document = Document::new(None, source);
    let (text, title) = (Text::of(document.text()), Text::of(""));
    let mentions = known.matcher.find(&text);
    let subject = Subject::of(&text, &mentions, (&title, &[]));
    println!("{subject:?}");
    for mention in &mentions {
        let words = text.span(mention.first, mention.last).map(|s| s.of(text.source));
        println!("  {:?} {:?}", words.unwrap_or_default(), mention.senses);
    }
    for frame in frames(&text, &mentions, &subject, Clock::of(&document, &text)) {
        let sentence = text.sentences[frame.sentence].span.of(text.source);
        println!("{:.1} {:?} {sentence}", frame.score, frame.act);
        println!("    {:?} {:?}", frame.when.map(|(p, _)| p), frame.tolls);
    }
    Ok(())
}
