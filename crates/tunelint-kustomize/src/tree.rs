//! A YAML document of its own, whose scalars know where they were written.

use tunelint_base::{OffsetMap, Span};
use tunelint_syntax::yaml::{Kind, Node, Resolved, Schema, Style};

/// A place in one of the files.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The index of the file.
    pub(crate) file: usize,
    /// From the leaf's text to the file.
    pub(crate) map: OffsetMap,
}

impl Source {
    /// The place of the whole leaf.
    pub(crate) fn span(&self) -> Span {
        self.map.to_source(Span::new(0, self.map.decoded_len()))
    }

    /// The same place for a text of another length, as a whole.
    pub(crate) fn coarse(&self, len: usize) -> Self {
        let span = self.span();
        let mut map = OffsetMap::starting_at(span.start as usize);
        map.push_escape(span, len);
        Self {
            file: self.file,
            map,
        }
    }
}

/// A scalar.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// What it says.
    pub(crate) text: String,
    /// How it was written.
    pub(crate) style: Style,
    /// What an unquoted one is taken for.
    pub(crate) is_string: bool,
    /// Where.
    pub(crate) source: Option<Source>,
}

impl Leaf {
    /// A string that nobody wrote.
    pub(crate) fn made(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            style: Style::DoubleQuoted,
            is_string: true,
            source: None,
        }
    }

    /// A string made from what stands at `source`.
    pub(crate) fn from(text: impl Into<String>, source: Option<&Source>) -> Self {
        let text = text.into();
        let source = source.map(|source| source.coarse(text.len()));
        Self {
            source,
            ..Self::made(text)
        }
    }
}

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Tree {
    /// A scalar.
    Leaf(Leaf),
    /// A mapping; each key once, in order.
    Map(Vec<(Leaf, Tree)>),
    /// A sequence.
    List(Vec<Tree>),
}

impl Tree {
    /// The value that `node` holds, anchors and merge keys carried out; `through` leads from the
    /// node's text to the file where that is not the file itself.
    pub(crate) fn of(node: Node<'_>, file: usize, through: Option<&OffsetMap>) -> Self {
        match node.kind() {
            Kind::Mapping(_) => Self::Map(
                node.entries()
                    .filter_map(|pair| {
                        let key = leaf(pair.key, file, through)?;
                        Some((key, Self::of(pair.value, file, through)))
                    })
                    .collect(),
            ),
            Kind::Sequence(items) => {
                Self::List(items.map(|item| Self::of(item, file, through)).collect())
            }
            _ => match leaf(node, file, through) {
                Some(leaf) => Self::Leaf(leaf),
                None => Self::Leaf(Leaf {
                    text: "null".to_owned(),
                    style: Style::Plain,
                    is_string: false,
                    source: Some(at(node.span(), file, through)),
                }),
            },
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Leaf(leaf) => Some(&leaf.text),
            _ => None,
        }
    }

    pub(crate) fn leaf(&self) -> Option<&Leaf> {
        match self {
            Self::Leaf(leaf) => Some(leaf),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Leaf(leaf) if !leaf.is_string && matches!(&*leaf.text, "null" | "~" | "" | "Null" | "NULL"))
    }

    pub(crate) fn pairs(&self) -> &[(Leaf, Tree)] {
        match self {
            Self::Map(pairs) => pairs,
            _ => &[],
        }
    }

    pub(crate) fn items(&self) -> &[Tree] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let pair = self.pairs().iter().find(|(name, _)| name.text == key);
        pair.map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Map(pairs) => pairs
                .iter_mut()
                .find(|(name, _)| name.text == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |tree, key| tree.get(key))
    }

    pub(crate) fn at_mut(&mut self, path: &[&str]) -> Option<&mut Self> {
        path.iter().try_fold(self, |tree, key| tree.get_mut(key))
    }

    /// The mapping under `key`, made where there is none.
    pub(crate) fn mapping(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Map(pairs) = self else { return None };
        let at = pairs.iter().position(|(name, _)| name.text == key);
        let at = at.unwrap_or_else(|| {
            pairs.push((Leaf::made(key), Self::Map(Vec::new())));
            pairs.len() - 1
        });
        let (_, value) = pairs.get_mut(at)?;
        if value.is_null() {
            *value = Self::Map(Vec::new());
        }
        Some(value)
    }

    /// Sets `key`; what was set before goes.
    pub(crate) fn set(&mut self, key: Leaf, value: Self) {
        if let Self::Map(pairs) = self {
            match pairs.iter_mut().find(|(name, _)| name.text == key.text) {
                Some(pair) => *pair = (key, value),
                None => pairs.push((key, value)),
            }
        }
    }

    /// Takes `key` out.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Self> {
        let Self::Map(pairs) = self else { return None };
        let at = pairs.iter().position(|(name, _)| name.text == key)?;
        Some(pairs.remove(at).1)
    }

    /// Asks each value of the tree, outermost first.
    pub(crate) fn walk(&mut self, visit: &mut impl FnMut(&mut Self)) {
        visit(self);
        match self {
            Self::Leaf(_) => {}
            Self::Map(pairs) => pairs.iter_mut().for_each(|(_, value)| value.walk(visit)),
            Self::List(items) => items.iter_mut().for_each(|item| item.walk(visit)),
        }
    }

    /// The first place in it.
    pub(crate) fn source(&self) -> Option<&Source> {
        match self {
            Self::Leaf(leaf) => leaf.source.as_ref(),
            Self::Map(pairs) => pairs.iter().find_map(|(key, _)| key.source.as_ref()),
            Self::List(items) => items.iter().find_map(Self::source),
        }
    }
}

fn at(span: Span, file: usize, through: Option<&OffsetMap>) -> Source {
    let map = OffsetMap::verbatim(span);
    Source {
        file,
        map: through.map_or_else(|| map.clone(), |outer| map.through(outer)),
    }
}

fn leaf(node: Node<'_>, file: usize, through: Option<&OffsetMap>) -> Option<Leaf> {
    let scalar = node.scalar()?;
    let map = scalar.map();
    let is_string = matches!(node.resolve(Schema::Yaml11), Some(Resolved::Str) | None);
    Some(Leaf {
        text: scalar.text.to_string(),
        style: scalar.style,
        is_string,
        source: Some(Source {
            file,
            map: through.map_or_else(|| map.clone(), |outer| map.through(outer)),
        }),
    })
}
