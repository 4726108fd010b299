//! What time it is, as a parameter.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use bantin_model::time::Seconds;

/// Tells the time; tests bring their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Seconds + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Arc::new(|| {
            let since = SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default();
            Seconds(since.as_secs())
        }))
    }

    /// A clock of one's own.
    pub fn of(tell: impl Fn() -> Seconds + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// Now.
    pub fn now(&self) -> Seconds {
        (self.0)()
    }
}

impl core::fmt::Debug for Clock {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Clock({})", self.now().0)
    }
}
