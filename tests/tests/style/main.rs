//! How the sources read: the words that they use.

mod files;
mod words;
