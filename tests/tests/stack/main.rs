//! Everything at once, from outside: the stories of the specification, each told on all sides, what
//! goes wrong on the way, and the proof that a broken promise would be seen.

#[cfg(test)]
mod faults;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod stories;
