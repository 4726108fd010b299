//! Search.

use bantin_wire::ipc::search as wire;

super::json_commands! {
    search: wire::Search;
}
