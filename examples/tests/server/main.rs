//! The servers from outside, over real connections: the demo, its settings, its start and its end,
//! and a host that embeds.

#[cfg(test)]
mod demo;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod embed;
#[cfg(test)]
mod events;
#[cfg(test)]
mod https;
#[cfg(test)]
mod locales;
#[cfg(test)]
mod magento;
#[cfg(test)]
mod mails;
#[cfg(test)]
mod odoo;
#[cfg(test)]
mod on_postgres;
#[cfg(test)]
mod outages;
#[cfg(test)]
mod outside;
#[cfg(test)]
mod own_host;
#[cfg(test)]
mod passing_time;
#[cfg(test)]
mod person;
#[cfg(test)]
mod process;
#[cfg(test)]
mod relay;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod start;
#[cfg(test)]
mod stop;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod zones;

#[cfg(test)]
const PARTNER: &str = "demo-partner";
#[cfg(test)]
const SUPPORT: &str = "demo-support";

/// The ids of a list.
#[cfg(test)]
fn ids(list: &serde_json::Value) -> Vec<u64> {
    list.as_array()
        .map(|list| list.iter().filter_map(|row| row["id"].as_u64()).collect())
        .unwrap_or_default()
}
