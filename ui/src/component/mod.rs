//! Parts that screens are put together from. One folder a part; its looks are the file of the same name
//! in `ui/styles/`. A part knows nothing of routes, engines' commands or the app's state, unless its
//! doc says so.

pub mod brocade;
pub mod button;
pub mod callout;
pub mod chip;
pub mod choice;
pub mod dialog;
pub mod empty;
pub mod field;
pub mod file;
pub mod icon;
pub mod photos;
pub mod picture;
pub mod prose;
pub mod skeleton;
pub mod stars;
pub mod stones;
pub mod topic;
