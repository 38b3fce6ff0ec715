/** The camera: its picture on the page, and every code that it sees. */
import { readCode } from "./reader.js";

const QUICK_SIDE = 640;
const FULL_EVERY = 6;
const STALLED = 400;
const WANTED = {
  audio: false,
  video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
};

function nextFrame(video) {
  return new Promise((resolve) => {
    setTimeout(resolve, STALLED);
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(resolve);
    else requestAnimationFrame(resolve);
  });
}

export class Camera {
  #stream = null;
  #canvas = document.createElement("canvas");
  #misses = 0;

  /** `onCode(text)` is called for each frame that shows a code. */
  constructor(video, onCode) {
    this.video = video;
    this.onCode = onCode;
  }

  /** Shows the picture and looks for codes until `stop`; rejects like getUserMedia. */
  async start() {
    if (this.#stream) return;
    const stream = await navigator.mediaDevices.getUserMedia(WANTED);
    if (this.#stream || document.hidden) {
      stream.getTracks().forEach((track) => track.stop());
      return;
    }
    this.#stream = stream;
    this.video.srcObject = stream;
    await this.video.play();
    this.#watch(stream);
  }

  stop() {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.video.srcObject = null;
  }

  get hasTorch() {
    const [track] = this.#stream?.getVideoTracks() ?? [];
    return Boolean(track?.getCapabilities?.().torch);
  }

  async light(on) {
    const [track] = this.#stream?.getVideoTracks() ?? [];
    await track?.applyConstraints({ advanced: [{ torch: on }] });
  }

  async #watch(stream) {
    while (this.#stream === stream) {
      await nextFrame(this.video);
      const picture = this.#stream === stream ? this.#picture() : null;
      const text = picture && (await readCode(picture));
      this.#misses = text ? 0 : this.#misses + 1;
      if (text && this.#stream === stream) this.onCode(text);
    }
  }

  /** The present frame, small, and after some misses once in full size. */
  #picture() {
    const { videoWidth, videoHeight } = this.video;
    if (!videoWidth) return null;
    const full = this.#misses % FULL_EVERY === FULL_EVERY - 1;
    const scale = full ? 1 : Math.min(1, QUICK_SIDE / Math.max(videoWidth, videoHeight));
    const width = Math.round(videoWidth * scale);
    const height = Math.round(videoHeight * scale);
    Object.assign(this.#canvas, { width, height });
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(this.video, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  }
}
