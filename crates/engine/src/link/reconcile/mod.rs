//! What the reports of an event say together.
