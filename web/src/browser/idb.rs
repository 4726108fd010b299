//! The store in IndexedDB: one object store a table, texts as keys, bytes as values.
//!
//! Used directly and not through a wrapper crate: none offers strict durability, and what is needed is
//! five calls. A transaction ends by itself as soon as nothing is asked of it, so all its requests are
//! made before anything is awaited.

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbObjectStore, IdbTransaction, WorkerGlobalScope};

use super::wait::{done, either};
use crate::host::{Change, Durability, StoreError, Table};

const NAME: &str = "bantin";
/// Raised when a table is added; a shipped table is never changed.
const VERSION: u32 = 1;

/// Opens the database and makes its tables if they are not there.
pub(super) async fn open(scope: &WorkerGlobalScope) -> Result<IdbDatabase, StoreError> {
    let factory = scope.indexed_db().ok().flatten();
    let factory = factory.ok_or(StoreError::Broken)?;
    let request = factory.open_with_u32(NAME, VERSION).map_err(broken)?;
    let upgrade = {
        let request = request.clone();
        Closure::<dyn Fn()>::new(move || {
            if let Ok(database) = request.result().and_then(|r| r.dyn_into::<IdbDatabase>()) {
                make_tables(&database);
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let opened = done(&request).await.map_err(|error| of_js(&error))?;
    let database: IdbDatabase = opened.dyn_into().map_err(broken)?;
    let newer = {
        let database = database.clone();
        // A tab with a newer version, or a person deleting all data, must not wait for this one.
        Closure::<dyn Fn()>::new(move || database.close())
    };
    database.set_onversionchange(Some(newer.as_ref().unchecked_ref()));
    newer.forget();
    Ok(database)
}

fn make_tables(database: &IdbDatabase) {
    let there = database.object_store_names();
    for table in Table::ALL {
        if !there.contains(table.name()) {
            // Fails only outside an upgrade; then the first transaction says so.
            let _ = database.create_object_store(table.name());
        }
    }
}

/// Whether transactions can still be made: a closed connection throws.
pub(super) fn is_open(database: &IdbDatabase) -> bool {
    read(database, Table::State).is_ok()
}

fn read(database: &IdbDatabase, table: Table) -> Result<IdbObjectStore, StoreError> {
    let transaction = database.transaction_with_str(table.name());
    let transaction = transaction.map_err(broken)?;
    transaction.object_store(table.name()).map_err(broken)
}

/// All rows in order of key.
pub(super) async fn all(
    database: &IdbDatabase,
    table: Table,
) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let store = read(database, table)?;
    let keys = store.get_all_keys().map_err(broken)?;
    let values = store.get_all().map_err(broken)?;
    let keys = done(&keys);
    let values = done(&values);
    let keys = Array::from(&keys.await.map_err(|error| of_js(&error))?);
    let values = Array::from(&values.await.map_err(|error| of_js(&error))?);
    let row = |(key, value): (JsValue, JsValue)| Some((key.as_string()?, bytes_of(&value)));
    Ok(keys.iter().zip(values.iter()).filter_map(row).collect())
}

/// All keys in order.
pub(super) async fn keys(database: &IdbDatabase, table: Table) -> Result<Vec<String>, StoreError> {
    let request = read(database, table)?.get_all_keys().map_err(broken)?;
    let keys = done(&request).await.map_err(|error| of_js(&error))?;
    Ok(Array::from(&keys)
        .iter()
        .filter_map(|key| key.as_string())
        .collect())
}

/// One row.
pub(super) async fn get(
    database: &IdbDatabase,
    table: Table,
    key: &str,
) -> Result<Option<Vec<u8>>, StoreError> {
    let request = read(database, table)?.get(&key.into()).map_err(broken)?;
    let value = done(&request).await.map_err(|error| of_js(&error))?;
    Ok((!value.is_undefined()).then(|| bytes_of(&value)))
}

/// All changes or none; reported when the browser says that the transaction is complete, which for a
/// strict one means: written to the disk.
pub(super) async fn commit(
    database: &IdbDatabase,
    changes: Vec<Change>,
    durability: Durability,
) -> Result<(), StoreError> {
    if changes.is_empty() {
        return Ok(());
    }
    let transaction = write(database, &changes, durability)?;
    let ended = either(
        |complete| transaction.set_oncomplete(Some(complete)),
        |abort| transaction.set_onabort(Some(abort)),
    );
    for change in changes {
        if let Err(error) = ask(&transaction, change) {
            // Already aborted is as good.
            let _ = transaction.abort();
            return Err(of_js(&error));
        }
    }
    ended.await.map_err(|_| {
        let why = transaction.error();
        why.map_or(StoreError::Broken, |error| of_js(&error))
    })
}

fn write(
    database: &IdbDatabase,
    changes: &[Change],
    durability: Durability,
) -> Result<IdbTransaction, StoreError> {
    let names = Array::new();
    for table in Table::ALL {
        if changes.iter().any(|change| table_of(change) == table) {
            names.push(&table.name().into());
        }
    }
    let options = Object::new();
    let wanted = match durability {
        Durability::Strict => "strict",
        Durability::Relaxed => "relaxed",
    };
    // web-sys has this option only among its unstable interfaces, so it is called by name. A browser
    // that does not know the option ignores it and does as it always did.
    Reflect::set(&options, &"durability".into(), &wanted.into()).map_err(broken)?;
    let begin = Reflect::get(database, &"transaction".into()).map_err(broken)?;
    let begin: Function = begin.dyn_into().map_err(broken)?;
    let begun = begin.call3(database, &names, &"readwrite".into(), &options);
    begun
        .and_then(|transaction| transaction.dyn_into())
        .map_err(broken)
}

fn table_of(change: &Change) -> Table {
    match change {
        Change::Put(table, ..) | Change::Delete(table, _) | Change::Clear(table) => *table,
    }
}

fn ask(transaction: &IdbTransaction, change: Change) -> Result<(), JsValue> {
    let store = transaction.object_store(table_of(&change).name())?;
    match change {
        Change::Put(_, key, bytes) => {
            let value = Uint8Array::from(bytes.as_slice());
            store.put_with_key(&value, &key.into())?;
        }
        Change::Delete(_, key) => {
            store.delete(&key.into())?;
        }
        Change::Clear(_) => {
            store.clear()?;
        }
    }
    Ok(())
}

fn bytes_of(value: &JsValue) -> Vec<u8> {
    Uint8Array::new(value).to_vec()
}

fn broken(_: JsValue) -> StoreError {
    StoreError::Broken
}

fn of_js(error: &JsValue) -> StoreError {
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    match name.as_deref() {
        Some("QuotaExceededError") => StoreError::Full,
        _ => StoreError::Broken,
    }
}
