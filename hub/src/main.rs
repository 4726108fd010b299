//! `bantin-hub`: see `bantin-hub --help`.

fn main() -> std::process::ExitCode {
    bantin_hub::cli::main()
}
