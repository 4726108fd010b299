//! Whether a request comes from the desk's own pages. Cookies ignore ports, so a page of the citizen's
//! origin on the same machine sends an officer's cookie too; only these headers tell them apart.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bantin_wire::{Code, Failure};

use super::Desk;
use crate::http::Problem;

/// Refuses what another origin's page sends. Everything that can change something must say that it
/// comes from here; what is only read must not say that it comes from elsewhere.
pub(super) async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let private = request.uri().path().starts_with("/desk/");
    let ours = Ours::of(&desk, request.headers());
    let fine = match (reads, private) {
        (true, false) => true,
        (true, true) => ours.may_read(request.headers()),
        (false, _) => ours.may_write(request.headers()),
    };
    match fine {
        true => next.run(request).await,
        false => Problem::from(Failure::new(Code::WrongOrigin)).into_response(),
    }
}

/// Keeps the desk apart from every other page: no window, frame or image of another origin gets at it.
pub(super) async fn seclude(request: Request, next: Next) -> Response {
    let private = request.uri().path().starts_with("/desk/");
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    for (name, value) in [
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if private {
        // Nothing an officer read stays on a shared computer.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    answer
}

/// The desk's own origin, if it can be told.
pub(super) struct Ours(Option<String>);

impl Ours {
    /// What the operator says; else `http://` and the host asked for, which has to be an address or
    /// `localhost`: a name could be made to point here by somebody else.
    pub(super) fn of(desk: &Desk, headers: &HeaderMap) -> Self {
        if let Some(url) = &desk.hub.config.desk_url {
            return Self(origin_of(url));
        }
        let host = text(headers, header::HOST).filter(|host| is_literal(host));
        Self(host.map(|host| format!("http://{host}")))
    }

    /// The origin.
    pub(super) fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    fn may_write(&self, headers: &HeaderMap) -> bool {
        let origin = text(headers, header::ORIGIN);
        self.0.is_some() && origin == self.0.as_deref() && self.fetched(headers, &["same-origin"])
    }

    fn may_read(&self, headers: &HeaderMap) -> bool {
        let origin = text(headers, header::ORIGIN);
        origin.is_none_or(|origin| Some(origin) == self.0.as_deref())
            && self.fetched(headers, &["same-origin", "none"])
    }

    /// `Sec-Fetch-Site`, when the browser sends it, is one of these.
    fn fetched(&self, headers: &HeaderMap, allowed: &[&str]) -> bool {
        match headers.get("sec-fetch-site") {
            None => true,
            Some(site) => site.to_str().is_ok_and(|site| allowed.contains(&site)),
        }
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Scheme, host and port of an address, lower-case, as browsers send it.
fn origin_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest
        .split(['/', '?', '#'])
        .next()
        .filter(|host| !host.is_empty())?;
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let usual = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(usual).unwrap_or(&host);
    Some(format!("{scheme}://{host}"))
}

fn is_literal(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    host.parse::<SocketAddr>().is_ok()
        || host.parse::<IpAddr>().is_ok()
        || host.starts_with('[') && host.ends_with(']')
        || name.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (url, origin) in [
            ("https://Desk.xa.vn/", "https://desk.xa.vn"),
            ("https://desk.xa.vn:443", "https://desk.xa.vn"),
            ("http://10.0.0.2:7401/desk", "http://10.0.0.2:7401"),
        ] {
            assert_eq!(origin_of(url).as_deref(), Some(origin), "{url}");
        }
        assert_eq!(
            origin_of("desk.xa.vn"),
            None,
            "an address without a scheme is none"
        );
    }

    #[test]
    fn a_name_that_others_could_point_here_is_not_believed() {
        for host in [
            "127.0.0.1:7401",
            "[::1]:7401",
            "localhost:7401",
            "LOCALHOST",
        ] {
            assert!(
                is_literal(host),
                "{host} always means this machine or an address"
            );
        }
        for host in ["evil.example:7401", "localhost.evil.example:7401", ""] {
            assert!(!is_literal(host), "{host:?} may be anybody's");
        }
    }
}
