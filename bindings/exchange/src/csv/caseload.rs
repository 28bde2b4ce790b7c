//! Deciding a caseload, block by block.

use std::io::{self, Read, Seek, Write};

use apportion::engine::block::{Block, LANES};
use apportion::engine::program::{FactId, ListId};
use apportion::policy::Policy;

use super::answers::added;
use super::cells::Cells;
use super::columns::{About, Carry, ColumnMistake, Columns};
use super::decisions::Decisions;
use super::facts::fill;
use super::heading::{no_names, other_separator};
use super::item_rows::ItemOutput;
use super::items::ItemFile;
use super::joined::{Join, Joined};
use super::keys::Keys;
pub use super::mistake::CaseloadError;
use super::rejects::Rejects;
use super::row::Row;
use super::rows::Rows;
use super::summary::Summary;

/// A caseload whose columns are settled and whose cases are still to be read.
///
/// ```
/// # let policy = apportion::policy::Policy::parse("\
/// # policy   Half each
/// # about    a child
/// # between
/// #   the ICB       NHS Northshire ICB
/// #   the council   Northshire Council
/// # version  1, in force from 1 April 2025
/// #
/// # facts
/// #   care cost   money a week
/// #
/// # 1    Who pays
/// # 1.1  In every case: the ICB 50%, the council 50%.
/// # 1.2  Split care cost in the shares of 1.1.
/// # ").unwrap();
/// use apportion_exchange::csv::caseload::Caseload;
/// use apportion_exchange::csv::columns::Carry;
/// use apportion_exchange::csv::rejects::RejectRows;
///
/// let cases = "care_cost\n\"£1,000.01\"\nmuch\n";
/// let (mut decisions, mut rejected) = (Vec::new(), Vec::new());
/// let caseload = Caseload::open(&policy, cases.as_bytes(), &Carry::Nothing).unwrap();
/// let mut rejects = RejectRows::new(&mut rejected, caseload.columns()).unwrap();
/// let summary = caseload.decide(&mut decisions, &mut rejects).unwrap();
/// rejects.finish().unwrap();
///
/// assert_eq!((summary.accepted, summary.rejected), (1, 1));
/// assert_eq!(String::from_utf8(decisions).unwrap(), "\
/// care_cost,pays_icb,pays_council,clauses
/// \"£1,000.01\",500.01,500.00,1.1; 1.2
/// ");
/// assert!(String::from_utf8(rejected).unwrap().starts_with("\
/// line,column,reason,care_cost
/// 3,care_cost,\"`care cost` must be an amount of money in pounds, such as £1,600.00\",much
/// "));
/// ```
#[derive(Debug)]
pub struct Caseload<'p, R> {
    policy: &'p Policy,
    input: Rows<R>,
    columns: Columns,
    join: Join,
    items: Vec<ItemFile<'p>>,
    allows_unknown: bool,
}

impl<'p, R: Read> Caseload<'p, R> {
    /// Reads the names of the columns and settles what each gives.
    ///
    /// # Errors
    ///
    /// Returns every column that stands in the way, or why nothing can be read. A policy with
    /// lists needs their items: see [`Caseload::open_with_items`].
    pub fn open(policy: &'p Policy, input: R, carry: &Carry) -> Result<Self, CaseloadError> {
        Caseload::begin(policy, input, carry, None, Vec::new())
    }

    fn begin(
        policy: &'p Policy,
        input: R,
        carry: &Carry,
        join: Option<FactId>,
        items: Vec<ItemFile<'p>>,
    ) -> Result<Self, CaseloadError> {
        let (mut input, names) = Rows::begin(input)?;
        if let Some(mistake) = other_separator(policy, &names) {
            return Err(CaseloadError::Columns(vec![mistake]));
        }
        let first = names.clone();
        let elsewhere: Vec<String> = items.iter().flat_map(ItemFile::columns).cloned().collect();
        let about = About::Cases { elsewhere: &elsewhere, join };
        let columns = Columns::plan(policy, about, names, carry);
        let without = policy.lists().iter().zip((0..).map(ListId));
        let without = without.filter(|(_, id)| !items.iter().any(|file| file.list == *id));
        let mistakes: Vec<ColumnMistake> = without
            .map(|(list, _)| ColumnMistake::NoItems {
                list: list.plural.clone(),
                outside: list.outside.clone(),
            })
            .collect();
        let columns = match columns {
            Ok(columns) if mistakes.is_empty() => columns,
            Ok(_) => return Err(CaseloadError::Columns(mistakes)),
            Err(others) => {
                if let Some(mistake) = no_names(policy, &first, &mut input) {
                    return Err(CaseloadError::Columns(vec![mistake]));
                }
                return Err(CaseloadError::Columns(others.into_iter().chain(mistakes).collect()));
            }
        };
        let join = Join::default();
        Ok(Caseload { policy, input, columns, join, items, allows_unknown: false })
    }

    /// Lets a case go to the decisions also where what is not known makes a difference. What is
    /// not settled is then left empty, but beside what each party pays stands between which ends it
    /// lies, nothing where the policy may not cover the case; `needs` lists the facts that would settle the case, by the names of their columns
    /// and in the order in which to ask; and where it is not empty, `ranges` says whether both
    /// ends occur (`exact`) or the range may be wider than what can come (`at most`).
    ///
    /// # Errors
    ///
    /// Returns the columns that have the name of one that is added.
    pub fn allow_unknown(mut self) -> Result<Self, CaseloadError> {
        let mut mistakes = self.columns.among(&added(self.policy, None, true));
        for file in &self.items {
            mistakes.extend(file.columns.among(&added(self.policy, Some(file.list), true)));
        }
        if !mistakes.is_empty() {
            return Err(CaseloadError::Columns(mistakes));
        }
        self.allows_unknown = true;
        Ok(self)
    }

    /// The names of the columns as written.
    pub fn columns(&self) -> &[String] {
        &self.columns.names
    }

    /// The files of items, in the order given.
    pub fn items(&self) -> &[ItemFile<'p>] {
        &self.items
    }

    /// Decides every case: a row either goes to `output`, with its decision beside it, or to
    /// the rejects, both in the order of the caseload.
    ///
    /// A fact that is not known rejects a case only where it makes a difference to what is
    /// concluded, paid or referred: the reason then says what is needed. Where it makes none, a
    /// value that it leaves open is left empty, and only the clauses that apply all the same are
    /// listed.
    ///
    /// # Errors
    ///
    /// Returns why the caseload cannot be read, or the output not be written. What was
    /// written until then is no complete answer.
    pub fn decide(
        self,
        output: impl Write,
        rejects: &mut dyn Rejects,
    ) -> Result<Summary, CaseloadError> {
        self.decide_with_items(output, rejects, Vec::new())
    }

    /// Decides every case with its items, which go to an output of their own for each file: all
    /// that belong to a case with a decision, and all others to its rejects.
    ///
    /// # Errors
    ///
    /// As [`Caseload::decide`]; also where there are not as many outputs as files of items.
    pub fn decide_with_items(
        mut self,
        output: impl Write,
        rejects: &mut dyn Rejects,
        outputs: Vec<ItemOutput<'_>>,
    ) -> Result<Summary, CaseloadError> {
        let mut decisions =
            Decisions::new(self.policy, &self.columns, self.allows_unknown, output)?;
        let mut items =
            Joined::new(self.policy, self.join, self.items, outputs, self.allows_unknown)?;
        let mut cells = Cells::new(self.policy, &self.columns);
        let mut block = Block::new(self.policy.program());
        let mut rows = vec![Row::default(); LANES];
        loop {
            let (read, is_end) = read(&mut self.input, &mut rows, &mut items)?;
            let rows = rows.get(..read).unwrap_or_default();
            let mut standings = fill(&mut cells, rows, &mut block);
            items.fill(rows, &mut block, &mut standings);
            // The block was made for this very program, which is all that can be wrong.
            let decided = self.policy.program().decide_block(&mut block, read);
            decided.map_err(|error| CaseloadError::Read(io::Error::other(error)))?;
            decisions.write(rows, standings, &block, &mut cells, &mut items, rejects)?;
            items.next_block(read);
            if is_end {
                let mut summary = decisions.finish()?;
                items.finish(&mut summary)?;
                return Ok(summary);
            }
        }
    }
}

impl<'p, R: Read + Seek> Caseload<'p, R> {
    /// Reads the names of the columns and settles what each gives; then looks through the files
    /// once for which item belongs to which case. `join` is the text fact of the case that says
    /// so in each file.
    ///
    /// # Errors
    ///
    /// As [`Caseload::open`]; also where no column of the cases gives `join`, or the items cannot be
    /// read.
    ///
    /// ```
    /// # let policy = apportion::policy::Policy::parse("\
    /// # policy   Each service
    /// # about    a child
    /// # between
    /// #   the ICB       NHS Northshire ICB
    /// #   the council   Northshire Council
    /// # version  1, in force from 1 April 2025
    /// #
    /// # facts
    /// #   case reference   text
    /// #
    /// # services, each with
    /// #   price     money a week
    /// #   nursing   yes or no
    /// #
    /// # 1    Who pays
    /// # 1.1  For each service, when nursing: the ICB 100%.
    /// # 1.2  For each service, when not nursing: the council 100%.
    /// # 1.3  For each service, split price in the shares of section 1.
    /// # ").unwrap();
    /// use std::io::Cursor;
    ///
    /// use apportion_exchange::csv::caseload::Caseload;
    /// use apportion_exchange::csv::columns::Carry;
    /// use apportion_exchange::csv::item_rows::ItemOutput;
    /// use apportion_exchange::csv::items::ItemFile;
    /// use apportion_exchange::csv::join::join;
    /// use apportion_exchange::csv::rejects::RejectRows;
    ///
    /// let cases = Cursor::new("case_reference\nR1\nR2\n");
    /// let services = Cursor::new("case_reference,price,nursing\nR1,640,yes\nR1,120,no\n");
    /// let (list, join) = (policy.list("services").unwrap(), join(&policy, None).unwrap());
    /// let carry = Carry::Nothing;
    /// let items = ItemFile::open(&policy, list, join, services, &carry).unwrap();
    /// let (mut decisions, mut decided, mut none) = (Vec::new(), Vec::new(), Vec::new());
    /// let (mut rejects, mut of_items) =
    ///     (RejectRows::new(Vec::new(), &[]).unwrap(), RejectRows::new(&mut none, &[]).unwrap());
    /// let output = ItemOutput { decided: Some(Box::new(&mut decided)), rejects: &mut of_items };
    /// Caseload::open_with_items(&policy, cases, &carry, join, vec![items])
    ///     .and_then(|it| it.decide_with_items(&mut decisions, &mut rejects, vec![output]))
    ///     .unwrap();
    /// assert_eq!(String::from_utf8(decisions).unwrap(), "\
    /// case_reference,pays_icb,pays_council,clauses
    /// R1,640.00,120.00,1.1; 1.2; 1.3
    /// R2,0.00,0.00,
    /// ");
    /// assert_eq!(String::from_utf8(decided).unwrap(), "\
    /// case_reference,price,nursing,pays_icb,pays_council,clauses
    /// R1,640,yes,640.00,0.00,1.1; 1.3
    /// R1,120,no,0.00,120.00,1.2; 1.3
    /// ");
    /// ```
    pub fn open_with_items(
        policy: &'p Policy,
        input: R,
        carry: &Carry,
        join: FactId,
        items: Vec<ItemFile<'p>>,
    ) -> Result<Self, CaseloadError> {
        let mut caseload = Caseload::begin(policy, input, carry, Some(join), items)?;
        let column = caseload.columns.join(policy, join);
        let column = column.map_err(|mistake| CaseloadError::Columns(vec![mistake]))?;
        let keys = Keys::of_cases(&mut caseload.input, column).map_err(CaseloadError::Read)?;
        caseload.input = caseload.input.again().map_err(CaseloadError::Read)?;
        caseload.join = Join { column, keys };
        for file in &mut caseload.items {
            file.follow(&mut caseload.join.keys)?;
        }
        Ok(caseload)
    }
}

/// How much the rows of a block may weigh before it is decided with fewer than it has room for.
const MOST_WEIGHT: usize = 1 << 21;

/// How much room a row keeps for the next one in its lane.
const MOST_KEPT: usize = MOST_WEIGHT / LANES;

/// Reads the next cases with their items, and says how many, and whether they are the last.
fn read<R: Read>(
    input: &mut Rows<R>,
    rows: &mut [Row],
    items: &mut Joined<'_, '_>,
) -> Result<(usize, bool), CaseloadError> {
    let (mut read, mut weight) = (0, 0);
    for (lane, row) in rows.iter_mut().enumerate() {
        // The room that a long row took is not kept for short ones.
        if row.weight() > MOST_KEPT {
            *row = Row::default();
        }
        if !input.read(row).map_err(CaseloadError::Read)? {
            return Ok((read, true));
        }
        read += 1;
        weight += row.weight();
        items.hold(lane, row)?;
        if items.is_full() || weight > MOST_WEIGHT {
            break;
        }
    }
    Ok((read, false))
}
