//! A server on fakes, on a free port of the loopback: a test moves its clock and scripts its
//! troubles, and opens it in a browser.

use chrono::TimeDelta;
use rebooking_core::Policy;
use rebooking_core::link::LinkSecret;
use rebooking_core::notice::Message;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::presentation::BaseUrl;
use rebooking_core::service::{BackupChoice, Choice, Decline, Declined, NewBackup};
use rebooking_core::testing::world::DeclinedBooking;
use rebooking_core::testing::{World, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::CourseDate;
use rebooking_core::value::ids::{CaseId, CourseDateId, PartnerId};
use rebooking_core::value::text::FreeText;
use rebooking_http::{HttpSettings, Principal, RateLimits, StaticTokens};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// The access token of the partner who gives the sample course.
pub const PARTNER: &str = "token-of-the-partner";
/// Of a partner who has nothing to do with it.
pub const OTHER_PARTNER: &str = "token-of-another-partner";
/// Of somebody of support.
pub const SUPPORT: &str = "token-of-support";
/// The case of the sample booking.
pub const CASE: CaseId = CaseId::new(7001);

/// A running server; it ends when it is dropped.
pub struct Stage {
    /// What is behind it.
    pub world: World,
    /// `http://127.0.0.1:…`
    pub base: String,
    _running: oneshot::Sender<()>,
}

impl Stage {
    /// Under the usual rules.
    pub async fn new() -> Self {
        Self::with(Policy::default()).await
    }

    /// Under these rules.
    pub async fn with(policy: Policy) -> Self {
        let world = World::with(policy);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let tokens = StaticTokens::default()
            .with(PARTNER, Principal::Partner(PartnerId::new(5)))
            .with(OTHER_PARTNER, Principal::Partner(PartnerId::new(6)))
            .with(SUPPORT, Principal::Support("Susi".to_owned()));
        let settings = HttpSettings {
            // A test that is quick is no attack.
            limits: RateLimits { per_address: None, per_link: None, wrong_tokens: None },
            ..HttpSettings::new(BaseUrl::parse(&base).unwrap(), tokens)
        };
        let service = rebooking_http::service(world.rebookings.clone(), settings);
        let (running, ended) = oneshot::channel::<()>();
        tokio::spawn(rebooking_http::serve(listener, service, async { drop(ended.await) }));
        Self { world, base, _running: running }
    }

    /// The order 100007001 holds two items.
    pub fn two_items(&self) {
        for item in [7001, 7002] {
            let order_number = samples::order_number("100007001");
            let booking = Booking { order_number, ..samples::booking_of(item) };
            self.world.shop.put_booking(booking);
        }
    }

    /// Two bookings of one date that wait for their partner's answer.
    pub async fn two_asked() -> Self {
        let stage = Self::new().await;
        stage.world.seed().await.unwrap();
        for item in [7001, 7002] {
            stage.world.store.open_confirmation(&samples::booking_of(item)).await.unwrap();
        }
        stage
    }

    /// The sample booking, declined, and the mail sent.
    pub async fn declined(&self) -> DeclinedBooking {
        let declined = self.world.declined_booking().await;
        self.world.deliver_all().await.unwrap();
        declined
    }

    /// The same, with sixty dates more, of which the partner has proposed one.
    pub async fn declined_with_many_dates(&self) -> LinkSecret {
        self.world.seed_many(60).await.unwrap();
        let declined = self.chosen().await;
        self.decline_again(&declined, &[CourseDateId::new(1030)]).await
    }

    /// The same, with dates that cost 20 € less, as much, and 20 € more for the two of them.
    pub async fn declined_with_other_prices(&self) -> DeclinedBooking {
        let declined = self.declined().await;
        self.change_prices().await;
        declined
    }

    /// Dates that cost 20 € less and 20 € more for the two of them.
    pub async fn change_prices(&self) {
        for (id, cents) in [(1, 7900), (3, 9900)] {
            let starts_at = samples::booking().slot.starts_at + TimeDelta::days(7 * id);
            let date = samples::course_date(id, starts_at, 5);
            let date = CourseDate { unit_price: samples::euros(cents), ..date };
            self.world.store.upsert_dates(&[date]).await.unwrap();
        }
    }

    /// The same, and the customer has chosen the second date; everything is delivered.
    pub async fn chosen(&self) -> DeclinedBooking {
        let declined = self.declined().await;
        self.choose(&declined, World::DATES[1]).await;
        self.world.deliver_all().await.unwrap();
        declined
    }

    /// The customer chooses.
    pub async fn choose(&self, declined: &DeclinedBooking, date: CourseDateId) {
        let choice = Choice { expected_total: None, ..samples::choice(date) };
        self.world.rebookings.customer(&declined.link).choose(&choice).await.unwrap();
    }

    /// The partner confirms the date that was chosen.
    pub async fn confirm(&self, declined: &DeclinedBooking) {
        let request = self.request(declined).await;
        self.world.rebookings.confirm_unchecked(&request).await.unwrap();
        self.world.deliver_all().await.unwrap();
    }

    /// The partner declines it too, and proposes a date instead; the new link.
    pub async fn decline_again(
        &self,
        declined: &DeclinedBooking,
        proposed: &[CourseDateId],
    ) -> LinkSecret {
        let request = self.request(declined).await;
        let decline =
            Decline { reason: words("Rohrbruch in der Küche."), proposed: proposed.to_vec() };
        let Declined::LinkIssued(token) =
            self.world.rebookings.decline_unchecked(&request, &decline).await.unwrap()
        else {
            panic!("a second decline issues a second link");
        };
        self.world.deliver_all().await.unwrap();
        self.world.link(token).await
    }

    /// The customer names a date to take should the partner decline.
    pub async fn name_backup(&self, declined: &DeclinedBooking, date: CourseDateId) {
        let email = declined.booking.customer.email.clone();
        let choice =
            BackupChoice { email, backups: vec![NewBackup { date, expected_total: None }] };
        self.world.rebookings.customer(&declined.link).name_backups(&choice).await.unwrap();
    }

    /// The partner declines what was chosen, and the backup is booked.
    pub async fn decline_for_backup(&self, declined: &DeclinedBooking) {
        let request = self.request(declined).await;
        let decline = Decline { reason: words("Rohrbruch in der Küche."), proposed: Vec::new() };
        let answer = self.world.rebookings.decline_unchecked(&request, &decline).await.unwrap();
        assert_eq!(answer, Declined::BackupBooked(declined.token.next()));
        self.world.deliver_all().await.unwrap();
    }

    async fn request(&self, declined: &DeclinedBooking) -> ConfirmationKey {
        let token = self.world.token(declined.token).await;
        ConfirmationKey::Id(token.rebooking().unwrap().confirmation.unwrap())
    }

    /// The link in the newest mail to a customer, once all of them are sent.
    pub async fn newest_link(&self) -> LinkSecret {
        self.world.deliver_all().await.unwrap();
        let mails = self.world.mailer.sent();
        let link = mails.iter().rev().find_map(|mail| mail.message.link());
        link.unwrap().secret.clone()
    }

    /// Where the partner answers the newest request, by the link in the mail.
    #[must_use]
    pub fn answer_path(&self) -> String {
        let mails = self.world.mailer.sent();
        let link = mails.iter().rev().find_map(|mail| match &mail.message {
            Message::BookingRequest { answer, .. }
            | Message::PartnerRequest { answer, .. }
            | Message::PartnerReminder { answer, .. } => Some(answer.expose().to_owned()),
            _ => None,
        });
        format!("/partner/answer/{}", link.unwrap())
    }
}

/// Where the customer's page of a link is.
#[must_use]
pub fn path(link: &LinkSecret) -> String {
    format!("/rebook/{}", link.expose())
}

/// A text as the core takes it.
#[must_use]
pub fn words(text: &str) -> FreeText {
    FreeText::parse(text).unwrap()
}
