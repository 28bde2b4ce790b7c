//! Definitions of what is no number: levels, words, days, yes or no.

use super::{Chapter, Kind, Maker, Origin};
use crate::generator::model::{Body, Expression, Sentence};

impl Maker<'_> {
    pub(super) fn definition_of_word(&mut self) {
        let made = match self.choices.below(4) {
            0 => self.highest_of_two(),
            1 if self.choices.is_in(50) => self.level_over_items(),
            1 => self.highest_member(),
            _ => self.another_name(),
        };
        let Some((expression, kind)) = made else { return };
        let name = self.new_value();
        let body = Body::Define(name.clone(), expression);
        self.add(Chapter::Values, Sentence::plain(body));
        self.know(name, kind, Origin::Value);
    }

    /// `the higher of nurse level and social worker level`
    fn highest_of_two(&mut self) -> Option<(Expression, Kind)> {
        let ladder = self.choices.below(self.model.ladders.len());
        let of_ladder = |kind: &Kind| matches!(kind, Kind::Levels(place, _) if *place == ladder);
        let (left, right) = (self.pick_name(of_ladder)?, self.pick_name(of_ladder)?);
        let count = |name: &str| {
            let known = self.known.iter().find(|known| known.name == name);
            known.map_or(0, |known| match known.kind {
                Kind::Levels(_, count) => count,
                _ => 0,
            })
        };
        let count = count(&left).max(count(&right));
        let word = self.choices.word(&["higher", "lower"]);
        let name = |name| Box::new(Expression::Name(name));
        let expression = Expression::Extreme(word, name(left), name(right));
        Some((expression, Kind::Levels(ladder, count)))
    }

    /// `the highest domain`
    fn highest_member(&mut self) -> Option<(Expression, Kind)> {
        let is_ordered = |kind: &Kind| matches!(kind, Kind::Levels(..) | Kind::Number(_));
        let families: Vec<_> = self.families.iter().filter(|it| is_ordered(&it.kind)).collect();
        let family = *self.choices.pick(&families)?;
        let aggregate = self.choices.word(&["highest", "lowest"]);
        let expression =
            Expression::Over { aggregate, of: None, all: false, family: family.singular.clone() };
        Some((expression, family.kind.clone()))
    }

    /// A definition that is another name for something.
    fn another_name(&mut self) -> Option<(Expression, Kind)> {
        let known = self.in_scope().filter(|known| {
            !matches!(known.origin, Origin::Each(_)) && !matches!(known.kind, Kind::Number(_))
        });
        let known: Vec<_> = known.map(|it| (it.name.clone(), it.kind.clone())).collect();
        let (name, kind) = self.choices.pick(&known)?.clone();
        Some((Expression::Name(name), kind))
    }
}
