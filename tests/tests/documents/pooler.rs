//! The servers behind PgBouncer in transaction mode, with the settings that the documents have.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use rebooking_postgres::testing::server_command;
use tests::stack::Stack;
use tests::stack::database::Database;
use tests::stack::promises::promises_hold;
use tests::stack::wait::eventually;
use tests::stack::way::{goes_through, has_places_for_all};
use tokio::net::TcpStream;

use crate::blocks::{first, of_document};
use crate::operator::shell_without;

/// How many guests go through, in as many turns as it takes two servers.
const GUESTS: usize = 8;

/// A PgBouncer that ends when this is dropped, or this process ends.
struct Pooler {
    port: u16,
    folder: PathBuf,
    watch: Child,
}

impl Drop for Pooler {
    fn drop(&mut self) {
        drop(self.watch.stdin.take());
        drop(self.watch.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

impl Pooler {
    /// With the settings of the document, but for where it is and how people sign in.
    async fn start(database: &Database) -> Self {
        let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let folder = std::env::temp_dir().join(format!("rebooking-pooler-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let program = folder.join("pgbouncer");
        std::fs::copy(machine::pgbouncer().unwrap(), &program).unwrap();
        std::fs::write(folder.join("users"), "\"app\" \"\"\n\"postgres\" \"\"\n").unwrap();
        std::fs::write(folder.join("ini"), settings(&folder, port, database)).unwrap();
        // Whoever waits at the pipe ends it.
        let mut watch = server_command(Path::new("sh"))
            .args(["-c", "\"$1\" --quiet \"$2\" & read -r _; kill -s KILL $!", "sh"])
            .args([program, folder.join("ini")])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        watch.stdin.as_mut().unwrap().flush().unwrap();
        eventually("PgBouncer", || async {
            TcpStream::connect(("127.0.0.1", port)).await.ok().map(drop)
        })
        .await;
        Self { port, folder, watch }
    }
}

fn settings(folder: &Path, port: u16, database: &Database) -> String {
    let users = folder.join("users").display().to_string();
    let here = [
        ("port=5432 dbname=shop", format!("port={} dbname=stack", database.port())),
        ("listen_port = 6432", format!("listen_port = {port}")),
        ("scram-sha-256", "trust".to_owned()),
        ("/etc/pgbouncer/userlist.txt", users),
    ];
    let mut settings = first("docs/operations.md", "ini");
    for (there, here) in here {
        assert!(settings.contains(there), "{there}");
        settings = settings.replace(there, &here);
    }
    // Fewer sessions than connections, so that transactions of all of them share each.
    settings + "default_pool_size = 3\nunix_socket_dir =\n"
}

/// The role as the front page of the adapter sets it up.
async fn has_a_role(database: &Database) {
    database.carries_out("CREATE ROLE app LOGIN IN ROLE rebooking").await;
    let page = include_str!("../../../rebooking-postgres/src/lib.rs");
    let lines = page.lines().filter_map(|line| line.strip_prefix("//! ALTER ROLE app "));
    let lines = lines.filter(|line| !line.contains("portal"));
    let mut count = 0;
    for line in lines {
        database.carries_out(&format!("ALTER ROLE app {line}")).await;
        count += 1;
    }
    assert!(count >= 6, "{count}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_share_three_sessions_behind_a_pooler_in_transaction_mode() {
    let database = Database::of_its_own().await;
    has_a_role(&database).await;
    let pooler = tokio::task::block_in_place(|| {
        tokio::runtime::Handle::current().block_on(Pooler::start(&database))
    });
    let url = format!("postgres://app@127.0.0.1:{}/shop", pooler.port);
    let stack = Stack::on(database, &[("DATABASE_URL", &url), ("DATABASE_POOLER", "true")]).await;
    stack.starts_a_server().await;
    has_places_for_all(&stack).await;
    let guests = (0..GUESTS).map(|number| goes_through(&stack, number));
    futures_util::future::join_all(guests).await;

    let (mut shell, _) = shell_without(&stack, "nothing");
    shell.here.push(("127.0.0.1:6432", format!("127.0.0.1:{}", pooler.port)));
    let mut commands = of_document("docs/operations.md");
    commands.retain(|block| block.heading == "Pooler");
    assert!(shell.carries_out(&commands).await.contains("RECONNECT"));
    goes_through(&stack, GUESTS).await;

    let sessions = "SELECT pid FROM pg_stat_activity WHERE usename = 'app'";
    let sessions = stack.database().rows(sessions).await.len();
    assert!((1..=3).contains(&sessions), "{sessions}");
    promises_hold(&stack).await;
}
