//! The program of the example server.

use std::process::ExitCode;

fn main() -> ExitCode {
    example_server::main()
}
