//! The program of the example server.

use std::process::ExitCode;

/// An answer is made of many small pieces: this one is quicker at them than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    example_server::main()
}
