//! `apportion facts`: what a case of a policy may carry.

use apportion::checked::Fact;
use apportion::engine::program::FactId;
use apportion::policy::Policy;
use apportion_exchange::csv;
use apportion_exchange::facts::{default_of, to_json};

use crate::arguments::{Facts, FactsFormat};
use crate::columns::aligned;
use crate::failure::{Ended, Failure};
use crate::items;
use crate::policies;
use crate::terminal::Streams;

pub(crate) fn facts(facts: &Facts, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    if facts.list.is_some() && facts.format != FactsFormat::Csv {
        return Err(Failure::ListNotCsv);
    }
    let Some(policy) = policies::load(&facts.policy, streams)? else { return Ok(Ended::Found) };
    let text = match (facts.format, &facts.list) {
        (FactsFormat::Text, _) => text(&policy),
        (FactsFormat::Json, _) => to_json(&policy)?,
        (FactsFormat::Csv, None) => csv::empty(&policy)?,
        (FactsFormat::Csv, Some(name)) => {
            let list = items::list(&policy, name)?;
            csv::no_items(&policy, list, items::join(&policy, facts.join.as_deref())?)?
        }
    };
    streams.output.write_all(text.as_bytes())?;
    Ok(Ended::Done)
}

/// A line for each fact; members of a family and facts of items stand below a name.
fn text(policy: &Policy) -> String {
    let heads = ["fact", "outside the policy", "what it may be", "unless stated", "question"];
    let mut rows = vec![heads.map(String::from)];
    let mut heading = None;
    for (fact, id) in policy.facts().iter().zip((0..).map(FactId)) {
        let above = self::heading(policy, fact);
        if above != heading {
            heading = above;
            rows.extend(
                heading.clone().map(|name| [name.as_str(), "", "", "", ""].map(String::from)),
            );
        }
        let indent = if heading.is_some() { "  " } else { "" };
        let default = default_of(policy, id);
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

/// What stands above the members of a family, `domains`, or the facts of the items of a list,
/// `services, up to 20`.
fn heading(policy: &Policy, fact: &Fact) -> Option<String> {
    if let Some(list) = fact.list {
        let list = policy.lists().get(list.index())?;
        return Some(format!("{}, up to {}", list.plural, list.most));
    }
    let family = policy.checked().families.get(fact.family?.0 as usize)?;
    Some(family.plural.clone())
}
