//! Which plugin works with which host.

/// Major version of the contract that this crate describes; another one has another entry symbol.
pub const ABI_MAJOR: u16 = 1;
/// Minor version: grows when fields, commands or optional interfaces are appended.
pub const ABI_MINOR: u16 = 0;

/// What the versions of a plugin and a host mean for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They work together.
    Fits,
    /// The plugin needs a newer host.
    PluginNewer,
    /// The plugin was made for an older contract.
    PluginOlder,
}

/// Whether a plugin built for `major` that needs at least `min_host_minor` works on a host that
/// provides `host` (major, minor).
///
/// The minor version that a plugin was *built with* does not count: it works on an older host as
/// long as it needs nothing new.
pub const fn fit(major: u16, min_host_minor: u16, host: (u16, u16)) -> Fit {
    if major > host.0 || (major == host.0 && min_host_minor > host.1) {
        Fit::PluginNewer
    } else if major < host.0 {
        Fit::PluginOlder
    } else {
        Fit::Fits
    }
}

#[cfg(test)]
mod tests {
    use super::{Fit, fit};

    #[test]
    fn a_plugin_fits_by_what_it_needs() {
        let host = (1, 2);
        assert_eq!(fit(1, 0, host), Fit::Fits);
        assert_eq!(fit(1, 2, host), Fit::Fits);
        assert_eq!(fit(1, 3, host), Fit::PluginNewer);
        assert_eq!(fit(2, 0, host), Fit::PluginNewer);
        assert_eq!(fit(0, 9, host), Fit::PluginOlder);
    }
}
