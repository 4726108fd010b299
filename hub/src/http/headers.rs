//! Headers of every answer, failures and worker scripts included.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// No inline script or style, nothing from elsewhere, no frame around us.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; \
    worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The same for what is never a page: bytes of the protocol load nothing and run nothing. Half of a
/// "nothing new" would be this header if it were the long one.
const POLICY_OF_BYTES: &str = "default-src 'none'";

/// Adds them.
pub async fn protect(request: Request, next: Next) -> Response {
    let bytes = request.uri().path().starts_with("/v1/");
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let mut put = |name, value| headers.insert(name, HeaderValue::from_static(value));
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if bytes {
        put(header::CONTENT_SECURITY_POLICY, POLICY_OF_BYTES);
    } else {
        put(header::CONTENT_SECURITY_POLICY, POLICY);
        put(header::REFERRER_POLICY, "no-referrer");
    }
    answer
}
