//! Any bytes as a caseload of the example policy.

use apportion::engine::decision::Decision;
use apportion::engine::money::Money;
use apportion::engine::outlook::Outlook;
use apportion::foreseen::Foreseen;
use apportion_exchange::csv::caseload::{Caseload, CaseloadError};
use apportion_exchange::csv::columns::Carry;
use apportion_exchange::csv::rejects::RejectRows;
use apportion_exchange::field::Field;
use apportion_exchange::pounds::decimal;
use csv::ByteRecord;

use super::Came;
use super::case::POLICY;

/// How many cells of a reject stand before those of its row: line, column and reason.
const BEFORE_ROW: usize = 3;

/// Where the columns are those of a caseload, every row of it is either among the decisions
/// or among the rejects, cell by cell as it was and in the order of the caseload, and the
/// summary counts them. A row has a decision exactly where its case alone has one or is settled
/// whatever is not known, with the same cover and payments beside it; a reject tells its line, a
/// reason and, if any, its column. Otherwise some column is told to be in the way.
pub fn caseload_csv(bytes: &[u8]) -> Came {
    let caseload = match Caseload::open(&POLICY, bytes, &Carry::Rest) {
        Ok(caseload) => caseload,
        Err(CaseloadError::Columns(mistakes)) => {
            assert!(!mistakes.is_empty());
            return Came::Refused;
        }
        Err(error) => panic!("{error}"),
    };
    let names = caseload.columns().to_vec();
    let (mut decided, mut rejected) = (Vec::new(), Vec::new());
    let mut rejects = RejectRows::new(&mut rejected, &names).unwrap();
    let summary = caseload.decide(&mut decided, &mut rejects).unwrap();
    rejects.finish().unwrap();

    let (decided, rejected) = (rows(&decided), rows(&rejected));
    let header = &decided[0];
    let (mut decisions, mut rejects) = (decided[1..].iter(), rejected[1..].iter());
    for row in &rows(bytes)[1..] {
        let line = line_of(bytes, row);
        match decide_alone(&names, row) {
            Some(alone) => {
                let answered = decisions.next().unwrap();
                assert!(row.iter().eq(answered.iter().take(names.len())), "{row:?} {answered:?}");
                assert_eq!(answered.len(), header.len());
                for (name, answer) in alone {
                    let place = header.iter().rposition(|it| it == name.as_bytes()).unwrap();
                    assert_eq!(&answered[place], answer.as_bytes(), "{name} of {row:?}");
                }
            }
            None => {
                let reject = rejects.next().unwrap();
                assert!(row.iter().eq(reject.iter().skip(BEFORE_ROW)), "{row:?} {reject:?}");
                assert_eq!(&reject[0], line.to_string().as_bytes());
                let is_column = names.iter().any(|name| name.as_bytes() == &reject[1]);
                assert!(reject[1].is_empty() || is_column, "{reject:?}");
                assert!(!reject[2].is_empty(), "{reject:?}");
            }
        }
    }
    assert_eq!((decisions.len(), rejects.len()), (0, 0));
    assert_eq!(summary.accepted, decided.len() as u64 - 1);
    assert_eq!(summary.rejected, rejected.len() as u64 - 1);
    assert_eq!(summary.cases, summary.accepted + summary.rejected);
    if summary.accepted > 0 { Came::Read } else { Came::Refused }
}

/// The rows of a file, the names of its columns first.
fn rows(bytes: &[u8]) -> Vec<ByteRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    reader.byte_records().map(Result::unwrap).collect()
}

/// The line of a row's first cell: a line ends with `\n`, `\r` or both.
fn line_of(bytes: &[u8], row: &ByteRecord) -> usize {
    let from = usize::try_from(row.position().unwrap().byte()).unwrap();
    let blank = bytes[from..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    let before = &bytes[..from + blank];
    let is_end = |(at, byte): &(usize, &u8)| match byte {
        b'\r' => true,
        b'\n' => *at == 0 || before[at - 1] != b'\r',
        _ => false,
    };
    1 + before.iter().enumerate().filter(is_end).count()
}

/// The cover and the payments of a row by itself, by the names of their columns; none where it is
/// no case, is refused, or is not settled.
fn decide_alone(names: &[String], row: &ByteRecord) -> Option<Vec<(String, String)>> {
    if row.len() != names.len() {
        return None;
    }
    str::from_utf8(row.as_slice()).ok()?;
    let mut case = POLICY.new_case();
    for (name, cell) in names.iter().zip(row) {
        if let Ok(field) = Field::find(&POLICY, name) {
            field.state(&POLICY, &mut case, None, str::from_utf8(cell).ok()?).ok()?;
        }
    }
    let open = POLICY.open(&case);
    if open.is_empty() {
        return POLICY.decide(&case).ok().map(|decision| answers(&decision));
    }
    let mut outlook = Outlook::new(POLICY.program());
    POLICY.foresee_into(&case, &open, &mut outlook).ok()?;
    outlook.is_settled().then(|| settled(&POLICY.foresee(&case).unwrap()))
}

/// What a decision says in these columns.
fn answers(decision: &Decision) -> Vec<(String, String)> {
    let parties = POLICY.checked().parties.iter();
    let pays = parties.map(|party| {
        let paid = POLICY.pays(decision, &party.name);
        (format!("pays_{}", party.outside), paid.map(pounds).unwrap_or_default())
    });
    [covered(decision.is_covered())].into_iter().chain(pays).collect()
}

/// The same of what is settled.
fn settled(foreseen: &Foreseen) -> Vec<(String, String)> {
    let pays = foreseen.payments.iter().map(|payment| {
        assert_eq!(payment.least, payment.greatest);
        (format!("pays_{}", payment.outside), pounds(payment.least))
    });
    [covered(foreseen.can_be_decided)].into_iter().chain(pays).collect()
}

fn covered(is_covered: bool) -> (String, String) {
    ("covered".to_owned(), if is_covered { "yes" } else { "no" }.to_owned())
}

fn pounds(money: Money) -> String {
    decimal(money.pence().into())
}
