//! Options `-Xlog` as HotSpot takes and refuses them.

use super::*;

fn refused(rest: &str, java: u16) -> bool {
    let fault = log_fault(rest, JavaVersion(java), &mut Outputs::default());
    matches!(fault, Some(LogFault::Refused(_)))
}

#[test]
fn the_four_parts_are_checked() {
    for rest in [
        "",
        ":gc",
        ":gc*=debug,safepoint:file=gc.log:time,tags:filecount=5,filesize=10m",
        ":gc::time",
        "::stderr:none",
        ":GC=DEBUG:#1",
        ":disable",
        ":gc:\"a:b.log\"",
    ] {
        assert!(!refused(rest, 21), "{rest}");
    }
    for rest in [
        "gc",
        ":gcc",
        ":gc=inf",
        ":gc:time:filecount=5",
        ":gc:file=gc.log::filesize=10mb",
        ":gc:file=gc.log::filecount=1001",
        ":gc:file=",
        ":gc:tty=x",
        ":gc+gc",
        ":gc:\"a",
        ":gc:stdout::filecount=5",
    ] {
        assert!(refused(rest, 21), "{rest}");
    }
    assert!(!refused(":gc:stdout::filecount=5", 17));
    assert!(refused(":async", 11) && !refused(":async", 17));
}

#[test]
fn what_is_ignored_is_told() {
    let told = |rest: &str, outputs: &mut Outputs| log_fault(rest, JavaVersion(17), outputs);
    let mut outputs = Outputs::default();
    let warned = |fault| matches!(fault, Some(LogFault::Warned(_)));
    assert!(warned(told(":gc+jfr", &mut outputs)));
    assert_eq!(told(":gc:x.log", &mut outputs), None);
    assert!(warned(told(":gc:file=x.log::filecount=3", &mut outputs)));
    assert_eq!(told(":gc:#2", &mut outputs), None);
}
