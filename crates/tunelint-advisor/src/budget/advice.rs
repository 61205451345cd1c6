//! What to change first: bound native memory, then fewer tasks a pod, smaller write buffers, a
//! smaller heap, a higher limit; each with what it comes to and the text to put where.

use super::{Verdict, mib, setter};
use crate::Place;
use serde::Serialize;
use tunelint_base::quantity::{show_jvm_size, show_kubernetes_bytes};
use tunelint_base::{Location, Span};
use tunelint_model::Model;
use tunelint_model::memory::{Budget, Inputs, WhatIf, budget_if, suggested_limit};

const MIB: i64 = 1 << 20;

/// A step that makes the budget fit, or smaller.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Advice {
    /// What to do and why.
    pub text: String,
    /// What it comes to, this step alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// What to write where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// What a step comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// The expected sum after it, in bytes.
    pub expected: i64,
    /// The worst case after it, in bytes.
    pub worst: i64,
    /// The limit after it, in bytes.
    pub limit: i64,
    /// The verdict after it.
    pub verdict: Verdict,
}

/// A text and where it goes; without a place it is a new file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it replaces; an empty range is an insertion.
    #[serde(flatten)]
    pub place: Option<Place>,
    /// The text.
    pub text: String,
}

/// The steps for a workload; none where even the worst case fits.
pub(super) fn advise(
    model: &Model<'_>,
    at: usize,
    budget: &Budget,
    verdict: Verdict,
) -> Vec<Advice> {
    if matches!(verdict, Verdict::Fits | Verdict::Unknown) {
        return Vec::new();
    }
    let what_if = &model.options.what_if;
    let (Some(inputs), Some(limit)) = (Inputs::new(model, at, what_if), budget.limit.as_ref())
    else {
        return Vec::new();
    };
    let adviser = Adviser {
        model,
        at,
        budget,
        inputs,
        limit: limit.value,
    };
    // A heap that leaves no room for anything is to be looked at before all else.
    let heap_is_all = budget
        .term("heap")
        .is_some_and(|heap| heap.worst >= limit.value);
    let mut steps: Vec<Advice> = adviser
        .smaller_heap()
        .filter(|_| heap_is_all)
        .into_iter()
        .collect();
    steps.extend(adviser.bound());
    steps.extend(adviser.more_pods());
    steps.extend(adviser.smaller_buffers());
    steps.extend(adviser.smaller_heap().filter(|_| !heap_is_all));
    steps.extend(adviser.raise_limit());
    steps
}

struct Adviser<'m> {
    model: &'m Model<'m>,
    at: usize,
    budget: &'m Budget,
    inputs: Inputs<'m>,
    limit: i64,
}

impl Adviser<'_> {
    fn effect(&self, change: impl FnOnce(&mut WhatIf)) -> Option<Effect> {
        let mut what_if = self.model.options.what_if.clone();
        change(&mut what_if);
        let after = budget_if(self.model, self.at, &what_if)?;
        Some(Effect {
            expected: after.expected(),
            worst: after.worst(),
            limit: after.limit.as_ref()?.value,
            verdict: Verdict::of(&after),
        })
    }

    fn place(&self, location: Location) -> Option<Place> {
        Place::of(self.model, location)
    }

    /// One cache for all stores, as large as the limit leaves room for.
    fn bound(&self) -> Vec<Advice> {
        if self.budget.instances.is_none() || self.budget.bounded == Some(true) {
            return Vec::new();
        }
        let Some(cache) = self.cache_mib() else {
            return Vec::new();
        };
        let effect = self.effect(|what_if| what_if.shared_cache = Some(cache * MIB));
        let text = format!(
            "bound RocksDB: one cache of {cache} MiB for all stores, charged with their write buffers; \
             it holds however many tasks the pod gets"
        );
        let (class, package, place) = match self.inputs.setter {
            Some(setter) => {
                let full = &setter.facts.class;
                let package = full.rsplit_once('.').map_or("", |(package, _)| package);
                let at = Location::new(setter.file, setter.facts.span);
                (setter.name().to_owned(), package.to_owned(), self.place(at))
            }
            None => ("BoundedMemory".to_owned(), String::new(), None),
        };
        let is_new = place.is_none();
        // In place of a class its package and imports stand already.
        let whole = setter::bounded(&class, if is_new { &package } else { "" }, cache);
        let code = match whole.find("public class").filter(|_| !is_new) {
            Some(start) => whole[start..].trim_end().to_owned(),
            None => whole,
        };
        let mut steps = vec![Advice {
            text,
            effect,
            change: Some(Change { place, text: code }),
        }];
        if is_new && let Some(change) = self.register(&class) {
            let text = format!(
                "register it: put `{class}` with its package under `rocksdb.config.setter`"
            );
            steps.push(Advice {
                text,
                effect: None,
                change: Some(change),
            });
        }
        steps
    }

    /// The largest shared cache, in MiB, with which the worst case fits; where none is, one with
    /// which a tenth is left over what is expected.
    fn cache_mib(&self) -> Option<i64> {
        const LEAST: i64 = 64;
        const MOST: i64 = 4096;
        let least = self.effect(|what_if| what_if.shared_cache = Some(LEAST * MIB))?;
        let steps = |room: i64| LEAST + room.max(0) / (16 * MIB) * 16;
        let by_worst = steps(self.limit - least.worst);
        let cache = if self.limit >= least.worst {
            by_worst
        } else {
            steps(self.limit / 100 * 90 - least.expected)
        };
        Some(cache.min(MOST))
    }

    /// `rocksdb.config.setter` where the application's settings stand.
    fn register(&self, class: &str) -> Option<Change> {
        let (_, client) = self.inputs.streams?;
        let key = "rocksdb.config.setter";
        if let Some(entry) = client.entry(key) {
            let place = self.place(Location::new(entry.file, entry.setting.value_span));
            return Some(Change {
                place,
                text: class.to_owned(),
            });
        }
        let insert = client.facts.insert.as_ref()?;
        let at = Location::new(client.file, Span::empty(insert.offset as usize));
        let text = format!(
            "{}{key}{}{class}{}",
            insert.before, insert.separator, insert.after
        );
        Some(Change {
            place: self.place(at),
            text,
        })
    }

    /// One more pod takes tasks off the others.
    fn more_pods(&self) -> Option<Advice> {
        self.budget.instances.as_ref()?;
        let replicas = self.inputs.replicas()?;
        let more = replicas.value + 1;
        let effect = self.effect(|what_if| what_if.replicas = Some(more))?;
        if effect.worst >= self.budget.worst() {
            return None;
        }
        let text = format!(
            "run {more} pods instead of {}: each has fewer tasks",
            replicas.value
        );
        let place = replicas.place().and_then(|at| self.place(at));
        let change = place.map(|place| Change {
            place: Some(place),
            text: more.to_string(),
        });
        Some(Advice {
            text,
            effect: Some(effect),
            change,
        })
    }

    /// Smaller write buffers: stores with little traffic do not need more.
    fn smaller_buffers(&self) -> Option<Advice> {
        const SMALL: i64 = 8 * MIB;
        if self.budget.bounded == Some(true) {
            return None;
        }
        let buffers = self.budget.term("rocksdb-write-buffers")?;
        let size = buffers
            .operands
            .iter()
            .find(|operand| operand.name == "write buffer")?;
        if size.value <= SMALL {
            return None;
        }
        let effect = self.effect(|what_if| what_if.write_buffer = Some(SMALL));
        let text = format!(
            "write buffers of {} instead of {} for stores with little traffic; busy ones flush more often then",
            mib(SMALL),
            mib(size.value)
        );
        let code = "8 * 1024 * 1024L";
        let change = match size.place().and_then(|at| self.place(at)) {
            Some(place) => Change {
                place: Some(place),
                text: code.to_owned(),
            },
            None => Change {
                place: None,
                text: format!("options.setWriteBufferSize({code});"),
            },
        };
        Some(Advice {
            text,
            effect,
            change: Some(change),
        })
    }

    /// A smaller heap, where it still holds twice what is known to share it.
    fn smaller_heap(&self) -> Option<Advice> {
        let heap = self.budget.term("heap")?;
        let over = self.budget.expected() - self.limit / 100 * 85;
        let step = 64 * MIB;
        let size = (heap.worst - over) / step * step;
        let known: i64 = self.budget.inside_heap.iter().map(|term| term.worst).sum();
        let least = if heap.worst >= self.limit {
            256 * MIB
        } else {
            (known * 2).max(256 * MIB).max(heap.worst / 2)
        };
        if over <= 0 || size < least {
            return None;
        }
        let at = heap.origin.location()?;
        let old = self.model.text_at(at);
        let head = old.strip_prefix("-Xmx").map(|_| "-Xmx").or_else(|| {
            old.strip_prefix("-XX:MaxHeapSize=")
                .map(|_| "-XX:MaxHeapSize=")
        })?;
        let new = format!("{head}{}", show_jvm_size(u64::try_from(size).ok()?));
        let effect = self.effect(|what_if| what_if.heap = Some(size));
        let text = format!(
            "a heap of {} instead of {}, if twice the live set after a full collection still fits; `-Xms` with it",
            mib(size),
            mib(heap.worst)
        );
        let change = Change {
            place: self.place(at),
            text: new,
        };
        Some(Advice {
            text,
            effect,
            change: Some(change),
        })
    }

    fn raise_limit(&self) -> Option<Advice> {
        let size = suggested_limit(self.model, self.at)?;
        if size <= self.limit {
            return None;
        }
        let effect = self.effect(|what_if| what_if.limit = Some(size));
        let text = format!(
            "raise the memory limit, and the request with it, to {}, which holds the worst case",
            show_kubernetes_bytes(size)
        );
        let place = self.budget.limit.as_ref().and_then(|limit| limit.place());
        let place = place.and_then(|at| self.place(at));
        let change = Change {
            place,
            text: show_kubernetes_bytes(size),
        };
        Some(Advice {
            text,
            effect,
            change: Some(change),
        })
    }
}
