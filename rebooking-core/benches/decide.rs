//! How long the pure decisions take.

fn main() {}
