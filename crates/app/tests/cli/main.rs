//! The real program, run as a user runs it: a few transcripts for each verb, and the promises that
//! only a whole process can break.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its scene fails")]

mod about;
mod access;
mod code;
mod crash;
mod data;
mod demo;
mod disk;
mod eval;
mod exchange;
mod events;
mod harness;
mod hostile;
mod import;
mod ingest;
mod read;
mod review;
mod sending;
mod serve;
mod server;
mod show;
mod store;
mod train_kind;
