//! What makes pods, and the pods that it makes.

use super::{At, Labels, Object, Pod};

impl Pod {
    /// Its spec in its object's body.
    #[must_use]
    pub fn at<'a>(&self, object: &'a Object) -> Option<At<'a>> {
        object.body.as_ref()?.at(self.node?)
    }
}

impl Object {
    /// Its text, if it is an object of Kubernetes.
    #[must_use]
    pub fn root(&self) -> Option<At<'_>> {
        self.body.as_ref()?.root()
    }

    /// Whether more may belong to it than stands in the file.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.body.as_ref().is_none_or(|body| body.partial)
    }

    /// Whether it is an object of Kubernetes to which more may belong than stands in the file.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.body.as_ref().is_some_and(|body| body.partial)
    }

    /// Whether a cluster gave it, so that it has an identity there.
    #[must_use]
    pub fn is_live(&self) -> bool {
        let uid = self.root().and_then(|root| root.get(&["metadata", "uid"]));
        uid.is_some()
    }

    /// Whether it makes pods that run until somebody stops them, as many as it is told.
    #[must_use]
    pub fn is_scaled(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController"
        )
    }

    /// The labels of its pods.
    #[must_use]
    pub fn pod_labels(&self) -> Option<&Labels> {
        self.pod.as_ref().map(|pod| &pod.labels)
    }

    /// Whether an object of that namespace and this one can belong together: a namespace that is
    /// not written may be any, since the command line or an overlay gives it.
    #[must_use]
    pub fn shares_namespace(&self, other: &Self) -> bool {
        match (&self.namespace, &other.namespace) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        }
    }
}
