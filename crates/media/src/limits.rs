//! What a file may cost before it is refused.

use crate::MediaError;

/// Bounds on one file. All of them are checked before the memory in question is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file accepted, in bytes.
    pub max_bytes: usize,
    /// Largest picture accepted, in pixels (width × height).
    pub max_pixels: u64,
    /// Most memory the decoded picture may take while it is being made smaller, in bytes. The file itself and the
    /// three results (under 2 MB) come on top.
    pub max_memory_bytes: u64,
}

impl Default for Limits {
    /// 20 MB, 64 megapixels and 128 MiB. The 50-megapixel mode of a cheap phone passes: a JPEG is decoded at a
    /// fraction of its size. A phone with 1 GB of memory survives the worst file that is let through.
    fn default() -> Self {
        Self {
            max_bytes: 20_000_000,
            max_pixels: 64_000_000,
            max_memory_bytes: 128 << 20,
        }
    }
}

impl Limits {
    /// Refuses a file that is empty or over [`max_bytes`](Self::max_bytes).
    pub(crate) fn check_bytes(&self, bytes: &[u8]) -> Result<(), MediaError> {
        if bytes.is_empty() {
            return Err(MediaError::Empty);
        }
        if bytes.len() > self.max_bytes {
            return Err(MediaError::TooLarge {
                bytes: bytes.len(),
                limit_bytes: self.max_bytes,
            });
        }
        Ok(())
    }

    /// Refuses a picture with too many pixels, or whose decoding would take more than
    /// [`max_memory_bytes`](Self::max_memory_bytes). A picture without any pixel is damaged.
    pub(crate) fn check_picture(
        &self,
        width: u32,
        height: u32,
        memory_bytes: u64,
    ) -> Result<(), MediaError> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels == 0 {
            return Err(MediaError::Damaged);
        }
        if pixels > self.max_pixels || memory_bytes > self.max_memory_bytes {
            return Err(MediaError::TooManyPixels { width, height });
        }
        Ok(())
    }
}
