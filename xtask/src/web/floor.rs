//! The oldest browsers we promise: Chrome 97 and Safari 16. A module they cannot compile must not be built.

use anyhow::{Context, Result};
use wasmparser::{Validator, WasmFeatures};

/// Everything both browsers at the floor compile. Reference types came to Chrome last, with 96.
fn floor() -> WasmFeatures {
    WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::REFERENCE_TYPES
        | WasmFeatures::MULTI_VALUE
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::FLOATS
        | WasmFeatures::GC_TYPES
}

/// Fails when `wasm` uses an instruction or type that is newer than the floor.
pub fn check(wasm: &[u8]) -> Result<()> {
    Validator::new_with_features(floor())
        .validate_all(wasm)
        .context("this wasm needs a newer browser than Chrome 97 and Safari 16")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: [u8; 8] = [0, 97, 115, 109, 1, 0, 0, 0];

    #[test]
    fn a_reference_type_passes_and_a_vector_does_not() {
        let type_section = |kind: u8| [&HEADER[..], &[1, 5, 1, 0x60, 1, kind, 0]].concat();
        assert!(
            check(&type_section(0x6f)).is_ok(),
            "externref: wasm-bindgen keeps its handles in such a table"
        );
        assert!(
            check(&type_section(0x7b)).is_err(),
            "v128: Safari 16.0 has no SIMD"
        );
    }
}
