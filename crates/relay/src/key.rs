//! The key with which this device says that it carries a letter. It proves no step and nobody vouches for
//! it; it only lets a guest recognise the same relay.

use std::io;
use std::path::Path;

use bantin_model::sign::SecretKey;

use crate::carried::file;
use crate::error::{RelayError, Result};

/// Reads the key, or makes one.
pub(crate) fn open(path: &Path) -> Result<SecretKey> {
    match std::fs::read(path) {
        Ok(bytes) => {
            if let Ok(seed) = <[u8; 32]>::try_from(bytes.as_slice()) {
                return Ok(SecretKey::from_seed(seed));
            }
            tracing::warn!("the relay's key was damaged; it gets a new one");
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let key = SecretKey::from_seed(random()?);
    file::write_secret(path, key.seed())?;
    Ok(key)
}

/// Fresh bytes for a secret.
pub(crate) fn random() -> Result<[u8; 32]> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| RelayError::Broken("no randomness"))?;
    Ok(bytes)
}
