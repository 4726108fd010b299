//! Mai the villager, Thu who sells rượu cần, officer Hạnh's agency, and a stranger.

use bantin_model::id::{Lang, PlaceId, RecordId};
use bantin_model::letter::*;
use bantin_model::sign::{PublicKey, SecretKey};
use bantin_model::time::Seconds;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

/// 2026-11-22 05:00:00 UTC.
pub const NOW: Seconds = Seconds(1_795_323_600);

pub const QUESTION: &str = "Cháu chào cán bộ ạ. Nhà cháu ở bản Cà Lon, năm nay được mùa ngô nhưng \
    đường vào bản bị sạt lở, xe không vào được. Xin hỏi khi nào xã sửa đường, và hộ nghèo có được \
    hỗ trợ tiền thuê xe chở ngô không ạ?";

pub fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

pub struct Agency {
    pub seal: SealSecret,
    pub sign: SecretKey,
    pub place: PlaceId,
}

impl Agency {
    pub fn sign_keys(&self) -> [PublicKey; 1] {
        [self.sign.public()]
    }

    pub fn receipt_keys(&self) -> Vec<ReceiptKey> {
        vec![ReceiptKey {
            key: self.sign.public(),
            place: self.place.clone(),
            signer: Signer::Agency,
        }]
    }
}

/// The commune where officer Hạnh works.
pub fn hanh() -> Agency {
    Agency {
        seal: SealSecret::from_bytes([0xa1; 32]),
        sign: SecretKey::from_seed([0xa2; 32]),
        place: PlaceId::new("vn-68-23008").unwrap(),
    }
}

/// Another agency, which should never read or write what is Hạnh's.
pub fn stranger() -> Agency {
    Agency {
        seal: SealSecret::from_bytes([0xb1; 32]),
        sign: SecretKey::from_seed([0xb2; 32]),
        place: PlaceId::new("vn-68-23041").unwrap(),
    }
}

pub fn mai() -> ConversationKeys {
    ConversationKeys::from_seed(&ConversationSeed::from_bytes([0x11; 32]))
}

pub fn thu() -> ConversationKeys {
    ConversationKeys::from_seed(&ConversationSeed::from_bytes([0x22; 32]))
}

pub fn question() -> Letter {
    Letter::new(&mai(), Verb::Question, 1, NOW, Lang::vietnamese(), QUESTION)
}

/// Mai's question with a photo of the road.
pub fn question_with_photo() -> (Letter, Vec<u8>) {
    let key = AttachmentKey::from_bytes([0x33; 32]);
    let photo = vec![0xd8; 5000];
    let sealed = encrypt(&photo, &key).unwrap();
    let mut letter = question();
    letter.attachments.push(Attachment {
        hash: bantin_model::id::Hash::of(&sealed),
        key,
        bytes: 5000,
        kind: AttachmentKind::Jpeg,
    });
    (letter, sealed)
}

pub fn product() -> ProductDraft {
    ProductDraft {
        id: RecordId::new(NOW, [7; 10]),
        name: "Rượu cần men lá".into(),
        group: 2,
        story: "Men lá hái trên rừng, ủ ba tháng trong ché.".into(),
        price: "350.000 đồng một ché".into(),
        season_months: vec![1, 2, 11, 12],
        village: "Bản Cà Lon".into(),
        maker: "Hộ chị Thu".into(),
        how_to_buy: "Gọi trước một ngày".into(),
        certificate: Some(CertificateDraft {
            number: "OCOP-MẪU-01".into(),
            issued_by: "UBND tỉnh".into(),
            issued: Seconds(1_735_689_600),
            expires: Seconds(1_830_297_600),
        }),
        stars: Some(3),
    }
}

pub fn answer(re: LetterId) -> Reply {
    let mut reply = Reply::new(
        ReplyVerb::Answered,
        2,
        Some(re),
        NOW.plus(3600),
        "UBND xã Phan Sơn",
    );
    reply.text = "Xã sẽ sửa đường trước ngày 30/11. Cảm ơn bà con đã báo.".into();
    reply.status = Some(bantin_model::conversation::Status::Answered);
    reply
}
