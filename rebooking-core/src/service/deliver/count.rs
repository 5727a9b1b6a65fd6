//! How effects ended, counted.

/// What one round over the lanes did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub struct Delivered {
    /// Effects that are done, or were no longer needed.
    pub done: u32,
    /// Effects that will be tried again.
    pub retried: u32,
    /// Effects that are dead now.
    pub dead: u32,
    /// Effects that another worker has taken over, whose end could not be written down, or that
    /// were given back unbegun because the worker was stopped: they come again.
    pub left: u32,
}

impl Delivered {
    /// How many effects were claimed.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.done + self.retried + self.dead + self.left
    }

    pub(crate) fn count(&mut self, end: End) {
        match end {
            End::Done => self.done += 1,
            End::Retried => self.retried += 1,
            End::Dead => self.dead += 1,
            End::Left => self.left += 1,
        }
    }

    /// Both rounds together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            done: self.done + other.done,
            retried: self.retried + other.retried,
            dead: self.dead + other.dead,
            left: self.left + other.left,
        }
    }
}

/// How one effect ended for this worker.
#[derive(Clone, Copy)]
pub(crate) enum End {
    Done,
    Retried,
    Dead,
    Left,
}
