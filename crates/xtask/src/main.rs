//! Writes the generated files of tunelint: `cargo xtask catalogue --from DIR [--check]`.

mod catalogue;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask catalogue --from DIR [--check]

  catalogue   writes the tables of crates/tunelint-catalog/data from the facts in DIR,
              which holds the folders kafka/ and jvm/; --check compares instead";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("catalogue") => catalogue::run(arguments),
        _ => bail!("{USAGE}"),
    }
}
