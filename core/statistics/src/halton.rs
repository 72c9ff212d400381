//! Halton's sequence: the fixed points on which the golden numbers of the tests were computed.

/// Radical inverse of `number` in `base`, 0..1.
pub(crate) fn halton(number: u32, base: u32) -> f64 {
    let (mut left, mut scale, mut value) = (number, 1.0, 0.0);
    while left > 0 {
        scale /= f64::from(base);
        value += scale * f64::from(left % base);
        left /= base;
    }
    value
}
