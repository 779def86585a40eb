//! Names of places in a text, and where they are.

mod find;
mod pack;
mod usage;
mod resolve;
mod scene;
mod locate;
mod distance;

pub use distance::kilometres;
pub use find::{Referent, Toponym, toponyms};
pub use locate::{Placed, places, places_at, point};
pub use pack::{Gazetteer, NotAPack, Place, Sources, build};
pub(crate) use resolve::country_of;
pub use resolve::{Atlas, Located};
pub(crate) use scene::is_elsewhere;
pub use scene::scene;
pub(crate) use scene::scene_at;
