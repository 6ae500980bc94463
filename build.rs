//! Makes the tables of `src/words` of the lists in `assets/words`, and of the lists of phrases and words in `src` what is
//! quick to read or lies there ready, so that a run of the program spends no time on either.

#![expect(clippy::unwrap_used, reason = "a build that cannot go on stops")]
#![expect(clippy::disallowed_methods, reason = "the program's own way to files is not built yet")]
#![expect(
    dead_code,
    reason = "of the modules that the program reads, too, only what makes tables is used here"
)]

#[path = "src/words/characters.rs"]
mod characters;
#[path = "src/words/han.rs"]
mod han;
#[path = "src/document/words/kinds.rs"]
mod kinds;
#[path = "src/document/words/listed.rs"]
mod listed;
#[path = "src/prose/lexicon/sense.rs"]
mod sense;
#[path = "src/words/terms.rs"]
mod terms;
#[path = "src/prose/lexicon/trie.rs"]
mod trie;

use std::path::{Path, PathBuf};

use characters::{
    BODY, COST_BITS, COUNTER, FREE, GRAMMAR, OPTIONAL, PLACE, PRECEDES_ITSELF, PREFIX, packed,
};
use han::{CHARACTERS, place};
use serde_json::Value;
use terms::{Index, Terms};
use trie::Trie;

/// The costs of the words by class, the commonest first.
const COSTS: [u8; 4] = [8, 10, 12, 13];
/// The cost of a word that is one character twice, unless it is a word of grammar (仅仅).
const COST_DOUBLED: u8 = 15;

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    make_lists(&out.join("lists"));
    println!("cargo::rerun-if-changed=assets/words");
    let tables = out.join("words");
    std::fs::create_dir_all(&tables).unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(tables.join(name), bytes).unwrap();

    let classes = classes(&list("characters.txt"));
    write("classes", &classes);

    let (begins, words) = words(&list("words.txt"), &classes);
    write("begins", &begins.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>());
    write("words", &words.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>());

    for (name, pairs) in common(&list("common.txt")) {
        write(name, &pairs.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>());
    }

    let (mut terms, mut right) = read_terms(&list("terms.txt"));
    let (of_sectors, right_too) = read_terms(&list("sectors.txt"));
    terms.extend(of_sectors);
    right.extend(right_too);
    right.extend(entries(&list("right.txt")).map(str::to_owned));
    write("right", sorted(right).as_bytes());

    let doubles = list("doubles.txt");
    let doubles = entries(&doubles).flat_map(str::split_whitespace).map(str::to_owned);
    write("doubles", sorted(doubles.collect()).as_bytes());

    let fixed: Vec<String> = entries(&list("fixed.txt")).map(str::to_owned).collect();
    write("fixed", sorted(fixed.clone()).as_bytes());

    let verbs: Vec<String> = entries(&list("verbs.txt")).map(str::to_owned).collect();
    write("verbs", sorted(verbs).as_bytes());

    let terms = Terms::new(terms.into_iter().chain(fixed.iter().map(|f| f.chars().collect())));
    let code = |c: &char| u16::try_from(u32::from(*c)).unwrap().to_le_bytes();
    write("terms", &terms.chars.iter().flat_map(code).collect::<Vec<u8>>());
    for (name, index) in [("whole", &terms.whole), ("tails", &terms.tails)] {
        let Index { begins, seconds, entries } = index;
        let begins = begins.iter().flat_map(|n| n.to_le_bytes());
        write(&format!("{name}.begins"), &begins.collect::<Vec<u8>>());
        let seconds = seconds.iter().flat_map(|n| n.to_le_bytes());
        write(&format!("{name}.seconds"), &seconds.collect::<Vec<u8>>());
        write(name, &entries.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>());
    }

    let alike = alike(&list("alike.txt"));
    write("alike", &alike.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>());
}

/// Writes the lists of phrases and words as JSON, which is read in a fifth of the time of TOML, and tables of the phrases and
/// of the words of labels.
fn make_lists(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let read = |from: &str| {
        println!("cargo::rerun-if-changed={from}");
        let list: toml::Table = std::fs::read_to_string(from).unwrap().parse().unwrap();
        serde_json::to_value(list).unwrap()
    };
    let write = |list: &Value, name: &str| {
        std::fs::write(folder.join(name), serde_json::to_vec(list).unwrap()).unwrap();
    };
    let phrases = read("src/prose/data/phrases.toml");
    let words = read("src/prose/data/words.toml");
    write(&joined(&phrases), "phrases.json");
    write(&joined(&words), "words.json");
    write(&joined(&read("src/rules/data/words.toml")), "rules.json");
    write(&read("src/office/data/words.toml"), "office.json");
    let table = Trie::of(&phrases, &words).and_then(|trie| trie.table()).unwrap();
    std::fs::write(folder.join("phrases"), table).unwrap();
    let labels = "src/document/words/lexicon.txt";
    println!("cargo::rerun-if-changed={labels}");
    let list = std::fs::read_to_string(labels).unwrap();
    std::fs::write(folder.join("labels"), format!("{:?}", listed::read(&list))).unwrap();
}

/// Lists of words, each as one text with a mark behind each word, which is read much faster. Pairs stay as they are, and so do
/// characters and lists of keys, which are ASCII.
fn joined(list: &Value) -> Value {
    match list {
        Value::Object(fields) => {
            let field = |(key, value): (&String, &Value)| (key.clone(), joined(value));
            Value::Object(fields.iter().map(field).collect())
        }
        Value::Array(items) => match several_words(items) {
            Some(words) => {
                words.iter().map(|word| format!("{word}{END}")).collect::<String>().into()
            }
            // What is told of several things in turn stands in an array of its own, and is no list.
            None if items.iter().all(Value::is_object) => items.iter().map(joined).collect(),
            None => list.clone(),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => list.clone(),
    }
}

/// The mark behind a word, which the program looks for.
const END: char = '\u{7f}';

/// The items of a list of more than two words.
fn several_words(items: &[Value]) -> Option<Vec<&str>> {
    const PAIR: usize = 2;
    let is_word = |word: &&str| !word.is_ascii() && word.chars().nth(1).is_some();
    let words: Vec<&str> = items.iter().map(Value::as_str).collect::<Option<_>>()?;
    (words.len() > PAIR && words.iter().any(is_word)).then_some(words)
}

/// A list of `assets/words`.
fn list(name: &str) -> String {
    std::fs::read_to_string(Path::new("assets/words").join(name)).unwrap()
}

/// The lines of a list that are no remarks and not blank.
fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Wordings as an array in the order of their characters.
fn sorted(mut wordings: Vec<String>) -> String {
    wordings.sort();
    wordings.dedup();
    format!("{wordings:?}")
}

/// Reads the list of words: a line for each first character, the classes of frequency by `;`, and in each what follows
/// the first character of words of two, of three and of four characters by `,`. Gives where the words of each character
/// start, and what follows the first character of each word, packed.
fn words(list: &str, classes: &[u8]) -> (Vec<u16>, Vec<u64>) {
    let mut begins: Vec<u16> = Vec::with_capacity(CHARACTERS + 1);
    let mut words: Vec<u64> = Vec::new();
    let count = |words: &[u64]| u16::try_from(words.len()).unwrap();
    for line in entries(list) {
        let first = line.chars().next().unwrap();
        let Some(at) = place(first) else { continue };
        let from = words.len();
        begins.resize(at + 1, count(&words));
        for (class, cost) in line[first.len_utf8()..].split(';').zip(COSTS) {
            for (tails, length) in class.split(',').zip(1..) {
                let tails: Vec<char> = tails.chars().collect();
                for tail in tails.chunks(length) {
                    // 常常: only where nothing else is possible.
                    let is_doubled = tail == [first] && classes[at] & GRAMMAR == 0;
                    let cost = if is_doubled { COST_DOUBLED } else { cost };
                    words.push(packed(tail.iter().copied()) << COST_BITS | u64::from(cost));
                }
            }
        }
        words[from..].sort_unstable();
    }
    begins.resize(CHARACTERS + 1, count(&words));
    (begins, words)
}

/// Reads the list of common words of the field: each with what may be right though it is one slip off it. Gives the words,
/// the words with their second character in front, and all that is right.
fn common(list: &str) -> [(&'static str, Vec<u32>); 3] {
    let pair = |first: char, second: char| u32::from(first) << 16 | u32::from(second);
    let (mut words, mut ends, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for line in entries(list) {
        let characters: Vec<char> = line.chars().filter(|c| *c != ' ').collect();
        let word = &characters[..2];
        words.push(pair(word[0], word[1]));
        ends.push(pair(word[1], word[0]));
        right.extend(characters.chunks(2).map(|right| pair(right[0], right[1])));
    }
    let sorted = |mut pairs: Vec<u32>| {
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    };
    [("common", sorted(words)), ("common.ends", sorted(ends)), ("common.right", sorted(right))]
}

/// Reads the list of terms, and the wordings right them that are right as well.
///
/// A line holds terms, each with such wordings behind it in brackets; or beginnings, a `×` and endings, any of which
/// make a term.
fn read_terms(list: &str) -> (Vec<Vec<char>>, Vec<String>) {
    let mut terms: Vec<Vec<char>> = Vec::new();
    let mut right: Vec<String> = Vec::new();
    for line in entries(list) {
        if let Some((beginnings, endings)) = line.split_once('×') {
            for beginning in beginnings.split_whitespace() {
                let whole = |ending: &str| beginning.chars().chain(ending.chars()).collect();
                terms.extend(endings.split_whitespace().map(whole));
            }
            continue;
        }
        for entry in line.split_whitespace() {
            // 县级以上人民政府（可作：县以上人民政府）
            let (term, forms) = entry.split_once("（可作：").unwrap_or((entry, ""));
            terms.push(term.chars().collect());
            let forms = forms.trim_end_matches('）').split('、').filter(|form| !form.is_empty());
            right.extend(forms.map(str::to_owned));
        }
    }
    (terms, right)
}

/// Reads the list of characters: lines of a class and its characters.
fn classes(list: &str) -> Vec<u8> {
    let mut classes = vec![0; CHARACTERS];
    for line in entries(list) {
        let Some((name, characters)) = line.split_once('：') else { continue };
        let class = match name {
            "虚词" => FREE | GRAMMAR,
            "可省" => OPTIONAL,
            "自接" => PRECEDES_ITSELF,
            "前缀" => PREFIX,
            "量词" => FREE | COUNTER,
            "地名" => FREE | PLACE,
            "机构" => FREE | BODY,
            _ => FREE,
        };
        for i in characters.chars().filter_map(place) {
            classes[i] |= class;
        }
    }
    classes
}

/// Reads the groups of characters that sound or look alike, a group a line: each character with the number of its group.
fn alike(list: &str) -> Vec<u32> {
    let groups = entries(list).zip(0u32..);
    let mut alike: Vec<u32> = groups
        .flat_map(|(line, group)| line.chars().map(move |c| u32::from(c) << 16 | group))
        .collect();
    alike.sort_unstable();
    alike
}
