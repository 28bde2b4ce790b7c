//! Messages that say the same in several ways: what differs between them.

use super::hostile::policy;
use super::policies::found;

/// Checks what is said of the one mistake of a policy, and what helps.
#[track_caller]
fn check(facts: &str, clauses: &str, message: &str, help: &str) {
    let found = found(&policy(facts, clauses));
    let told: Vec<(&str, &str)> =
        found.iter().map(|it| (&*it.message, it.help.as_deref().unwrap_or_default())).collect();
    assert_eq!(told, [(message, help)]);
}

#[test]
fn units_that_do_not_agree_are_told_with_the_way_from_one_to_the_other() {
    let facts = "  weekly   money a week\n  yearly   money a year\n  monthly   money a month\n  \
                 hours   hours a week, whole, 0 to 40\n  nights   nights a week, whole, 0 to 7\n";
    let check = |sum: &str, message: &str, help: &str| {
        check(facts, &format!("1.1  Total = {sum}.\n"), message, help);
    };
    let year = "write `... for 52 weeks a year` (£ a week to £ a year) or `... over 52 weeks` \
                (£ a year to £ a week)";
    check("weekly + yearly", "£ a week and £ a year do not go together", year);
    check("yearly - weekly", "£ a year and £ a week do not go together", year);
    let month = "write `... for 12 months a year` (£ a month to £ a year)";
    check("monthly + yearly", "£ a month and £ a year do not go together", month);
    check("yearly + monthly", "£ a year and £ a month do not go together", month);
    let week = "write `... for 38 weeks` (£ a week to £), or say what the amount is for: \
                `£5.00 a week`";
    check("weekly + cost", "£ a week and £ do not go together", week);
    check("£5.00 + weekly", "£ and £ a week do not go together", week);
    let pounds = "put `£` before the amount that has none, if both are money";
    check("weekly + hours", "£ a week and hours a week do not go together", pounds);
    check("cost + 5", "£ and a plain number do not go together", pounds);
    let other = "look whether each amount is multiplied by its own rate, and counted in its own \
                 unit";
    check("hours + nights", "hours a week and nights a week do not go together", other);
    check("weekly + monthly", "£ a week and £ a month do not go together", other);
}

#[test]
fn a_circle_is_told_by_its_clauses() {
    let help = "write one of them without what depends on it";
    check("", "1.1  Total = total + £1.00.\n", "clause 1.1 depends on itself", help);
    let two = "1.1  One = two + £1.00.\n1.2  Two = one.\n";
    check("", two, "clauses `1.1` and `1.2` depend on each other in a circle", help);
    let circle: String =
        (1..=14).map(|at| format!("1.{at}  V{at} = v{}.\n", at % 14 + 1)).collect();
    let message = "clauses `1.1`, `1.2`, `1.3`, `1.4`, `1.5`, `1.6`, `1.7`, `1.8`, `1.9`, `1.10`, \
                   `1.11`, `1.12` and others depend on each other in a circle";
    check("", &circle, message, help);
}

#[test]
fn a_list_of_twelve_is_shown_in_full() {
    let circle: String =
        (1..=12).map(|at| format!("1.{at}  V{at} = v{}.\n", at % 12 + 1)).collect();
    let message = "clauses `1.1`, `1.2`, `1.3`, `1.4`, `1.5`, `1.6`, `1.7`, `1.8`, `1.9`, `1.10`, \
                   `1.11` and `1.12` depend on each other in a circle";
    check("", &circle, message, "write one of them without what depends on it");
}

#[test]
fn what_is_not_declared_is_told_with_where_it_would_be() {
    let message = "this citation begins with no declared source";
    let help = "declare the source in the header, below `sources`";
    check(
        "",
        "1.1  The ICB pays cost.    [XX 1]\n1.2  The council pays cost.    [XX 2]\n",
        message,
        help,
    );
    let help = "declare them: `levels of need`, and below it the levels";
    check("  worst   a level of need\n", "", "no levels of `need` are declared", help);
}

#[test]
fn a_clause_that_is_not_there_is_told_with_those_that_are() {
    let despite = |place: &str| {
        format!(
            "1.1  A child is late when urgent.\n1.2  Despite {place}, a child is not late when \
             urgent.\n\n2  Others\n2.1  The ICB pays cost.\n"
        )
    };
    check("", &despite("1.3"), "there is no clause 1.3", "there are `1.1` and `1.2`");
    check("", &despite("2.2"), "there is no clause 2.2", "there are `2.1`");
    check("", &despite("3.1"), "there is no clause 3.1", "there are `section 1` and `section 2`");
    check(
        "",
        &despite("section 3"),
        "there is no section 3",
        "there are `section 1` and `section 2`",
    );
}

#[test]
fn a_word_that_is_none_of_a_list_is_told_with_the_list() {
    let facts = "  placement   one of home, day school, residential\n";
    let check = |word: &str, help: &str| {
        let clause = format!("1.1  A child is late when placement is {word}.\n");
        check(facts, &clause, &format!("`{word}` is not among the words it can be"), help);
    };
    check("hom", "did you mean `home`?");
    check("hospital", "write one of `home`, `day school` or `residential`");
    check(
        "school",
        "the words are `home`, `day school` and `residential`; part `day school` in two if it is two",
    );
}

#[test]
fn a_name_of_another_kind_is_told_with_what_it_is() {
    let facts = "\nneeds, each yes or no\n  breathing\n  mobility\n";
    let given = "1.1  A child is late when urgent.\n1.2  Total = cost.\n";
    let check = |sentence: &str, message: &str, help: &str| {
        check(facts, &format!("{given}1.3  {sentence}\n"), message, help);
    };
    let party = "write the name of a party";
    check("Urgent pays cost.", "`urgent` is a fact, and a party is needed here", party);
    check("Total pays cost.", "`total` is a value, and a party is needed here", party);
    check("Late pays cost.", "`late` is a conclusion, and a party is needed here", party);
    check("Needs pays cost.", "`needs` is a family of facts, and a party is needed here", party);
    check(
        "The child pays cost.",
        "`child` is whom the policy is about, and a party is needed here",
        party,
    );
    check(
        "The ICB pays council.",
        "`council` is a party, and a fact or a value is needed here",
        "write the name of a fact or a value",
    );
}
