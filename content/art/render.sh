#!/usr/bin/env bash
# Turns the drawings in this folder into the pictures of the starter content: 1280×960 JPEG, no metadata.
# Needs librsvg2-bin and imagemagick. Usage: content/art/render.sh
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
media="$here/../starter/media"
largest_bytes=122880 # 120 KiB: a phone at 50 kbit/s fetches it in 20 s

mkdir -p "$media/topics"
for svg in "$here"/*.svg; do
    name=$(basename "$svg" .svg)
    case $name in
    topic-*) jpg="$media/topics/${name#topic-}.jpg" ;;
    *) jpg="$media/$name.jpg" ;;
    esac
    png=$(mktemp --suffix=.png)
    rsvg-convert --width 1280 --height 960 "$svg" >"$png"
    for quality in 80 74 68; do
        convert "$png" -background '#FBF7EF' -flatten -strip -sampling-factor 4:2:0 -quality "$quality" "$jpg"
        bytes=$(stat -c %s "$jpg")
        ((bytes > largest_bytes)) || break
    done
    rm -f "$png"
    if ((bytes > largest_bytes)); then
        echo "$jpg has $bytes bytes, more than $largest_bytes" >&2
        exit 1
    fi
done
