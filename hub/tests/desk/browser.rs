//! An officer's browser: it keeps the cookie and says where its page comes from.

use bantin_testkit::{PASSWORD, TestHub};
use bantin_wire::desk::publication::{NoticeForm, TextForm, Uploaded};
use bantin_wire::desk::session::{Officer, SignIn};
use bantin_wire::ipc::notice::SourceView;
use bantin_wire::{Code, Command, Failure};

/// Hạnh's and Lâm's commune.
pub const XA: &str = "vn-68-23005";

/// A browser with the desk open.
pub struct Browser<'a> {
    pub hub: &'a TestHub,
    pub cookie: String,
    /// What it says as its page's origin.
    pub origin: String,
}

/// An answer, read.
pub struct Said {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Said {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    pub fn failure(&self) -> Failure {
        serde_json::from_slice(&self.body).expect("a failure says what and where")
    }
}

impl<'a> Browser<'a> {
    pub fn new(hub: &'a TestHub) -> Self {
        let origin = hub.desk("");
        Self {
            hub,
            cookie: String::new(),
            origin,
        }
    }

    /// Signs in with the right password.
    pub async fn of(hub: &'a TestHub, login: &str) -> Self {
        let mut browser = Self::new(hub);
        browser.sign_in(login, PASSWORD).await.expect("signed in");
        browser
    }

    pub async fn sign_in(&mut self, login: &str, password: &str) -> Result<Officer, Failure> {
        let command = SignIn {
            login: login.into(),
            password: password.into(),
        };
        let body = serde_json::to_vec(&command).unwrap();
        let said = self.post(&at(SignIn::NAME), "application/json", body).await;
        if said.status != 200 {
            return Err(said.failure());
        }
        let cookie = said.header("set-cookie");
        self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(serde_json::from_slice(&said.body).unwrap())
    }

    pub async fn post(&self, path: &str, kind: &str, body: Vec<u8>) -> Said {
        let request = self.hub.http().post(self.hub.desk(path));
        let request = request
            .header("origin", &self.origin)
            .header("content-type", kind);
        read(request.header("cookie", &self.cookie).body(body)).await
    }

    pub async fn get(&self, path: &str) -> Said {
        let request = self.hub.http().get(self.hub.desk(path));
        read(request.header("cookie", &self.cookie)).await
    }

    /// Gives a command.
    pub async fn give<C: Command>(&self, command: &C) -> Result<C::Reply, Failure> {
        let body = serde_json::to_vec(command).unwrap();
        let said = self.post(&at(C::NAME), "application/json", body).await;
        match said.status {
            200 => Ok(serde_json::from_slice(&said.body).expect("the reply of this command")),
            _ => Err(said.failure()),
        }
    }

    pub async fn upload(&self, kind: &str, bytes: Vec<u8>) -> Result<Uploaded, Failure> {
        let said = self.post("/desk/upload", kind, bytes).await;
        match said.status {
            200 => Ok(serde_json::from_slice(&said.body).unwrap()),
            _ => Err(said.failure()),
        }
    }
}

pub async fn read(request: reqwest::RequestBuilder) -> Said {
    let answer = request.send().await.expect("the desk answers");
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Said {
        status,
        headers,
        body: answer.bytes().await.unwrap().to_vec(),
    }
}

pub fn at(name: &str) -> String {
    format!("/desk/api/{name}")
}

/// A hub with Hạnh, who may do everything in [`XA`], and Lâm, who may do nothing.
pub async fn office() -> TestHub {
    let hub = TestHub::new().await;
    hub.hire_hanh(XA).await;
    hub.hub.add_officer("lam", "Lâm", PASSWORD).await.unwrap();
    hub
}

/// What went wrong, and where.
pub fn at_field<T: core::fmt::Debug>(result: Result<T, Failure>) -> (Code, String) {
    let failure = result.expect_err("this must be refused");
    (failure.code, failure.field.unwrap_or_default())
}

pub fn text(lang: &str, title: &str, body: &str) -> TextForm {
    let (lang, title, body) = (lang.into(), title.into(), body.into());
    TextForm {
        lang,
        title,
        body,
        ..TextForm::default()
    }
}

/// A notice that may be published.
pub fn form() -> NoticeForm {
    NoticeForm {
        kind: "notice".into(),
        topic: "policy".into(),
        texts: vec![text("vi", "Miễn học phí", "Từ năm học này.")],
        sources: vec![SourceView {
            name: "Nghị quyết (mẫu)".into(),
            url: Some("https://example.vn/nq".into()),
            date: "2025".into(),
        }],
        ..NoticeForm::default()
    }
}

pub fn photo(width: u16, height: u16) -> Vec<u8> {
    let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3)
        .map(|at| (at / 7 % 251) as u8)
        .collect();
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 80);
    encoder
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    jpeg
}

/// A second of silence, as a WAV.
pub fn sound() -> Vec<u8> {
    let mut wav = b"RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    wav.extend(b"\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x40\x1f\0\0");
    wav.resize(44 + 8_000, 128);
    wav
}
