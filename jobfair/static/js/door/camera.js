/** The camera: its picture on the page, and every code that it sees. */
import { data } from "./data.js";
import { FrameReader, loadReader } from "./reader.js";

const STALLED = 400;
const WANTED = {
  audio: false,
  video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
};

/** Why there is no picture: `insecure`, `broken`, `denied` or `absent`. */
export class CameraTrouble extends Error {}

function nextFrame(video) {
  return new Promise((resolve) => {
    setTimeout(resolve, STALLED);
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(resolve);
    else requestAnimationFrame(resolve);
  });
}

async function openStream() {
  if (!window.isSecureContext || !navigator.mediaDevices) throw new CameraTrouble("insecure");
  try {
    await loadReader(data.urls.wasm);
  } catch {
    throw new CameraTrouble("broken");
  }
  try {
    return await navigator.mediaDevices.getUserMedia(WANTED);
  } catch (error) {
    throw new CameraTrouble(error.name === "NotAllowedError" ? "denied" : "absent");
  }
}

export class Camera {
  /** `onCode(text)` is called for each frame that shows a code. */
  constructor(video, onCode) {
    this.video = video;
    this.onCode = onCode;
    this.stream = null;
    this.turn = null;
    this.reader = new FrameReader();
  }

  /** Whether there is a picture. */
  get runs() {
    return this.stream !== null;
  }

  /** Shows the picture and looks for codes until `stop`; throws CameraTrouble. */
  async start() {
    if (this.turn) return;
    const turn = (this.turn = {});
    try {
      const stream = await openStream();
      if (this.turn !== turn) {
        stream.getTracks().forEach((track) => track.stop());
        return;
      }
      this.stream = stream;
    } catch (error) {
      if (this.turn === turn) this.turn = null;
      throw error;
    }
    this.video.srcObject = this.stream;
    this.video.play().catch(() => {});
    this.watch(this.stream);
  }

  stop() {
    this.turn = null;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }

  get hasTorch() {
    const [track] = this.stream?.getVideoTracks() ?? [];
    return Boolean(track?.getCapabilities?.().torch);
  }

  async light(on) {
    const [track] = this.stream?.getVideoTracks() ?? [];
    await track?.applyConstraints({ advanced: [{ torch: on }] });
  }

  async watch(stream) {
    while (this.stream === stream) {
      await nextFrame(this.video);
      if (this.stream !== stream) return;
      const { videoWidth, videoHeight } = this.video;
      const text = await this.reader.read(this.video, videoWidth, videoHeight);
      if (text && this.stream === stream) this.onCode(text);
    }
  }
}
