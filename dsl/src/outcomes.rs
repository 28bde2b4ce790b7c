//! What each clause made of a case, with figures.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use apportion_core::decision::Decision;
use apportion_core::money::Money;
use apportion_core::program::{ClauseId, ConclusionId, Item, ValueId};

use crate::checked::{Body, Clause, FamilyId, Provision, ProvisionId, Share, ShareRow, Table};
use crate::naming::listed;
use crate::policy::Policy;
use crate::reasons::Reasons;
use crate::record::{CostLine, Record, RecordedClause, RecordedShares, RecordedValue, with_unit};

/// What every clause that applies says of the case, in the order of the clauses.
pub(crate) fn clauses(
    policy: &Policy,
    reasons: &Reasons<'_>,
    items: &[(Item, Decision)],
    record: &Record,
) -> Vec<RecordedClause> {
    let of_items = items.iter().map(|(item, decision)| Outcomes {
        policy,
        reasons: Reasons { decision, ..*reasons },
        record,
        item: Some(*item),
    });
    let of_items: Vec<Outcomes<'_>> = of_items.collect();
    let outcomes = Outcomes { policy, reasons: *reasons, record, item: None };
    let clauses = policy.checked().clauses.iter().zip((0..).map(ClauseId));
    let speaking = clauses.filter_map(|(clause, id)| {
        let says = outcomes.clause(clause, id, &of_items);
        (!says.is_empty()).then_some((clause, says))
    });
    speaking
        .map(|(clause, says)| RecordedClause {
            number: clause.number.clone(),
            says,
            values: outcomes.values(clause),
            citations: clause.citations.clone(),
        })
        .collect()
}

/// The shares of a case that a panel decided, clause by clause.
pub(crate) fn decided_shares(
    policy: &Policy,
    reasons: &Reasons<'_>,
    record: &Record,
) -> Vec<RecordedShares> {
    let outcomes = Outcomes { policy, reasons: *reasons, record, item: None };
    let provisions = policy.checked().provisions.iter().zip((0..).map(ProvisionId));
    let applying = provisions.filter(|(it, id)| it.list.is_none() && reasons.applies(*id));
    let decided = applying.filter_map(|(provision, id)| {
        let Body::Shares(rows, _) = &provision.body else { return None };
        let (panel, shares) = outcomes.shares_of_panel(id, rows)?;
        let says = match shares.is_empty() {
            true => return None,
            false => as_decided(panel, &shares),
        };
        Some(RecordedShares { clause: policy.clause_number(provision.clause), says })
    });
    decided.collect()
}

/// `as the joint panel decided: the ICB 60%, social care 40%`
fn as_decided(panel: &str, shares: &[String]) -> String {
    format!("as {panel} decided: {}", shares.join(", "))
}

/// What is said of the case, or of one item.
struct Outcomes<'a> {
    policy: &'a Policy,
    reasons: Reasons<'a>,
    record: &'a Record,
    item: Option<Item>,
}

impl Outcomes<'_> {
    fn clause(&self, clause: &Clause, id: ClauseId, items: &[Outcomes<'_>]) -> Vec<String> {
        let mut says = Vec::new();
        for provision_id in &clause.provisions {
            let provision = self.policy.checked().provisions.get(provision_id.0 as usize);
            let Some(provision) = provision else { continue };
            if provision.list.is_none() {
                says.extend(self.provision(*provision_id, provision, id));
                continue;
            }
            let own = |of: &&Outcomes<'_>| of.item.map(|item| item.list) == provision.list;
            for of_item in items.iter().filter(own) {
                let said = of_item.provision(*provision_id, provision, id).into_iter();
                says.extend(said.map(|said| format!("{}: {said}", of_item.name())));
            }
        }
        says
    }

    /// How the item at hand is called.
    fn name(&self) -> String {
        self.item.map(|item| self.policy.show_item(item)).unwrap_or_default()
    }

    /// The values that a clause gives.
    fn values(&self, clause: &Clause) -> Vec<RecordedValue> {
        let applying = clause.provisions.iter().filter(|id| self.reasons.applies(**id));
        let provisions =
            applying.filter_map(|id| self.policy.checked().provisions.get(id.0 as usize));
        let of_case = provisions.filter(|provision| provision.list.is_none());
        let ids = of_case.flat_map(|provision| provision.body.values());
        let values = ids.filter_map(|id| self.policy.recorded_value(self.reasons.decision, *id));
        values.filter(|value| value.value.is_some()).collect()
    }

    fn provision(&self, id: ProvisionId, provision: &Provision, clause: ClauseId) -> Vec<String> {
        if !self.reasons.applies(id) {
            return Vec::new();
        }
        let list = provision.list.and_then(|list| self.policy.lists().get(list.index()));
        let subject = list.map_or(&self.policy.checked().subject, |list| &list.singular);
        let one = |text: String| Vec::from([text]);
        match &provision.body {
            Body::Cover => one(format!("covers the {subject}")),
            Body::Conclude { conclusion, is_for } => {
                let not = if *is_for { "" } else { "not " };
                one(format!("the {subject} is {not}{}", self.conclusion(*conclusion)))
            }
            Body::Define { value, .. }
            | Body::Rates { value, .. }
            | Body::Slices(crate::checked::Slices { value, .. }) => {
                self.value(*value).into_iter().collect()
            }
            Body::Table(table @ Table { each: Some(family), .. }) => {
                table.values.iter().filter_map(|value| self.of_members(*value, *family)).collect()
            }
            Body::Table(table) => {
                let row = self.row(id).map(|row| format!("row {row}: ")).unwrap_or_default();
                let values = table.values.iter().filter_map(|value| self.value(*value));
                values.map(|value| format!("{row}{value}")).collect()
            }
            Body::Shares(rows, _) => self.shares(id, rows).into_iter().collect(),
            Body::Split { .. }
            | Body::Proportion { .. }
            | Body::Pay { .. }
            | Body::PayInTurn { .. }
            | Body::Limit { .. }
            | Body::Floor { .. } => self.payments(clause, &provision.body),
            Body::Require { words, .. } => one(format!("{words}, and is")),
            Body::Refer { .. } => self.referrals(clause),
            Body::Switch { clauses } => {
                let number = clauses.first().map(|other| self.policy.clause_number(*other));
                one(format!("{} does not apply", number.unwrap_or_default()))
            }
            Body::Promise(_) | Body::Broken => Vec::new(),
        }
    }

    fn conclusion(&self, id: ConclusionId) -> &str {
        let conclusion = self.policy.checked().conclusions.get(id.index());
        conclusion.map(|conclusion| conclusion.name.as_str()).unwrap_or_default()
    }

    fn value(&self, id: ValueId) -> Option<String> {
        let value = self.policy.checked().values.get(id.index()).filter(|it| it.each.is_none())?;
        let shown = self.policy.show_value(self.reasons.decision, id)?;
        let shown = with_unit(&shown, &value.kind.after_amount());
        Some(format!("{} = {shown}", value.name))
    }

    /// `points for each domain: breathing 6, mobility 1`
    fn of_members(&self, id: ValueId, family: FamilyId) -> Option<String> {
        let checked = self.policy.checked();
        let value = checked.values.get(id.index())?;
        let family = checked.families.get(family.0 as usize)?;
        let members = family.members.iter().filter_map(|member| {
            let own = self.policy.member_value(self.reasons.decision, id, *member)?;
            let shown = self.policy.show_constant(&value.kind, own);
            let shown = with_unit(&shown, &value.kind.after_amount());
            Some(format!("{} {shown}", checked.facts.get(member.index())?.name))
        });
        let members: Vec<String> = members.collect();
        let said = format!("{} for each {}: {}", value.name, family.singular, members.join(", "));
        (!members.is_empty()).then_some(said)
    }

    /// Which row of its table applies, from 1.
    fn row(&self, id: ProvisionId) -> Option<usize> {
        self.policy.row(self.reasons.decision, id).map(|row| row + 1)
    }

    fn shares(&self, id: ProvisionId, rows: &[ShareRow]) -> Option<String> {
        if let Some((panel, shares)) = self.shares_of_panel(id, rows) {
            return Some(match shares.is_empty() {
                true => format!("{panel} has not decided the shares"),
                false => as_decided(panel, &shares),
            });
        }
        let place = self.row(id);
        let row = self.row_of_shares(id, rows)?;
        let number = place.map(|place| format!("row {place}: ")).unwrap_or_default();
        Some(format!("{number}{}", self.shares_of(row).join(", ")))
    }

    fn row_of_shares<'r>(&self, id: ProvisionId, rows: &'r [ShareRow]) -> Option<&'r ShareRow> {
        rows.get(self.row(id).map_or(0, |place| place - 1))
    }

    /// What each party has in a row of shares: `the ICB 60%`.
    fn shares_of(&self, row: &ShareRow) -> Vec<String> {
        let parties = self.policy.checked().parties.iter().zip(&row.shares);
        let shares = parties.filter_map(|(party, share)| Some((party, self.share(share)?)));
        shares.map(|(party, text)| format!("{} {text}", party.name)).collect()
    }

    /// The panel that shares are left to, and what it decided; nothing where it has not.
    fn shares_of_panel(&self, id: ProvisionId, rows: &[ShareRow]) -> Option<(&str, Vec<String>)> {
        let row = self.row_of_shares(id, rows)?;
        let panel = self.policy.checked().panels.get(row.panel?.index())?;
        Some((&panel.name, self.shares_of(row)))
    }

    /// A share as it reads; none where the party has none.
    fn share(&self, share: &Share) -> Option<String> {
        let Share::Of(share) = share else { return Some(String::from("the rest")) };
        match (&share.kind, &share.of) {
            (
                crate::checked::ExpressionKind::Constant(crate::checked::Constant::Number(value)),
                crate::checked::Type::Number(number),
            ) => (*value != 0).then(|| crate::reading::show(number, *value)),
            (crate::checked::ExpressionKind::Fact(id), crate::checked::Type::Number(number)) => {
                let share = self.policy.stated_amount(self.reasons.decision, *id)?;
                Some(crate::reading::show(number, share))
            }
            (crate::checked::ExpressionKind::Value(id), _) => {
                self.policy.show_value(self.reasons.decision, *id)
            }
            _ => None,
        }
    }

    /// What a clause makes the parties pay, and whom it refers to.
    fn payments(&self, clause: ClauseId, body: &Body) -> Vec<String> {
        let number = self.policy.number_of(clause);
        let item = self.item.map(|item| self.policy.item_name(item));
        let own = |line: &&CostLine| line.clause == number && line.item == item;
        let lines: Vec<&CostLine> = self.record.lines.iter().filter(own).collect();
        let awaiting = self.record.awaiting.iter().filter(|it| it.clause == number);
        let mut says = match body {
            Body::Limit { .. } => limited(&lines),
            Body::Floor { .. } => raised(&lines),
            _ => paid(&lines),
        };
        says.extend(awaiting.map(ToString::to_string));
        says.extend(self.referrals(clause));
        says
    }

    fn referrals(&self, clause: ClauseId) -> Vec<String> {
        let number = self.policy.number_of(clause);
        let referrals = self.record.referrals.iter().filter(|it| it.clause == number);
        referrals.map(|referral| format!("the case is referred to {}", referral.panel)).collect()
    }
}

/// `the ICB pays £5.00 a week, social care pays £7.50 a week`
fn paid(lines: &[&CostLine]) -> Vec<String> {
    let pays = |line: &&CostLine| match line.amount < Money::ZERO {
        true => format!("{} gets back {}{}", line.party, plain(line), line.unit),
        false => format!("{} pays {}{}", line.party, line.amount, line.unit),
    };
    let says: Vec<String> = lines.iter().map(pays).collect();
    if says.is_empty() { Vec::new() } else { Vec::from([listed(&says)]) }
}

/// `the ICB is at its limit: social care pays the excess of £117.52 a week`
fn limited(lines: &[&CostLine]) -> Vec<String> {
    let taken = lines.iter().find(|line| line.amount < Money::ZERO);
    let to = lines.iter().find(|line| line.amount >= Money::ZERO);
    let says = taken.zip(to).map(|(taken, to)| {
        let (party, moved, unit) = (&taken.party, plain(taken), &taken.unit);
        format!("{party} is at its limit: {} pays the excess of {moved}{unit}", to.party)
    });
    says.into_iter().collect()
}

/// `the ICB is at its least: it takes on £5.00 a week from social care`
fn raised(lines: &[&CostLine]) -> Vec<String> {
    let Some(to) = lines.iter().find(|line| line.amount >= Money::ZERO) else {
        return Vec::new();
    };
    let taken = lines.iter().filter(|line| line.amount < Money::ZERO);
    let taken = taken.map(|line| format!("{}{} from {}", plain(line), line.unit, line.party));
    let taken: Vec<String> = taken.collect();
    Vec::from([format!("{} is at its least: it takes on {}", to.party, listed(&taken))])
}

/// An amount without its sign.
fn plain(line: &CostLine) -> String {
    line.amount.to_string().replace('-', "")
}
