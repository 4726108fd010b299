//! The first structures of sound files, and of what is taken for them.

fn block(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut out = (8 + body.len() as u32).to_be_bytes().to_vec();
    out.extend(name);
    out.extend(body);
    out
}

fn mp4(brand: &[u8; 4], handler: &[u8; 4], codec: &[u8; 4]) -> Vec<u8> {
    let handler = [&[0; 8], &handler[..], &[0; 12]].concat();
    let entry = block(codec, &[0; 28]);
    let table = [&[0, 0, 0, 0, 0, 0, 0, 1], &entry[..]].concat();
    let samples = block(b"minf", &block(b"stbl", &block(b"stsd", &table)));
    let media = [block(b"hdlr", &handler), samples].concat();
    let track = block(b"trak", &block(b"mdia", &media));
    let movie = [block(b"mvhd", &[0; 100]), track].concat();
    [
        block(b"ftyp", &[&brand[..], &[0; 4], brand].concat()),
        block(b"mdat", &[7; 64]),
        block(b"moov", &movie),
    ]
    .concat()
}

fn mp3(tagged: bool) -> Vec<u8> {
    let mut frame = vec![0xff, 0xfb, 0x90, 0x00];
    frame.resize(417, 0);
    let tag: &[u8] = match tagged {
        true => b"ID3\x04\0\0\0\0\0\x05hello",
        false => b"",
    };
    [tag, &frame, &frame].concat()
}

fn ogg() -> Vec<u8> {
    let packet = b"OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0";
    let mut out = b"OggS\0\x02".to_vec();
    out.extend([0; 20]);
    out.extend([1, packet.len() as u8]);
    out.extend(packet);
    out
}

fn wav() -> Vec<u8> {
    let mut out = b"RIFF\x34\0\0\0WAVEfmt \x10\0\0\0\x01\0".to_vec();
    out.extend([1, 0, 0x80, 0x3e, 0, 0, 0, 0x7d, 0, 0, 2, 0, 16, 0]);
    out.extend(b"data\x08\0\0\0");
    out.extend([0; 8]);
    out
}

/// One of each format that is accepted.
pub fn all() -> Vec<Vec<u8>> {
    vec![
        mp3(true),
        mp3(false),
        ogg(),
        wav(),
        mp4(b"M4A ", b"soun", b"mp4a"),
    ]
}
