#!/bin/sh
# Makes the voice prompts again: what voicemail, the echo test and the scripted callers say, in our own words.
# Needs espeak-ng, sox and opusenc (Debian: espeak-ng sox opus-tools). Run in any folder; writes beside itself.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

encode() { # name: work/name.wav -> name.opus, mono, 48 kHz, 20 ms packets
  sox "$work/$1.wav" -r 48000 -c 1 -b 16 "$work/$1-48k.wav" gain -n -3
  opusenc --quiet --serial 7777 --bitrate 20 --framesize 20 --discard-comments "$work/$1-48k.wav" "$1.opus"
}

say() { # name voice speed words
  espeak-ng -v "$2" -s "$3" -w "$work/$1.wav" "$4"
  encode "$1"
}

beep() { # name hertz seconds
  sox -n -r 48000 -c 1 -b 16 "$work/$1.wav" synth "$3" sine "$2" fade 0.01 "$3" 0.01
  encode "$1"
}

# Two soft notes and a long pause, again and again: somebody is still there.
sox -n -r 48000 -c 1 -b 16 "$work/comfort-1.wav" synth 0.35 sine 392 vol 0.2 fade 0.08 0.35 0.15
sox -n -r 48000 -c 1 -b 16 "$work/comfort-2.wav" synth 0.45 sine 494 vol 0.2 fade 0.08 0.45 0.25 pad 0 1.6
sox "$work/comfort-1.wav" "$work/comfort-2.wav" "$work/comfort.wav"
opusenc --quiet --serial 7777 --bitrate 20 --framesize 20 --discard-comments "$work/comfort.wav" comfort.opus

beep tone 880 0.35
say voicemail-greeting en-us+f3 165 "Hello. Nobody can take your call right now. Please leave a message after the tone."
say echo-greeting en-us+f3 165 "This is the echo test. After the tone you will hear yourself."

maya=en-gb+f4
say maya-1 $maya 160 "Hello, this is Maya Lindqvist. I ordered a green reading lamp last week, and it has not come yet."
say maya-2 $maya 160 "Could you see where the parcel is?"
say maya-3 $maya 160 "I am at home on Thursday, if that helps."
say maya-message $maya 160 "This is Maya Lindqvist. Please call me back about the green reading lamp. Goodbye."

harbour=en-us+m3
say harbour-1 $harbour 155 "Good day, Harbour and Pine speaking. Our invoice from last month shows one chair too many."
say harbour-2 $harbour 155 "Could you send us a corrected one?"
say harbour-message $harbour 155 "Harbour and Pine here. Please call us about our invoice from last month. Thank you."

stranger=en-us+m7
say stranger-1 $stranger 160 "Hi, I found your number on a leaflet. Do you also repair garden chairs?"
say stranger-2 $stranger 160 "It is only one leg that came loose."
say stranger-message $stranger 160 "Hi. I have a garden chair with a loose leg. I will try again tomorrow."

private=en-gb+f2
say private-1 $private 160 "Hello. I would rather not give my name. I only want to know when you open tomorrow."
say private-2 $private 160 "And is there somewhere to park?"
say private-message $private 160 "Hello. I wanted to know when you open tomorrow. I will ask again."

redirected=en-gb+m2
say redirected-1 $redirected 155 "Hello, I called the workshop, and it put me through to you. Am I in the right place?"
say redirected-2 $redirected 155 "It is about the table that they are making for me."
say redirected-message $redirected 155 "I called the workshop and ended up here. It is about my table. Please tell them that I called."

hurried=en-us+m1
say hurried-1 $hurried 175 "Oh, hello. I was just about to hang up. I only wanted to say that everything arrived. Thank you."
say hurried-message $hurried 175 "Hello, everything arrived well. No need to call back."

say called-1 en-us+f2 160 "Hello? Yes, this is a good moment to talk. What can I do for you?"
