//! Compares the memory budget with real processes: `cargo xtask truth [--java JAVA]... [--python PYTHON]`.
//!
//! It starts real JVMs with given flags under a load, and real RocksDB through a prebuilt package,
//! and prints measured over predicted memory. It is run on request: it takes minutes, and its
//! numbers depend on the machine.

use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

mod predict;

const LOAD: &str = include_str!("../truth/Load.java");
const ROCKSDB: &str = include_str!("../truth/rocksdb.py");
const MIB: f64 = 1_048_576.0;

/// Flags of the JVMs that are started; each with the heap at its maximum from the start, as the
/// budget counts it.
const FLAGS: [&str; 6] = [
    "-Xms512m -Xmx512m -XX:+UseG1GC",
    "-Xms1g -Xmx1g -XX:+UseG1GC",
    "-Xms512m -Xmx512m -XX:+UseSerialGC",
    "-Xms1g -Xmx1g -XX:+UseSerialGC",
    "-Xms512m -Xmx512m -XX:+UseParallelGC",
    "-Xms1g -Xmx1g -XX:+UseParallelGC",
];

/// A RocksDB that is opened: instances, cache, write buffer and buffers, whether the cache is shared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stores {
    pub(crate) instances: i64,
    pub(crate) cache: i64,
    pub(crate) buffer: i64,
    pub(crate) buffers: i64,
    pub(crate) shared: bool,
}

const STORES: [Stores; 5] = [
    Stores {
        instances: 1,
        cache: 50,
        buffer: 16,
        buffers: 3,
        shared: false,
    },
    Stores {
        instances: 4,
        cache: 50,
        buffer: 16,
        buffers: 3,
        shared: false,
    },
    Stores {
        instances: 12,
        cache: 50,
        buffer: 16,
        buffers: 3,
        shared: false,
    },
    Stores {
        instances: 4,
        cache: 128,
        buffer: 64,
        buffers: 3,
        shared: false,
    },
    Stores {
        instances: 8,
        cache: 256,
        buffer: 16,
        buffers: 3,
        shared: true,
    },
];

/// Runs it. Fails where a JVM's memory is not within 20 % of what was expected, or where a worst
/// case was exceeded.
pub(crate) fn run(arguments: impl Iterator<Item = String>) -> Result<()> {
    let (mut javas, mut python) = (Vec::new(), None);
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .with_context(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--java" => javas.push(value()?),
            "--python" => python = Some(value()?),
            _ => bail!("there is no option {argument}: use --java JAVA or --python PYTHON"),
        }
    }
    if javas.is_empty() && python.is_none() {
        javas.push("java".to_owned());
    }
    let mut missed = 0;
    for java in &javas {
        missed += jvms(java)?;
    }
    if let Some(python) = python {
        missed += stores(&python)?;
    }
    if missed > 0 {
        bail!("{missed} of the runs lie outside of what the budget promises");
    }
    Ok(())
}

fn say(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
}

/// Starts a JVM for each set of flags; says how many were not as promised.
fn jvms(java: &str) -> Result<usize> {
    let release = release(java)?;
    let folder = scratch()?;
    fs::write(folder.join("Load.java"), LOAD)?;
    let javac = PathBuf::from(java).with_file_name("javac");
    let javac = if java.contains('/') {
        javac
    } else {
        PathBuf::from("javac")
    };
    let compiled = Command::new(javac)
        .args(["-d", ".", "Load.java"])
        .current_dir(&folder)
        .status()
        .context("cannot start javac")?;
    if !compiled.success() {
        bail!("the load does not compile");
    }
    say(&format!("JDK {release}, {java}; MiB"));
    say("measured  expected  ratio   worst  ratio  flags");
    let mut missed = 0;
    for flags in FLAGS {
        let measured = jvm(java, flags, &folder)?;
        let predicted = predict::jvm(flags, release, measured.metaspace, measured.code)
            .context("the budget knows no heap")?;
        let (near, far) = (
            measured.resident / predicted.0,
            measured.resident / predicted.1,
        );
        let fine = (0.8..=1.2).contains(&near) && far <= 1.0;
        missed += usize::from(!fine);
        say(&format!(
            "{:8.0}  {:8.0}  {near:5.2}  {:6.0}  {far:5.2}  {flags}{}",
            measured.resident / MIB,
            predicted.0 / MIB,
            predicted.1 / MIB,
            if fine { "" } else { "  <-- outside" }
        ));
    }
    fs::remove_dir_all(&folder)?;
    Ok(missed)
}

/// What a JVM took, in bytes. How many classes and how much code a program has is the program's
/// doing: the JVM's own counters stand for those two terms.
struct Measured {
    resident: f64,
    metaspace: i64,
    code: i64,
}

fn jvm(java: &str, flags: &str, folder: &Path) -> Result<Measured> {
    // 38 threads of its own beside the JVM's; 64 MiB of direct buffers; some classes and code.
    let mut child = Command::new(java)
        .args(flags.split_whitespace())
        .args(["-cp", ".", "Load", "38", "64", "24", "12", "12"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start java")?;
    let found = ready(&mut child);
    let resident = resident(child.id());
    child.kill()?;
    child.wait()?;
    let (metaspace, code) = found?;
    Ok(Measured {
        resident: resident?,
        metaspace,
        code,
    })
}

fn ready(child: &mut Child) -> Result<(i64, i64)> {
    let out = child.stdout.take().context("the JVM has no output")?;
    for line in BufReader::new(out).lines() {
        let line = line?;
        let mut words = line.split_whitespace();
        if words.next() == Some("ready") {
            let mut number = || words.next().and_then(|word| word.parse().ok());
            return number()
                .zip(number())
                .context("the load says nothing of its pools");
        }
    }
    bail!("the JVM ended before it was under load")
}

/// Proportional resident memory: pages that are mapped several times count once.
fn resident(process: u32) -> Result<f64> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup"))
        .context("only Linux tells the resident memory of a process")?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kib: f64 = line
        .and_then(|line| line.split_whitespace().next()?.parse().ok())
        .context("no Pss in smaps_rollup")?;
    Ok(kib * 1024.0)
}

fn release(java: &str) -> Result<u16> {
    let out = Command::new(java)
        .arg("-version")
        .output()
        .context("cannot start java")?;
    let text = String::from_utf8_lossy(&out.stderr).into_owned();
    let version = text.split('"').nth(1).context("java tells no version")?;
    let digits = version.split('.').next().unwrap_or(version);
    Ok(digits.parse()?)
}

/// Opens RocksDB for each set of options; says how many went beyond their worst case.
fn stores(python: &str) -> Result<usize> {
    let folder = scratch()?;
    let script = folder.join("rocksdb.py");
    fs::write(&script, ROCKSDB)?;
    say("RocksDB through rocksdict; MiB");
    say("measured  expected  ratio   worst  ratio  instances × cache, buffers");
    let mut missed = 0;
    for stores in STORES {
        let Stores {
            instances,
            cache,
            buffer,
            buffers,
            shared,
        } = stores;
        let numbers = [instances, cache, buffer, buffers, i64::from(shared), 20];
        let out = Command::new(python)
            .arg(&script)
            .args(numbers.map(|number| number.to_string()))
            .stderr(Stdio::inherit())
            .output()
            .context("cannot start python")?;
        let measured: f64 = String::from_utf8_lossy(&out.stdout)
            .trim()
            .parse()
            .context("the script measured nothing: is rocksdict installed?")?;
        let (expected, worst) = predict::stores(stores).context("the budget knows no RocksDB")?;
        let (near, far) = (measured * MIB / expected, measured * MIB / worst);
        missed += usize::from(far > 1.0);
        say(&format!(
            "{measured:8.0}  {:8.0}  {near:5.2}  {:6.0}  {far:5.2}  {instances} × {cache}{}, {buffers} × {buffer}{}",
            expected / MIB,
            worst / MIB,
            if shared { " shared" } else { "" },
            if far > 1.0 { "  <-- outside" } else { "" }
        ));
    }
    fs::remove_dir_all(&folder)?;
    Ok(missed)
}

fn scratch() -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("tunelint-truth-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
