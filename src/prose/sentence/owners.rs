//! The owner of a figure, by the words round it or by a declaration of the data file.

use std::ops::Range;

use super::bodies;
use super::figures::names_figure;
use super::level::is_countable;
use super::reader::{Declared, Reader};
use super::scope::Scope;
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::mention::{Mention, Unread};
use crate::prose::token::{Token, What, is_filler, takes_object};
use crate::report::Whose;

impl Reader<'_> {
    /// 全县: what follows is of all of it.
    pub(super) fn area(&mut self, token: &Token) {
        let printed = &self.text.printed()[token.range.clone()];
        let own = self.bodies.area.is_some_and(|area| printed.ends_with(area));
        // 参加全省培训，收到申请20件: the area is that of the training, and no figure stands with it.
        let of_object = self.level().words.iter().any(|word| word.what == What::Other);
        // 本局是全区执法量较大的单位，全年作出行政处罚3127件: it is said of the body itself.
        let (before, behind) =
            (&self.text.printed()[..token.range.start], &self.text.printed()[token.range.end..]);
        let clause = behind.split(['，', '。', '；', '\n']).next().unwrap_or_default();
        let silent = !clause.contains(|c: char| c.is_ascii_digit());
        let is_said = silent && Lexicon::get().clauses.ranking.end_of(before).is_some();
        if (of_object || is_said) && self.scope_of_clause.is_none() {
            self.scope_of_clause = Some((self.scope, self.scope_named.clone()));
        }
        self.scope = if own { Scope::Own } else { Scope::Foreign };
        self.scope_named = Some(token.range.clone());
    }

    /// Says of a figure whose it is; one that is left out is nobody's that the report tells.
    pub(super) fn own_figure(&mut self, mention: &mut Mention, words: &[Token], left_out: bool) {
        let own = self.scope != Scope::Foreign && !left_out;
        if own {
            self.of_own = true;
            self.fee_told |= mention.counted.as_ref().is_some_and(|c| c.kind == QuantityKind::Fee);
        } else {
            mention.unread = Some(Unread::OtherBody);
            mention.owner = self.scope_named.clone().filter(|_| !left_out);
            self.of_others |=
                !left_out && is_countable(mention.unit) && words.iter().any(names_figure);
        }
        self.declare(mention);
        if left_out && mention.unread.is_some() {
            mention.told = mention.counted.take();
        }
    }

    /// True if the words behind a figure say that it is none of those that the report tells: 5件，未计入上述数据; what is said
    /// of something else in a clause of its own is not said of it: 47件，罚没款不在此列.
    pub(super) fn is_left_out(&self, mention: &Mention) -> bool {
        const REACH: usize = 30;
        let behind = self.text.printed()[mention.range.end..].chars().take(REACH);
        let behind = behind.take_while(|c| !c.is_ascii_digit() && !"。；\n".contains(*c));
        let behind: String = behind.collect();
        if self.is_part_of_next(mention, &behind) {
            return true;
        }
        let mut clauses = behind.split('，');
        let left_out = &Lexicon::get().clauses.left_out;
        let all = &Lexicon::get().things.all;
        clauses.next().is_some_and(|own| left_out.are_in(own))
            || clauses.any(|clause| {
                let all = all.start_of(clause).map_or(0, str::len);
                left_out.start_of(&clause[all..]).is_some()
            })
    }

    /// True if the words up to the next figure say that this one is counted in it: 处罚97件已包含在6894件内.
    fn is_part_of_next(&self, mention: &Mention, words: &str) -> bool {
        const AREA: usize = 6;
        let end = mention.range.end + words.len();
        let number = self.text.printed()[end..].starts_with(|c: char| c.is_ascii_digit());
        let own = words.rsplit('，').next().unwrap_or_default();
        let counted = Lexicon::get().clauses.counted_in.iter().find_map(|word| {
            let (_, area) = own.rsplit_once(word)?;
            Some(area.chars().count() <= AREA)
        });
        number && counted == Some(true)
    }

    /// Takes what the data file declares of a figure for whose it is.
    pub(super) fn declare(&mut self, mention: &mut Mention) {
        let typed = self.text.typed_range(mention.digits.clone());
        let holds = |one: &Declared| one.range.start <= typed.start && typed.end <= one.range.end;
        // A sentence is declared more closely than the text it stands in.
        let all = self.declared.iter_mut().filter(|one| holds(one));
        let Some(declared) = all.min_by_key(|one| one.range.len()) else { return };
        let of_others = mention.of_others.is_some()
            || mention.unread == Some(Unread::OtherBody)
            || self.scope != Scope::Own;
        declared.is_used |= of_others || declared.whose == Whose::Other;
        mention.of_others = None;
        mention.owner = None;
        match declared.whose {
            Whose::Own => mention.unread = None,
            Whose::Other => {
                mention.unread = Some(Unread::Declared(declared.place));
                mention.told = mention.counted.take();
            }
        }
    }

    /// True if a government and its own office issued documents together, which are all that its table holds of its own:
    /// 县政府及县政府办公室制发规范性文件.
    fn with_own_office(&self, words: &[Token]) -> bool {
        const GOVERNMENT: &str = "政府";
        let text = self.text.printed();
        let printed = |token: &Token| &text[token.range.clone()];
        let documents = words.iter().any(|token| match token.what {
            What::Phrase(Sense::Subject(subject)) => {
                Lexicon::get().subjects[subject].kind() == QuantityKind::Document
            }
            _ => false,
        });
        let office = What::Phrase(Sense::Word(Word::Office));
        documents
            && words.windows(3).any(|three| {
                printed(&three[0]).ends_with(GOVERNMENT)
                    && three[1].what == What::Phrase(Sense::Word(Word::And))
                    && three[2].what == office
                    && self.bodies.is_own_office(printed(&three[2]))
            })
    }

    /// True if the figures of an office are told with those of its government: 市政府及市政府办公室.
    fn with_government(&self, words: &[Token]) -> bool {
        const GOVERNMENT: &str = "政府";
        let text = self.text.printed();
        let and = What::Phrase(Sense::Word(Word::And));
        let filler = What::Phrase(Sense::Word(Word::Filler));
        let of_requests = |token: &Token| {
            matches!(token.what, What::Phrase(Sense::Word(Word::Request | Word::Application)))
        };
        // 市政府及市政府办公室制发文件3件 stands in the table of the office.
        !self.government
            && words.iter().any(of_requests)
            && words.windows(2).any(|pair| {
                pair[0].what == filler
                    && text[pair[0].range.clone()].ends_with(GOVERNMENT)
                    && pair[1].what == and
            })
    }

    /// The bytes of the words that name other bodies in a clause, where they are known words.
    fn name_in(&self, words: &[Token]) -> Option<Range<usize>> {
        let printed = self.text.printed();
        let names = |token: &&Token| match token.what {
            What::Phrase(Sense::Word(Word::Parts | Word::Area | Word::Office)) => true,
            What::Phrase(Sense::Word(Word::Filler)) => {
                printed[token.range.clone()].ends_with("政府")
            }
            _ => false,
        };
        words.iter().find(names).map(|token| token.range.clone())
    }

    /// A figure of 各部门 or 市本级 is not the body's own, nor are those that follow it, until
    /// applications are counted anew.
    pub(super) fn narrow_scope(&mut self, words: &[Token]) {
        let has = |word: Word| words.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
        let whose = self.bodies.whose(words, self.text.printed());
        // 3家单位共发出收费通知6件: all of them together.
        let start = words.first().map_or(0, |word| word.range.start);
        let counted = self.text.printed()[..start].ends_with(['家', '个']);
        let whose = whose.filter(|_| !counted);
        let before = self.scope;
        if has(Word::Parts) || whose == Some(bodies::Whose::Other) || self.with_government(words) {
            self.scope = Scope::Foreign;
            self.scope_named = self.name_in(words);
        } else if has(Word::Office) && self.government && !self.with_own_office(words) {
            self.scope = Scope::Office;
        } else if whose == Some(bodies::Whose::Own) {
            self.scope = Scope::Itself;
        } else if !has(Word::Area) && words.iter().any(takes_object) && has(Word::Request) {
            self.scope = Scope::Own;
        }
        // 其中，县政府收到126件: the next sentence is of all again. 来源为区政府1874条、部门14820条: likewise.
        let listed = self.levels.last().is_some_and(|level| !level.lists.is_empty());
        // 公开县政府文件63件；制定规范性文件5件: whose documents the first are, and not who speaks.
        let office = |token: &Token| token.what == What::Phrase(Sense::Word(Word::Office));
        let at = words.iter().position(office).unwrap_or(0);
        let as_object = words[..at].iter().any(|token| !is_filler(token));
        if (listed || self.of_own || as_object)
            && self.scope != before
            && self.scope_before.is_none()
        {
            self.scope_before = Some(before);
        }
    }
}
