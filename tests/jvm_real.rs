//! What tunelint says of JVM options against what the JVMs installed here say.
//!
//! Draws lists of options, the same on every machine, asks each JVM that `JAVA_HOME_11` and its
//! like name and the `java` on the path, and asserts that tunelint agrees on what is refused.
#![allow(
    clippy::print_stdout,
    reason = "the counts are for the reader of the log"
)]

use rayon::prelude::*;
use std::time::{Duration, Instant};
use tunelint_catalog::jvm::flags;
use tunelint_tests::jvm::{Judged, Verdict, judge};
use tunelint_tests::jvm_real::{Real, ask, found, machine};
use tunelint_tests::{jvm_lists, mutate::Dice};

/// How long it may ask, as long as nobody wants more.
const BUDGET: Duration = Duration::from_secs(40);

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn lists(real: &Real) -> Vec<Vec<String>> {
    let seed = number("TUNELINT_JVM_SEED").unwrap_or(1);
    let count = number("TUNELINT_JVM_LISTS").unwrap_or(400);
    let mut dice = Dice::new(seed);
    let mut lists: Vec<Vec<String>> = Vec::new();
    for n in 0..count {
        lists.push(match n % 4 {
            0 => {
                let singles = jvm_lists::singles(&flags()[dice.below(flags().len())], real.java);
                if singles.is_empty() {
                    continue;
                }
                singles[dice.below(singles.len())].clone()
            }
            1 => vec![jvm_lists::log(&mut dice)],
            _ => jvm_lists::mixed(&mut dice, real.java),
        });
    }
    lists
}

#[test]
fn installed_jvms_agree() {
    let all = found();
    if all.is_empty() {
        println!("skipped: no JAVA_HOME_11 or its like, and no `java` on the path");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let deadline =
        Instant::now() + number("TUNELINT_JVM_SECONDS").map_or(BUDGET, Duration::from_secs);
    let share = (deadline - Instant::now()) / u32::try_from(all.len()).expect("few JVMs");
    let mut wrong = Vec::new();
    for real in &all {
        let until = Instant::now() + share;
        let lists = lists(real);
        let asked: Vec<(&Vec<String>, Judged, Verdict, String)> = lists
            .par_iter()
            .filter(|_| Instant::now() < until)
            .filter_map(|list| {
                let (verdict, words) = ask(real, list, folder.path())?;
                Some((list, judge(list, real.java, machine()), verdict, words))
            })
            .collect();
        let (mut refused, mut warned) = (0, 0);
        for (list, ours, verdict, words) in &asked {
            let first = words.lines().take(3).collect::<Vec<_>>().join(" / ");
            if (*verdict == Verdict::Refused) != (ours.verdict == Verdict::Refused) {
                refused += 1;
                wrong.push(format!(
                    "{}\t{verdict:?}\t{:?}\t{list:?}\t{:?}\t{first}",
                    real.java, ours.verdict, ours.rules
                ));
            } else if *verdict != Verdict::Refused && *verdict != ours.verdict {
                warned += 1;
                if std::env::var("TUNELINT_JVM_WARNED").is_ok() {
                    println!(
                        "{}\t{verdict:?}\t{:?}\t{list:?}\t{:?}\t{first}",
                        real.java, ours.verdict, ours.rules
                    );
                }
            }
        }
        println!(
            "Java {}: {} lists asked, {refused} judged otherwise, {warned} warned about otherwise",
            real.java,
            asked.len()
        );
    }
    for line in &wrong {
        println!("{line}");
    }
    assert!(
        wrong.is_empty(),
        "{} lists are judged otherwise",
        wrong.len()
    );
}
