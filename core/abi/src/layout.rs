//! Sizes and offsets of the contract, and their hash.

use crate::{
    ZalmClaim, ZalmColumn, ZalmCommand, ZalmEvent, ZalmHost, ZalmNote, ZalmPlan, ZalmPluginEntry,
    ZalmPolicyApi, ZalmSpend, ZalmStep, ZalmStr,
};

/// Where the fields of one struct lie.
#[derive(Debug)]
pub struct StructLayout {
    /// Name in Rust and in C.
    pub name: &'static str,
    /// Size, bytes.
    pub size: usize,
    /// Whether fields may be appended, so that its size is no part of the hash.
    pub grows: bool,
    /// Name and offset (bytes) of each field of the 1.0 prefix.
    pub fields: &'static [(&'static str, usize)],
}

macro_rules! layout {
    ($($name:ident $grows:ident { $($field:ident),* $(,)? })*) => {
        /// Every struct of the contract with the fields of its 1.0 prefix.
        pub const LAYOUT: &[StructLayout] = &[$(StructLayout {
            name: stringify!($name),
            size: size_of::<$name>(),
            grows: layout!(@ $grows),
            fields: &[$((stringify!($field), core::mem::offset_of!($name, $field))),*],
        }),*];
    };
    (@ grows) => { true };
    (@ fixed) => { false };
}

layout! {
    ZalmPluginEntry fixed {
        magic, struct_size, abi_major, abi_minor, min_host_minor, flags, reserved, layout_hash,
        get_interface,
    }
    ZalmStr fixed { ptr, len }
    ZalmColumn grows {
        struct_size, kind, flags, elem_size, column_index, data, out, len, stride,
    }
    ZalmHost grows {
        struct_size, abi_major, abi_minor, ctx, log, set_error, rng_fill_u64, metric_add, submit,
        get_extension,
    }
    ZalmStep grows {
        struct_size, phase, tick, year, month_of_year, n_rows, row_ids, columns, n_columns, cancel,
    }
    ZalmPolicyApi grows {
        struct_size, reserved, describe, create, destroy, step,
    }
    ZalmCommand fixed { size, kind, flags, target }
    ZalmClaim fixed { cents_per_month, months, instrument }
    ZalmPlan fixed { form, reserved }
    ZalmSpend fixed { share, effort, reserved }
    ZalmNote fixed { len, reserved }
    ZalmEvent fixed { event, len }
}

/// FNV-1a (64 bits) over the offsets of [`LAYOUT`] and the sizes of what may not grow.
///
/// Appended fields do not change it; anything moved does.
pub const LAYOUT_HASH: u64 = hash_of(LAYOUT);

const fn hash_of(structs: &[StructLayout]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut i = 0;
    while i < structs.len() {
        let one = &structs[i];
        hash = absorb(hash, if one.grows { 0 } else { one.size as u64 });
        let mut f = 0;
        while f < one.fields.len() {
            hash = absorb(hash, one.fields[f].1 as u64);
            f += 1;
        }
        i += 1;
    }
    hash
}

const fn absorb(mut hash: u64, number: u64) -> u64 {
    let bytes = number.to_le_bytes();
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        i += 1;
    }
    hash
}

const _: () = {
    assert!(
        cfg!(target_pointer_width = "64"),
        "the plugin contract is for 64-bit machines"
    );
    assert!(
        cfg!(target_endian = "little"),
        "the plugin contract is for little-endian machines"
    );
    assert!(size_of::<ZalmPluginEntry>() == 40);
    assert!(size_of::<ZalmStr>() == 16);
    assert!(size_of::<ZalmColumn>() == 48);
    assert!(size_of::<ZalmCommand>() == 16);
    assert!(size_of::<ZalmClaim>() == 16);
    assert!(size_of::<ZalmPlan>() == 8);
    assert!(size_of::<ZalmSpend>() == 16);
    assert!(size_of::<ZalmNote>() == 8);
    assert!(size_of::<ZalmEvent>() == 8);
};

#[cfg(test)]
mod tests {
    use super::{LAYOUT, LAYOUT_HASH};

    #[test]
    fn a_changed_layout_is_noticed() {
        // Change this number only together with ABI_MAJOR.
        assert_eq!(
            LAYOUT_HASH, 0x36f4_f55c_285d_b757,
            "the layout hash is {LAYOUT_HASH:#x}"
        );
    }

    #[test]
    fn what_grows_says_its_size_first() {
        for one in LAYOUT.iter().filter(|one| one.grows) {
            assert_eq!(one.fields[0], ("struct_size", 0), "{}", one.name);
        }
    }
}
