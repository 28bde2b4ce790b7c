//! `apportion letter`, `working`, `why-not`, `changes` and `difference`: why a case was decided as it
//! was.

use std::path::Path;

use apportion::engine::case::Case;
use apportion::engine::decision::Decision;
use apportion::engine::program::{ConclusionId, FactId};
use apportion::policy::Policy;
use apportion::why::{self, Asked, Block, MOST_STEPS, Page, Section, Side};
use apportion_exchange::changes;

use crate::arguments::{ChangesAbout, ChangesFormat, PageAbout, PageFormat, PageOf, PageWithout};
use crate::cases::{ended, of_case};
use crate::failure::{Ended, Failure};
use crate::terminal::Streams;

pub(crate) fn letter(page: &PageWithout, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    write(&page.of, streams, |policy, case, decision| {
        let withheld = withheld(policy, &page.withhold)?;
        Ok(policy.letter_withholding(case, decision, &withheld))
    })
}

pub(crate) fn working(page: &PageWithout, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    write(&page.of, streams, |policy, case, decision| {
        let withheld = withheld(policy, &page.withhold)?;
        Ok(policy.working_withholding(case, decision, &withheld))
    })
}

/// The facts that are named to be left out.
pub(crate) fn withheld(policy: &Policy, names: &[String]) -> Result<Vec<FactId>, Failure> {
    let fact = |name: &String| {
        policy
            .fact(name.trim())
            .ok_or_else(|| Failure::NoSuchFact(policy.no_such_fact(name.trim())))
    };
    names.iter().map(fact).collect()
}

pub(crate) fn why_not(about: &PageAbout, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    write(&about.of, streams, |policy, case, decision| {
        let asked = conclusions(policy, about.conclusion.as_deref())?.into_iter();
        // Of all conclusions, those that are drawn are not asked for.
        let is_asked =
            |id: &ConclusionId| about.conclusion.is_some() || decision.concludes(*id) != Some(true);
        let pages = asked.filter(is_asked).map(|id| policy.why_not(case, decision, id));
        let page = joined(pages);
        Ok(if page.title.is_empty() { nothing_refused(policy) } else { page })
    })
}

pub(crate) fn changes(about: &ChangesAbout, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    let document = of_case(&about.policy, &about.case, streams, |policy, case| {
        policy.decide(case).map(|decision| {
            let asked = asked(policy, &decision, about.conclusion.as_deref())?;
            let format = match about.format {
                ChangesFormat::Json => {
                    return Ok(changes::to_json(policy, case, &decision, &asked, MOST_STEPS)?);
                }
                ChangesFormat::Text => PageFormat::Text,
                ChangesFormat::Html => PageFormat::Html,
            };
            let pages = asked.into_iter();
            let pages = pages.map(|it| policy.what_would_change(case, &decision, it, MOST_STEPS));
            Ok(written(&joined(pages), format))
        })
    })?;
    let Some(document) = document else { return Ok(Ended::Found) };
    let document: Result<String, Failure> = document;
    streams.answer(&document?)?;
    Ok(Ended::Done)
}

/// The answers that may be turned: those about the case, or whether the policy covers it.
fn asked(
    policy: &Policy,
    decision: &Decision,
    conclusion: Option<&str>,
) -> Result<Vec<Asked>, Failure> {
    let asked = conclusions(policy, conclusion)?;
    if let (Some(name), [id]) = (conclusion, asked.as_slice()) {
        let conclusion = policy.checked().conclusions.get(id.index());
        let list = conclusion.and_then(|it| policy.lists().get(it.list?.index()));
        if let Some(list) = list {
            let (name, each) = (name.to_owned(), list.singular.clone());
            return Err(Failure::ConcludedOfItems { name, each });
        }
    }
    // Of a case that is not covered nothing is concluded.
    let of_case = asked.into_iter().filter(|id| decision.concludes(*id).is_some());
    let mut asked: Vec<Asked> = of_case.map(Asked::Conclusion).collect();
    if asked.is_empty() {
        asked.push(Asked::Cover);
    }
    Ok(asked)
}

/// The conclusion with this name, or all.
fn conclusions(policy: &Policy, name: Option<&str>) -> Result<Vec<ConclusionId>, Failure> {
    let drawn = &policy.checked().conclusions;
    let Some(name) = name else {
        return Ok((0..).map(ConclusionId).take(drawn.len()).collect());
    };
    policy.conclusion(name).map(|conclusion| vec![conclusion]).ok_or_else(|| {
        let drawn = drawn.iter().map(|conclusion| conclusion.name.clone());
        Failure::NoSuchConclusion { name: name.to_owned(), drawn: drawn.collect() }
    })
}

/// A page that says that there is nothing to ask for.
fn nothing_refused(policy: &Policy) -> Page {
    let said = "There is no conclusion that is not drawn of this case.";
    let blocks = vec![Block::Sentences(vec![said.to_owned()])];
    Page {
        kind: "Why not".to_owned(),
        title: policy.checked().title.clone(),
        below: Vec::new(),
        sections: vec![Section { heading: "The answer".to_owned(), blocks }],
    }
}

/// Several pages under the title of the first; what all say is said once.
fn joined(pages: impl Iterator<Item = Page>) -> Page {
    let mut whole = Page::default();
    for page in pages {
        if whole.title.is_empty() {
            whole = page;
            continue;
        }
        for section in page.sections {
            if !whole.sections.contains(&section) {
                whole.sections.push(section);
            }
        }
    }
    whole
}

fn write(
    of: &PageOf,
    streams: &mut Streams<'_>,
    make: impl FnOnce(&Policy, &Case, &Decision) -> Result<Page, Failure>,
) -> Result<Ended, Failure> {
    let page = of_case(&of.policy, &of.case, streams, |policy, case| {
        policy.decide(case).map(|decision| make(policy, case, &decision))
    })?;
    let Some(page) = page else { return Ok(Ended::Found) };
    put(&page?, of.format, streams)
}

fn put(page: &Page, format: PageFormat, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    streams.output.write_all(written(page, format).as_bytes())?;
    Ok(Ended::Done)
}

fn written(page: &Page, format: PageFormat) -> String {
    match format {
        PageFormat::Text => ended(&page.to_string()),
        PageFormat::Html => page.html(),
    }
}

/// What differs from one case under its policy to another under its own.
pub(crate) fn difference(
    before: (&Path, &Path),
    after: (&Path, &Path),
    format: PageFormat,
    streams: &mut Streams<'_>,
) -> Result<Ended, Failure> {
    let [Some(before), Some(after)] = [decided(before, streams)?, decided(after, streams)?] else {
        return Ok(Ended::Found);
    };
    let [before, after] =
        [&before, &after].map(|(policy, case, decision)| Side { policy, case, decision });
    put(&why::difference(before, after), format, streams)
}

/// A case with its policy and its decision.
fn decided(
    (policy, case): (&Path, &Path),
    streams: &mut Streams<'_>,
) -> Result<Option<(Policy, Case, Decision)>, Failure> {
    of_case(policy, case, streams, |policy, case| {
        let decision = policy.decide(case)?;
        Ok((policy.clone(), case.clone(), decision))
    })
}
