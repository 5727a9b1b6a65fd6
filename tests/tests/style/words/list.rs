//! The list of given-up names. A new one goes in with the name that takes its place.

/// Where a name is not to be used: some are good words elsewhere.
pub(crate) enum Where {
    Anywhere,
    /// In the files of this folder.
    In(&'static str),
    /// As the name of something that is defined in the files of this folder.
    DefinedIn(&'static str),
    /// As a variant or a function of this type.
    Of(&'static str),
}

use Where::{Anywhere, DefinedIn, In, Of};

const CORE: &str = "rebooking-core/src/";
const HTTP: &str = "rebooking-http/src/";
const POSTGRES: &str = "rebooking-postgres/src/";
const SMTP: &str = "rebooking-smtp/src/";

/// Names, parted by a blank, and where they were given up. Above each row: what to say now.
pub(crate) const GIVEN_UP: &[(&str, Where)] = &[
    // ConfirmationKey · ConfirmationCase, confirmations, open_confirmation
    ("Asked", Anywhere),
    ("Request", DefinedIn(CORE)),
    ("requests request", DefinedIn("rebooking-core/src/ports")),
    // TokenWithDates, LinkView · CaseDetails, CaseState, OrderState, DateDetails
    ("Opened Shown", DefinedIn(CORE)),
    ("CaseFile ItemFile OrderFile DateFile", Anywhere),
    // CaseStatus · PageRequest, Page<T>
    ("Progressed Paged", Anywhere),
    // CheckpointStore, Checkpoint
    ("Memo", In(CORE)),
    ("Progress", DefinedIn(CORE)),
    // unauthorized_pause
    ("barred_pause", In(CORE)),
    // LinkUnusable, InvalidTransition, Transition, apply
    ("Spent NotNow Turn", Anywhere),
    ("on", DefinedIn(CORE)),
    // Transient, Permanent, Unavailable, Unauthorized, InvalidRecipient, is_retryable
    ("Passing Lasting Down Barred Undeliverable", Of("PortError")),
    ("Passing Lasting Barred Undeliverable may_help_to_try_again", Anywhere),
    // circuit::{Breakers, Tripped, Permit, Health}, OpenCircuit
    ("Gates Closure Admission Sign ClosedLane", Anywhere),
    ("lanes", DefinedIn(CORE)),
    // wake, woken, notify
    ("rung bell", Anywhere),
    ("ring", In(CORE)),
    // ConfirmationOptions, ManualLink, LinkSent{Issued, Resent, AlreadyActive}, CaseVersion
    ("Instead ByHand AsSeen", Anywhere),
    ("Sent", DefinedIn(CORE)),
    // decline_unchecked, confirm_unchecked · request_new_link
    ("declined confirmed", DefinedIn("rebooking-core/src/service")),
    ("new_link_please", Anywhere),
    // support(name).{send_link, choose, offers}
    ("send_by_hand choose_for offers_for", Anywhere),
    // upsert_dates, order_state, find, live_confirmations
    ("keep_dates of_order of_item live_on", Anywhere),
    // StoredLink, PriceAdjustment, RuleSet, ChosenBy
    ("LinkStamp Consequence Leniency Chooser", Anywhere),
    // MAX_LEN, MAX · new, from_…, From
    ("LONGEST MOST LARGEST", Anywhere),
    ("of", DefinedIn("")),
    // format · BaseUrl, WebUrl · text_color, tel_url
    ("wording BaseAddress WebAddress ink dial", Anywhere),
    // ApiError, RequestError, ErrorResponse, ApiResult, ApiSuccess
    ("Refused Fault Answer Success", DefinedIn(HTTP)),
    ("Verdict", Anywhere),
    // ErrorAudience, ClientIp · PreferredLanguage, PageLocale, Flash
    ("Caller Reads Told", DefinedIn(HTTP)),
    ("Spoken", Anywhere),
    // RunToCompletion, CachedFor, JsonInt, dedup_max, reject_honeypot
    ("Carried Seldom from_a_person", Anywhere),
    ("Whole few", DefinedIn(HTTP)),
    // EnabledParts, ResponseFuture, ResponseBody, ParseOriginError, ParseNetworkError
    ("Serves Answering AnswerBody NoOrigin NoNetwork", Anywhere),
    // rate_limit_key, via_untrusted_proxy, FailedLogins, metrics
    ("told_apart through_a_stranger WrongTokens meters", Anywhere),
    // PrecompiledTemplates, Layout, NavItem, Slot, RowRef
    ("Prepared Frame Place", DefinedIn(HTTP)),
    // Unsupported, CheckedOut, Started, unisolated, RowCount
    ("Senseless Begun careless", In(POSTGRES)),
    ("Held Many", DefinedIn(POSTGRES)),
    // Connector, AsciiStream, RawMail, SmtpStage
    ("Way Wire Letter Reached", DefinedIn(SMTP)),
];

/// Files and folders of which no trace is left.
pub(crate) const GIVEN_UP_FILES: &[&str] = &[
    "rebooking-core/src/wording.rs",
    "rebooking-core/src/service/lanes.rs",
    // dto, error, layers of edge, extract, messages, pages/staff
    "rebooking-http/src/wire/",
    "rebooking-http/src/reply/",
    "rebooking-http/src/guard/",
    "rebooking-http/src/input/",
    "rebooking-http/src/text/",
    "rebooking-http/src/page/",
    "rebooking-http/src/meters/",
    "rebooking-http/pages/trap.html",
    // insert_effects, insert_audit, update_dates, settle_effect, move_confirmation,
    // open_confirmation
    "rebooking-postgres/src/commit/asked.sql",
    "rebooking-postgres/src/commit/entered.sql",
    "rebooking-postgres/src/commit/dated.sql",
    "rebooking-postgres/src/commit/noted.sql",
    "rebooking-postgres/src/commit/moved.sql",
    "rebooking-postgres/src/commit/opened.sql",
    // starttls.rs
    "rebooking-smtp/src/transport/clear.rs",
];
