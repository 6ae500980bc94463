//! The places of keys in a report, as the lists of keys name them. What the macros name is named where they are used.

/// A field of the report.
macro_rules! of {
    ($($place:ident).+) => {
        Field {
            get: |report, _| Slot::get(&report.$($place).+),
            set: |report, _, value| Slot::set(&mut report.$($place).+, value),
        }
    };
}

/// A field of an element of a list of the report.
macro_rules! each {
    ($($list:ident).+ : $place:ident) => {
        Field {
            get: |report, i| report.$($list).+.get(i).and_then(|one| Slot::get(&one.$place)),
            set: |report, i, value| match report.$($list).+.get_mut(i) {
                Some(one) => Slot::set(&mut one.$place, value),
                None => false,
            },
        }
    };
}

/// A heading, which a data file holds as a text on one line.
macro_rules! heading {
    ($($list:ident).+) => {
        Field {
            get: |report, i| {
                let heading = report.$($list).+.get(i)?.heading.as_ref()?;
                Some(super::KeyValue::Line(heading.typed().to_owned()))
            },
            set: |report, i, value| {
                let value = match value {
                    Some(super::KeyValue::Line(line)) => Some(super::KeyValue::Text(line)),
                    None => None,
                    Some(_) => return false,
                };
                report.$($list).+.get_mut(i).is_some_and(|one| one.heading.set(value))
            },
        }
    };
}

/// A figure of the handling fee; where one of both is typed, the fee is there.
macro_rules! fee {
    ($place:ident) => {
        Field {
            get: |report, _| report.other.handling_fee.as_ref().and_then(|fee| fee.$place.get()),
            set: |report, _, value| {
                let mut fee = report.other.handling_fee.take().unwrap_or_default();
                let is_set = fee.$place.set(value);
                let is_there = !fee.notices.is_absent() || !fee.amount.is_absent();
                report.other.handling_fee = is_there.then_some(fee);
                is_set
            },
        }
    };
}

/// A local parameter of several lines.
macro_rules! lines {
    ($place:ident) => {
        Field {
            get: |report, _| report.settings.$place.clone().map(super::KeyValue::Text),
            set: |report, _, value| {
                report.settings.$place = match value {
                    Some(super::KeyValue::Text(lines)) => Some(lines),
                    None => None,
                    Some(_) => return false,
                };
                true
            },
        }
    };
}

/// The font file of a role.
macro_rules! font {
    ($role:literal) => {
        Field {
            get: |report, _| {
                let font = report.fonts.iter().find(|font| font.0 == $role)?;
                Some(super::KeyValue::Line(font.1.clone()))
            },
            set: |report, _, value| {
                let path = match value {
                    Some(super::KeyValue::Line(path)) => Some(path),
                    None => None,
                    Some(_) => return false,
                };
                report.fonts.retain(|font| font.0 != $role);
                report.fonts.extend(path.map(|path| ($role.to_owned(), path)));
                let order = |role: &str| FONTS.keys.iter().position(|key| key.name == role);
                report.fonts.sort_by_key(|font| order(&font.0));
                true
            },
        }
    };
}

/// The list of the report under some fields, of elements of some type.
macro_rules! list {
    ($($list:ident).+ of $element:ty) => {
        Some(List {
            len: |report| report.$($list).+.len(),
            push: |report| report.$($list).+.push(<$element>::default()),
        })
    };
}

pub(super) use {each, fee, font, heading, lines, list, of};
