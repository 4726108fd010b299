//! Letters a hub takes in: 64 phones at once, each waiting for its receipt before it sends the next.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use bantin_hub::Hub;
use bantin_model::id::{Lang, PlaceId};
use bantin_model::letter::{ConversationKeys, ConversationSeed, Letter, SealPublic, Verb, seal};
use bantin_model::time::Seconds;
use bantin_wire::http::LETTERS;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::corpus::SEED;
use crate::program::Trace;
use crate::village::{PLACE, Serving, Village};
use bantin_row::Row;

/// Connections, each with one letter under way.
const CONNECTIONS: usize = 64;
/// Letters of one round.
const LETTERS_A_ROUND: usize = 512;
/// Rounds that are timed.
const ROUNDS: u64 = 5;

/// Letters accepted per second, and disk syncs for each.
pub(super) fn measure(village: &mut Village) -> anyhow::Result<Vec<Row>> {
    village.stop()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let to = runtime.block_on(agency(village))?;
    village.serve(false)?;
    let mut rates = Vec::new();
    for round in 0..ROUNDS {
        let letters = sealed(&to, round)?;
        let started = Instant::now();
        send(serving(village)?.citizen, letters)?;
        rates.push(LETTERS_A_ROUND as f64 / started.elapsed().as_secs_f64());
    }
    let mut rows = vec![
        Row::of_many("intake/rate", "letters/s", &rates)
            .noted("64 connections; each letter has its signed receipt; letters of earlier rounds are delivered meanwhile"),
    ];
    if Trace::possible() {
        village.serve(true)?;
        let letters = sealed(&to, ROUNDS)?;
        let trace = village.trace().context("the hub is traced")?;
        let before = trace.settled()?;
        send(serving(village)?.citizen, letters)?;
        // At once: opening the letters and replying to them, in the background, syncs too.
        let accepted = trace.syncs()? - before;
        let after = trace.settled()? - before;
        let each = |syncs: u64| syncs as f64 / LETTERS_A_ROUND as f64;
        rows.push(
            Row::new("intake/disk-syncs-a-letter", "disk syncs", each(accepted))
                .noted("until the last receipt; letters that come together share one"),
        );
        rows.push(
            Row::new("intake/disk-syncs-a-letter-all", "disk syncs", each(after))
                .noted("and until every letter is delivered and its reply is in its mailbox"),
        );
    }
    village.stop()?;
    Ok(rows)
}

fn serving(village: &Village) -> anyhow::Result<&Serving> {
    village.serving().context("the hub serves")
}

/// The key that letters to the village's agency are sealed to.
async fn agency(village: &Village) -> anyhow::Result<SealPublic> {
    let hub = Hub::open(&village.hub_data()).await?;
    let keys = hub.keys.of(&PlaceId::new(PLACE)?);
    Ok(keys.context("the place has keys")?.seal_public())
}

/// Letters of a round, each of a conversation of its own.
fn sealed(to: &SealPublic, round: u64) -> anyhow::Result<VecDeque<Vec<u8>>> {
    let mut rng = ChaCha20Rng::seed_from_u64(SEED);
    rng.set_stream(round);
    (0..LETTERS_A_ROUND)
        .map(|number| {
            let keys = ConversationKeys::from_seed(&ConversationSeed::generate(&mut rng));
            let text = format!("Thư số {number}: bao giờ có thuốc cho trâu bò?");
            let at = Seconds(1_790_000_000);
            let letter = Letter::new(&keys, Verb::Question, 1, at, Lang::vietnamese(), text);
            Ok(seal(&letter, &keys, to, &mut rng)?.1)
        })
        .collect()
}

/// Sends all letters over [`CONNECTIONS`]; every one must be accepted.
fn send(hub: SocketAddr, letters: VecDeque<Vec<u8>>) -> anyhow::Result<()> {
    let waiting = Mutex::new(letters);
    let next = || {
        waiting
            .lock()
            .ok()
            .and_then(|mut letters| letters.pop_front())
    };
    std::thread::scope(|scope| {
        let phones: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| -> anyhow::Result<()> {
                    let mut stream = TcpStream::connect(hub)?;
                    stream.set_nodelay(true)?;
                    while let Some(letter) = next() {
                        post(&mut stream, &letter)?;
                    }
                    Ok(())
                })
            })
            .collect();
        for phone in phones {
            phone
                .join()
                .map_err(|_| anyhow::anyhow!("a phone broke"))??;
        }
        Ok(())
    })
}

fn post(stream: &mut TcpStream, letter: &[u8]) -> anyhow::Result<()> {
    let head = format!(
        "POST {LETTERS} HTTP/1.1\r\nHost: hub\r\nContent-Type: application/cbor\r\nContent-Length: {}\r\n\r\n",
        letter.len()
    );
    stream.write_all(&[head.as_bytes(), letter].concat())?;
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer)?;
        ensure!(count > 0, "the hub hung up");
        answer.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(answer.get(..end).unwrap_or_default()).to_lowercase();
        if !head.starts_with("http/1.1 200") {
            bail!(
                "a letter was not accepted: {}",
                head.lines().next().unwrap_or_default()
            );
        }
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.context("an answer has a length")?.trim().parse()?;
        if answer.len() >= end + 4 + length {
            return Ok(());
        }
    }
}
