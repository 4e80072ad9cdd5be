#!/bin/sh
# Makes the test tones again. Needs sox and opusenc (Debian: sox opus-tools).
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
for hertz in 440 700; do
  sox -n -r 48000 -c 1 -b 16 "$work/$hertz.wav" synth 10 sine "$hertz" vol 0.35
  opusenc --quiet --serial 440 --bitrate 24 --framesize 20 --discard-comments "$work/$hertz.wav" "$hertz.opus"
done
