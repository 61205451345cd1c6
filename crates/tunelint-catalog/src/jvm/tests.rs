//! Facts about single flags, as spot checks of the tables.

use super::*;

fn status(name: &str, java: u16) -> Status {
    let flag = find(name).unwrap_or_else(|| panic!("there is {name}"));
    flag.status(JavaVersion(java))
}

#[test]
fn every_flag_is_found_by_its_name() {
    assert!(flags().is_sorted_by(|a, b| a.name() < b.name()));
    for flag in flags() {
        assert_eq!(find(flag.name()), Some(flag));
    }
    assert_eq!(find("useg1gc"), None);
}

#[test]
fn the_status_follows_the_release() {
    use Status::{Accepted, DebugOnly, Deprecated, Locked, Obsolete, Unrecognized};
    let cases = [
        ("UseConcMarkSweepGC", 8, Accepted),
        ("UseConcMarkSweepGC", 11, Deprecated),
        ("UseConcMarkSweepGC", 13, Deprecated),
        ("UseConcMarkSweepGC", 14, Obsolete),
        ("UseConcMarkSweepGC", 15, Unrecognized),
        ("UseConcMarkSweepGC", 17, Unrecognized),
        ("UseZGC", 11, Locked(Lock::Experimental)),
        ("UseZGC", 17, Accepted),
        ("ZGenerational", 17, Unrecognized),
        ("ZGenerational", 21, Accepted),
        ("ZGenerational", 23, Deprecated),
        ("ZGenerational", 24, Obsolete),
        ("ZGenerational", 26, Unrecognized),
        ("PrintGCDateStamps", 8, Accepted),
        ("PrintGCDateStamps", 11, Unrecognized),
        ("MaxPermSize", 11, Obsolete),
        ("MaxPermSize", 17, Unrecognized),
        ("G1NewSizePercent", 21, Locked(Lock::Experimental)),
        ("DebugNonSafepoints", 21, Locked(Lock::Diagnostic)),
        ("UseCompactObjectHeaders", 25, Accepted),
        ("TraceDeoptimization", 11, DebugOnly),
        ("UseG1GC", 27, Accepted),
    ];
    for (name, java, expected) in cases {
        assert_eq!(status(name, java), expected, "{name} in {java}");
    }
}

#[test]
fn values_are_known() {
    let flag = |name| find(name).expect("a flag");
    let region = flag("G1HeapRegionSize");
    assert!(region.is_size());
    let whole = |max| Some(Range::Whole { min: 0, max });
    assert_eq!(region.range(JavaVersion(17)), whole(32 << 20));
    assert_eq!(region.range(JavaVersion(21)), whole(512 << 20));
    assert_eq!(
        flag("MaxRAMPercentage").ty(JavaVersion(21)),
        Some(FlagType::Double)
    );
    let reserve = |java| flag("G1ReservePercent").ty(JavaVersion(java));
    assert_eq!(reserve(21), Some(FlagType::Uintx));
    assert_eq!(reserve(25), Some(FlagType::Uint));
    let percentage = flag("MaxRAMPercentage").default(JavaVersion(21));
    assert_eq!(percentage, Some("25.0"));
    assert_eq!(flag("ThreadStackSize").counts, Counts::Kibibytes);
    assert!(flag("MaxDirectMemorySize").is_size());
    assert!(!flag("MarkStackSize").is_size());
    assert_eq!(
        flag("CreateMinidumpOnCrash").alias_of(),
        Some("CreateCoredumpOnCrash")
    );
}

#[test]
fn the_right_flag_is_suggested() {
    let near = |name| nearest(name, JavaVersion(21));
    assert_eq!(near("useG1GC"), Some("UseG1GC"));
    assert_eq!(near("UseG1CG"), Some("UseG1GC"));
    assert_eq!(near("MaxRamPercentage"), Some("MaxRAMPercentage"));
    assert_eq!(near("HeapDumpOnOutOfMemory"), None);
    assert_eq!(near("UseG1GC"), None);
    assert_eq!(near("NoSuchFlag"), None);
}
