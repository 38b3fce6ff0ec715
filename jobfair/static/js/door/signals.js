/** Sound and vibration: each kind of answer has its own. */
const LOUD = 0.4;
const FADE = 0.02;
const PAUSE = 0.04;
let audio = null;

/** Browsers let a page sound only after a touch. */
export function allowSound() {
  const Audio = globalThis.AudioContext ?? globalThis.webkitAudioContext;
  if (audio === null && Audio) audio = new Audio();
  audio?.resume().catch(() => {});
}

export function canVibrate() {
  return typeof navigator.vibrate === "function";
}

/** Shakes the phone: milliseconds on, off, on. */
export function vibrate(buzz) {
  return canVibrate() && navigator.vibrate(buzz);
}

/** Plays the tones: pairs of hertz and milliseconds. */
export function sound(tones) {
  if (audio?.state !== "running") return;
  let at = audio.currentTime;
  for (const [hertz, milliseconds] of tones) {
    at = tone(hertz, at, milliseconds / 1000) + PAUSE;
  }
}

/** Plays the tones of an answer and shakes the phone. */
export function signal({ tones, buzz }) {
  vibrate(buzz);
  sound(tones);
}

function tone(hertz, from, seconds) {
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.type = "triangle";
  source.frequency.value = hertz;
  volume.gain.value = 0;
  volume.gain.setTargetAtTime(LOUD, from, FADE / 4);
  volume.gain.setTargetAtTime(0, from + seconds - FADE, FADE / 4);
  source.connect(volume).connect(audio.destination);
  source.start(from);
  source.stop(from + seconds + FADE);
  return from + seconds;
}
