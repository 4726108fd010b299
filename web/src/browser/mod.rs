//! The engine in a worker: messages from the page, IndexedDB, fetch, locks over all tabs.

mod fetch;
mod idb;
mod lock;
mod page;
mod pulse;
mod wait;

use std::rc::Rc;

use bantin_model::time::Seconds;
use futures::lock::Mutex;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, IdbDatabase, WorkerGlobalScope};

use crate::engine::Engine;
use crate::host::{Ask, Change, Durability, Host, Lock, Reply, StoreError, Table, Unreachable};

/// The engine of this worker.
pub(crate) type WebEngine = Rc<Engine<Browser>>;

/// Starts the engine: first it listens, so that no message is lost, then it reads its store.
pub fn start() {
    let Ok(scope) = js_sys::global().dyn_into::<WorkerGlobalScope>() else {
        return;
    };
    let browser = Browser {
        // A browser without it has one tab's worth of news.
        tabs: BroadcastChannel::new("bantin").ok(),
        scope,
        database: Mutex::new(None),
        locks: lock::Locks::default(),
    };
    let engine = Engine::new(browser);
    page::listen(&engine);
    pulse::begin(&engine);
}

/// A worker's surroundings.
pub struct Browser {
    scope: WorkerGlobalScope,
    tabs: Option<BroadcastChannel>,
    database: Mutex<Option<IdbDatabase>>,
    locks: lock::Locks,
}

impl Host for Browser {
    type Guard = lock::Guard;

    async fn all(&self, table: Table) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        idb::all(&self.database().await?, table).await
    }

    async fn keys(&self, table: Table) -> Result<Vec<String>, StoreError> {
        idb::keys(&self.database().await?, table).await
    }

    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        idb::get(&self.database().await?, table, key).await
    }

    async fn bytes(&self, table: Table) -> Result<u64, StoreError> {
        let mut sum = 0;
        for key in self.keys(table).await? {
            let row = self.get(table, &key).await?;
            sum += row.map_or(0, |bytes| bytes.len() as u64);
        }
        Ok(sum)
    }

    async fn commit(&self, changes: Vec<Change>, durability: Durability) -> Result<(), StoreError> {
        idb::commit(&self.database().await?, changes, durability).await
    }

    async fn ask(&self, ask: Ask) -> Result<Reply, Unreachable> {
        fetch::ask(&self.scope, ask).await.ok_or(Unreachable)
    }

    async fn lock(&self, lock: Lock) -> lock::Guard {
        self.locks.take(&self.scope, lock).await
    }

    async fn breathe(&self) {
        wait::for_ms(&self.scope, 0).await;
    }

    fn now(&self) -> Seconds {
        Seconds((js_sys::Date::now() / 1000.0) as u64)
    }

    fn utc_offset_minutes(&self) -> i32 {
        // JavaScript counts minutes west.
        -(js_sys::Date::new_0().get_timezone_offset() as i32)
    }

    fn seed(&self) -> [u8; 32] {
        let mut seed = [0u8; 32];
        // Every browser above our floor has it; keys from a seed of zeros would be worse than none.
        if getrandom::fill(&mut seed).is_err() {
            wasm_bindgen::throw_str("no randomness");
        }
        seed
    }

    fn changed(&self) {
        page::tell_changed(&self.scope);
        if let Some(tabs) = &self.tabs {
            // A closed channel has nobody to tell.
            let _ = tabs.post_message(&"changed".into());
        }
    }
}

impl Browser {
    /// The open database.
    async fn database(&self) -> Result<IdbDatabase, StoreError> {
        let mut slot = self.database.lock().await;
        if let Some(open) = slot.as_ref().filter(|open| idb::is_open(open)) {
            return Ok(open.clone());
        }
        let open = idb::open(&self.scope).await?;
        *slot = Some(open.clone());
        Ok(open)
    }
}
