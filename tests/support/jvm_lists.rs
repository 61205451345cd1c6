//! Lists of JVM options that no JVM has been asked about yet: each flag with values at its bounds,
//! and options mixed as people mix them.

use crate::mutate::Dice;
use tunelint_base::JavaVersion;
use tunelint_base::quantity::jvm_size;
use tunelint_catalog::jvm::{Flag, FlagType, Lock, Range, Status, flags};

/// Values that are wrong for most flags, or at the edge of a type.
const VALUES: &[&str] = &[
    "",
    "-1",
    "0",
    "1",
    "2",
    "3",
    "7",
    "8",
    "10",
    "16",
    "25",
    "50",
    "100",
    "101",
    "1000",
    "1k",
    "4k",
    "64K",
    "1m",
    "64m",
    "1g",
    "4G",
    "1t",
    "0x10",
    "20.5",
    "0.5",
    "75.0",
    "1e2",
    "abc",
    "x",
    "true",
    "200ms",
    "512Mi",
    "1.5g",
    "10mb",
    "/tmp/x",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
];

/// Flags that are not asked about: with some the JVM waits or says its version early; the others hang
/// on a file, the processor or modules of the installation that asks.
const LEFT_OUT: &[&str] = &[
    "AOTLibrary",
    "AllocateHeapAt",
    "AutoBoxCacheMax",
    "CompilerDirectivesFile",
    "EnableJVMCI",
    "EnableJVMCIProduct",
    "ManagementServer",
    "MallocMaxTestWords",
    "PauseAtExit",
    "PauseAtStartup",
    "PrintSharedArchiveAndExit",
    "ReplayCompiles",
    "RequireSharedSpaces",
    "ShowMessageBoxOnError",
    "SpecTrapLimitExtraEntries",
    "UseGraalJIT",
    "UseJVMCICompiler",
    "UseRTMLocking",
];

/// Every list that sets one flag alone, for a flag that `java` has.
#[must_use]
pub fn singles(flag: &Flag, java: JavaVersion) -> Vec<Vec<String>> {
    if LEFT_OUT.contains(&flag.name()) {
        return Vec::new();
    }
    let name = flag.name();
    let mut texts = vec![
        format!("-XX:+{name}"),
        format!("-XX:-{name}"),
        format!("-XX:{name}"),
        format!("-XX:{name}=true"),
        format!("-XX:+{name}=1"),
    ];
    let is_taken = matches!(
        flag.status(java),
        Status::Accepted | Status::Deprecated | Status::Locked(_)
    );
    if !is_taken {
        texts.extend([format!("-XX:{name}=1"), format!("-XX:{name}=")]);
    } else if flag.ty(java) != Some(FlagType::Bool) {
        for value in values(flag, java) {
            texts.push(format!("-XX:{name}={value}"));
        }
    }
    let unlock = match flag.status(java) {
        Status::Locked(lock) => Some(format!("-XX:+{}", lock.key())),
        _ => None,
    };
    texts
        .into_iter()
        .map(|text| unlock.iter().cloned().chain([text]).collect())
        .collect()
}

/// Values at the bounds of the flag, and such as no flag takes.
fn values(flag: &Flag, java: JavaVersion) -> Vec<String> {
    let mut values: Vec<String> = VALUES.iter().map(|&value| value.to_owned()).collect();
    values.extend(flag.default(java).map(str::to_owned));
    match flag.range(java) {
        Some(Range::Whole { min, max }) => {
            values.extend([min - 1, min, min + 1, max - 1, max, max + 1].map(|n| n.to_string()));
            let default = flag
                .default(java)
                .and_then(|text| text.parse::<i128>().ok());
            values.extend(
                default
                    .iter()
                    .flat_map(|n| [(n - 1).to_string(), (n + 1).to_string()]),
            );
        }
        Some(Range::Real { min, max }) => {
            values.extend([min - 0.1, min, max, max + 0.1].map(|n| format!("{n:?}")));
        }
        None => {}
    }
    // So many threads would take all the memory of the machine before the JVM gives up.
    let counts_threads = flag.name().ends_with("Threads")
        || ["ActiveProcessorCount", "CICompilerCount"].contains(&flag.name());
    if counts_threads {
        values.retain(|value| jvm_size(value).is_none_or(|n| n <= 100 || n > u64::from(u32::MAX)));
    }
    values.sort();
    values.dedup();
    values
}

/// Options as people write them, right and wrong, and the parts of `-Xlog`: a heading in brackets,
/// then one a line.
const WORDS: &str = include_str!("jvm-words.txt");

fn words(heading: &str) -> Vec<&'static str> {
    let start = format!("[{heading}]");
    let after = WORDS.lines().skip_while(|line| *line != start).skip(1);
    let own = after.take_while(|line| !line.starts_with('['));
    own.map(|line| if line == "(nothing)" { "" } else { line })
        .collect()
}

/// A list of one to six options drawn from what people write and from the catalogue.
#[must_use]
pub fn mixed(dice: &mut Dice, java: JavaVersion) -> Vec<String> {
    let common = words("options");
    let count = 1 + dice.below(6);
    let mut list = Vec::new();
    for _ in 0..count {
        match dice.below(12) {
            0 => list.push(random_flag(dice, java)),
            1 => list.push(log(dice)),
            _ => list.push(common[dice.below(common.len())].to_owned()),
        }
    }
    if dice.below(3) == 0 {
        list.insert(0, format!("-XX:+{}", Lock::Experimental.key()));
    }
    list
}

fn random_flag(dice: &mut Dice, java: JavaVersion) -> String {
    let all = flags();
    loop {
        let lists = singles(&all[dice.below(all.len())], java);
        if !lists.is_empty() {
            let list = &lists[dice.below(lists.len())];
            return list[list.len() - 1].clone();
        }
    }
}

/// An option `-Xlog`, mostly near to a right one.
#[must_use]
pub fn log(dice: &mut Dice) -> String {
    let mut text = String::from("-Xlog");
    for (chance, heading) in [
        (1, "log what"),
        (2, "log where"),
        (2, "log how"),
        (2, "log more"),
    ] {
        let words = words(heading);
        if chance > 1 && dice.below(3) == 0 {
            break;
        }
        text.push(':');
        // Mostly the usual, which stands first.
        let many = if dice.below(3) == 0 {
            words.len()
        } else {
            words.len().min(8)
        };
        text.push_str(words[dice.below(many)]);
    }
    if dice.below(30) == 0 {
        text.push(':');
    }
    text
}
