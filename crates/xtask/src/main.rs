//! What is done about tunelint by hand: generated files (`cargo xtask catalogue`), the memory
//! budget against real processes (`cargo xtask truth`).

mod catalogue;
mod truth;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask catalogue --from DIR [--check]
       cargo xtask truth [--java JAVA]... [--python PYTHON]

  catalogue   writes the tables of crates/tunelint-catalog/data from the facts in DIR,
              which holds the folders kafka/ and jvm/; --check compares instead
  truth       compares the memory budget with real JVMs, and with real RocksDB where PYTHON
              has the package rocksdict";

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("catalogue") => catalogue::run(arguments),
        Some("truth") => truth::run(arguments),
        _ => bail!("{USAGE}"),
    }
}
