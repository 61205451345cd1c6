//! What is found in a Java source, with its places; offsets count bytes of the text that was read.

use tunelint_base::Span;

/// What one source says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JavaFacts {
    /// `package`, empty where there is none.
    pub package: String,
    /// Every class, record, interface and enum, by its binary name: `a.b.Outer$Inner`.
    pub types: Vec<String>,
    /// Classes that implement `RocksDBConfigSetter`.
    pub setters: Vec<ConfigSetter>,
    /// Code that puts a class under `rocksdb.config.setter`.
    pub registrations: Vec<Registration>,
    /// State stores that a topology asks for.
    pub stores: Vec<StoreUse>,
    /// `suppress(…)`.
    pub suppresses: Vec<Suppress>,
    /// `new KafkaStreams(…)`.
    pub applications: Vec<Span>,
}

impl JavaFacts {
    /// Whether anything was found that has to do with Kafka Streams.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.setters.is_empty()
            && self.registrations.is_empty()
            && self.stores.is_empty()
            && self.suppresses.is_empty()
            && self.applications.is_empty()
    }
}

/// Moves the places of what was read in a part of a file to the file's own offsets.
pub trait Place {
    /// Replaces each place by what `to` makes of it.
    fn place(&mut self, to: &dyn Fn(Span) -> Span);
}

impl Place for Span {
    fn place(&mut self, to: &dyn Fn(Span) -> Span) {
        *self = to(*self);
    }
}

impl<T: Place> Place for Vec<T> {
    fn place(&mut self, to: &dyn Fn(Span) -> Span) {
        self.iter_mut().for_each(|item| item.place(to));
    }
}

impl<T: Place> Place for Option<T> {
    fn place(&mut self, to: &dyn Fn(Span) -> Span) {
        self.iter_mut().for_each(|item| item.place(to));
    }
}

macro_rules! places {
    ($($ty:ty: $($field:ident),+;)+) => {$(
        impl Place for $ty {
            fn place(&mut self, to: &dyn Fn(Span) -> Span) {
                $(self.$field.place(to);)+
            }
        }
    )+};
}

places! {
    JavaFacts: setters, registrations, stores, suppresses, applications;
    ConfigSetter: name, span, set_config, calls, table, natives, close;
    OptionCall: name, span, arguments;
    Argument: span;
    TableUse: config, span;
    Native: span, arguments, closed_at;
    Close: name;
    Registration: span;
    StoreUse: span;
    Suppress: span;
}

impl Place for TableConfig {
    fn place(&mut self, to: &dyn Fn(Span) -> Span) {
        if let Self::New(span) = self {
            span.place(to);
        }
    }
}

/// A class that implements `RocksDBConfigSetter`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConfigSetter {
    /// Its binary name: `com.example.Bounded`, `com.example.App$Bounded`.
    pub class: String,
    /// Its simple name in the source.
    pub name: Span,
    /// The class, from its modifiers to its closing brace.
    pub span: Span,
    /// What `setConfig` calls its options.
    pub options: String,
    /// The name of `setConfig`, if it is there.
    pub set_config: Option<Span>,
    /// Calls on RocksDB's options and on the table format, in the order of the source.
    pub calls: Vec<OptionCall>,
    /// What `setTableFormatConfig` is given.
    pub table: Option<TableUse>,
    /// Native objects that the class makes.
    pub natives: Vec<Native>,
    /// `close`, if it is there.
    pub close: Option<Close>,
    /// Whether the options are also handed to code that is not in the class.
    pub hands_on: bool,
}

/// What a call is made on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// `org.rocksdb.Options`.
    Options,
    /// `org.rocksdb.BlockBasedTableConfig`.
    Table,
}

/// A call on RocksDB's options: `options.setWriteBufferSize(64 << 20)`.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionCall {
    /// What it is made on.
    pub receiver: Receiver,
    /// The method.
    pub method: String,
    /// Its name.
    pub name: Span,
    /// From the name to the closing parenthesis.
    pub span: Span,
    /// What it is given.
    pub arguments: Vec<Argument>,
    /// Whether it runs only sometimes: under a condition, or in a method that is not called plainly.
    pub conditional: bool,
}

/// An argument as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Where it stands.
    pub span: Span,
    /// What it is worth.
    pub value: Const,
    /// Whether `int` arithmetic in it runs over, so that it is worth something else than it says.
    pub overflows: bool,
    /// The native object of the class that it is, by its index.
    pub native: Option<usize>,
}

/// A constant.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Const {
    /// Not known from the source.
    #[default]
    Unknown,
    /// `int`, `long` and their kin.
    Int(i64),
    /// `float` or `double`.
    Double(f64),
    /// `true`, `false`.
    Bool(bool),
    /// A string.
    Text(String),
    /// A name of a constant elsewhere: `LZ4_COMPRESSION` of `CompressionType.LZ4_COMPRESSION`.
    Name(String),
}

impl Const {
    /// The whole number, if it is one.
    #[must_use]
    pub fn int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

/// A table format that is handed to the options.
#[derive(Clone, Debug, PartialEq)]
pub struct TableUse {
    /// Which one.
    pub config: TableConfig,
    /// The call `setTableFormatConfig(…)`.
    pub span: Span,
    /// Whether it runs only sometimes.
    pub conditional: bool,
}

/// Where a table format comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableConfig {
    /// `options.tableFormatConfig()`, the one that Streams made.
    Own,
    /// `new BlockBasedTableConfig()`, made here.
    New(Span),
    /// Not plain.
    Unknown,
}

/// The kinds of native objects that somebody has to close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeKind {
    /// `LRUCache`, `HyperClockCache`, `ClockCache`.
    Cache,
    /// `WriteBufferManager`.
    WriteBufferManager,
    /// `BloomFilter` and other filter policies.
    Filter,
    /// `Statistics`.
    Statistics,
    /// `RateLimiter`.
    RateLimiter,
}

/// A native object that a class makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Native {
    /// What it is.
    pub kind: NativeKind,
    /// Its class: `LRUCache`.
    pub class: String,
    /// `new LRUCache(…)`.
    pub span: Span,
    /// What it is given.
    pub arguments: Vec<Argument>,
    /// What holds it.
    pub holder: Holder,
    /// Whether `close` closes it; `None` where that is not plain.
    pub closed: Option<bool>,
    /// Where `close` closes it.
    pub closed_at: Option<Span>,
}

impl Native {
    /// Whether all stores share it: one for the class, not one for each instance.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.holder, Holder::Static(_))
    }
}

/// What holds a native object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A static field.
    Static(String),
    /// A field of each instance; Streams makes an instance for each RocksDB.
    Field(String),
    /// A local variable.
    Local(String),
    /// Nothing.
    Nowhere,
}

/// The method `close`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// Its name.
    pub name: Span,
    /// Whether no statement stands in it.
    pub is_empty: bool,
}

/// Code that puts a class under `rocksdb.config.setter`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The class as it is named there: `Bounded`, `a.b.Bounded`.
    pub class: String,
    /// The name.
    pub span: Span,
}

/// The kinds of state stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreKind {
    /// One RocksDB a task.
    KeyValue,
    /// A RocksDB for each segment.
    Window,
    /// A RocksDB for each segment.
    Session,
    /// One RocksDB a task.
    Versioned,
    /// One RocksDB a process.
    Global,
}

/// A state store that a topology asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct StoreUse {
    /// Its name, where it is given one.
    pub name: Option<String>,
    /// What it is.
    pub kind: StoreKind,
    /// How long a window or session store keeps, in milliseconds; `None` where it is not plain.
    pub retention: Option<i64>,
    /// Whether it lives on the heap.
    pub in_memory: bool,
    /// The call that asks for it.
    pub span: Span,
}

/// `suppress(…)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppress {
    /// The call.
    pub span: Span,
    /// Whether its buffer has no bound.
    pub unbounded: bool,
}
