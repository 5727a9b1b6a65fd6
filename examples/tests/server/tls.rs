//! The way to the database, encrypted.

use std::fs;
use std::path::{Path, PathBuf};

use rebooking_postgres::testing::Cluster;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use crate::PARTNER;
use crate::process::{Server, command};

#[tokio::test]
async fn the_database_is_reached_over_tls_and_only_with_the_certificate_that_is_trusted() {
    let cluster = Cluster::of_its_own().unwrap();
    cluster.migrated_database("shop").await.unwrap();
    let (ours, others) = (certificate(), certificate());
    switch_tls_on(&cluster, &ours).await;
    let address = |trusted: &Path| {
        format!(
            "postgres://rebooking@localhost:{}/shop?sslmode=verify-full&sslrootcert={}",
            cluster.port(),
            trusted.display()
        )
    };
    let (right, wrong) =
        (file("right.pem", &ours.cert.pem()), file("wrong.pem", &others.cert.pem()));

    let refused =
        command(&["--demo"]).env("REBOOKING_DATABASE_URL", address(&wrong)).output().unwrap();
    assert!(!refused.status.success(), "{refused:?}");
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(
        told.starts_with("--database-url or REBOOKING_DATABASE_URL: cannot connect: "),
        "{told}"
    );

    let server = Server::run(command(&["--demo"]).env("REBOOKING_DATABASE_URL", address(&right)));
    assert_eq!(server.get("/api/partner/confirmations", PARTNER)["data"]["total"], json!(6));
    let mut admin = PgConnection::connect(&cluster.url("shop")).await.unwrap();
    let encrypted = "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
        WHERE application_name = 'rebooking'";
    let encrypted: Option<bool> =
        sqlx::query_scalar(encrypted).fetch_one(&mut admin).await.unwrap();
    assert_eq!(encrypted, Some(true));
}

/// For `localhost`, signed by itself.
fn certificate() -> rcgen::CertifiedKey<rcgen::KeyPair> {
    rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap()
}

fn file(name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

/// The server itself writes its files, as it takes no key that others could read.
async fn switch_tls_on(cluster: &Cluster, certificate: &rcgen::CertifiedKey<rcgen::KeyPair>) {
    let mut admin = PgConnection::connect(&cluster.url("postgres")).await.unwrap();
    for (setting, pem) in [
        ("ssl_cert_file", certificate.cert.pem()),
        ("ssl_key_file", certificate.signing_key.serialize_pem()),
    ] {
        let path = cluster.socket().join(setting);
        let lines = pem.trim().replace('\r', "").replace('\n', "'), ('");
        let write =
            format!("COPY (VALUES ('{lines}')) TO PROGRAM 'umask 077; cat >{}'", path.display());
        admin.execute(AssertSqlSafe(write)).await.unwrap();
        let set = format!("ALTER SYSTEM SET {setting} = '{}'", path.display());
        admin.execute(AssertSqlSafe(set)).await.unwrap();
    }
    admin.execute("ALTER SYSTEM SET ssl = on").await.unwrap();
    admin.execute("SELECT pg_reload_conf()").await.unwrap();
    // Sessions that begin once the server has read its settings anew know them.
    loop {
        let mut next = PgConnection::connect(&cluster.url("postgres")).await.unwrap();
        let ssl: String = sqlx::query_scalar("SHOW ssl").fetch_one(&mut next).await.unwrap();
        if ssl == "on" {
            break;
        }
    }
}
