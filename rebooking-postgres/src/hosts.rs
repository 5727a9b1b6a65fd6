//! An address with several hosts: one of them is the leader, and which one may change at any time.
//!
//! sqlx knows one host. So the others travel along in its connect options, as a setting of the
//! session that PostgreSQL keeps and nobody reads there; whoever opens connections asks first which
//! host can be written, and points the pool to it.

use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{join_all, select_ok};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool};
use sqlx::{Connection as _, Executor as _, Row as _};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::Settings;
use crate::error::Outline;

const SETTING: &str = "rebooking.hosts";
const WANTED: &str = "target_session_attrs";

/// On whenever a transaction could write nothing: on a standby, and where the role or the database
/// has `default_transaction_read_only`.
const READ_ONLY: &str = "SELECT current_setting('transaction_read_only') <> 'off'";

/// How long nobody is asked again after none was the leader.
const PAUSE: Duration = Duration::from_millis(100);

/// The hosts of one address, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hosts(Vec<(String, u16)>);

/// What a host of an address says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: whoever reads it handles each.
pub enum HostState {
    /// It can be written.
    Leader,
    /// It cannot be written: a standby, or `default_transaction_read_only` is on.
    Standby,
    /// It does not answer, or lets nobody in; why.
    Unreachable(String),
}

/// Whether `url` is an address of PostgreSQL, with one host or several. Connects to nothing.
#[must_use]
pub fn is_address(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    // sqlx would log what it does not know in a query, and that may be a secret.
    let without_query = url.split(['?', '#']).next().unwrap_or_default();
    matches!(scheme, Some("postgres" | "postgresql")) && parse(without_query).is_ok()
}

/// Asks each host of an address with several, or with `target_session_attrs`, what it is:
/// `host:port` beside its answer. Empty for any other address.
///
/// # Errors
/// [`sqlx::Error`] for an address that is none. A host that does not answer is no error.
pub async fn look_at_hosts(
    url: &str,
    settings: &Settings,
) -> Result<Vec<(String, HostState)>, sqlx::Error> {
    let options = parse(url)?;
    let Some(Hosts(hosts)) = Hosts::from_options(&options) else { return Ok(Vec::new()) };
    let looks = hosts.into_iter().map(|(host, port)| {
        let options = options.clone().host(&host).port(port);
        async move {
            let state = match is_read_only(&options, settings.connect_within).await {
                Ok(false) => HostState::Leader,
                Ok(true) => HostState::Standby,
                Err(error) => HostState::Unreachable(Outline::from_sqlx(&error).to_string()),
            };
            (format!("{host}:{port}"), state)
        }
    });
    Ok(join_all(looks).await)
}

/// The options of an address; those of its first host where it has several.
///
/// # Errors
/// [`sqlx::Error::Configuration`] for an address that is none.
pub(crate) fn parse(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    let wrong = |why: &str| sqlx::Error::Configuration(why.into());
    let Some((scheme, rest)) = url.split_once("://") else { return url.parse() };
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
    let (wanted, others): (Vec<&str>, Vec<&str>) =
        query.split('&').partition(|parameter| name_of(parameter) == WANTED);
    let (user, hosts) = match authority.rsplit_once('@') {
        Some((user, hosts)) => (format!("{user}@"), hosts),
        None => (String::new(), authority),
    };
    if !hosts.contains(',') && wanted.is_empty() {
        return url.parse();
    }
    let known = ["read-write", "primary"].map(|value| format!("{WANTED}={value}"));
    if !wanted.iter().all(|parameter| known.iter().any(|known| known == parameter)) {
        return Err(wrong("target_session_attrs is read-write or primary: the store writes"));
    }
    if others.iter().any(|parameter| ["host", "hostaddr", "port"].contains(&name_of(parameter))) {
        return Err(wrong("several hosts stand before the database's name, like h1:5432,h2:5432"));
    }
    let each = hosts.split(',').map(|host| {
        format!("{scheme}://{user}{host}{path}?{}", others.join("&")).parse::<PgConnectOptions>()
    });
    let each = each.collect::<Result<Vec<_>, _>>()?;
    let is_named = |(options, host): (&PgConnectOptions, &str)| {
        options.get_socket().is_none() && !host.is_empty() && !host.starts_with(':')
    };
    if !each.iter().zip(hosts.split(',')).all(is_named) {
        return Err(wrong("each of several hosts is a name or an address of the network"));
    }
    let names = each.iter().map(|one| format!("{}:{}", one.get_host(), one.get_port()));
    let names = names.collect::<Vec<_>>().join(",");
    let first = each.into_iter().next().ok_or_else(|| wrong("an address without a host"))?;
    Ok(first.options([(SETTING, names)]))
}

fn name_of(parameter: &str) -> &str {
    parameter.split('=').next().unwrap_or_default()
}

impl Hosts {
    /// The hosts that options were made with, where the leader among them is to be found.
    pub(crate) fn from_options(options: &PgConnectOptions) -> Option<Self> {
        let setting = format!("{SETTING}=");
        let names =
            options.get_options()?.split(' ').find_map(|part| part.strip_prefix(&setting))?;
        let host = |name: &str| {
            let (host, port) = name.rsplit_once(':')?;
            Some((host.to_owned(), port.parse().ok()?))
        };
        names.split(',').map(host).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Points pools to the leader: what they open from now on, they open there.
    ///
    /// # Errors
    /// What the last host said, when none can be written `within` that time.
    pub(crate) async fn point(
        &self,
        pools: &[&PgPool],
        within: Duration,
    ) -> Result<(), sqlx::Error> {
        let Some(known) = pools.first().map(|pool| pool.connect_options()) else { return Ok(()) };
        let leader = self.leader(&known, within).await?;
        for pool in pools {
            let there = pool.connect_options();
            if there.get_host() != leader.get_host() || there.get_port() != leader.get_port() {
                let (host, port) = (leader.get_host(), leader.get_port());
                pool.set_connect_options(there.as_ref().clone().host(host).port(port));
            }
        }
        Ok(())
    }

    /// Options that lead to the leader. Mostly it is the one that it was, so that one is asked
    /// first, and all of them at once only when it is not the leader any more, or says nothing.
    ///
    /// # Errors
    /// As [`Hosts::point`].
    pub(crate) async fn leader(
        &self,
        known: &PgConnectOptions,
        within: Duration,
    ) -> Result<PgConnectOptions, sqlx::Error> {
        let until = Instant::now() + within;
        if let Ok(leader) = leads(known.clone(), within / 4).await {
            return Ok(leader);
        }
        loop {
            let asked = self.0.iter().map(|(host, port)| {
                leads(known.clone().host(host).port(*port), within / 2).boxed()
            });
            let error = match timeout_at(until, select_ok(asked)).await {
                Ok(Ok((leader, _))) => return Ok(leader),
                Ok(Err(error)) => error,
                Err(_) => sqlx::Error::PoolTimedOut,
            };
            if Instant::now() + PAUSE >= until {
                return Err(error);
            }
            sleep(PAUSE).await;
        }
    }
}

/// The options themselves, when they lead to a host that can be written.
async fn leads(
    options: PgConnectOptions,
    within: Duration,
) -> Result<PgConnectOptions, sqlx::Error> {
    match is_read_only(&options, within).await? {
        false => Ok(options),
        true => Err(sqlx::Error::Protocol("no host can be written: each is a standby".into())),
    }
}

async fn is_read_only(options: &PgConnectOptions, within: Duration) -> Result<bool, sqlx::Error> {
    let asked = async {
        let mut connection = PgConnection::connect_with(options).await?;
        let read_only = connection.fetch_one(READ_ONLY).await?.try_get(0)?;
        // It has said what it is, whether or not it hears the goodbye.
        drop(connection.close().await);
        Ok(read_only)
    };
    timeout(within, asked).await.map_err(|_| sqlx::Error::PoolTimedOut)?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(url: &str) -> Option<Vec<(String, u16)>> {
        Hosts::from_options(&parse(url).unwrap()).map(|Hosts(hosts)| hosts)
    }

    #[test]
    fn an_address_with_one_host_is_what_it_was() {
        for url in ["postgres://app:a,b@db/shop", "postgres:///shop", "postgres://app@%2Ftmp:5/s"] {
            let (ours, theirs) = (parse(url).unwrap(), url.parse::<PgConnectOptions>().unwrap());
            assert_eq!(format!("{ours:?}"), format!("{theirs:?}"), "{url}");
        }
    }

    #[test]
    fn several_hosts_have_each_their_port_and_share_all_else() {
        let url = "postgres://app:a%40b,c@db1:5433,db2/shop?target_session_attrs=read-write\
                   &application_name=portal";
        let options = parse(url).unwrap();
        assert_eq!(hosts(url).unwrap(), [("db1".to_owned(), 5433), ("db2".to_owned(), 5432)]);
        assert_eq!((options.get_host(), options.get_port()), ("db1", 5433));
        assert_eq!(options.get_database(), Some("shop"));
        assert_eq!(options.get_application_name(), Some("portal"));
        assert_eq!(hosts("postgres://db/shop?target_session_attrs=primary").unwrap().len(), 1);
        assert_eq!(hosts("postgres://db1,db2").unwrap().len(), 2);
    }

    #[test]
    fn the_limits_of_a_session_leave_the_hosts_in_their_place() {
        let options = Settings::default().applied_to(parse("postgres://db1,db2/shop").unwrap());
        assert_eq!(Hosts::from_options(&options).unwrap().0.len(), 2);
    }

    #[test]
    fn what_cannot_lead_to_a_leader_is_refused() {
        for url in [
            "postgres://db1,db2/shop?target_session_attrs=any",
            "postgres://db1,db2/shop?port=5433",
            "postgres://db1,/shop",
            "postgres://db1,:5432/shop",
            "postgres://db1,%2Ftmp/shop",
            "postgres://db1:x,db2/shop",
        ] {
            assert!(parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn an_address_is_one_by_its_scheme_and_its_hosts() {
        for url in ["postgres://db1:1,db2:2/shop?sslmode=require", "postgresql://app@db/shop"] {
            assert!(is_address(url), "{url}");
        }
        for url in ["mysql://db/shop", "db1,db2", "postgres://db:99999/shop"] {
            assert!(!is_address(url), "{url}");
        }
    }
}
