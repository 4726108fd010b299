//! The story on the command line, under every fault.

mod by_hand;
mod claim;
mod data;
mod dictionary;
mod durable;
mod hostile;
mod import_again;
mod killed_hub;
mod killed_phone;
mod send;
mod tale;
mod time;
mod village_hub;
mod weather;
