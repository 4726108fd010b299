//! The web app's files.

use bantin_testkit::TestHub;

#[tokio::test]
async fn pages_come_small_and_with_the_strict_policy() {
    let web = tempfile::TempDir::new().unwrap();
    let put = |name: &str, text: &str| std::fs::write(web.path().join(name), text).unwrap();
    put("index.html", "<!doctype html>");
    put("index.html.br", "packed by brotli");
    put("index.html.gz", "packed by gzip");
    put("worker-0123456789abcdef.js", "onmessage = null");
    put("engine-0123456789abcdef_bg.wasm", "\0asm");
    std::fs::write(web.path().join(".secret"), "no").unwrap();
    let root = web.path().to_path_buf();
    let hub = TestHub::builder()
        .config(|config| config.web_root = Some(root))
        .start()
        .await;
    let page = hub.get("/", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(
        page.body, b"packed by brotli",
        "the smallest that the browser takes"
    );
    assert_eq!(page.header("content-encoding"), "br", "named as such");
    assert_eq!(
        page.header("cache-control"),
        "no-cache",
        "a new release is seen at once"
    );
    let gzip = hub.get("/", &[("accept-encoding", "gzip, br;q=0")]).await;
    assert_eq!(
        gzip.header("content-encoding"),
        "gzip",
        "what is refused is not sent"
    );
    let plain = hub.get("/index.html", &[]).await;
    assert_eq!(
        plain.body, b"<!doctype html>",
        "and plain for whom takes nothing else"
    );
    let again = hub
        .get("/index.html", &[("if-none-match", &plain.header("etag"))])
        .await;
    assert_eq!(
        again.status, 304,
        "a page that did not change is not sent again"
    );
    for (name, mime) in [
        (
            "/worker-0123456789abcdef.js",
            "text/javascript; charset=utf-8",
        ),
        ("/engine-0123456789abcdef_bg.wasm", "application/wasm"),
    ] {
        let file = hub.get(name, &[]).await;
        assert_eq!(
            file.header("content-type"),
            mime,
            "{name} runs only under its own type"
        );
        assert!(
            file.header("cache-control").contains("immutable"),
            "{name} is named by its bytes"
        );
        let policy = file.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'"),
            "{name}: a worker has a policy of its own"
        );
        assert!(
            !policy.contains("unsafe-inline"),
            "{name}: nothing inline runs"
        );
        assert!(
            !policy.contains("'unsafe-eval'"),
            "{name}: only wasm is compiled"
        );
    }
    for path in [
        "/.secret",
        "/missing.js",
        "/../hub.toml",
        "/a/b",
        "/index.html.br/",
    ] {
        assert_eq!(hub.get(path, &[]).await.status, 404, "{path} is no page");
    }
}
