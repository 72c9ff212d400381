//! What a strategy asks for, and how it goes over the border.

use zalm_abi as abi;

macro_rules! codes {
    ($(#[$meta:meta])* $name:ident: $number:ty { $($(#[$vmeta:meta])* $variant:ident = $code:path;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),* }

        impl $name {
            /// All, in order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Code in columns and commands.
            pub const fn code(self) -> $number {
                match self { $(Self::$variant => $code),* }
            }

            /// The one with this code.
            pub fn from_code(code: i64) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| i64::from(one.code()) == code)
            }
        }
    };
}

codes! {
    /// Organisational form of a project.
    Form: u32 {
        /// On temporary money.
        Temporary = abi::FORM_TEMPORARY;
        /// Elements taken up by existing institutions, each in its own silo.
        Embedded = abi::FORM_EMBEDDED;
        /// Adopted by institutions that act together ("regular, unless").
        Joint = abi::FORM_JOINT;
        /// Workers lifted out of the silos; silos pay, the municipality directs.
        Stakeholder = abi::FORM_STAKEHOLDER;
        /// Social enterprise.
        Enterprise = abi::FORM_ENTERPRISE;
        /// Ended; cannot be planned.
        Ended = abi::FORM_ENDED;
    }
}

codes! {
    /// How money is given.
    Instrument: u32 {
        /// Temporary grant: ends after its months; novelty counts.
        TemporaryGrant = abi::INSTRUMENT_TEMPORARY_GRANT;
        /// Structural subsidy: no end, renewed each January.
        StructuralSubsidy = abi::INSTRUMENT_STRUCTURAL_SUBSIDY;
        /// Seconded staff (detachering): workers lent and paid by the payer.
        SecondedStaff = abi::INSTRUMENT_SECONDED_STAFF;
        /// Standing contribution to a jointly held team, renewed each January.
        StandingContribution = abi::INSTRUMENT_STANDING_CONTRIBUTION;
        /// Fee per trajectory: paid per household in support.
        Fee = abi::INSTRUMENT_FEE;
        /// Wage-cost support for people who work in the enterprise.
        WageSupport = abi::INSTRUMENT_WAGE_SUPPORT;
        /// Partnership with a fund: co-financed with others, with advice and network.
        FundPartnership = abi::INSTRUMENT_FUND_PARTNERSHIP;
        /// One-off gift: small, at once.
        Gift = abi::INSTRUMENT_GIFT;
        /// Appreciation contribution (waarderingsbijdrage): a small part of what the giver gains.
        Appreciation = abi::INSTRUMENT_APPRECIATION;
        /// Tailor-made tender: won on results, not on ties; needs measured outcomes.
        Tender = abi::INSTRUMENT_TENDER;
        /// Base funding: a share of a department's budget; needs measured outcomes.
        BaseFunding = abi::INSTRUMENT_BASE_FUNDING;
        /// Loan to a company: drawn month by month, then repaid with interest.
        Loan = abi::INSTRUMENT_LOAN;
        /// Crowdfunding: many small gifts at once, after a campaign.
        Crowdfunding = abi::INSTRUMENT_CROWDFUNDING;
        /// Private investor: repaid from benefits that a cost-benefit analysis shows.
        Investor = abi::INSTRUMENT_INVESTOR;
        /// Business in kind: people of firms for some hours.
        BusinessInKind = abi::INSTRUMENT_BUSINESS_IN_KIND;
        /// Social return: who buys from the public purse orders from the enterprise.
        SocialReturn = abi::INSTRUMENT_SOCIAL_RETURN;
    }
}

codes! {
    /// On what a leader can spend time.
    Effort: u32 {
        /// Contact with the row's payer: ties grow.
        Contact = abi::EFFORT_CONTACT;
        /// Measurement: towards the next level.
        Measurement = abi::EFFORT_MEASUREMENT;
        /// Sales: the economic component.
        Sales = abi::EFFORT_SALES;
    }
}

codes! {
    /// How well a project measures; the values of column `project.measurement`.
    Evidence: i64 {
        /// Who comes and goes is counted.
        Counts = abi::EVIDENCE_COUNTS;
        /// How people are when they come is known.
        Baseline = abi::EVIDENCE_BASELINE;
        /// What becomes of them is known too.
        Outcome = abi::EVIDENCE_OUTCOME;
        /// A cost-benefit analysis divides the benefits over those who gain.
        CostBenefit = abi::EVIDENCE_COST_BENEFIT;
    }
}

codes! {
    /// What kind of party a payer is; the values of column `payer.kind`.
    PayerKind: i64 {
        /// A department (silo) of the municipality.
        Municipal = abi::PAYER_MUNICIPAL;
        /// The State, a ministry or the province.
        State = abi::PAYER_STATE;
        /// A health insurer.
        Insurer = abi::PAYER_INSURER;
        /// A housing corporation.
        Corporation = abi::PAYER_CORPORATION;
        /// A foundation that gives.
        Fund = abi::PAYER_FUND;
        /// Customers who buy goods and services.
        Market = abi::PAYER_MARKET;
    }
}

/// What a strategy asks for; usually made through [`Context`](crate::Context).
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask a payer for money.
    Claim {
        /// The (project, payer) row.
        row: u64,
        /// How it is to be given.
        instrument: Instrument,
        /// Amount, cents per month, more than 0.
        cents_per_month: i64,
        /// Length, months; 0 = until it is ended.
        months: u32,
        /// To be paid from old capacity that the payer closes for it, not on top.
        closes: bool,
    },
    /// Say in which form the project is to go on when the running money ends.
    Plan {
        /// Any row of the project.
        row: u64,
        /// The form.
        form: Form,
    },
    /// Spend leader time this coming month.
    Spend {
        /// The (project, payer) row; the payer matters for contact only.
        row: u64,
        /// On what.
        effort: Effort,
        /// Share of the leader's month, 0..=1; those of one project sum to at most 1.
        share: f64,
    },
    /// A line for the event log.
    Note {
        /// Any row of the project.
        row: u64,
        /// The text.
        text: String,
    },
    /// An event of the strategy's own, for the event log.
    Event {
        /// Any row of the project.
        row: u64,
        /// Its place in [`Policy::EVENTS`](crate::Policy::EVENTS).
        event: usize,
        /// A finite value for each of its fields.
        values: Vec<f64>,
    },
}

impl Command {
    /// The row that it is about.
    pub fn row(&self) -> u64 {
        match self {
            Self::Claim { row, .. }
            | Self::Plan { row, .. }
            | Self::Spend { row, .. }
            | Self::Note { row, .. }
            | Self::Event { row, .. } => *row,
        }
    }

    /// Appends the bytes of this command to `buffer`, whose length stays a multiple of 8.
    pub(crate) fn encode(&self, buffer: &mut Vec<u8>) {
        let mut payload = Vec::with_capacity(24);
        let closes = matches!(self, Self::Claim { closes: true, .. });
        let flags = if closes { abi::COMMAND_FLAG_CLOSES } else { 0 };
        let kind = match self {
            Self::Claim {
                instrument,
                cents_per_month,
                months,
                ..
            } => {
                payload.extend(cents_per_month.to_le_bytes());
                payload.extend(months.to_le_bytes());
                payload.extend(instrument.code().to_le_bytes());
                abi::COMMAND_CLAIM
            }
            Self::Plan { form, .. } => {
                payload.extend(form.code().to_le_bytes());
                payload.extend(0_u32.to_le_bytes());
                abi::COMMAND_PLAN
            }
            Self::Spend { effort, share, .. } => {
                payload.extend(share.to_le_bytes());
                payload.extend(effort.code().to_le_bytes());
                payload.extend(0_u32.to_le_bytes());
                abi::COMMAND_SPEND
            }
            Self::Note { text, .. } => {
                payload.extend((text.len() as u32).to_le_bytes());
                payload.extend(0_u32.to_le_bytes());
                payload.extend(text.as_bytes());
                payload.resize(payload.len().next_multiple_of(8), 0);
                abi::COMMAND_NOTE
            }
            Self::Event { event, values, .. } => {
                payload.extend((*event as u32).to_le_bytes());
                payload.extend((values.len() as u32).to_le_bytes());
                payload.extend(values.iter().flat_map(|value| value.to_le_bytes()));
                abi::COMMAND_EVENT
            }
        };
        let size = size_of::<abi::ZalmCommand>() + payload.len();
        buffer.extend((size as u32).to_le_bytes());
        buffer.extend(kind.to_le_bytes());
        buffer.extend(flags.to_le_bytes());
        buffer.extend(self.row().to_le_bytes());
        buffer.extend(payload);
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Form, PayerKind};

    #[test]
    fn codes_go_there_and_back() {
        for form in Form::ALL {
            assert_eq!(Form::from_code(form.code().into()), Some(*form));
        }
        assert_eq!(PayerKind::from_code(6), None);
        assert_eq!(PayerKind::from_code(-1), None);
    }

    #[test]
    fn a_note_is_padded_to_eight_bytes() {
        let mut buffer = Vec::new();
        Command::Note {
            row: 7,
            text: "nine bytes".into(),
        }
        .encode(&mut buffer);
        assert_eq!(buffer.len(), 16 + 8 + 16);
        assert_eq!(buffer[..4], 40_u32.to_le_bytes());
    }
}
