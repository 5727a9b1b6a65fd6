//! Why a test could not be set up.

/// What went wrong while a test was set up.
pub type SetupError = Box<dyn std::error::Error + Send + Sync>;
