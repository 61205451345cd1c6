//! What Kafka makes of a value: `ConfigDef.parseType`, then the key's validator.

use super::java::{NoNumber, parse_double, parse_whole, split_list, trim};
use super::{Fault, Key, Type};
use tunelint_base::KafkaVersion;

/// A value as Kafka understands it.
#[derive(Clone, Debug, PartialEq)]
pub enum Parsed<'a> {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Double(f64),
    /// A text, without the blanks around it.
    Str(&'a str),
    /// The elements of a list.
    List(Vec<&'a str>),
    /// The name of a class; whether it exists is unknown.
    Class(&'a str),
    /// A secret.
    Password(&'a str),
}

/// What `version` makes of `raw` as the value of `key`: exactly what its `ConfigDef` does, and what
/// the amendments say of the client's constructor. A version that lacks the key takes any text.
pub fn check<'a>(key: &Key, version: KafkaVersion, raw: &'a str) -> Result<Parsed<'a>, Fault> {
    if !key.exists_in(version) {
        return Ok(Parsed::Str(trim(raw)));
    }
    let parsed = parse(key.ty(version), raw)?;
    key.valid(version).accept(&parsed)?;
    Ok(parsed)
}

impl Type {
    /// Reads `raw` as `ConfigDef.parseType` does, without asking any key's validator.
    pub fn parse(self, raw: &str) -> Result<Parsed<'_>, Fault> {
        parse(self, raw)
    }
}

fn parse(ty: Type, raw: &str) -> Result<Parsed<'_>, Fault> {
    let text = trim(raw);
    let must_stand = matches!(
        ty,
        Type::Boolean | Type::Int | Type::Short | Type::Long | Type::Double | Type::Class
    );
    if text.is_empty() && must_stand {
        return Err(Fault::Empty);
    }
    let wrong = Fault::WrongType { expected: ty };
    let whole = |min, max| match parse_whole(text, min, max) {
        Ok(number) => Ok(Parsed::Int(number)),
        Err(NoNumber::Form) => Err(wrong),
        Err(NoNumber::TooBig) => Err(Fault::TooBig { expected: ty }),
    };
    match ty {
        Type::Boolean if text.eq_ignore_ascii_case("true") => Ok(Parsed::Bool(true)),
        Type::Boolean if text.eq_ignore_ascii_case("false") => Ok(Parsed::Bool(false)),
        Type::Boolean => Err(wrong),
        Type::Int => whole(i32::MIN.into(), i32::MAX.into()),
        Type::Short => whole(i16::MIN.into(), i16::MAX.into()),
        Type::Long => whole(i64::MIN, i64::MAX),
        Type::Double => parse_double(text).map(Parsed::Double).ok_or(wrong),
        Type::String => Ok(Parsed::Str(text)),
        Type::List => Ok(Parsed::List(split_list(text))),
        Type::Class => Ok(Parsed::Class(text)),
        Type::Password => Ok(Parsed::Password(text)),
    }
}

#[cfg(test)]
mod tests;
