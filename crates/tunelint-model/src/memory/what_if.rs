//! Other circumstances than the files': `--what-if limit=6Gi,threads=2,standby=1`.

use tunelint_base::quantity::{jvm_size, kubernetes_bytes};

/// What is to be taken instead of what the files say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// The container's memory limit in bytes.
    pub limit: Option<i64>,
    /// The maximum heap in bytes.
    pub heap: Option<i64>,
    /// `num.stream.threads`.
    pub threads: Option<i64>,
    /// `num.standby.replicas`.
    pub standby: Option<i64>,
    /// The pods.
    pub replicas: Option<i64>,
    /// The partitions of the source topics.
    pub partitions: Option<i64>,
    /// The block cache of each RocksDB instance in bytes.
    pub block_cache: Option<i64>,
    /// One cache for all instances, charged with their write buffers, in bytes.
    pub shared_cache: Option<i64>,
    /// The size of a write buffer in bytes.
    pub write_buffer: Option<i64>,
    /// Write buffers of an instance.
    pub write_buffers: Option<i64>,
}

impl WhatIf {
    /// The words that it takes.
    pub const WORDS: [&str; 10] = [
        "limit",
        "heap",
        "threads",
        "standby",
        "replicas",
        "partitions",
        "block-cache",
        "shared-cache",
        "write-buffer",
        "write-buffers",
    ];

    /// Takes in `word=value`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let (word, value) = text
            .split_once('=')
            .ok_or_else(|| format!("`{text}` is not of the form NAME=VALUE"))?;
        let (word, value) = (word.trim(), value.trim());
        let (slot, is_size, least) = match word {
            "limit" => (&mut self.limit, true, 1),
            "heap" => (&mut self.heap, true, 1),
            "threads" => (&mut self.threads, false, 1),
            "standby" => (&mut self.standby, false, 0),
            "replicas" => (&mut self.replicas, false, 1),
            "partitions" => (&mut self.partitions, false, 1),
            "block-cache" => (&mut self.block_cache, true, 0),
            "shared-cache" => (&mut self.shared_cache, true, 1),
            "write-buffer" => (&mut self.write_buffer, true, 1),
            "write-buffers" => (&mut self.write_buffers, false, 1),
            _ => {
                let all = Self::WORDS.join(", ");
                return Err(format!("there is no `{word}` to change: use {all}"));
            }
        };
        let read = if is_size {
            size(value)
        } else {
            value.parse().ok()
        };
        let what = if is_size {
            "a size such as 512Mi"
        } else {
            "a whole number"
        };
        let number = read
            .filter(|number| (least..=1 << 50).contains(number))
            .ok_or_else(|| format!("`{value}` is no {word}: it must be {what}"))?;
        *slot = Some(number);
        Ok(())
    }

    /// Whether anything is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A size as Kubernetes or as the JVM writes it: `6Gi`, `6g`.
fn size(text: &str) -> Option<i64> {
    kubernetes_bytes(text)
        .ok()
        .or_else(|| jvm_size(text).and_then(|bytes| i64::try_from(bytes).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circumstances_are_read() {
        let mut found = WhatIf::default();
        for text in ["limit=6Gi", "threads=2", "standby=1", "heap=2g"] {
            assert_eq!(found.add(text), Ok(()), "{text}");
        }
        assert_eq!(found.limit, Some(6 << 30));
        assert_eq!((found.threads, found.standby), (Some(2), Some(1)));
        assert_eq!(found.heap, Some(2 << 30));
        for text in ["limit", "threads=0", "limit=many", "pods=3", "limit=-1Gi"] {
            assert!(found.add(text).is_err(), "{text}");
        }
    }
}
