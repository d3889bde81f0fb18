//! Opens a database as the store does, and ends: what a command that reads a store needs at the least. With
//! `walk` it reads every document on the way, and looks at none: what a command that tells them all needs at the least.
//!
//!     sled-open STORE/sled [walk]

#![expect(clippy::print_stdout, reason = "an example says what it read")]

use sled::Config;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut said = std::env::args_os().skip(1);
    let path = said.next().ok_or("name the folder of the database")?;
    let db = Config::new()
        .path(path)
        .flush_every_ms(None)
        .cache_capacity(16 * 1024 * 1024)
        .open()?;
    for tree in ["doc", "idx", "chg", "op", "space", "meta"] {
        db.open_tree(tree)?;
    }
    if said.next().is_some_and(|word| word == "walk") {
        let mut bytes = 0;
        for row in &db.open_tree("doc")? {
            bytes += row?.1.len();
        }
        println!("{bytes}");
    }
    Ok(())
}
