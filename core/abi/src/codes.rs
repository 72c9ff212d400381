//! Numbers with a meaning.

/// How a call ended: one of the `STATUS_` constants; anything else counts as [`STATUS_FATAL`].
pub type ZalmStatus = i32;

/// Outputs are valid.
pub const STATUS_OK: ZalmStatus = 0;
/// Outputs are valid, something is to be noted.
pub const STATUS_WARNING: ZalmStatus = 1;
/// Nothing was done; the instance is as before the call.
pub const STATUS_DISCARD: ZalmStatus = 2;
/// The call failed; the instance is to be dropped.
pub const STATUS_ERROR: ZalmStatus = 3;
/// The library is broken; no instance of it can be used.
pub const STATUS_FATAL: ZalmStatus = 4;
/// A panic was caught; the instance can only be destroyed.
pub const STATUS_PANIC: ZalmStatus = 5;

/// Column of 64-bit floats.
pub const COLUMN_F64: u16 = 1;
/// Column of 64-bit signed integers.
pub const COLUMN_I64: u16 = 2;
/// Column of 32-bit signed integers.
pub const COLUMN_I32: u16 = 3;
/// Column of 32-bit unsigned integers.
pub const COLUMN_U32: u16 = 4;
/// Column of bytes.
pub const COLUMN_U8: u16 = 5;
/// Column of 64-bit ids.
pub const COLUMN_ID64: u16 = 6;

/// The column may be written through `out`.
pub const COLUMN_FLAG_WRITE: u16 = 1;
/// The host does not have this optional column: `data` is null.
pub const COLUMN_FLAG_ABSENT: u16 = 2;

/// Phase: the monthly step.
pub const PHASE_MONTH: u32 = 1;

/// Log level: for the author.
pub const LOG_DEBUG: i32 = 0;
/// Log level: worth knowing.
pub const LOG_INFO: i32 = 1;
/// Log level: results may not be what was meant.
pub const LOG_WARNING: i32 = 2;
/// Log level: something failed.
pub const LOG_ERROR: i32 = 3;

/// Form: temporary money.
pub const FORM_TEMPORARY: u32 = 0;
/// Form: elements taken up by institutions, each in its own silo.
pub const FORM_EMBEDDED: u32 = 1;
/// Form: adopted by institutions that act together.
pub const FORM_JOINT: u32 = 2;
/// Form: workers lifted out of the silos, silos pay.
pub const FORM_STAKEHOLDER: u32 = 3;
/// Form: social enterprise.
pub const FORM_ENTERPRISE: u32 = 4;
/// Form: ended.
pub const FORM_ENDED: u32 = 5;

/// Instrument: temporary grant.
pub const INSTRUMENT_TEMPORARY_GRANT: u32 = 0;
/// Instrument: structural subsidy.
pub const INSTRUMENT_STRUCTURAL_SUBSIDY: u32 = 1;
/// Instrument: seconded staff.
pub const INSTRUMENT_SECONDED_STAFF: u32 = 2;
/// Instrument: standing contribution.
pub const INSTRUMENT_STANDING_CONTRIBUTION: u32 = 3;
/// Instrument: fee per trajectory.
pub const INSTRUMENT_FEE: u32 = 4;
/// Instrument: wage-cost support.
pub const INSTRUMENT_WAGE_SUPPORT: u32 = 5;
/// Instrument: partnership with a fund.
pub const INSTRUMENT_FUND_PARTNERSHIP: u32 = 6;
/// Instrument: one-off gift.
pub const INSTRUMENT_GIFT: u32 = 7;
/// Instrument: appreciation contribution.
pub const INSTRUMENT_APPRECIATION: u32 = 8;
/// Instrument: tailor-made tender.
pub const INSTRUMENT_TENDER: u32 = 9;
/// Instrument: base funding, a share of a budget.
pub const INSTRUMENT_BASE_FUNDING: u32 = 10;
/// Instrument: loan.
pub const INSTRUMENT_LOAN: u32 = 11;
/// Instrument: crowdfunding.
pub const INSTRUMENT_CROWDFUNDING: u32 = 12;
/// Instrument: private investor.
pub const INSTRUMENT_INVESTOR: u32 = 13;
/// Instrument: people of firms for some hours.
pub const INSTRUMENT_BUSINESS_IN_KIND: u32 = 14;
/// Instrument: orders as social return.
pub const INSTRUMENT_SOCIAL_RETURN: u32 = 15;

/// Effort: contact with the row's payer.
pub const EFFORT_CONTACT: u32 = 0;
/// Effort: measurement.
pub const EFFORT_MEASUREMENT: u32 = 1;
/// Effort: sales.
pub const EFFORT_SALES: u32 = 2;

/// Measurement of a project: who comes and goes is counted.
pub const EVIDENCE_COUNTS: i64 = 0;
/// Measurement of a project: a baseline.
pub const EVIDENCE_BASELINE: i64 = 1;
/// Measurement of a project: outcomes.
pub const EVIDENCE_OUTCOME: i64 = 2;
/// Measurement of a project: a cost-benefit analysis.
pub const EVIDENCE_COST_BENEFIT: i64 = 3;

/// Payer kind: a department (silo) of the municipality.
pub const PAYER_MUNICIPAL: i64 = 0;
/// Payer kind: the State.
pub const PAYER_STATE: i64 = 1;
/// Payer kind: an insurer.
pub const PAYER_INSURER: i64 = 2;
/// Payer kind: a housing corporation.
pub const PAYER_CORPORATION: i64 = 3;
/// Payer kind: a fund.
pub const PAYER_FUND: i64 = 4;
/// Payer kind: customers.
pub const PAYER_MARKET: i64 = 5;

/// Value of a month column that means "no end in sight" or "never".
pub const NO_END: i64 = 9_999;
