//! OCOP products.

use bantin_wire::ipc::product as wire;

super::json_commands! {
    product_list: wire::ProductList;
    product_read: wire::ProductRead;
    product_submit: wire::ProductSubmit;
}
