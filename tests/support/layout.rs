//! How the repository is laid out, and which package may know which.

/// What may lie at the top level.
pub const TOP_LEVEL: [&str; 22] = [
    ".cargo",
    ".ci",
    ".github",
    ".gitignore",
    ".pre-commit-hooks.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "clippy.toml",
    "crates",
    "deny.toml",
    "docs",
    "editors",
    "fuzz",
    "rules",
    "rustfmt.toml",
    "tests",
];

/// Which packages a package may know, as the diagram in `crates/README.md` draws it; what stands
/// further down is reached over what stands between, or directly.
pub const ARROWS: &[(&str, &[&str])] = &[
    ("tunelint-base", &[]),
    ("tunelint-catalog", &["tunelint-base"]),
    ("tunelint-syntax", &["tunelint-base"]),
    ("tunelint-java", &["tunelint-base"]),
    ("tunelint-kustomize", &["tunelint-base", "tunelint-syntax"]),
    ("tunelint-page", &["tunelint-base"]),
    ("tunelint-rules", &["tunelint-base", "tunelint-page"]),
    (
        "tunelint-model",
        &[
            "tunelint-base",
            "tunelint-catalog",
            "tunelint-java",
            "tunelint-kustomize",
            "tunelint-syntax",
        ],
    ),
    (
        "tunelint-engine",
        &[
            "tunelint-base",
            "tunelint-catalog",
            "tunelint-model",
            "tunelint-page",
            "tunelint-rules",
            "tunelint-syntax",
        ],
    ),
    (
        "tunelint-advisor",
        &[
            "tunelint-base",
            "tunelint-catalog",
            "tunelint-engine",
            "tunelint-model",
            "tunelint-syntax",
        ],
    ),
    (
        "tunelint-lsp",
        &[
            "tunelint-advisor",
            "tunelint-base",
            "tunelint-catalog",
            "tunelint-engine",
            "tunelint-model",
            "tunelint-page",
            "tunelint-rules",
            "tunelint-syntax",
        ],
    ),
];

/// The packages that may know all others: the windows onto the library, and the tests.
pub const TOP: [&str; 3] = ["tunelint", "xtask", "tunelint-tests"];

/// The packages that touch the disk, the network or other processes.
pub const WITH_IO: [&str; 5] = [
    "crates/tunelint/",
    "crates/tunelint-lsp/",
    "crates/xtask/",
    "rules/build.rs",
    "tests/",
];
