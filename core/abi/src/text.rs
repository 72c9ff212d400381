//! Text across the border.

/// UTF-8 text without a closing NUL; valid for the call in which it is passed, unless its function
/// says otherwise.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ZalmStr {
    /// First byte; may be null when `len` is 0.
    pub ptr: *const u8,
    /// Length, bytes.
    pub len: u64,
}

impl ZalmStr {
    /// Points at `text`.
    pub const fn new(text: &str) -> Self {
        Self {
            ptr: text.as_ptr(),
            len: text.len() as u64,
        }
    }

    /// The text, or `None` when the pointer is null with a length, the length is over `cap` bytes
    /// or the bytes are not UTF-8.
    ///
    /// # Safety
    /// A non-null `ptr` must point at `len` readable bytes that nobody changes during `'a`.
    pub const unsafe fn read<'a>(self, cap: u64) -> Option<&'a str> {
        if self.len == 0 {
            return Some("");
        }
        if self.ptr.is_null() || self.len > cap {
            return None;
        }
        // SAFETY: not null, and the caller vouches for `len` readable bytes during 'a.
        let bytes = unsafe { core::slice::from_raw_parts(self.ptr, self.len as usize) };
        match core::str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ZalmStr;

    #[test]
    fn text_is_read_back_or_refused() {
        let text = ZalmStr::new("zalm");
        let null = ZalmStr {
            ptr: core::ptr::null(),
            len: 3,
        };
        let latin = ZalmStr {
            ptr: b"\xe9".as_ptr(),
            len: 1,
        };
        // SAFETY: the texts are static or null.
        unsafe {
            assert_eq!(text.read(100), Some("zalm"));
            assert_eq!(text.read(3), None);
            assert_eq!(null.read(100), None);
            assert_eq!(latin.read(100), None);
            assert_eq!(ZalmStr { len: 0, ..null }.read(100), Some(""));
        }
    }
}
