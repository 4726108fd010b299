#!/usr/bin/env bash
# Reads the Vietnamese notices of a content folder aloud: title, summary and what to do.
# Needs only espeak-ng and ffmpeg. A recording by a person is better; this is for places that have none yet.
#
#   content/narrate.sh [ROOT]            ROOT holds <place>/notice/*.vi.md (default: content/starter)
#   FORCE=1 content/narrate.sh [ROOT]    make every recording again
#   VOICE=vi content/narrate.sh [ROOT]   northern voice (vi), central (vi-vn-x-central), southern (vi-vn-x-south)
#
# Writes ROOT/media/audio/<place>-<slug>.vi.mp3 (mono, 24 kbit/s) and prints the line for each text's header.
set -euo pipefail

root=${1:-"$(dirname "$0")/starter"}
voice=${VOICE:-vi-vn-x-south}
case $voice in
vi) voice_name="Giọng máy espeak-ng, miền Bắc" ;;
vi-vn-x-central) voice_name="Giọng máy espeak-ng, miền Trung" ;;
vi-vn-x-south) voice_name="Giọng máy espeak-ng, miền Nam" ;;
*) voice_name="Giọng máy espeak-ng, $voice" ;;
esac

for tool in espeak-ng ffmpeg; do
    command -v "$tool" >/dev/null || { echo "Thiếu $tool: apt-get install $tool" >&2; exit 1; }
done

# Title, summary and the section {#todo}, one sentence a line so that the voice pauses between them.
text_of() {
    awk '
        /^\+\+\+[[:space:]]*$/ { fence++; next }
        fence == 1 && /^(title|summary)[[:space:]]*=/ {
            line = $0
            sub(/^[a-z]+[[:space:]]*=[[:space:]]*"/, "", line)
            sub(/"[[:space:]]*$/, "", line)
            gsub(/\\"/, "\"", line)
            print line "."
            print ""
        }
        fence == 2 && /^##[[:space:]]/ {
            reading = ($0 ~ /\{#todo\}/)
            if (reading) { sub(/^##[[:space:]]*/, ""); sub(/[[:space:]]*\{#todo\}.*/, ""); print $0 ".\n" }
            next
        }
        fence == 2 && reading { sub(/^- /, ""); print; if ($0 != "") print "" }
    ' "$1"
}

# What the voice would otherwise read wrongly: thousands, ranges, decimals, abbreviations.
speakable() {
    sed -E \
        -e 's/([0-9])\.([0-9]{3})/\1\2/g' -e 's/([0-9])\.([0-9]{3})/\1\2/g' \
        -e 's/([0-9]+)–([0-9]+)/\1 đến \2/g' \
        -e 's/([0-9]+),([0-9]+)/\1 phẩy \2/g' \
        -e 's/VNeID/vi en i đi/g' -e 's/CH Play/xê hát pờ lây/g' -e 's/App Store/áp xì to/g' \
        -e 's/OCOP/ô cốp/g' -e 's/\bOTP\b/ô tê pê/g' -e 's/\bHIV\b/hát i vê/g' -e 's/\bUNICEF\b/iu ni xép/g' \
        -e 's/Uỷ ban/Ủy ban/g' -e 's/\.\.+/./g'
}

mkdir -p "$root/media/audio"
wav=$(mktemp --suffix=.wav)
trap 'rm -f "$wav"' EXIT

shopt -s nullglob
for file in "$root"/*/notice/*.vi.md; do
    place=$(basename "$(dirname "$(dirname "$file")")")
    slug=$(basename "$file" .vi.md)
    out="media/audio/$place-$slug.vi.mp3"
    if [[ ! -s "$root/$out" || "$file" -nt "$root/$out" || -n ${FORCE:-} ]]; then
        text_of "$file" | speakable | espeak-ng -v "$voice" -s 165 -p 45 -g 3 -w "$wav" --stdin
        ffmpeg -nostdin -loglevel error -y -i "$wav" -ac 1 -ar 22050 -b:a 24k -map_metadata -1 -fflags +bitexact "$root/$out"
    fi
    printf '%s\n  audio = [{ file = "%s", method = "machine", voice = "%s" }]\n' "$file" "$out" "$voice_name"
done
