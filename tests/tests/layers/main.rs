//! Which crate may know which, and inside a crate which file: arrows point inward, to the core.

mod circles;
mod crates;
mod door;
mod floors;
mod imports;
mod workspace;
