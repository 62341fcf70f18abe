//! Signals: a run that is stopped removes its staging folder and ends with the exit code of the signal.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The folder or file that is to be removed. Held locked while it is moved into place: a move is finished, not torn.
static STAGED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Removes this folder, or file, if the run is stopped by SIGINT, SIGTERM or SIGHUP (elsewhere than on Unix: by Ctrl-C); it ends with
/// 128 and the number of the signal.
pub(crate) fn removes(staging: &Path) {
    *held() = Some(staging.to_owned());
    #[cfg(unix)]
    unix::watch(stop);
    #[cfg(not(unix))]
    elsewhere::watch(stop);
}

/// A file that grows beyond what the system allows is an error to report, not the end of the process.
pub(crate) fn bears_limits() {
    #[cfg(unix)]
    unix::bear_limits();
}

/// Does what must not be torn.
pub(crate) fn not_while<T>(moving: impl FnOnce() -> T) -> T {
    let _held = held();
    moving()
}

/// Removes what is held, and ends with the exit code of a signal.
fn stop(signal: i32) -> ! {
    if let Some(staging) = &*held() {
        let _ = if staging.is_dir() {
            std::fs::remove_dir_all(staging)
        } else {
            std::fs::remove_file(staging)
        };
    }
    std::process::exit(128 + signal);
}

fn held() -> MutexGuard<'static, Option<PathBuf>> {
    STAGED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
mod unix {
    use std::sync::Arc;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;

    pub(super) fn bear_limits() {
        // Whoever handles the signal is told of the limit by the write that met it.
        let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    }

    /// A run that cannot watch for signals still works; it only leaves a folder behind, which the next one sweeps.
    pub(super) fn watch(stop: fn(i32) -> !) {
        let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) else {
            return;
        };
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                stop(signal);
            }
        });
    }
}

/// Where signals cannot be waited for, a thread looks for them: Windows has no other than Ctrl-C.
#[cfg(not(unix))]
mod elsewhere {
    use std::sync::Arc;
    use std::sync::Once;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use signal_hook::consts::SIGINT;

    /// How often it looks.
    const PAUSE: Duration = Duration::from_millis(100);

    /// A run that cannot watch for signals still works; it only leaves a folder behind, which the next one removes.
    pub(super) fn watch(stop: fn(i32) -> !) {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            let stopped = Arc::new(AtomicBool::new(false));
            if signal_hook::flag::register(SIGINT, Arc::clone(&stopped)).is_err() {
                return;
            }
            std::thread::spawn(move || {
                while !stopped.load(Ordering::Relaxed) {
                    std::thread::sleep(PAUSE);
                }
                stop(SIGINT);
            });
        });
    }
}
