//! The pages in Chromium: by mouse and by keyboard, with scripts and without, in every state and at every size.

mod every_state;
mod scanner;
mod story;
