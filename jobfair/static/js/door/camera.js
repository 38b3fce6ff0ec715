/** The camera: its picture on the page, and every code that it sees. */
import { FrameReader } from "./reader.js";

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
  #reader = new FrameReader();

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
      if (this.#stream !== stream) return;
      const { videoWidth, videoHeight } = this.video;
      const text = await this.#reader.read(this.video, videoWidth, videoHeight);
      if (text && this.#stream === stream) this.onCode(text);
    }
  }
}
