//! Instruments of finance: how money or people can be given, and on which terms.
//!
//! One table. What an instrument does follows from its terms alone, and each term is read in one
//! place; an instrument without terms of its own would be a second name for the same thing.

use crate::ledger::Cause;
use zalm_scenario::PayerKind::{self, Corporation, Fund, Insurer, Market, Municipal, State};

/// What crosses from giver to project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Money.
    Money,
    /// Workers, who stay in the giver's employ.
    Workers,
    /// Working hours of people who are no workers of this kind.
    Hours,
}

/// How much of what was promised comes in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pays {
    /// The sum that was promised.
    Sum,
    /// The share of the giver's budget that the sum was when it was promised.
    BudgetShare,
    /// A price for each household in support, the sum when the caseload is full.
    Households,
    /// All of it in the first month; nobody can take it back.
    AtOnce,
}

/// What the giver gets back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// Nothing.
    Nothing,
    /// The sum with interest, whatever comes of the work.
    Interest,
    /// What the giver saves by the places of work that it supports.
    Work,
    /// The sum with a return, as far as the benefit shown is as large as the cost.
    Benefit,
}

/// With whom a giver shares the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// With nobody: it buys its own part.
    Alone,
    /// With the others that give, who direct together: what they promised assures it.
    Together,
    /// With the others, under the municipality, which presses them.
    Directed,
}

/// What the giver hands over besides money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// Nothing.
    Keeps,
    /// People who stay its own.
    Lends,
    /// People and power for good.
    GivesUp,
    /// The reverse: it takes in people and work.
    TakesIn,
}

/// The most that is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// What there is room for.
    Room,
    /// A small part of the giver's budget of a year.
    Budget,
    /// A part of the benefit that the giver believes in.
    Benefit,
    /// What the project could earn with goods and services.
    Economic,
}

/// Legal form that the receiver needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legal {
    /// Any.
    Any,
    /// A foundation: no subsidy for a company.
    Foundation,
    /// A company: no bank for a foundation.
    Company,
}

/// What it asks of the leader's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// An application.
    Application,
    /// A campaign or a bid: more than one application.
    Campaign,
    /// An application; while it runs the giver's advice and network free time.
    Advice,
}

/// The terms of an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Who can give it.
    pub givers: &'static [PayerKind],
    /// What crosses.
    pub gives: Gives,
    /// How much of it in a month.
    pub pays: Pays,
    /// What comes back.
    pub back: Back,
    /// Without an end when none is asked; otherwise it ends, after a year when none is asked.
    pub standing: bool,
    /// Weighed again each January.
    pub renewed: bool,
    /// What is new counts.
    pub novelty: bool,
    /// Ties count.
    pub ties: bool,
    /// With whom the team is shared.
    pub shared: Shared,
    /// What the giver hands over.
    pub power: Power,
    /// The most that is given.
    pub limit: Limit,
    /// Legal form of the receiver.
    pub legal: Legal,
    /// Least level of measurement.
    pub measured: u8,
    /// Leader time.
    pub time: Time,
    /// Lulls: who lives on it works less for own income.
    pub lulls: bool,
    /// Cause in the books.
    pub cause: Cause,
}

/// A sum of money for some months that nobody weighs again: what other terms differ from.
const PLAIN: Terms = Terms {
    givers: &[Municipal, State, Insurer, Corporation, Fund],
    gives: Gives::Money,
    pays: Pays::Sum,
    back: Back::Nothing,
    standing: false,
    renewed: false,
    novelty: false,
    ties: true,
    shared: Shared::Alone,
    power: Power::Keeps,
    limit: Limit::Room,
    legal: Legal::Any,
    measured: 0,
    time: Time::Application,
    lulls: false,
    cause: Cause::Grant,
};

/// The same for institutions that bind themselves until they end it.
const STANDING: Terms = Terms {
    givers: &[Municipal, State, Insurer, Corporation],
    standing: true,
    renewed: true,
    ..PLAIN
};

macro_rules! instruments {
    (pub enum Instrument {
        $($(#[doc = $doc:literal])+ $name:ident = $code:literal: $terms:expr;)*
    }) => {
        /// How money is given.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Instrument { $($(#[doc = $doc])+ $name = $code,)* }

        impl Instrument {
            /// All instruments, by code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What it is, in a line for authors of strategies.
            pub fn doc(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_start(),)* }
            }

            /// Its terms.
            pub(crate) const fn terms(self) -> Terms {
                match self { $(Self::$name => $terms,)* }
            }
        }
    };
}

instruments! {
pub enum Instrument {
    /// Temporary grant: ends after its months; novelty counts.
    TemporaryGrant = 0: Terms { novelty: true, lulls: true, ..PLAIN };
    /// Structural subsidy: no end, weighed again each January; the work goes into the institution.
    StructuralSubsidy = 1: Terms {
        power: Power::TakesIn,
        legal: Legal::Foundation,
        lulls: true,
        cause: Cause::Structural,
        ..STANDING
    };
    /// Seconded staff (detachering): workers lent, who stay in the payer's employ.
    SecondedStaff = 2: Terms {
        gives: Gives::Workers,
        shared: Shared::Together,
        power: Power::Lends,
        cause: Cause::Secondment,
        ..STANDING
    };
    /// Standing contribution to a team under municipal direction, weighed again each January.
    StandingContribution = 3: Terms {
        shared: Shared::Directed,
        power: Power::GivesUp,
        cause: Cause::Contribution,
        ..STANDING
    };
    /// Fee per trajectory: paid for each household in support.
    Fee = 4: Terms { givers: STANDING.givers, pays: Pays::Households, cause: Cause::Fee, ..PLAIN };
    /// Wage-cost support for people who work in an enterprise: moves with the budget for work.
    WageSupport = 5: Terms {
        givers: &[Municipal],
        pays: Pays::BudgetShare,
        back: Back::Work,
        renewed: true,
        legal: Legal::Company,
        cause: Cause::WageSupport,
        ..PLAIN
    };
    /// Partnership with a fund: co-financed with others, with advice and network.
    FundPartnership = 6: Terms {
        givers: &[Fund],
        shared: Shared::Together,
        measured: 1,
        time: Time::Advice,
        ..PLAIN
    };
    /// One-off gift: small, at once.
    Gift = 7: Terms {
        givers: &[Fund, Corporation, Market],
        pays: Pays::AtOnce,
        novelty: true,
        limit: Limit::Budget,
        ..PLAIN
    };
    /// Appreciation contribution (waarderingsbijdrage): a small part of what the giver gains.
    Appreciation = 8: Terms {
        givers: &[Municipal, State, Insurer, Corporation, Market],
        limit: Limit::Benefit,
        cause: Cause::Contribution,
        ..STANDING
    };
    /// Tailor-made tender (kleinschalige aanbesteding op maat): won on results, not on ties.
    Tender = 9: Terms {
        givers: STANDING.givers,
        ties: false,
        limit: Limit::Budget,
        measured: 2,
        time: Time::Campaign,
        cause: Cause::Tender,
        ..PLAIN
    };
    /// Base funding: a share of a department's budget, as long as the department has one.
    BaseFunding = 10: Terms {
        givers: &[Municipal],
        pays: Pays::BudgetShare,
        renewed: false,
        power: Power::GivesUp,
        legal: Legal::Foundation,
        measured: 2,
        lulls: true,
        cause: Cause::Structural,
        ..STANDING
    };
    /// Loan: drawn month by month, then repaid with interest from income.
    Loan = 11: Terms {
        givers: &[Fund, Market],
        back: Back::Interest,
        ties: false,
        legal: Legal::Company,
        cause: Cause::Lent,
        ..PLAIN
    };
    /// Crowdfunding: many small gifts at once, after a campaign.
    Crowdfunding = 12: Terms {
        givers: &[Market],
        pays: Pays::AtOnce,
        novelty: true,
        limit: Limit::Budget,
        time: Time::Campaign,
        ..PLAIN
    };
    /// Private investor: repaid, with a return, from benefits that are shown.
    Investor = 13: Terms {
        givers: &[Fund, Market],
        back: Back::Benefit,
        measured: 3,
        cause: Cause::Lent,
        ..PLAIN
    };
    /// Business in kind: people of firms for some hours.
    BusinessInKind = 14: Terms {
        givers: &[Corporation, Market],
        gives: Gives::Hours,
        cause: Cause::InKind,
        ..PLAIN
    };
    /// Social return: who buys from the public purse orders from the enterprise.
    SocialReturn = 15: Terms {
        givers: &[Municipal, Corporation, Market],
        limit: Limit::Economic,
        legal: Legal::Company,
        cause: Cause::SocialReturn,
        ..PLAIN
    };
}
}

impl Instrument {
    /// Kinds of payers that can give it; another refuses whatever the claim is worth.
    pub const fn givers(self) -> &'static [PayerKind] {
        self.terms().givers
    }

    /// Least level of measurement that is asked of a project, 0..3 (see `project.measurement`).
    pub const fn measured(self) -> u8 {
        self.terms().measured
    }

    /// The instrument with this code.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_count_from_zero() {
        for (code, instrument) in Instrument::ALL.iter().enumerate() {
            assert_eq!(*instrument as usize, code);
        }
    }

    #[test]
    fn no_two_instruments_have_the_same_terms() {
        // The cause is a name in the books, not a term.
        let terms = |instrument: &Instrument| Terms {
            cause: Cause::Grant,
            ..instrument.terms()
        };
        for (place, one) in Instrument::ALL.iter().enumerate() {
            for other in &Instrument::ALL[..place] {
                assert_ne!(terms(one), terms(other), "{one:?} and {other:?}");
            }
        }
    }
}
