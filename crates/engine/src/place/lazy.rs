//! The atlas of a document, made when the first place is asked for: most documents need none.

use std::cell::OnceCell;
use std::ops::Deref;

use crate::Knowledge;
use crate::lexicon::Mention;
use crate::place::{Atlas, toponyms};
use crate::text::Text;

/// An atlas that is made on demand.
#[derive(Debug)]
pub struct LazyAtlas<'r> {
    text: (&'r Text<'r>, &'r [Mention<'r>]),
    title: (&'r Text<'r>, &'r [Mention<'r>]),
    known: &'r Knowledge,
    atlas: OnceCell<Atlas>,
}

impl<'r> LazyAtlas<'r> {
    /// That of a text and its title, each with its mentions.
    pub fn of(
        text: (&'r Text<'r>, &'r [Mention<'r>]),
        title: (&'r Text<'r>, &'r [Mention<'r>]),
        known: &'r Knowledge,
    ) -> Self {
        Self { text, title, known, atlas: OnceCell::new() }
    }
}

impl Deref for LazyAtlas<'_> {
    type Target = Atlas;

    fn deref(&self) -> &Atlas {
        self.atlas.get_or_init(|| {
            let names = toponyms(self.text.0, self.text.1, self.known);
            let title = toponyms(self.title.0, self.title.1, self.known);
            let body = self.text.0;
            let atlas = Atlas::of(body, &names, &title, body, self.known);
            let title = Atlas::of(self.title.0, &title, &names, body, self.known).sites;
            Atlas { title, ..atlas }
        })
    }
}
