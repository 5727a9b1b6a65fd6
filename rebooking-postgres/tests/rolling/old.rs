//! A server of 0.1: the statements that it sent, as they were recorded, for a case at a time.

use rebooking_core::policy::OrderStrategy;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

/// What becomes of a booking, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The partner declines.
    Decline,
    /// The customer chooses date 1.
    Choose,
    /// The shop has made the order.
    Deliver,
    /// The partner declines once more.
    DeclineAgain,
    /// People cancel the order in the shop.
    Cancelled,
}

pub(crate) const STAGES: [Stage; 5] =
    [Stage::Decline, Stage::Choose, Stage::Deliver, Stage::DeclineAgain, Stage::Cancelled];

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Decline => "decline",
            Self::Choose => "choose",
            Self::Deliver => "deliver",
            Self::DeclineAgain => "decline_again",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Works as one of its connections did.
pub(crate) struct OldServer {
    pool: PgPool,
    recorded: &'static str,
}

impl OldServer {
    pub(crate) async fn connect(pool: &PgPool, strategy: OrderStrategy) -> Self {
        let recorded = match strategy {
            OrderStrategy::KeepOrder => include_str!("of_0_1/keep_order.txt"),
            OrderStrategy::LinkedOrder => include_str!("of_0_1/linked_order.txt"),
        };
        Self { pool: pool.clone(), recorded }
    }

    /// A booking of three was sold for date 90, and its partner is asked.
    pub(crate) async fn open(&self, item: i64) -> Result<(), sqlx::Error> {
        self.send("open", item).await
    }

    /// People cancel an order that nobody has declined.
    pub(crate) async fn withdraw(&self, item: i64) -> Result<(), sqlx::Error> {
        let statement = self.statement("withdraw_other").replace("700002", "700001");
        self.run(&statement.replace("990003", "990001"), item).await
    }

    /// The next stage of a case that is at the one before.
    pub(crate) async fn carry_out(&self, stage: Stage, item: i64) -> Result<(), sqlx::Error> {
        if stage == Stage::Deliver {
            // The claim, which is as it was.
            let claim = format!(
                "UPDATE miomente_partner_portal_rebooking_effects SET state = 'leased', fence = 1, \
                 leased_until = clock_timestamp() + interval '1 minute', attempts = 1 \
                 WHERE key = '{item}-1-order-place'"
            );
            self.pool.execute(AssertSqlSafe(claim)).await?;
        }
        self.send(stage.name(), item).await
    }

    fn statement(&self, name: &str) -> &'static str {
        let (_, rest) = self.recorded.split_once(&format!("== {name}\n")).expect(name);
        rest.split("\n== ").next().expect(name)
    }

    async fn send(&self, name: &str, item: i64) -> Result<(), sqlx::Error> {
        self.run(self.statement(name), item).await
    }

    /// The numbers of the recorded case become those of this one. As 0.1 did, it tries again what
    /// the database undid because others were in the way.
    async fn run(&self, statement: &str, item: i64) -> Result<(), sqlx::Error> {
        let number = async |sql: String| -> Result<String, sqlx::Error> {
            let found: Option<i64> =
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_optional(&self.pool).await?;
            Ok(found.unwrap_or_default().to_string())
        };
        let request = "SELECT id FROM miomente_partner_portal_rebooking_requests WHERE";
        let first = number(format!("{request} item_id = {item} AND token_case IS NULL")).await?;
        let second = number(format!("{request} token_case = {item} AND token_step = 1")).await?;
        let effect = "SELECT id FROM miomente_partner_portal_rebooking_effects WHERE key =";
        let placing = number(format!("{effect} '{item}-1-order-place'")).await?;
        let sql = statement
            .replace("990001", &first)
            .replace("990002", &second)
            .replace("880003", &placing)
            .replace("700001", &item.to_string())
            .replace("710001", &(item + 10_000).to_string())
            .replace("9000001", &format!("9{item}"));
        loop {
            match self.pool.execute(AssertSqlSafe(sql.clone())).await {
                Ok(_) => return Ok(()),
                Err(error) => {
                    let code = error.as_database_error().and_then(|error| error.code());
                    if !matches!(code.as_deref(), Some("40P01" | "40001" | "55P03")) {
                        return Err(error);
                    }
                }
            }
        }
    }
}
