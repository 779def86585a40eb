//! Names of places in a text, and where they are.

mod find;
mod pack;
mod added;
mod build;
mod borders;
mod usage;
mod street;
mod hints;
mod home;
mod variant;
mod candidate;
mod weigh;
mod decide;
mod resolve;
mod away;
mod capital;
mod quarter;
mod scene;
mod lazy;
mod site;
mod locate;
mod distance;

pub use added::{Index, Spot, seal, spot};
pub(crate) use away::is_elsewhere;
pub(crate) use build::build;
pub(crate) use capital::capital;
pub use distance::kilometres;
pub use find::{Referent, Toponym, toponyms};
pub use lazy::LazyAtlas;
pub use locate::{Placed, places, places_at, point};
pub use pack::{Found, Gazetteer, NotAPack, Place};
pub(crate) use resolve::country_of;
pub use resolve::{Atlas, Located};
pub use scene::scene;
pub(crate) use scene::{scene_at, stands};
