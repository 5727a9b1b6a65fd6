//! How the sources read: the words that they use, and how wide a line may be.

mod files;
mod width;
mod words;
