//! `apportion facts`: what a case of a policy may carry.

use std::path::Path;

use apportion::checked::FamilyId;
use apportion::engine::program::FactId;
use apportion::policy::Policy;
use apportion_exchange::{csv, facts};

use crate::arguments::FactsFormat;
use crate::columns::aligned;
use crate::failure::{Ended, Failure};
use crate::policies;
use crate::terminal::Streams;

pub(crate) fn facts(
    policy: &Path,
    format: FactsFormat,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let Some(policy) = policies::load(policy, streams)? else { return Ok(Ended::Found) };
    let text = match format {
        FactsFormat::Text => text(&policy),
        FactsFormat::Csv => csv::empty(&policy)?,
        FactsFormat::Json => facts::to_json(&policy)?,
    };
    streams.output.write_all(text.as_bytes())?;
    Ok(Ended::Done)
}

/// A line for each fact; the members of a family stand below its name.
fn text(policy: &Policy) -> String {
    let heads = ["fact", "outside the policy", "what it may be", "unless stated", "question"];
    let mut rows = vec![heads.map(String::from)];
    let no_case = policy.new_case();
    let mut family = None;
    for (fact, id) in policy.facts().iter().zip((0..).map(FactId)) {
        if fact.family != family {
            family = fact.family;
            rows.extend(family.map(|family| heading(policy, family)));
        }
        let indent = if family.is_some() { "  " } else { "" };
        let default = no_case.value_or_default(id);
        rows.push([
            format!("{indent}{}", fact.name),
            fact.outside.clone(),
            policy.show_type(fact),
            default.map(|value| policy.show_fact(fact, value)).unwrap_or_default(),
            policy.question(fact),
        ]);
    }
    aligned(&rows)
}

/// The line above the members of a family: `domains`.
fn heading(policy: &Policy, family: FamilyId) -> [String; 5] {
    let family = policy.checked().families.get(family.0 as usize);
    let name = family.map(|family| family.plural.clone()).unwrap_or_default();
    [name, String::new(), String::new(), String::new(), String::new()]
}
