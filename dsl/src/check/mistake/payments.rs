//! Mistakes in shares and payments.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use apportion_core::money::Money;
use apportion_core::share::Share;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Shares that are none, or do not make one whole.
pub(in crate::check) enum ShareMistake {
    /// `the ICB 40%, the ICB 60%`
    PartyTwice { span: Span, first: Span },
    /// `the ICB the rest, social care the rest`
    RestTwice { span: Span, first: Span },
    /// Shares whose common denominator has more than 18 digits.
    TooFine { span: Span },
    /// `the ICB 60%, social care 50%`
    SharesExceedWhole { span: Span, share: Span, excess: Share, is_literal: bool },
    /// `the ICB 40%, social care 50%`
    SharesFallShort { span: Span, missing: Share },
    /// `the ICB health share, social care 50%`
    NamedSharesNeedARest { span: Span },
    /// `the ICB £5.00`
    NoShare { span: Span },
    /// `as the joint panel decides`, in a text without `between`
    PanelWithoutParties { span: Span },
    /// `the council and the ICB in the ratio 1 : 2 : 3`
    RatioTerms { span: Span, parties: usize, terms: usize },
    /// `in the ratio 0 : 0`
    RatioOfNothing { span: Span },
}

impl From<ShareMistake> for Diagnostic {
    fn from(mistake: ShareMistake) -> Diagnostic {
        match mistake {
            ShareMistake::PartyTwice { span, first } => {
                Diagnostic::error("party-twice", "this party has a share already", span)
                    .and(first, "its share")
                    .help("give each party one share, or name another party")
            }
            ShareMistake::RestTwice { span, first } => {
                Diagnostic::error("rest-twice", "only one party can take the rest", span)
                    .and(first, "taken here")
                    .help("write a percent or a fraction for all parties but one")
            }
            ShareMistake::TooFine { span } => Diagnostic::error(
                "shares-too-fine",
                "these shares together need more than 18 digits",
                span,
            )
            .help("write shares with fewer places"),
            ShareMistake::SharesExceedWhole { span, share, excess, is_literal } => {
                exceed_whole(span, share, excess, is_literal)
            }
            ShareMistake::SharesFallShort { span, missing } => Diagnostic::error(
                "shares-fall-short",
                format!("these shares leave {missing} that nobody pays"),
                span,
            )
            .help("write `the rest` for the party that takes what is left"),
            ShareMistake::NamedSharesNeedARest { span } => Diagnostic::error(
                "named-shares-need-a-rest",
                "shares that are worked out need a party that takes the rest",
                span,
            )
            .help("write `the rest` for the party that takes what is left"),
            ShareMistake::PanelWithoutParties { span } => Diagnostic::error(
                "panel-without-parties",
                "this text has no parties whose shares a panel could decide",
                span,
            )
            .help("name them under `between`; a tool leaves to each policy who pays"),
            ShareMistake::RatioTerms { span, parties, terms } => Diagnostic::error(
                "ratio-terms",
                format!("this ratio has {terms} numbers for {parties} parties"),
                span,
            )
            .help("write one number for each party, in the same order"),
            ShareMistake::RatioOfNothing { span } => {
                Diagnostic::error("ratio-of-nothing", "a ratio of nothing but 0 has no shares", span)
                    .help("write a number above 0 for a party that pays")
            }
            ShareMistake::NoShare { span } => {
                Diagnostic::error("no-share", "a share is a percent or a fraction", span)
                    .help("write a percent with its sign, such as `40%`, or `1/3`, `the rest` or the name of a percent")
            }
        }
    }
}

fn exceed_whole(span: Span, share: Span, excess: Share, is_literal: bool) -> Diagnostic {
    let sum = Share::WHOLE.checked_add(excess);
    if !is_literal {
        return Diagnostic::error(
            "shares-exceed-whole",
            "these shares can add up to more than one whole",
            span,
        )
        .help("declare bounds for the percent that is named here: `percent, 0% to 50%`");
    }
    let message = match sum {
        Some(sum) => format!("these shares add up to {sum}"),
        None => String::from("these shares add up to more than one whole"),
    };
    Diagnostic::error("shares-exceed-whole", message, share)
        .here(format!("this share passes the whole by {excess}"))
        .and(span, "the whole is divided here")
        .help("write `the rest` for the party that takes what is left")
}

/// A payment that cannot be.
pub(in crate::check) enum PaymentMistake {
    /// `Split care cost in the shares of section 3.`, where section 3 has points
    NoSharesThere { span: Span },
    /// `The ICB pays at most £5.00; the ICB pays the excess.`
    ExcessToItself { span: Span },
    /// `The ICB pays at least £5.00, taken from the ICB.`
    TakenFromItself { span: Span },
    /// `at most £5.00 under 2.1`, where 2.1 pays nothing
    NoPaymentsThere { span: Span },
    /// `at most £5.00 under 7.4`, where 7.4 is a later limit
    CountsLater { span: Span, number: String },
    /// `in proportion to visits and cost`, where cost can be below £0.00
    WeightBelowZero { span: Span },
    /// `in proportion to visits and nights`, which can both be 0
    WeightsCanBeZero { span: Span, weight: String },
    /// `in proportion to fast track and urgent`
    WeightNoNumber { span: Span, found: String },
    /// Weights that need more than 18 digits together.
    WeightsTooLarge { span: Span },
    /// Payments that together can need more than 18 digits.
    TotalTooLarge { span: Span },
    /// `The ICB pays at most £5.00 a month`, where all that is paid is paid a week
    NothingPaidIn { span: Span, unit: String, paid: Vec<String> },
    /// `Education pays total points.`
    NotMoney { span: Span, found: String },
    /// `Education pays 40% of care cost.`
    NotWholePence { span: Span, parts: i64 },
    /// `Education pays cost - income.`
    BelowZero { span: Span, least: i64 },
}

impl From<PaymentMistake> for Diagnostic {
    fn from(mistake: PaymentMistake) -> Diagnostic {
        match mistake {
            PaymentMistake::NoSharesThere { span } => {
                Diagnostic::error("no-shares-there", "no clause there gives shares", span)
                    .help("name the section whose clauses say `the ICB 40%, social care the rest`")
            }
            PaymentMistake::ExcessToItself { span } => Diagnostic::error(
                "excess-to-itself",
                "the party that is limited cannot pay the excess",
                span,
            )
            .help("name another party"),
            PaymentMistake::TakenFromItself { span } => Diagnostic::error(
                "taken-from-itself",
                "the party that pays at least so much cannot give it itself",
                span,
            )
            .help("name another party"),
            PaymentMistake::NoPaymentsThere { span } => {
                Diagnostic::error("no-payments-there", "no clause there pays anything", span)
                    .help("name a clause that splits or pays an amount, or write `in all`")
            }
            PaymentMistake::CountsLater { span, number } => Diagnostic::error(
                "counts-later",
                format!("{number} comes after this clause, and what it moves is not known yet"),
                span,
            )
            .help("limits take effect in the order of their numbers: name earlier clauses"),
            PaymentMistake::WeightBelowZero { span } => {
                Diagnostic::error("weight-below-zero", "this weight can be below 0", span)
                    .help("declare bounds that keep it above, or write `the greater of 0 and ...`")
            }
            PaymentMistake::WeightsCanBeZero { span, weight } => Diagnostic::error(
                "weights-can-be-zero",
                "all of these weights can be 0, and then nobody would pay",
                span,
            )
            .help(format!(
                "write `When {weight} is over 0,` before the split, and what happens otherwise \
                 after it, or declare a bound above 0"
            )),
            PaymentMistake::WeightNoNumber { span, found } => {
                Diagnostic::error("weight-no-number", format!("{found} cannot be a weight"), span)
                    .help("a weight is a number, such as `health hours`")
            }
            PaymentMistake::WeightsTooLarge { span } => Diagnostic::error(
                "weights-too-large",
                "these weights together need more than 18 digits",
                span,
            )
            .help("declare smaller bounds, or round the weights"),
            PaymentMistake::TotalTooLarge { span } => Diagnostic::error(
                "total-too-large",
                "with this, all that is paid can need 20 digits, and 18 are kept",
                span,
            )
            .help("give the facts in it smaller bounds (`money a week, £0.00 to £5,000.00`)"),
            PaymentMistake::NothingPaidIn { span, unit, paid } => Diagnostic::warning(
                "nothing-paid-in",
                format!("nobody pays {unit}, so this never counts"),
                span,
            )
            .help(format!("what the clauses make somebody pay is {}", paid.join(" and "))),
            PaymentMistake::NotMoney { span, found } => {
                Diagnostic::error("payment-not-money", format!("{found} cannot be paid"), span)
                    .help("a payment is money, or money a week, a month, a year or the like")
            }
            PaymentMistake::NotWholePence { span, parts } => Diagnostic::error(
                "payment-not-rounded",
                format!("this amount can have parts of a penny (one in {parts})"),
                span,
            )
            .help("say how it is rounded: `, to the nearest penny, halves up`"),
            PaymentMistake::BelowZero { span, least } => Diagnostic::error(
                "payment-below-zero",
                format!("this amount can be below £0.00: down to {}", Money::from_pence(least)),
                span,
            )
            .help("write `the greater of £0.00 and (...)`, or declare bounds that keep it above"),
        }
    }
}
