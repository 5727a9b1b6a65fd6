//! What can go wrong with a call to the outside, scripted by the test.

use std::collections::VecDeque;
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use crate::ports::PortError;

/// How one call goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Trouble {
    /// Nothing happens, and the caller is told that later it may work: [`PortError::Transient`].
    Fail,
    /// Nothing happens, and the caller is told that it never will: [`PortError::Permanent`].
    FailForGood,
    /// Nothing happens, as nobody is there at all: [`PortError::Unavailable`].
    Unavailable,
    /// Nothing happens, and the caller is told that it is refused whatever it asks:
    /// [`PortError::Unauthorized`].
    Bar,
    /// Nothing happens, and the caller is told nothing, ever.
    Hang,
    /// It is done, but the caller does not hear of it: [`PortError::Unknown`].
    Unanswered,
    /// Nothing happens, and the adapter panics.
    Panic,
    /// The shop refuses an order for good; every other call fails for good.
    Refuse,
    /// It works, but lets everybody else go first. So calls side by side meet in the worst order.
    GiveWay,
}

/// The script of one fake: troubles for the next calls, one a call, and then the standing one. A
/// clone is the same script.
#[derive(Clone, Debug, Default)]
pub struct Troubles(Arc<Mutex<Script>>);

#[derive(Debug, Default)]
struct Script {
    next: VecDeque<Option<Trouble>>,
    every: Option<Trouble>,
}

impl Troubles {
    /// What happens to the next call; said several times, to the calls after it. `None` lets a call
    /// through.
    pub fn next_call(&self, trouble: impl Into<Option<Trouble>>) {
        self.script().next.push_back(trouble.into());
    }

    /// What happens to every call that nothing was said about.
    pub fn every_call(&self, trouble: Option<Trouble>) {
        self.script().every = trouble;
    }

    /// No trouble any more.
    pub fn clear(&self) {
        *self.script() = Script::default();
    }

    /// Begins one call: ends it before anything happens, or says what is to become of its answer.
    ///
    /// # Errors
    /// The trouble, where nothing is to happen.
    pub async fn begin(&self) -> Result<Answer, PortError> {
        let trouble = self.take();
        Self::meet(trouble).await
    }

    pub(crate) async fn meet(trouble: Option<Trouble>) -> Result<Answer, PortError> {
        match trouble {
            None => Ok(Answer::Given),
            Some(Trouble::GiveWay) => {
                GiveWay { given: false }.await;
                Ok(Answer::Given)
            }
            Some(Trouble::Unanswered) => Ok(Answer::Lost),
            Some(Trouble::Fail) => Err(PortError::Transient("scripted: out of reach".into())),
            Some(Trouble::FailForGood | Trouble::Refuse) => {
                Err(PortError::Permanent("scripted: refused".into()))
            }
            Some(Trouble::Unavailable) => {
                Err(PortError::Unavailable("scripted: nobody is there".into()))
            }
            Some(Trouble::Bar) => Err(PortError::Unauthorized("scripted: who are you".into())),
            Some(Trouble::Hang) => pending().await,
            #[expect(clippy::panic, reason = "this is the trouble that the test asked for")]
            Some(Trouble::Panic) => panic!("scripted: the adapter panics"),
        }
    }

    pub(crate) fn take(&self) -> Option<Trouble> {
        let mut script = self.script();
        let every = script.every;
        script.next.pop_front().unwrap_or(every)
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is to become of the answer of a call that is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
#[non_exhaustive]
pub enum Answer {
    /// The caller gets it.
    Given,
    /// The caller hears nothing of it.
    Lost,
}

impl Answer {
    /// The answer as it reaches the caller.
    ///
    /// # Errors
    /// [`PortError::Unknown`] where it is lost.
    pub fn carry<T>(self, answer: T) -> Result<T, PortError> {
        match self {
            Self::Given => Ok(answer),
            Self::Lost => Err(PortError::Unknown("scripted: the answer was lost".into())),
        }
    }
}

struct GiveWay {
    given: bool,
}

impl Future for GiveWay {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.given {
            return Poll::Ready(());
        }
        self.given = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_followed_call_by_call_and_then_the_standing_trouble() {
        let troubles = Troubles::default();
        troubles.every_call(Some(Trouble::Hang));
        troubles.next_call(Trouble::Fail);
        troubles.next_call(None);
        let met: Vec<_> = (0..4).map(|_| troubles.take()).collect();
        assert_eq!(met, [Some(Trouble::Fail), None, Some(Trouble::Hang), Some(Trouble::Hang)]);
    }
}
