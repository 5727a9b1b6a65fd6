//! The settings of Patroni, etcd and PgBouncer.

use std::path::Path;

/// For how long the leader's lock holds, how often it is renewed, and how long it is tried.
pub(super) const LEASE: &str = "ttl: 10, loop_wait: 2, retry_timeout: 3";

/// One node. As in production but for the times, and for the disk, which nobody switches off here.
///
/// Patroni asks etcd by its older interface, each time anew: by the newer one (`etcd3`) Patroni
/// before 3.1 believes a copy, so that a leader that was frozen takes its lock back unasked, or
/// never again names a synchronous standby.
pub(super) fn patroni(
    folder: &Path,
    programs: &Path,
    name: &str,
    port: u16,
    rest: u16,
    etcd: u16,
) -> String {
    let (own, programs) = (folder.join(name).display().to_string(), programs.display());
    format!(
        r#"scope: rebooking
name: {name}
restapi: {{listen: "127.0.0.1:{rest}", connect_address: "127.0.0.1:{rest}"}}
etcd: {{host: "127.0.0.1:{etcd}"}}
bootstrap:
  dcs:
    {lease}
    maximum_lag_on_failover: 1048576
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters:
        max_connections: 60
        shared_buffers: 16MB
        max_wal_size: 128MB
        wal_keep_size: 64MB
        fsync: "off"
        synchronous_commit: "on"
  initdb: [{{encoding: UTF8}}, {{locale: C.UTF-8}}, data-checksums]
postgresql:
  listen: "127.0.0.1:{port}"
  connect_address: "127.0.0.1:{port}"
  data_dir: "{own}/data"
  bin_dir: "{programs}"
  pgpass: "{own}/pgpass"
  remove_data_directory_on_rewind_failure: true
  remove_data_directory_on_diverged_timelines: true
  parameters: {{unix_socket_directories: "{own}"}}
  pg_hba:
    - local all all trust
    - host all all 127.0.0.1/32 trust
    - host replication all 127.0.0.1/32 trust
  authentication:
    superuser: {{username: postgres, password: loopback}}
    replication: {{username: replicator, password: loopback}}
"#,
        lease = LEASE.replace(", ", "\n    "),
    )
}

/// One etcd.
pub(super) fn etcd(folder: &Path, port: u16) -> Vec<String> {
    let (client, peer) = (
        format!("http://127.0.0.1:{port}"),
        format!("http://127.0.0.1:{}", super::daemon::free_port()),
    );
    [
        ("enable-v2", "true".to_owned()),
        ("data-dir", folder.join("etcd-data").display().to_string()),
        ("listen-client-urls", client.clone()),
        ("advertise-client-urls", client),
        ("listen-peer-urls", peer.clone()),
        ("initial-advertise-peer-urls", peer.clone()),
        ("initial-cluster", format!("default={peer}")),
    ]
    .map(|(name, value)| format!("--{name}={value}"))
    .to_vec()
}

/// PgBouncer, each of whose clients keeps a session of its own as long as it is there.
pub(super) fn pgbouncer(port: u16, database: u16) -> String {
    format!(
        "[databases]\nshop = host=127.0.0.1 port={database} dbname=shop user=postgres\n\
         [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n\
         auth_type = any\npool_mode = session\ndefault_pool_size = 20\n\
         ignore_startup_parameters = extra_float_digits\n"
    )
}
