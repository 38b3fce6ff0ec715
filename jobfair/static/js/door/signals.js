/** Sound and vibration: each kind of answer has its own. */
const LOUD = 0.4;
const FADE = 0.02;
let audio = null;

/** Browsers let a page sound only after a touch. */
export function allowSound() {
  audio ??= globalThis.AudioContext ? new AudioContext() : null;
  audio?.resume().catch(() => {});
}

/** Plays the tones, pairs of hertz and milliseconds, and shakes the phone. */
export function signal({ tones, buzz }) {
  navigator.vibrate?.(buzz);
  if (audio?.state !== "running") return;
  let at = audio.currentTime;
  for (const [hertz, milliseconds] of tones) {
    at = tone(hertz, at, milliseconds / 1000) + 0.04;
  }
}

function tone(hertz, from, seconds) {
  const source = new OscillatorNode(audio, { type: "triangle", frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setTargetAtTime(LOUD, from, FADE / 4);
  volume.gain.setTargetAtTime(0, from + seconds - FADE, FADE / 4);
  source.connect(volume).connect(audio.destination);
  source.start(from);
  source.stop(from + seconds + FADE);
  return from + seconds;
}
