//! [`KeyValue`]: a value as a key of the data file holds it, and the fields of a report that hold such values.

use crate::edition::Edition;
use crate::report::{
    AgencyKind, AgencyLevel, Aspect, Count, Date, Entry, FieldPath, HeadingStyle, Money, Text,
    Whose,
};

/// A value of a key.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyValue {
    /// A text on one line, an address, or one of some words.
    Line(String),
    /// A text of lines, as it was typed.
    Text(String),
    /// A date.
    Date(Date),
    /// A year or another whole number.
    Number(Count),
    /// Yes or no.
    Boolean(bool),
    /// A figure as it was typed.
    Figure(Entry<Money>),
    /// Something that no key holds.
    #[cfg(test)]
    Nothing,
}

/// A field of a report that a key can fill.
pub(super) trait Slot {
    /// The kind of its value.
    fn get(&self) -> Option<KeyValue>;

    /// Fills it, or empties it; `false` when the value is none of this field, which then stays as it is.
    fn set(&mut self, value: Option<KeyValue>) -> bool;
}

/// Fills a field from what was made of a value, unless nothing could be made of it.
fn fill<T>(field: &mut T, made: Option<T>) -> bool {
    match made {
        Some(made) => {
            *field = made;
            true
        }
        None => false,
    }
}

/// A field that is there or not, of values that can be told from those of other kinds.
macro_rules! optional {
    ($type:ty, $value:ident => $out:expr, $pattern:pat => $in:expr) => {
        impl Slot for Option<$type> {
            fn get(&self) -> Option<KeyValue> {
                self.as_ref().map(|$value| $out)
            }

            fn set(&mut self, value: Option<KeyValue>) -> bool {
                let made = match value {
                    None => Some(None),
                    Some($pattern) => $in.map(Some),
                    Some(_) => None,
                };
                fill(self, made)
            }
        }
    };
}

optional!(String, line => KeyValue::Line(line.clone()), KeyValue::Line(line) => Some(line));
optional!(FieldPath, path => KeyValue::Line(path.to_string()), KeyValue::Line(line) => Some(FieldPath::new(line)));
optional!(Text, text => KeyValue::Text(text.typed().to_owned()), KeyValue::Text(text) => Some(Text::new(text)));
optional!(Date, date => KeyValue::Date(*date), KeyValue::Date(date) => Some(date));
optional!(bool, yes => KeyValue::Boolean(*yes), KeyValue::Boolean(yes) => Some(yes));
optional!(u16, year => KeyValue::Number(Count::from(*year)), KeyValue::Number(number) => u16::try_from(number).ok());
optional!(u8, small => KeyValue::Number(Count::from(*small)), KeyValue::Number(number) => u8::try_from(number).ok());
optional!(Count, count => KeyValue::Number(*count), KeyValue::Number(number) => Some(number));

/// A choice by its word in the data file, from the list of all with word and meaning.
macro_rules! choice {
    ($type:ty) => {
        optional!($type, one => word(<$type>::ALL, one), KeyValue::Line(word) => find(<$type>::ALL, &word));
    };
}

choice!(AgencyKind);
choice!(AgencyLevel);
choice!(Aspect);
choice!(Whose);

fn word<T: PartialEq>(all: &[(T, &'static str, &'static str)], one: &T) -> KeyValue {
    KeyValue::Line(all.iter().find(|known| known.0 == *one).map_or("", |known| known.1).to_owned())
}

fn find<T: Copy>(all: &[(T, &'static str, &'static str)], word: &str) -> Option<T> {
    all.iter().find(|known| known.1 == word).map(|known| known.0)
}

/// The style that is usual is the one that nobody need write.
impl Slot for HeadingStyle {
    fn get(&self) -> Option<KeyValue> {
        (*self != Self::default()).then(|| word(Self::ALL, self))
    }

    fn set(&mut self, value: Option<KeyValue>) -> bool {
        let made = match value {
            None => Some(Self::default()),
            Some(KeyValue::Line(word)) => find(Self::ALL, &word),
            Some(_) => None,
        };
        fill(self, made)
    }
}

impl Slot for Edition {
    fn get(&self) -> Option<KeyValue> {
        Some(KeyValue::Line(self.key().to_owned()))
    }

    fn set(&mut self, value: Option<KeyValue>) -> bool {
        let Some(KeyValue::Line(key)) = value else { return false };
        fill(self, Self::from_key(&key))
    }
}

/// A report holds an empty text where nothing was typed.
impl Slot for String {
    fn get(&self) -> Option<KeyValue> {
        (!self.is_empty()).then(|| KeyValue::Line(self.clone()))
    }

    fn set(&mut self, value: Option<KeyValue>) -> bool {
        let made = match value {
            None => Some(Self::new()),
            Some(KeyValue::Line(line)) => Some(line),
            Some(_) => None,
        };
        fill(self, made)
    }
}

impl Slot for FieldPath {
    fn get(&self) -> Option<KeyValue> {
        (!self.is_root()).then(|| KeyValue::Line(self.to_string()))
    }

    fn set(&mut self, value: Option<KeyValue>) -> bool {
        let made = match value {
            None => Some(Self::default()),
            Some(KeyValue::Line(line)) => Some(Self::new(line)),
            Some(_) => None,
        };
        fill(self, made)
    }
}

impl Slot for Entry<Count> {
    fn get(&self) -> Option<KeyValue> {
        (!self.is_absent()).then(|| KeyValue::Figure(self.clone().map(Money::from)))
    }

    fn set(&mut self, value: Option<KeyValue>) -> bool {
        let made = match value {
            None => Some(Self::Absent),
            Some(KeyValue::Figure(entry)) => Some(match entry {
                Entry::Absent => Self::Absent,
                Entry::Unusable(typed) => Self::Unusable(typed),
                Entry::Value(number) => match Count::try_from(number) {
                    Ok(count) if number.is_integer() => Self::Value(count),
                    _ => Self::Unusable(number.to_string()),
                },
            }),
            Some(_) => None,
        };
        fill(self, made)
    }
}

impl Slot for Entry<Money> {
    fn get(&self) -> Option<KeyValue> {
        (!self.is_absent()).then(|| KeyValue::Figure(self.clone()))
    }

    fn set(&mut self, value: Option<KeyValue>) -> bool {
        let made = match value {
            None => Some(Self::Absent),
            Some(KeyValue::Figure(entry)) => Some(entry),
            Some(_) => None,
        };
        fill(self, made)
    }
}
