//! Mai's browser: tabs over one store that survives them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use bantin_model::time::Seconds;
use bantin_wire::{Command, Failure};
use futures::executor::block_on;
use futures::lock::{Mutex, OwnedMutexGuard};

use super::country::{NOW, place};
use super::hub::{COMMUNE, Hub};
use crate::engine::{Answer, Engine};
use crate::host::{Ask, Change, Durability, Host, Lock, Reply, StoreError, Table, Unreachable};

type Rows = BTreeMap<(Table, String), Vec<u8>>;

/// What is behind all tabs.
#[derive(Clone)]
pub struct Browser {
    pub rows: Rc<RefCell<Rows>>,
    pub hub: Rc<RefCell<Hub>>,
    pub full: Rc<Cell<bool>>,
    /// How often something private was made durable.
    pub strict: Rc<Cell<u32>>,
    /// How much later it is than at the start, in seconds.
    pub later: Rc<Cell<u64>>,
    seeds: Rc<Cell<u8>>,
    locks: [Arc<Mutex<()>>; 2],
}

impl Browser {
    pub fn new() -> Self {
        Self {
            rows: Rc::default(),
            hub: Rc::new(RefCell::new(Hub::new())),
            full: Rc::default(),
            strict: Rc::default(),
            later: Rc::default(),
            seeds: Rc::default(),
            locks: [Arc::default(), Arc::default()],
        }
    }

    /// Another browser, for the same hub.
    pub fn another(&self) -> Self {
        Self {
            hub: self.hub.clone(),
            seeds: Rc::new(Cell::new(100)),
            ..Self::new()
        }
    }

    /// A new tab: nothing in memory, everything in the store.
    pub fn tab(&self) -> Tab {
        Tab(Engine::new(self.clone()))
    }

    /// Rows of a table.
    pub fn count(&self, table: Table) -> usize {
        let rows = self.rows.borrow();
        rows.keys().filter(|(of, _)| *of == table).count()
    }
}

impl Host for Browser {
    type Guard = OwnedMutexGuard<()>;

    async fn all(&self, table: Table) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let rows = self.rows.borrow();
        let of = rows.iter().filter(|((of, _), _)| *of == table);
        Ok(of
            .map(|((_, key), row)| (key.clone(), row.clone()))
            .collect())
    }

    async fn keys(&self, table: Table) -> Result<Vec<String>, StoreError> {
        let rows = self.all(table).await?;
        Ok(rows.into_iter().map(|(key, _)| key).collect())
    }

    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let name = (table, key.to_owned());
        Ok(self.rows.borrow().get(&name).cloned())
    }

    async fn bytes(&self, table: Table) -> Result<u64, StoreError> {
        let rows = self.all(table).await?;
        Ok(rows.iter().map(|(_, row)| row.len() as u64).sum())
    }

    async fn commit(&self, changes: Vec<Change>, how: Durability) -> Result<(), StoreError> {
        if self.full.get() {
            return Err(StoreError::Full);
        }
        self.strict
            .set(self.strict.get() + u32::from(how == Durability::Strict));
        let mut rows = self.rows.borrow_mut();
        for change in changes {
            match change {
                Change::Put(table, key, row) => {
                    rows.insert((table, key), row);
                }
                Change::Delete(table, key) => {
                    rows.remove(&(table, key));
                }
                Change::Clear(table) => rows.retain(|(of, _), _| *of != table),
            }
        }
        Ok(())
    }

    async fn ask(&self, ask: Ask) -> Result<Reply, Unreachable> {
        self.hub.borrow_mut().answer(ask)
    }

    async fn lock(&self, lock: Lock) -> Self::Guard {
        let [write, sync] = &self.locks;
        let lock = match lock {
            Lock::Write => write,
            Lock::Sync => sync,
        };
        Arc::clone(lock).lock_owned().await
    }

    async fn breathe(&self) {}

    fn now(&self) -> Seconds {
        NOW.plus(100 + self.later.get())
    }

    fn utc_offset_minutes(&self) -> i32 {
        420
    }

    fn seed(&self) -> [u8; 32] {
        self.seeds.set(self.seeds.get() + 1);
        [self.seeds.get(); 32]
    }

    fn changed(&self) {}
}

/// One tab.
pub struct Tab(pub Rc<Engine<Browser>>);

impl Tab {
    /// Runs a command as the page does.
    pub fn run<C: Command>(&self, command: &C) -> Result<C::Reply, Failure> {
        let args = serde_json::to_string(command).unwrap();
        match block_on(self.0.run(C::NAME, &args, None))? {
            Answer::Json(text) => Ok(serde_json::from_str(&text).unwrap()),
            Answer::Bytes(_) => panic!("a typed command answers with a value"),
        }
    }

    /// Runs a command that carries bytes.
    pub fn raw(&self, name: &str, args: &str, bytes: Option<Vec<u8>>) -> Result<Answer, Failure> {
        block_on(self.0.run(name, args, bytes))
    }

    /// Follows the commune and fetches its news.
    pub fn follow(&self) {
        let link = String::new();
        let place = place(COMMUNE);
        self.run(&bantin_wire::ipc::place::PlaceFollow { link, place })
            .expect("the hub carries the commune");
        self.sync().expect("nothing stands in the way");
    }

    pub fn sync(&self) -> Result<bantin_wire::ipc::device::SyncOutcome, Failure> {
        self.run(&bantin_wire::ipc::device::SyncNow {})
    }

    pub fn status(&self) -> bantin_wire::ipc::device::DeviceStatus {
        self.run(&bantin_wire::ipc::device::DeviceStatusGet {})
            .unwrap()
    }
}
