//! Real JVMs, where some are installed, and what they make of a list of options.

use crate::jvm::Verdict;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tunelint_base::JavaVersion;
use tunelint_model::jvm::Machine;

/// The longest that a JVM may take to say its version.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program `java`.
#[derive(Clone, Debug)]
pub struct Real {
    /// Its feature release.
    pub java: JavaVersion,
    /// Where it is.
    pub path: PathBuf,
}

/// The JVMs that `JAVA_HOME_11` and its like name, and the `java` on the path; one a release.
#[must_use]
pub fn found() -> Vec<Real> {
    let homes = ["8", "11", "17", "21", "25"]
        .into_iter()
        .filter_map(|release| std::env::var_os(format!("JAVA_HOME_{release}")))
        .map(|home| PathBuf::from(home).join("bin/java"));
    let mut all: Vec<Real> = Vec::new();
    for path in homes.chain([PathBuf::from("java")]) {
        let Some(java) = release_of(&path) else {
            continue;
        };
        if all.iter().all(|known| known.java != java) {
            all.push(Real { java, path });
        }
    }
    all
}

fn release_of(path: &PathBuf) -> Option<JavaVersion> {
    let output = Command::new(path).arg("-version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let quoted = text.split('"').nth(1)?;
    let feature = quoted.strip_prefix("1.").unwrap_or(quoted);
    feature.split(['.', '-', '+']).next()?.parse().ok()
}

/// The machine that JVMs started here see.
#[must_use]
pub fn machine() -> Option<Machine> {
    let processors = thread::available_parallelism().ok()?;
    let number = |path: &str| fs::read_to_string(path).ok()?.trim().parse::<i64>().ok();
    let info = fs::read_to_string("/proc/meminfo").ok()?;
    let kib: i64 = info.lines().find_map(|line| {
        let rest = line.strip_prefix("MemTotal:")?;
        rest.trim().strip_suffix(" kB")?.parse().ok()
    })?;
    let limit = number("/sys/fs/cgroup/memory.max").unwrap_or(i64::MAX);
    Some(Machine {
        processors: i64::try_from(processors.get()).ok(),
        memory: Some(limit.min(kib * 1024)),
    })
}

/// What the JVM says of the arguments before `-version`, and its words; `None` where it does not
/// end in time. `folder` is where it runs and may write.
///
/// # Panics
/// Where it cannot be started at all.
#[must_use]
pub fn ask(
    real: &Real,
    arguments: &[String],
    folder: &std::path::Path,
) -> Option<(Verdict, String)> {
    let mut command = Command::new(&real.path);
    command.args(arguments).arg("-version").current_dir(folder);
    for name in ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"] {
        command.env_remove(name);
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("java starts");
    let reader = gather(child.stdout.take());
    let errors = gather(child.stderr.take());
    let start = Instant::now();
    while matches!(child.try_wait(), Ok(None)) && start.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(2));
    }
    let is_late = matches!(child.try_wait(), Ok(None));
    if is_late {
        drop(child.kill());
    }
    let status = child.wait().expect("java ends");
    if is_late {
        return None;
    }
    let mut words = String::from_utf8_lossy(&reader.join().ok()?).into_owned();
    words.push_str(&String::from_utf8_lossy(&errors.join().ok()?));
    let said: Vec<&str> = words.lines().filter(|line| !is_banner(line)).collect();
    let said = said.join("\n");
    let verdict = if !status.success() {
        Verdict::Refused
    } else if said.lines().any(is_warning) {
        Verdict::Warned
    } else {
        Verdict::Accepted
    };
    Some((verdict, said))
}

/// Reads a stream to its end, aside.
fn gather(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            drop(stream.read_to_end(&mut bytes));
        }
        bytes
    })
}

/// Lines that say nothing about the options.
fn is_banner(line: &str) -> bool {
    line.starts_with("openjdk version")
        || line.starts_with("OpenJDK Runtime Environment")
        || (line.starts_with("OpenJDK 64-Bit Server VM") && line.contains("(build"))
        || line.starts_with("Error: Could not create the Java Virtual Machine")
        || line.starts_with("Error: A fatal exception has occurred")
}

/// A warning of the VM, of its log, or of the launcher.
fn is_warning(line: &str) -> bool {
    line.contains(" VM warning: ")
        || line.contains("[warning]")
        || line.starts_with("WARNING:")
        || line.starts_with("Warning:")
}
