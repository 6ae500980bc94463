//! The figures of a body: plain numbers by the address of their cell, that balance as the form demands.

use std::collections::BTreeMap;

use super::Random;

/// The columns of table 2 without the total.
const APPLICANTS: &[&str] =
    &["natural_person", "business", "research", "public_welfare", "legal_service", "other"];

/// The result rows of table 2 with how often each is met, of a thousand.
const OUTCOMES: &[(&str, u64)] = &[
    ("outcome.granted", 421),
    ("outcome.partly_granted", 90),
    ("outcome.refused.state_secret", 2),
    ("outcome.refused.forbidden_by_law", 15),
    ("outcome.refused.endangers_security_or_stability", 2),
    ("outcome.refused.third_party_rights", 15),
    ("outcome.refused.internal_affairs", 10),
    ("outcome.refused.process_information", 12),
    ("outcome.refused.enforcement_file", 14),
    ("outcome.refused.administrative_query", 30),
    ("outcome.unavailable.not_held", 260),
    ("outcome.unavailable.needs_compiling", 30),
    ("outcome.unavailable.still_unclear", 20),
    ("outcome.not_processed.petition_or_complaint", 40),
    ("outcome.not_processed.repeated", 15),
    ("outcome.not_processed.published_material", 2),
    ("outcome.not_processed.excessive", 2),
    ("outcome.not_processed.confirmation", 3),
    ("outcome.other.not_supplemented", 12),
    ("outcome.other.fee_unpaid", 0),
    ("outcome.other.other", 5),
];

/// Of a hundred applications, how many come from each kind of applicant.
const SHARES: &[u64] = &[82, 8, 1, 1, 6, 2];

/// Figures by the address of their cell; the fees in units of a yuan (0.0001 of the printed unit).
#[derive(Debug, Clone, Default)]
pub(super) struct Figures(BTreeMap<String, u64>);

/// The cell that holds money.
const FEES: &str = "disclosure.fees";

impl Figures {
    /// Figures such as a small body has in a year.
    pub(super) fn random(random: &mut Random) -> Self {
        let mut figures = Self::default();
        for column in ["issued", "repealed", "in_force"] {
            figures.put(&format!("disclosure.regulations.{column}"), 0);
        }
        let issued = random.below(4);
        let row = "disclosure.normative_documents";
        figures.put(&format!("{row}.issued"), issued);
        figures.put(&format!("{row}.repealed"), random.below(3));
        figures.put(&format!("{row}.in_force"), issued + random.below(30));
        figures.put("disclosure.licences", random.below(3000));
        figures.put("disclosure.penalties", random.below(400));
        figures.put("disclosure.coercive_measures", random.below(40));
        figures.put(FEES, random.below(5_000_000));
        figures.requests(random);
        figures.challenges(random);
        figures
    }

    fn requests(&mut self, random: &mut Random) {
        for (row, _) in OUTCOMES {
            for applicant in APPLICANTS {
                self.put(&format!("requests.{row}.{applicant}"), 0);
            }
        }
        // Each application is answered or carried out, and was new or carried in.
        let n_requests = random.below(40);
        for (column, applicant) in APPLICANTS.iter().enumerate() {
            let cell = |row: &str| format!("requests.{row}.{applicant}");
            let (mut received, mut carried_in, mut carried_out) = (0, 0, 0);
            for _ in 0..n_requests {
                if random.below(100) >= SHARES[column] {
                    continue;
                }
                if random.below(12) == 0 {
                    carried_in += 1;
                } else {
                    received += 1;
                }
                if random.below(12) == 0 {
                    carried_out += 1;
                } else {
                    let row = pick(OUTCOMES, random.below(1000));
                    *self.0.entry(cell(row)).or_default() += 1;
                }
            }
            self.put(&cell("received"), received);
            self.put(&cell("carried_in"), carried_in);
            self.put(&cell("carried_out"), carried_out);
        }
    }

    fn challenges(&mut self, random: &mut Random) {
        let any = random.below(5) == 0 && self.received() > 10;
        for proceeding in ["reconsideration", "litigation_direct", "litigation_after"] {
            for column in ["upheld", "corrected", "other_result", "pending"] {
                let n = if any && proceeding != "litigation_after" { random.below(2) } else { 0 };
                self.put(&format!("challenges.{proceeding}.{column}"), n);
            }
        }
    }

    fn put(&mut self, path: &str, number: u64) {
        self.0.insert(path.to_owned(), number);
    }

    /// The figure of a cell.
    pub(super) fn get(&self, path: &str) -> u64 {
        self.0.get(path).copied().unwrap_or_default()
    }

    /// The number of new applications.
    pub(super) fn received(&self) -> u64 {
        self.row("received").iter().sum()
    }

    /// A row of table 2.
    pub(super) fn row(&self, row: &str) -> Vec<u64> {
        APPLICANTS.iter().map(|a| self.get(&format!("requests.{row}.{a}"))).collect()
    }

    /// Adds the figures of another body.
    pub(super) fn add(&mut self, other: &Self) {
        for (path, number) in &other.0 {
            *self.0.entry(path.clone()).or_default() += number;
        }
    }

    /// The result rows of table 2.
    pub(super) fn outcomes() -> impl Iterator<Item = &'static str> {
        OUTCOMES.iter().map(|(row, _)| *row)
    }

    /// The fees as a data file writes them.
    pub(super) fn fees(&self) -> String {
        let fees = self.get(FEES);
        format!("{}.{:04}", fees / 10_000, fees % 10_000)
    }

    /// Every figure as it is printed.
    pub(super) fn printed(&self) -> BTreeMap<String, String> {
        let printed = |(path, number): (&String, &u64)| {
            let text = if path == FEES { self.fees() } else { number.to_string() };
            (path.clone(), text)
        };
        self.0.iter().map(printed).collect()
    }
}

/// The row that a number below the sum of all weights falls on.
fn pick(weighted: &'static [(&'static str, u64)], mut number: u64) -> &'static str {
    for (row, weight) in weighted {
        if number < *weight {
            return row;
        }
        number -= weight;
    }
    weighted[0].0
}
