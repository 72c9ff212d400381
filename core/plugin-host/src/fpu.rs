//! The floating-point mode of the thread: rounding, flush to zero. A plugin that changes it would
//! change every later number of the program, so it is put back after every call.

/// The mode as the processor has it; 0 where we do not know how to read it.
pub(crate) fn mode() -> u64 {
    #[cfg(target_arch = "x86_64")]
    {
        let mut mxcsr = 0_u32;
        // SAFETY: stores the control and status register into our own variable.
        unsafe {
            std::arch::asm!("stmxcsr [{}]", in(reg) &raw mut mxcsr, options(nostack, preserves_flags));
        }
        // The lowest six bits are flags that any calculation raises.
        u64::from(mxcsr & !0x3f)
    }
    #[cfg(target_arch = "aarch64")]
    {
        let fpcr: u64;
        // SAFETY: reads the control register.
        unsafe { std::arch::asm!("mrs {}, fpcr", out(reg) fpcr, options(nomem, nostack)) };
        fpcr
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    {
        0
    }
}

/// Sets what [`mode`] gave.
pub(crate) fn set_mode(mode: u64) {
    #[cfg(target_arch = "x86_64")]
    {
        let mxcsr = mode as u32;
        // SAFETY: loads a value that the register held before.
        unsafe {
            std::arch::asm!("ldmxcsr [{}]", in(reg) &raw const mxcsr, options(nostack, readonly));
        }
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: writes a value that the register held before.
    unsafe {
        std::arch::asm!("msr fpcr, {}", in(reg) mode, options(nomem, nostack));
    }
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let _ = mode;
}

#[cfg(test)]
mod tests {
    use super::{mode, set_mode};
    use std::hint::black_box;

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn flush_to_zero_is_seen_and_undone() {
        let before = mode();
        set_mode(before | 0x8000);
        let (seen, flushed) = (mode(), black_box(1e-310_f64) * black_box(0.5));
        set_mode(before);
        assert_eq!((seen, flushed.to_bits()), (before | 0x8000, 0));
        assert!(black_box(1e-310_f64) * black_box(0.5) > 0.0 && mode() == before);
    }
}
