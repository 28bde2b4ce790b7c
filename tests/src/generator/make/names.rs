//! Names to choose from. No two of them cut each other in two or are alike outside the file.

/// What may stand in `about`.
pub(super) const SUBJECTS: &[&str] = &["child", "young person", "resident", "looked-after child"];

pub(super) const PARTIES: &[(&str, &str)] = &[
    ("the ICB", "NHS Northshire ICB"),
    ("social care", "Northshire Council, children's social care"),
    ("education", "Northshire Council, education service"),
    ("the council", "Northshire Council"),
    ("the school", "The school's governors"),
];

pub(super) const PANELS: &[(&str, &str)] = &[
    ("the joint panel", "Northshire joint funding panel"),
    ("the appeals panel", "Panel that hears appeals"),
];

pub(super) const SOURCES: &[(&str, &str)] = &[
    ("NF", "National Framework, 2016"),
    ("SLA", "Northshire joint funding agreement, schedule 4, 2024"),
    ("RC", "Northshire ICB rate card"),
];

pub(super) const LADDERS: &[(&str, &[&str])] = &[
    ("need", &["no additional needs", "low", "moderate", "high", "severe", "priority"]),
    ("risk", &["calm", "some risk", "grave risk"]),
];

pub(super) const TRUTHS: &[&str] = &[
    "fast track",
    "registered with a GP in Northshire",
    "ordinarily resident",
    "section 117",
    "eats alone",
    "carer's consent",
    "joint-funded",
    "crèche place",
    "known to R&D",
    "seen by the duty nurse within 48 hours",
];

pub(super) const CHOICES: &[(&str, &[&str])] = &[
    ("placement", &["home", "day school", "38-week residential", "52-week residential"]),
    ("stream", &["health", "education", "social care"]),
    ("panel decision", &["open", "agreed", "refused"]),
];

pub(super) const DATES: &[&str] =
    &["plan date", "review date", "admission", "carer's date of birth"];

pub(super) const MONEY: &[&str] = &[
    "care",
    "care cost",
    "cost of the school placement",
    "teaching cost",
    "support for carers",
    "income",
    "savings",
    "client contribution",
    "transport/taxi fee",
    "fee",
    "fee for 1-to-1",
];

pub(super) const NUMBERS: &[&str] = &[
    "visits made",
    "home visits",
    "score",
    "score in 2025",
    "staff ratio",
    "points so far",
    "adjustment",
];

pub(super) const HOURS: &[&str] = &["day care", "nurse hours", "care hours"];
pub(super) const NIGHTS: &[&str] = &["waking nights", "sleeping nights"];
pub(super) const SESSIONS: &[&str] = &["therapy", "tutoring"];
/// One begins with a word of a choice.
pub(super) const PERCENTS: &[&str] =
    &["top share", "NHS part", "carer's part", "discount", "health part"];
pub(super) const TEXTS: &[&str] = &["case reference", "provider"];

/// A family: plural, singular where it is no plural in s, members.
pub(super) type FamilyNames = (&'static str, Option<&'static str>, &'static [&'static str]);

pub(super) const FAMILIES: &[FamilyNames] = &[
    (
        "domains",
        None,
        &["breathing", "eating and drinking", "mobility", "seizures", "skin and tissue"],
    ),
    ("siblings", Some("sibling"), &["Ann's level", "Bo's level", "Cy's level"]),
    ("checks", None, &["house visited", "diary kept", "plan signed", "nurse asked"]),
    ("tallies", Some("tally"), &["falls", "fits", "calls"]),
    ("grants", None, &["first grant", "second grant", "2nd-hand grant"]),
    ("moods", None, &["morning mood", "evening mood"]),
];

/// A list: plural, singular where it is no plural in s, and what is said of its items.
pub(super) struct ListNames {
    pub(super) plural: &'static str,
    pub(super) singular: Option<&'static str>,
    pub(super) money: &'static [&'static str],
    pub(super) truths: &'static [&'static str],
    pub(super) choice: (&'static str, &'static [&'static str]),
    pub(super) level: &'static str,
    pub(super) dates: &'static [&'static str],
    pub(super) number: &'static str,
    pub(super) hours: &'static str,
    pub(super) percent: &'static str,
    pub(super) text: &'static str,
    pub(super) conclusions: &'static [&'static str],
}

pub(super) const LISTS: &[ListNames] = &[
    ListNames {
        plural: "services",
        singular: None,
        money: &["price", "top-up", "service charge"],
        truths: &["trains", "seen by a nurse"],
        choice: ("setting", &["indoors", "outdoors", "day school"]),
        level: "assessed level",
        dates: &["start day", "sitter's date of birth"],
        number: "places",
        hours: "hours given",
        percent: "part funded",
        text: "invoice",
        conclusions: &["dear", "educational", "in dispute"],
    },
    ListNames {
        plural: "voluntary bodies",
        singular: Some("voluntary body"),
        money: &["grant paid", "fee for the year"],
        truths: &["vetted", "has a deed"],
        choice: ("standing", &["charity", "company", "trust"]),
        level: "audited level",
        dates: &["joined"],
        number: "staff",
        hours: "opening hours",
        percent: "overhead",
        text: "charity number",
        conclusions: &["trusted", "new to us"],
    },
];

pub(super) const CONCLUSIONS: &[&str] =
    &["eligible", "expected to be eligible", "late", "costly", "in continuing care"];

/// Names of values; a number is put behind each.
pub(super) const VALUES: &[&str] = &[
    "total",
    "amount",
    "band",
    "bonus",
    "sum for the year",
    "sum for carers",
    "share of work",
    "worst",
    "ceiling",
];

/// Words that only answer.
pub(super) const ANSWERS: &[&str] = &["small", "middling", "large", "nothing against", "too old"];

pub(super) const RATES: &[&str] = &["rate", "carer's rate", "rate B2"];

pub(super) const TITLES: &[&str] =
    &["Who this covers", "Eligibility", "What it costs", "Shares", "Who pays", "Promises kept"];
