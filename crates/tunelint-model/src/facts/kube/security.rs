//! Facts of what a container may do on its node, and of the pod's share in that.

use super::at::{Place, bool_at, container, int_at, pod_spec, text_at};
use super::pod::with;
use super::{Decl, decl, text, truth};
use crate::kube::{At, Read};
use crate::value::{Fact, Type, Value};
use crate::view::View;
use tunelint_base::{Entity, Location, Origin, Span};

const ON: Entity = Entity::Container;

pub(super) const FACTS: &[Decl] = &[
    decl(
        "container.root",
        ON,
        Type::Str,
        "Whether its process is root: certain, possible, refused (told to be both) or no",
        root,
    ),
    decl(
        "container.security.dangerous",
        ON,
        Type::Str,
        "An added capability that leads out of the container: ALL, SYS_ADMIN and the like",
        dangerous,
    ),
    decl(
        "container.security.drops",
        ON,
        Type::Strings,
        "`capabilities.drop`",
        |view| capabilities(view, DROP),
    ),
    decl(
        "container.security.escalation",
        ON,
        Type::Bool,
        "`allowPrivilegeEscalation`",
        |view| bool_at(container(view), "allowPrivilegeEscalation", ESCALATION),
    ),
    decl(
        "container.security.escalation_refused",
        ON,
        Type::Str,
        "What contradicts `allowPrivilegeEscalation: false`, so that the API server refuses both",
        contradiction,
    ),
    decl(
        "container.security.non_root",
        ON,
        Type::Bool,
        "`runAsNonRoot` of the container, else of the pod",
        non_root,
    ),
    decl(
        "container.security.privileged",
        ON,
        Type::Bool,
        "`privileged`",
        |view| bool_at(container(view), "privileged", PRIVILEGED),
    ),
    decl(
        "container.security.read_only_root",
        ON,
        Type::Bool,
        "`readOnlyRootFilesystem`",
        |view| bool_at(container(view), "readOnlyRootFilesystem", READ_ONLY),
    ),
    decl(
        "container.security.seccomp",
        ON,
        Type::Str,
        "The type of `seccompProfile` of the container, else of the pod",
        seccomp,
    ),
    decl(
        "container.security.user",
        ON,
        Type::Int,
        "`runAsUser` of the container, else of the pod",
        user,
    ),
    decl(
        "pod.automount",
        Entity::Pod,
        Type::Bool,
        "Whether its containers get the token of their service account",
        automount,
    ),
    decl(
        "pod.host_access",
        Entity::Pod,
        Type::Str,
        "What it has of its node: namespaces, folders, ports, privileges",
        |view| host_access(view).0,
    ),
    decl(
        "pod.host_takeover",
        Entity::Pod,
        Type::Str,
        "What of that leads out of the container: privileged, hostPID, the runtime's socket",
        |view| host_access(view).1,
    ),
];

const DROP: &[&str] = &["securityContext", "capabilities", "drop"];
const ADD: &[&str] = &["securityContext", "capabilities", "add"];
const ESCALATION: &[&str] = &["securityContext", "allowPrivilegeEscalation"];
const PRIVILEGED: &[&str] = &["securityContext", "privileged"];
const READ_ONLY: &[&str] = &["securityContext", "readOnlyRootFilesystem"];
const NON_ROOT: &[&str] = &["securityContext", "runAsNonRoot"];
const USER: &[&str] = &["securityContext", "runAsUser"];
const SECCOMP: &[&str] = &["securityContext", "seccompProfile", "type"];

/// The container's own value, else the pod's; the place to write it is the container's.
fn own_or_pod<'m>(own: Fact<'m>, pod: impl FnOnce() -> Fact<'m>) -> Fact<'m> {
    if own.value != Value::Absent {
        return own;
    }
    let mut inherited = pod();
    inherited.slot = own.slot;
    inherited
}

fn non_root<'m>(view: &View<'m>) -> Fact<'m> {
    own_or_pod(bool_at(container(view), "runAsNonRoot", NON_ROOT), || {
        bool_at(pod_spec(view), "runAsNonRoot", NON_ROOT)
    })
}

fn user<'m>(view: &View<'m>) -> Fact<'m> {
    own_or_pod(int_at(container(view), "runAsUser", USER, 1), || {
        int_at(pod_spec(view), "runAsUser", USER, 1)
    })
}

fn seccomp<'m>(view: &View<'m>) -> Fact<'m> {
    own_or_pod(text_at(container(view), "seccompProfile", SECCOMP), || {
        text_at(pod_spec(view), "seccompProfile", SECCOMP)
    })
}

/// `verifyRunAsNonRoot` of the kubelet: a number decides; without one the image's user does, which
/// `runAsNonRoot` has checked.
fn root<'m>(view: &View<'m>) -> Fact<'m> {
    let (non_root, user) = (non_root(view), user(view));
    let word = match (&non_root.value, &user.value) {
        (Value::Unknown(_), _) => return non_root,
        (_, Value::Unknown(_)) => return user,
        (Value::Bool(true), Value::Int(0)) => "refused",
        (_, Value::Int(0)) => "certain",
        (Value::Bool(true), _) | (_, Value::Int(1..)) => "no",
        _ => "possible",
    };
    let place = user.origin.location().or(non_root.origin.location());
    match place {
        Some(place) => Fact::derived(Value::str(word), vec![place]),
        None => text(word),
    }
}

fn list<'m>(at: At<'m>, path: &[&str]) -> Vec<(String, Span)> {
    let items = at.items(path);
    items
        .filter_map(|item| Some((item.node().as_str()?.to_ascii_uppercase(), item.span())))
        .map(|(name, span)| (name.trim_start_matches("CAP_").to_owned(), span))
        .collect()
}

fn capabilities<'m>(view: &View<'m>, path: &'static [&'static str]) -> Fact<'m> {
    let Some(place) = container(view) else {
        return Fact::unknown("the container's capabilities");
    };
    match place.at.find(path) {
        Read::Known(_, span) => {
            let names = list(place.at, path).into_iter();
            let names = names.map(|(name, _)| Value::str(name)).collect();
            Fact::set(Value::List(names), place.location(span))
        }
        Read::Unknown => Fact::unknown("the container's capabilities"),
        Read::Absent => Fact::new(Value::List(Vec::new()), Origin::Absent)
            .with_slot(place.at.slot(place.file, place.object, path)),
    }
}

fn dangerous<'m>(view: &View<'m>) -> Fact<'m> {
    const NAMES: [&str; 9] = [
        "ALL",
        "SYS_ADMIN",
        "NET_ADMIN",
        "SYS_PTRACE",
        "SYS_MODULE",
        "SYS_RAWIO",
        "DAC_READ_SEARCH",
        "BPF",
        "NET_RAW",
    ];
    let Some(place) = container(view) else {
        return Fact::unknown("the container's capabilities");
    };
    let found = list(place.at, ADD)
        .into_iter()
        .find(|(name, _)| NAMES.contains(&name.as_str()));
    match found {
        Some((name, span)) => Fact::set(Value::str(name), place.location(span)),
        None => Fact::absent(),
    }
}

/// `ValidateSecurityContext`: no escalation goes neither with `privileged` nor with SYS_ADMIN.
fn contradiction<'m>(view: &View<'m>) -> Fact<'m> {
    let Some(place) = container(view) else {
        return Fact::unknown("the container's privileges");
    };
    if place.at.bool(ESCALATION).known() != Some(false) {
        return Fact::absent();
    }
    if let Read::Known(true, span) = place.at.bool(PRIVILEGED) {
        return Fact::set(Value::str("`privileged: true`"), place.location(span));
    }
    // Only the name with its prefix is looked for there.
    let mut added = place.at.items(ADD);
    match added.find(|item| item.node().as_str() == Some("CAP_SYS_ADMIN")) {
        Some(item) => Fact::set(
            Value::str("the capability `CAP_SYS_ADMIN`"),
            place.location(item.span()),
        ),
        None => Fact::absent(),
    }
}

/// The pod decides, else its service account, else it is mounted. What is bound to a role uses it.
fn automount<'m>(view: &View<'m>) -> Fact<'m> {
    const PATH: &[&str] = &["automountServiceAccountToken"];
    with(view, |pod| {
        let Some(spec) = pod_spec(view) else {
            return Fact::unknown("the pod");
        };
        let own = bool_at(Some(spec), "automountServiceAccountToken", PATH);
        if own.value != Value::Absent {
            return own;
        }
        let slot = own.slot;
        let account = spec.at.text(&["serviceAccountName"]);
        let account = match account {
            Read::Absent => spec.at.text(&["serviceAccount"]),
            read => read,
        };
        let Some(account) = account.or("default") else {
            return Fact::unknown("the service account");
        };
        let accounts = view
            .model
            .objects_of("ServiceAccount", pod.file)
            .filter(|entry| {
                let name = entry.object.name.as_ref().map(|name| &*name.text);
                name == Some(account) && entry.object.shares_namespace(pod.object)
            });
        let entry = view.model.nearest(pod.file, accounts);
        if let Some(entry) = entry
            && let Some(Read::Known(value, span)) = entry.object.root().map(|root| root.bool(PATH))
        {
            return Fact::set(Value::Bool(value), Location::new(entry.file, span));
        }
        if is_bound(view, pod.file, account) {
            return Fact::unknown("whether the application asks the Kubernetes API");
        }
        let mut fact = truth(true, []);
        fact.slot = slot;
        fact
    })
}

fn is_bound(view: &View<'_>, file: tunelint_base::FileId, account: &str) -> bool {
    let kinds = ["RoleBinding", "ClusterRoleBinding"];
    let mut bindings = view.model.objects_of_any(&kinds, file);
    bindings.any(|entry| {
        let Some(root) = entry.object.root() else {
            return false;
        };
        let mut subjects = root.items(&["subjects"]);
        subjects.any(|subject| {
            subject.text(&["kind"]).known() == Some("ServiceAccount")
                && subject.text(&["name"]).known() == Some(account)
        })
    })
}

/// Everything of the node that the pod has, and what of it leads out of the container.
fn host_access<'m>(view: &View<'m>) -> (Fact<'m>, Fact<'m>) {
    let (Some(pod), Some(spec)) = (view.pod(), pod_spec(view)) else {
        return (Fact::unknown("the pod"), Fact::unknown("the pod"));
    };
    let mut found: Vec<(String, Span, bool)> = Vec::new();
    for (key, leads_out) in [
        ("hostPID", true),
        ("hostIPC", false),
        ("hostNetwork", false),
    ] {
        if let Read::Known(true, span) = spec.at.bool(&[key]) {
            found.push((format!("`{key}`"), span, leads_out));
        }
    }
    for volume in spec.at.items(&["volumes"]) {
        if let Read::Known(path, span) = volume.text(&["hostPath", "path"]) {
            found.push((format!("the node's `{path}`"), span, is_socket(path)));
        }
    }
    for facts in pod.pod.containers.iter().chain(&pod.pod.init) {
        let Some(at) = facts.at(pod.object) else {
            continue;
        };
        let name = facts.name.as_ref().map_or("", |name| &*name.text);
        if let Read::Known(true, span) = at.bool(PRIVILEGED) {
            found.push((format!("the privileged container `{name}`"), span, true));
        }
        for port in facts.ports(pod.object).unwrap_or_default() {
            if let Some((number, span)) = port.host {
                found.push((format!("the node's port {number}"), span, false));
            }
        }
    }
    let leading = found.iter().find(|(.., leads_out)| *leads_out);
    let takeover = leading.map_or_else(Fact::absent, |(what, span, _)| {
        Fact::set(Value::str(what.clone()), spec.location(*span))
    });
    (listed(spec, &found), takeover)
}

fn listed<'m>(spec: Place<'m>, found: &[(String, Span, bool)]) -> Fact<'m> {
    let Some((_, span, _)) = found.first() else {
        return Fact::absent();
    };
    let names: Vec<&str> = found.iter().map(|(what, ..)| what.as_str()).collect();
    let all = match names.as_slice() {
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
        [] => String::new(),
    };
    let mut fact = Fact::set(Value::str(all), spec.location(*span));
    let others = found.iter().skip(1);
    fact.parts = others
        .map(|(what, span, _)| (spec.location(*span), what.clone()))
        .collect();
    fact
}

/// Folders and sockets through which a container becomes root on its node.
fn is_socket(path: &str) -> bool {
    let bare = path.trim_end_matches('/');
    let sockets = ["docker.sock", "containerd.sock", "crio.sock"];
    let folders = ["", "/var/run", "/run"];
    sockets.iter().any(|name| bare.ends_with(name)) || folders.contains(&bare)
}
