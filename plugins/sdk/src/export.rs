//! From the safe trait to the C contract: what [`export_policy!`](crate::export_policy) needs.

use crate::border::{Host, column, slice, write};
use crate::contain::contain;
use crate::context::{Context, When};
use crate::describe::describe;
use crate::json::read_object;
use crate::own::Own;
use crate::table::{Columns, Table};
use crate::{ColumnKind, Error, ErrorKind, Policy, Result};
use std::ffi::c_void;
use std::sync::OnceLock;
use zalm_abi::{
    POLICY_INTERFACE, STATUS_DISCARD, STATUS_ERROR, STATUS_OK, STATUS_PANIC, ZalmHost, ZalmStatus,
    ZalmStep,
};
pub use zalm_abi::{ZalmPluginEntry, ZalmPolicyApi, ZalmStr};

/// Longest text that a host may pass, bytes.
const TEXT_CAP: u64 = 1 << 20;

/// The entry of a library.
pub const fn entry(
    get_interface: unsafe extern "C" fn(ZalmStr) -> *const c_void,
) -> ZalmPluginEntry {
    ZalmPluginEntry {
        magic: zalm_abi::ENTRY_MAGIC,
        struct_size: size_of::<ZalmPluginEntry>() as u32,
        abi_major: zalm_abi::ABI_MAJOR,
        abi_minor: zalm_abi::ABI_MINOR,
        min_host_minor: 0,
        flags: 0,
        reserved: 0,
        layout_hash: zalm_abi::LAYOUT_HASH,
        get_interface,
    }
}

/// The functions of strategy `P`.
pub const fn api<P: Policy>(describe: unsafe extern "C" fn() -> ZalmStr) -> ZalmPolicyApi {
    ZalmPolicyApi {
        struct_size: size_of::<ZalmPolicyApi>() as u32,
        reserved: 0,
        describe: Some(describe),
        create: Some(create::<P>),
        destroy: Some(destroy::<P>),
        step: Some(step::<P>),
    }
}

/// Answers `get_interface`.
pub fn interface(api: &'static ZalmPolicyApi, id: ZalmStr) -> *const c_void {
    // SAFETY: the host passes readable text for this call.
    if unsafe { id.read(TEXT_CAP) } == Some(POLICY_INTERFACE) {
        std::ptr::from_ref(api).cast()
    } else {
        std::ptr::null()
    }
}

/// Answers `describe` with text made once.
pub fn description<P: Policy>(text: &'static OnceLock<String>) -> ZalmStr {
    ZalmStr::new(text.get_or_init(describe::<P>))
}

struct Instance<P> {
    policy: P,
    /// Set while a call runs and left set by a panic: what it left behind cannot be trusted.
    poisoned: bool,
}

fn refuse(host: &Host<'_>, error: &Error) -> ZalmStatus {
    host.set_error(error.message());
    match error.kind() {
        ErrorKind::Discard => STATUS_DISCARD,
        ErrorKind::Failed => STATUS_ERROR,
    }
}

/// Makes an instance.
///
/// # Safety
/// As in `zalm_plugin.h`: `host` and `out` are valid for this call, `params_json` is readable.
unsafe extern "C" fn create<P: Policy>(
    host: *const ZalmHost,
    params_json: ZalmStr,
    _run_seed: u64,
    out: *mut *mut c_void,
) -> ZalmStatus {
    if host.is_null() || out.is_null() {
        return STATUS_ERROR;
    }
    // SAFETY: not null, and the caller vouches for it.
    let host = Host(unsafe { &*host });
    let made = contain(|| {
        // SAFETY: the host passes readable text for this call.
        let text = unsafe { params_json.read(TEXT_CAP) }
            .ok_or_else(|| Error::failed("the parameters are not UTF-8 text"))?;
        let policy = P::read(&read_object(text)?)?;
        policy.check()?;
        Ok(policy)
    });
    match made {
        Ok(Ok(policy)) => {
            let instance = Box::new(Instance {
                policy,
                poisoned: false,
            });
            // SAFETY: not null, and the caller vouches that it can be written.
            unsafe { *out = Box::into_raw(instance).cast() };
            STATUS_OK
        }
        Ok(Err(error)) => refuse(&host, &error),
        Err(story) => {
            host.set_error(&story);
            STATUS_PANIC
        }
    }
}

/// Ends an instance; a panic in its drop goes no further.
///
/// # Safety
/// `instance` is null or comes from `create` and is not used again.
unsafe extern "C" fn destroy<P: Policy>(instance: *mut c_void) {
    if !instance.is_null() {
        // SAFETY: made by Box::into_raw in `create` of the same P, and given back once.
        let instance = unsafe { Box::from_raw(instance.cast::<Instance<P>>()) };
        // The instance ends either way; there is nobody left to tell.
        let _ = contain(move || drop(instance));
    }
}

/// Decides for one month.
///
/// # Safety
/// As in `zalm_plugin.h`: `instance` comes from `create` and is in no other call; `host` and `step`
/// are valid for this call.
unsafe extern "C" fn step<P: Policy>(
    instance: *mut c_void,
    host: *const ZalmHost,
    step: *const ZalmStep,
) -> ZalmStatus {
    if instance.is_null() || host.is_null() || step.is_null() {
        return STATUS_ERROR;
    }
    // SAFETY: not null, and the caller vouches for all three.
    let (instance, host, step) =
        unsafe { (&mut *instance.cast::<Instance<P>>(), Host(&*host), &*step) };
    if instance.poisoned {
        host.set_error("the instance was used again after a panic");
        return STATUS_PANIC;
    }
    instance.poisoned = true;
    let outcome = contain(|| {
        // SAFETY: the host describes its memory truly for this call.
        let commands = unsafe { run_step(&instance.policy, &host, step) }?;
        Ok(if commands.is_empty() {
            STATUS_OK
        } else {
            host.submit(&commands)
        })
    });
    match outcome {
        Ok(result) => {
            instance.poisoned = false;
            result.unwrap_or_else(|error| refuse(&host, &error))
        }
        Err(story) => {
            host.set_error(&story);
            STATUS_PANIC
        }
    }
}

/// The commands of one step as bytes.
///
/// # Safety
/// Pointers and lengths in `step` describe readable memory for this call.
unsafe fn run_step<P: Policy>(policy: &P, host: &Host<'_>, step: &ZalmStep) -> Result<Vec<u8>> {
    // SAFETY: handed on to the caller.
    let rows = unsafe { slice(step.row_ids.cast(), step.n_rows)? };
    let columns = Columns::new(rows, P::COLUMNS, |at, kind| {
        // SAFETY: handed on to the caller.
        unsafe { column(step, at, kind) }
    })?;
    let mut own = Own::new(P::OWN);
    for at in 0..P::OWN.len() {
        let place = P::COLUMNS.len() + at;
        // SAFETY: handed on to the caller.
        let column = unsafe { column(step, place, ColumnKind::F64)? };
        own.add(column.ok_or_else(|| Error::failed("the host keeps no own columns"))?);
    }
    let table = Table::new(rows, &columns);
    let when = When {
        month: step.tick,
        year: step.year,
        month_of_year: step.month_of_year,
    };
    let mut cx = Context::new::<P>(when, table, own, host);
    policy.step(&mut cx)?;
    for (at, values) in cx.own.changed() {
        // SAFETY: handed on to the caller.
        unsafe { write(step, P::COLUMNS.len() + at, values)? };
    }
    for (metric, (_, sum)) in (0..).zip(&cx.metrics) {
        host.measured(metric, *sum)?;
    }
    Ok(cx.encoded())
}

/// Makes a crate a strategy library: emits the manifest section and the one exported symbol.
///
/// The symbol's name ends with the name of the crate (`zalm_plugin_entry_v1_zalm_carousel`) and
/// stands in the manifest, so that several strategies can be linked into one program. Use it once
/// per crate.
#[macro_export]
macro_rules! export_policy {
    ($policy:ty) => {
        const _: () = {
            const ABOUT: $crate::About = <$policy as $crate::Policy>::ABOUT;
            const FORMERLY: &str = <$policy as $crate::Policy>::FORMERLY;
            const PIECES: [&str; $crate::manifest::PIECES] =
                $crate::manifest::pieces(ABOUT, FORMERLY, env!("CARGO_CRATE_NAME"));
            const LENGTH: usize = $crate::manifest::length(&PIECES);
            const _: () = $crate::manifest::check(ABOUT, FORMERLY);

            #[used]
            #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__zalm"))]
            #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".zalm"))]
            static MANIFEST: [u8; LENGTH] = $crate::manifest::join(&PIECES);

            static DESCRIPTION: ::std::sync::OnceLock<String> = ::std::sync::OnceLock::new();
            static API: $crate::export::ZalmPolicyApi = $crate::export::api::<$policy>(describe);

            extern "C" fn describe() -> $crate::export::ZalmStr {
                $crate::export::description::<$policy>(&DESCRIPTION)
            }

            extern "C" fn get_interface(id: $crate::export::ZalmStr) -> *const ::std::ffi::c_void {
                $crate::export::interface(&API, id)
            }

            #[used]
            #[unsafe(export_name = concat!("zalm_plugin_entry_v1_", env!("CARGO_CRATE_NAME")))]
            static ENTRY: $crate::export::ZalmPluginEntry = $crate::export::entry(get_interface);
        };
    };
}

#[cfg(test)]
mod tests {
    use super::{api, entry};
    use crate::prelude::*;
    use std::ffi::c_void;
    use zalm_abi::{
        ABI_MAJOR, ABI_MINOR, STATUS_OK, STATUS_PANIC, ZalmHost, ZalmPolicyApi, ZalmStep, ZalmStr,
    };

    parameters! {
        /// Panics in month 1.
        struct Fragile {}
    }

    impl Policy for Fragile {
        const ABOUT: About = About::unnamed("fragile");
        const COLUMNS: &'static [ColumnSpec] = &[];

        fn step(&self, cx: &mut Context<'_>) -> Result<()> {
            assert!(cx.month() != 1, "no row for the alderman");
            Ok(())
        }
    }

    extern "C" fn describe() -> ZalmStr {
        ZalmStr::new("{}")
    }

    /// Keeps the last text.
    ///
    /// # Safety
    /// `ctx` points at a string of the test.
    unsafe extern "C" fn set_error(ctx: *mut c_void, _: i32, text: ZalmStr) {
        // SAFETY: the test gives its own string, and the text lives during the call.
        unsafe { *ctx.cast::<String>() = text.read(1 << 10).unwrap_or_default().to_owned() };
    }

    fn host(story: &mut String) -> ZalmHost {
        ZalmHost {
            struct_size: size_of::<ZalmHost>() as u32,
            abi_major: ABI_MAJOR,
            abi_minor: ABI_MINOR,
            ctx: std::ptr::from_mut(story).cast(),
            log: None,
            set_error: Some(set_error),
            rng_fill_u64: None,
            metric_add: None,
            submit: None,
            get_extension: None,
        }
    }

    fn empty(month: i64) -> ZalmStep {
        ZalmStep {
            struct_size: size_of::<ZalmStep>() as u32,
            phase: 0,
            tick: month,
            year: 2010,
            month_of_year: 1,
            n_rows: 0,
            row_ids: std::ptr::null(),
            columns: std::ptr::null(),
            n_columns: 0,
            cancel: std::ptr::null(),
        }
    }

    #[test]
    fn after_a_panic_an_instance_can_only_be_destroyed() {
        static API: ZalmPolicyApi = api::<Fragile>(describe);
        let (create, step) = (API.create.expect("create"), API.step.expect("step"));
        let destroy = API.destroy.expect("destroy");
        let mut story = String::new();
        let host = host(&mut story);
        let told = |host: &ZalmHost| {
            // SAFETY: the string of this test, which nobody else uses between two calls.
            unsafe { (*host.ctx.cast::<String>()).clone() }
        };
        let mut instance = std::ptr::null_mut();
        let play = |instance, month| {
            let month = empty(month);
            // SAFETY: the instance comes from create and is in no other call; host and step live.
            unsafe { step(instance, &raw const host, &raw const month) }
        };
        // SAFETY: host and the place of the instance live during the call.
        let made = unsafe { create(&raw const host, ZalmStr::new("{}"), 0, &raw mut instance) };
        assert_eq!(made, STATUS_OK, "{}", told(&host));
        assert_eq!(play(instance, 0), STATUS_OK, "{}", told(&host));
        assert_eq!(play(instance, 1), STATUS_PANIC);
        let first = told(&host);
        assert!(first.starts_with("no row for the alderman (at "), "{first}");
        // A month that would be good: nobody knows what the panic left behind.
        for month in [0, 1, 2] {
            assert_eq!(play(instance, month), STATUS_PANIC);
            assert_eq!(told(&host), "the instance was used again after a panic");
        }
        // SAFETY: from create, and not used again.
        unsafe { destroy(instance) };
        // SAFETY: null is allowed.
        unsafe { destroy(std::ptr::null_mut()) };
        assert_eq!(play(std::ptr::null_mut(), 0), zalm_abi::STATUS_ERROR);
    }

    #[test]
    fn the_entry_is_of_this_contract() {
        extern "C" fn nothing(_: ZalmStr) -> *const c_void {
            std::ptr::null()
        }
        let entry = entry(nothing);
        assert_eq!((entry.abi_major, entry.abi_minor), (ABI_MAJOR, ABI_MINOR));
        assert_eq!(entry.layout_hash, zalm_abi::LAYOUT_HASH);
    }
}
