//! What can happen in one step of the simulation, in small numbers that mean something only in the
//! world as it is then.

use proptest::prelude::*;
use rebooking_core::testing::Trouble;

use crate::gate::Mishap;

/// One request, or one round of work.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    Decline { which: u8, own: bool, proposals: bool },
    Withdraw { date: u8, own: bool },
    Confirm { which: u8, own: bool },
    Show { link: u8 },
    Visit { link: u8 },
    Choose { link: u8, date: u8, right_address: bool, total: Total },
    NameBackups { link: u8, first: u8, second: Option<u8>, right_address: bool },
    Exchange { link: u8, date: u8, right_address: bool },
    Wish { link: u8, money_back: bool, right_address: bool },
    Renew { link: u8 },
    ManualLink { item: u8 },
    Resend { case: u8 },
    Reissue { case: u8 },
    Cancel { case: u8 },
    Forget { case: u8, cancel_open: bool },
    Extend { case: u8, days: u8 },
    ChooseFor { case: u8, date: u8 },
    OrderChanged { order: u8, refunded: bool },
    Sweep,
    Deliver,
    Retry { which: u8 },
    Skip { which: u8 },
    Lists { partner: u8 },
    Reprice { date: u8, price: u8 },
}

/// Which total a choice says that it was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Total {
    Unsaid,
    AsShown,
    Stale,
}

/// Which port misbehaves, for one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Port {
    Store,
    Shop,
    Tickets,
    Mailer,
}

/// One step: requests at the same time, and what goes wrong.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) ops: Vec<Op>,
    /// Time that passes before it.
    pub(crate) minutes: u32,
    pub(crate) mishap: Mishap,
    pub(crate) trouble: Option<(Port, Trouble)>,
    /// The shop refuses this date from now on, or takes it again.
    pub(crate) refused: Option<u8>,
    /// Who goes first at each gate.
    pub(crate) turns: u64,
}

fn op() -> impl Strategy<Value = Op> {
    let total =
        prop_oneof![3 => Just(Total::Unsaid), 4 => Just(Total::AsShown), 1 => Just(Total::Stale)];
    let mostly = || prop::bool::weighted(0.9);
    prop_oneof![
        6 => (any::<u8>(), mostly(), any::<bool>())
            .prop_map(|(which, own, proposals)| Op::Decline { which, own, proposals }),
        1 => (any::<u8>(), mostly()).prop_map(|(date, own)| Op::Withdraw { date, own }),
        5 => (any::<u8>(), mostly()).prop_map(|(which, own)| Op::Confirm { which, own }),
        2 => any::<u8>().prop_map(|link| Op::Show { link }),
        1 => any::<u8>().prop_map(|link| Op::Visit { link }),
        10 => (any::<u8>(), any::<u8>(), mostly(), total)
            .prop_map(|(link, date, right_address, total)| {
                Op::Choose { link, date, right_address, total }
            }),
        5 => (any::<u8>(), any::<u8>(), any::<Option<u8>>(), mostly())
            .prop_map(|(link, first, second, right_address)| {
                Op::NameBackups { link, first, second, right_address }
            }),
        4 => (any::<u8>(), any::<u8>(), mostly()).prop_map(|(link, date, right_address)| {
            Op::Exchange { link, date, right_address }
        }),
        1 => (any::<u8>(), any::<bool>(), mostly())
            .prop_map(|(link, money_back, right_address)| {
                Op::Wish { link, money_back, right_address }
            }),
        1 => any::<u8>().prop_map(|link| Op::Renew { link }),
        2 => any::<u8>().prop_map(|item| Op::ManualLink { item }),
        1 => any::<u8>().prop_map(|case| Op::Resend { case }),
        1 => any::<u8>().prop_map(|case| Op::Reissue { case }),
        2 => any::<u8>().prop_map(|case| Op::Cancel { case }),
        1 => (any::<u8>(), any::<bool>())
            .prop_map(|(case, cancel_open)| Op::Forget { case, cancel_open }),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(case, days)| Op::Extend { case, days }),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(case, date)| Op::ChooseFor { case, date }),
        1 => (any::<u8>(), any::<bool>())
            .prop_map(|(order, refunded)| Op::OrderChanged { order, refunded }),
        2 => Just(Op::Sweep),
        14 => Just(Op::Deliver),
        1 => any::<u8>().prop_map(|which| Op::Retry { which }),
        1 => any::<u8>().prop_map(|which| Op::Skip { which }),
        1 => any::<u8>().prop_map(|partner| Op::Lists { partner }),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(date, price)| Op::Reprice { date, price }),
    ]
}

fn mishap() -> impl Strategy<Value = Mishap> {
    prop_oneof![
        6 => Just(Mishap::None),
        1 => (1..40_u32).prop_map(|at| Mishap::Crash { at }),
        1 => (1..30_u32, prop_oneof![60..200_u32, 1..1_500_000_u32])
            .prop_map(|(at, seconds)| Mishap::Pause { at, seconds }),
    ]
}

fn trouble() -> impl Strategy<Value = Option<(Port, Trouble)>> {
    let port =
        prop_oneof![Just(Port::Store), Just(Port::Shop), Just(Port::Tickets), Just(Port::Mailer)];
    let kind = prop_oneof![
        3 => Just(Trouble::Fail),
        1 => Just(Trouble::FailForGood),
        2 => Just(Trouble::Hang),
        3 => Just(Trouble::Unanswered),
        1 => Just(Trouble::Panic),
    ];
    prop::option::weighted(0.2, (port, kind))
}

fn decline(which: u8) -> Op {
    Op::Decline { which, own: true, proposals: false }
}

/// Requests that meet where only one guard stands between them.
fn race() -> impl Strategy<Value = Vec<Op>> {
    let which = any::<u8>;
    prop_oneof![
        4 => op().prop_map(|op| vec![op.clone(), op]),
        2 => Just(vec![Op::Deliver, Op::Deliver]),
        1 => which().prop_map(|which| vec![Op::Skip { which }, Op::Deliver]),
        1 => which().prop_map(|which| vec![Op::Retry { which }, Op::Deliver]),
        1 => (0..6_u8).prop_map(|item| vec![Op::ManualLink { item }, Op::ManualLink { item }]),
        3 => (which(), which())
            .prop_map(|(link, date)| vec![eager(link, date), eager(link.wrapping_add(1), date)]),
        1 => (which(), which()).prop_map(|(which, case)| vec![decline(which), Op::Cancel { case }]),
        1 => (which(), which()).prop_map(|(which, case)| {
            vec![decline(which), Op::Forget { case, cancel_open: true }]
        }),
        1 => which().prop_map(|which| vec![decline(which), Op::Confirm { which, own: true }]),
        1 => (which(), which()).prop_map(|(which, link)| {
            let named = Op::NameBackups { link, first: 0, second: None, right_address: true };
            vec![decline(which), named]
        }),
        1 => (which(), which(), which()).prop_map(|(which, link, date)| {
            let exchange = Op::Exchange { link, date, right_address: true };
            vec![Op::Confirm { which, own: true }, exchange]
        }),
        2 => prop::collection::vec(op(), 2..4),
    ]
}

fn eager(link: u8, date: u8) -> Op {
    Op::Choose { link, date, right_address: true, total: Total::AsShown }
}

/// Somebody stands still between looking and acting, until what was seen is no longer so.
fn late() -> impl Strategy<Value = (Vec<Op>, Mishap)> {
    let ops = prop_oneof![
        2 => (any::<u8>(), any::<u8>()).prop_map(|(link, date)| vec![eager(link, date)]),
        1 => Just(vec![Op::Deliver, Op::Deliver]),
    ];
    let seconds = prop_oneof![61..200_u32, 300_000..1_040_000_u32];
    (ops, 2..5_u32, seconds).prop_map(|(ops, at, seconds)| (ops, Mishap::Pause { at, seconds }))
}

fn step(calm: bool) -> impl Strategy<Value = Step> {
    let minutes = prop_oneof![8 => 0..5_u32, 3 => 5..120_u32, 1 => 120..20_000_u32];
    let ops = prop_oneof![6 => prop::collection::vec(op(), 1), 4 => race()];
    let doings = prop_oneof![12 => (ops, mishap()), 1 => late()];
    let refused = prop::option::weighted(0.04, any::<u8>());
    (doings, minutes, trouble(), refused, any::<u64>()).prop_map(
        move |((ops, mishap), minutes, trouble, refused, turns)| {
            let (mishap, trouble) = if calm { (Mishap::None, None) } else { (mishap, trouble) };
            Step { ops, minutes, mishap, trouble, refused, turns }
        },
    )
}

/// A whole run: the embedder's rules and its steps.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) price_rule: u8,
    pub(crate) linked_orders: bool,
    pub(crate) steps: Vec<Step>,
}

/// Runs of so many steps. Every fourth is calm: nothing goes wrong but what people do to each
/// other.
pub(crate) fn run(steps: usize) -> impl Strategy<Value = Run> {
    let calm = prop::bool::weighted(0.25);
    (0..3_u8, any::<bool>(), calm).prop_flat_map(move |(price_rule, linked_orders, calm)| {
        prop::collection::vec(step(calm), steps).prop_map(move |steps| Run {
            price_rule,
            linked_orders,
            steps,
        })
    })
}

/// Whether an operation can change nothing, as it only looks or is somebody else's to do.
pub(crate) fn reads_only(op: &Op) -> bool {
    match op {
        Op::Show { .. } | Op::Lists { .. } => true,
        Op::Decline { own, .. } | Op::Withdraw { own, .. } | Op::Confirm { own, .. } => !own,
        _ => false,
    }
}
