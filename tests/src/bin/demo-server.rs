//! The example server once more, as a program of this package: so its tests start it as it is now,
//! and not as it was last built.

use std::process::ExitCode;

fn main() -> ExitCode {
    example_server::main()
}
