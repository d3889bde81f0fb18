//! Opens a database as the store does, and ends: what a command that reads a store needs at the least.
//!
//!     sled-open STORE/sled

use sled::Config;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os()
        .nth(1)
        .ok_or("name the folder of the database")?;
    let db = Config::new()
        .path(path)
        .flush_every_ms(None)
        .cache_capacity(16 * 1024 * 1024)
        .open()?;
    for tree in ["doc", "idx", "chg", "op", "space", "meta"] {
        db.open_tree(tree)?;
    }
    Ok(())
}
