//! Data and battery.

use bantin_wire::ipc::data as wire;

super::json_commands! {
    data_get: wire::DataGet;
    data_set: wire::DataSet;
    data_fetch: wire::DataFetch;
    data_around: wire::DataAround;
}
