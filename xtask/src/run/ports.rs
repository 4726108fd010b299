//! The ports of the demo: free, or one clear line.

use std::io::ErrorKind;
use std::net::TcpListener;

use anyhow::{Context, Result, bail};

/// Fails when `port` on the loopback address is taken; `option` is how a person chooses another.
pub fn must_be_free(port: u16, option: &str) -> Result<()> {
    match TcpListener::bind(("127.0.0.1", port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!(
                "port {port} is in use. Stop what uses it, or choose another: ./x run {option} PORT"
            )
        }
        Err(error) => Err(error).with_context(|| format!("port {port} cannot be opened")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_taken_port_is_said_with_the_way_out() {
        let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = must_be_free(port, "--port").unwrap_err().to_string();
        assert!(
            error.contains(&port.to_string()) && error.contains("--port PORT"),
            "a person must know what to type"
        );
        drop(taken);
        assert!(
            must_be_free(port, "--port").is_ok(),
            "a port that was given back is free"
        );
    }
}
