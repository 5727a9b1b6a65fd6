//! Which crate may know which, and inside a crate which file: arrows point inward, to the core.

mod circles;
mod crates;
mod floors;
mod imports;
mod workspace;
