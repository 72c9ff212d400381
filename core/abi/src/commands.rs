//! What a strategy asks for: a buffer of commands, each a header and a payload.
//!
//! Each command begins at a multiple of 8 bytes; `size` counts header and payload and is a multiple
//! of 8. The host checks everything before it applies anything.

/// Header of a command, 16 bytes.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmCommand {
    /// Header and payload, bytes; at least 16, a multiple of 8.
    pub size: u32,
    /// One of the `COMMAND_` constants.
    pub kind: u16,
    /// `COMMAND_FLAG_` bits.
    pub flags: u16,
    /// Row id that it is about.
    pub target: u64,
}

/// On a claim: the payer is to pay it from old capacity that it closes, not on top.
pub const COMMAND_FLAG_CLOSES: u16 = 1;

/// Ask the row's payer for money; payload [`ZalmClaim`].
pub const COMMAND_CLAIM: u16 = 1;
/// Say in which form the row's project is to go on; payload [`ZalmPlan`].
pub const COMMAND_PLAN: u16 = 2;
/// Spend time of the leader; payload [`ZalmSpend`].
pub const COMMAND_SPEND: u16 = 3;
/// A line for the event log; payload [`ZalmNote`], then the text, then zeros to a multiple of 8.
pub const COMMAND_NOTE: u16 = 4;

/// An event of the strategy's own type, for the event log; payload [`ZalmEvent`], then its values.
pub const COMMAND_EVENT: u16 = 5;

/// Payload of [`COMMAND_CLAIM`].
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmClaim {
    /// Amount, cents per month, more than 0.
    pub cents_per_month: i64,
    /// Length, months; 0 = until it is ended.
    pub months: u32,
    /// One of the `INSTRUMENT_` constants.
    pub instrument: u32,
}

/// Payload of [`COMMAND_PLAN`].
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmPlan {
    /// One of the `FORM_` constants.
    pub form: u32,
    /// 0.
    pub reserved: u32,
}

/// Payload of [`COMMAND_SPEND`].
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmSpend {
    /// Share of the leader's month, 0..=1.
    pub share: f64,
    /// One of the `EFFORT_` constants.
    pub effort: u32,
    /// 0.
    pub reserved: u32,
}

/// Payload of [`COMMAND_NOTE`], before its text.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmNote {
    /// Length of the UTF-8 text, bytes.
    pub len: u32,
    /// 0.
    pub reserved: u32,
}

/// Payload of [`COMMAND_EVENT`], before its values: finite 64-bit floats, one for each field that
/// the description declares, in its order.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmEvent {
    /// Place of the event in the description, from 0.
    pub event: u32,
    /// Number of values.
    pub len: u32,
}
