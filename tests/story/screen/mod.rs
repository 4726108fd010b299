//! What people do with their hands: the same screens in a browser and in the real window, used by the
//! words that stand on them.

pub mod citizen;
pub mod desk;
