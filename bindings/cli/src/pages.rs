//! `apportion letter`, `working`, `why-not` and `changes`: why a case was decided as it was.

use apportion::engine::case::Case;
use apportion::engine::decision::Decision;
use apportion::engine::program::ConclusionId;
use apportion::policy::Policy;
use apportion::why::{Asked, MOST_STEPS, Page};

use crate::arguments::{PageAbout, PageFormat, PageOf};
use crate::cases::{ended, of_case};
use crate::failure::{Ended, Failure};
use crate::terminal::Streams;

pub(crate) fn letter(page: &PageOf, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    write(page, streams, |policy, case, decision| Ok(policy.letter(case, decision)))
}

pub(crate) fn working(page: &PageOf, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    write(page, streams, |policy, case, decision| Ok(policy.working(case, decision)))
}

pub(crate) fn why_not(about: &PageAbout, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    write(&about.of, streams, |policy, case, decision| {
        let asked = conclusions(policy, about.conclusion.as_deref())?.into_iter();
        // Of all conclusions, those that are drawn are not asked for.
        let is_asked =
            |id: &ConclusionId| about.conclusion.is_some() || decision.concludes(*id) != Some(true);
        let pages = asked.filter(is_asked).map(|id| policy.why_not(case, decision, id));
        Ok(joined(pages))
    })
}

pub(crate) fn changes(about: &PageAbout, streams: &mut Streams<'_>) -> Result<Ended, Failure> {
    write(&about.of, streams, |policy, case, decision| {
        let asked = match decision.is_covered() {
            true => conclusions(policy, about.conclusion.as_deref())?,
            false => Vec::new(),
        };
        let of_case = asked.into_iter().filter(|id| decision.concludes(*id).is_some());
        let mut asked: Vec<Asked> = of_case.map(Asked::Conclusion).collect();
        if asked.is_empty() {
            asked.push(Asked::Cover);
        }
        let pages = asked.into_iter();
        let pages = pages.map(|asked| policy.what_would_change(case, decision, asked, MOST_STEPS));
        Ok(joined(pages))
    })
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
    let page = page?;
    let text = match of.format {
        PageFormat::Text => ended(&page.to_string()),
        PageFormat::Html => page.html(),
    };
    streams.output.write_all(text.as_bytes())?;
    Ok(Ended::Done)
}
