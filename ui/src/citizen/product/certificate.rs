//! The OCOP certificate and whether it counts today, without a network too.

use bantin_wire::ipc::product::CertificateView;
use leptos::prelude::*;

use crate::component::callout::{Callout, Tone};
use crate::component::icon::{Glyph, Icon};
use crate::t;
use crate::text::date;

/// The certificate; says so when there is none.
#[component]
pub fn Certificate(certificate: Option<CertificateView>) -> impl IntoView {
    let body = match certificate {
        None => {
            view! { <Callout tone=Tone::Calm icon=Icon::Certificate text=t!("certificate-none") /> }
                .into_any()
        }
        Some(certificate) => {
            let until = date(certificate.expires);
            let (tone, icon, text) = match (certificate.valid, certificate.ends_soon) {
                (true, false) => (
                    Tone::Good,
                    Icon::Certificate,
                    t!("certificate-valid", date = until),
                ),
                (true, true) => (
                    Tone::Mind,
                    Icon::Clock,
                    t!("certificate-soon", date = until),
                ),
                (false, _) => (
                    Tone::Wrong,
                    Icon::Warning,
                    t!("certificate-over", date = until),
                ),
            };
            view! {
                <Callout tone=tone icon=icon text=text />
                <dl class="facts">
                    <dt>{t!("certificate-number")}</dt>
                    <dd dir="auto">{certificate.number}</dd>
                    <dt>{t!("certificate-by")}</dt>
                    <dd dir="auto">{certificate.issued_by}</dd>
                    <dt>{t!("certificate-from")}</dt>
                    <dd>{date(certificate.issued)}</dd>
                </dl>
            }
            .into_any()
        }
    };
    view! {
        <section class="part" aria-labelledby="product-certificate">
            <h3 id="product-certificate">
                <Glyph icon=Icon::Certificate />
                <span>{t!("certificate")}</span>
            </h3>
            {body}
        </section>
    }
}
