//! Conditions on a token `t` that several statements share, as text for `concat!`.

/// That a token `t` is the newest of its case.
macro_rules! newest {
    () => {
        "NOT EXISTS (SELECT FROM miomente_partner_portal_rebooking_tokens AS later \
            WHERE later.case_id = t.case_id AND later.step > t.step) "
    };
}

/// How far a token `t` has come, in the words of the core's `CaseStatus::as_str`.
macro_rules! progress {
    () => {
        "CASE WHEN t.status IN ('active', 'expired') \
             THEN CASE WHEN now() < t.token_expires_at THEN 'open' ELSE 'expired' END \
         WHEN t.status = 'cancelled' THEN 'cancelled' \
         ELSE CASE t.rebooking_state WHEN 'ordering' THEN 'rebooked' \
             WHEN 'declined_again' THEN 'declined' ELSE t.rebooking_state END END "
    };
}

/// What became of the booking of a token `t`, in the words of the core's `PartnerStatus::as_str`.
macro_rules! partner_status {
    () => {
        concat!(
            "CASE WHEN t.declines = 0 AND t.status <> 'used' AND t.order_gone_at IS NULL \
             THEN 'booking_stands' ELSE ",
            progress!(),
            "END "
        )
    };
}

/// That a token `t` still waits for somebody to find a date: the core's
/// `RebookingToken::is_undecided`.
macro_rules! undecided {
    () => {
        "t.status IN ('active', 'expired') AND t.forgotten_at IS NULL "
    };
}

/// That a token `t` holds a wish that nobody has answered; word for word the condition of its
/// index.
macro_rules! wishes {
    () => {
        "t.wishes @? '$[*] ? (@.answered_at == null)' "
    };
}

/// Since when.
macro_rules! wishes_since {
    () => {
        "(SELECT min(miomente_partner_portal_rebooking_moment(wish ->> 'at')) \
            FROM jsonb_path_query(t.wishes, '$[*] ? (@.answered_at == null)') AS wish) "
    };
}

/// That an effect of the case of a token `t` has failed for good. Looked up case by case (`OFFSET
/// 0`), not in a table of all.
macro_rules! has_failed {
    () => {
        "EXISTS (SELECT FROM miomente_partner_portal_rebooking_effects AS e \
            WHERE e.case_id = t.case_id AND e.dead OFFSET 0) "
    };
}

/// Since when.
macro_rules! failed_since {
    () => {
        "(SELECT min(failed.over_at) FROM (SELECT e.over_at \
            FROM miomente_partner_portal_rebooking_effects AS e \
            WHERE e.case_id = t.case_id AND e.dead OFFSET 0) AS failed) "
    };
}

/// The entries of somebody who found no date at the page of a link of the case of a token `t`,
/// since a date was chosen or support has dealt with it; looked up in the same way.
macro_rules! finds_of_no_dates {
    () => {
        "FROM miomente_partner_portal_rebooking_audit AS a \
            WHERE a.subject = 'token' AND a.number = t.case_id AND a.event = 'no_dates_found' \
                AND a.step > coalesce((SELECT max(used.step) \
                    FROM miomente_partner_portal_rebooking_tokens AS used \
                    WHERE used.case_id = t.case_id AND used.status = 'used'), 0) \
                AND NOT EXISTS (SELECT FROM miomente_partner_portal_rebooking_audit AS dealt \
                    WHERE dealt.subject = 'token' AND dealt.number = a.number \
                        AND dealt.event = 'wish_settled' AND dealt.id > a.id) OFFSET 0"
    };
}

/// That there is one.
macro_rules! found_no_dates {
    () => {
        concat!("EXISTS (SELECT ", $crate::conditions::finds_of_no_dates!(), ") ")
    };
}

/// Since when.
macro_rules! no_dates_since {
    () => {
        concat!(
            "(SELECT min(found.at) FROM (SELECT a.at ",
            $crate::conditions::finds_of_no_dates!(),
            ") AS found) "
        )
    };
}

/// The last entry of the case of a token `t` that says who of support looks after it.
macro_rules! holder_entry {
    () => {
        "(SELECT a.event, a.support, a.at FROM miomente_partner_portal_rebooking_audit AS a \
            WHERE a.number = t.case_id AND a.subject = 'token' \
                AND a.event IN ('case_taken', 'case_given_back') \
            ORDER BY a.noted_at DESC, a.id DESC LIMIT 1) AS held "
    };
}

/// The name of whoever looks after it, as a list of one, or of none where nobody does.
macro_rules! holders {
    () => {
        concat!(
            "ARRAY(SELECT held.support FROM ",
            $crate::conditions::holder_entry!(),
            "WHERE held.event = 'case_taken' AND held.support IS NOT NULL) "
        )
    };
}

/// Since when a case needs something of support, by its newest token `t`: the core's
/// `CaseRow::waits_since`.
macro_rules! waits_since {
    () => {
        concat!(
            "least(",
            $crate::conditions::failed_since!(),
            ", ",
            $crate::conditions::silent_since!(),
            ", CASE WHEN ",
            $crate::conditions::undecided!(),
            "THEN least(",
            $crate::conditions::wishes_since!(),
            ", ",
            $crate::conditions::no_dates_since!(),
            ") END) "
        )
    };
}

/// Since when it is noted of the pending request of a token `t` that its partner is silent; looked
/// up in the same way.
macro_rules! silent_since {
    () => {
        "(SELECT r.silent_at FROM miomente_partner_portal_rebooking_requests AS r \
            WHERE r.token_case = t.case_id AND r.token_step = t.step AND r.state = 'pending' \
                AND t.status = 'used' AND t.forgotten_at IS NULL OFFSET 0) "
    };
}

pub(crate) use {
    failed_since, finds_of_no_dates, found_no_dates, has_failed, holder_entry, holders, newest,
    no_dates_since, partner_status, progress, silent_since, undecided, waits_since, wishes,
    wishes_since,
};
