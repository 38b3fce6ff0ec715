/** Reads QR codes in pictures with zxing, which the page loads as a global. */

const OPTIONS = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };
const QUICK_SIDE = 640;
const FULL_EVERY = 6;

/** Loads the decoder from that address; rejects where the browser has no WebAssembly. */
export async function loadReader(wasm) {
  await globalThis.ZXingWASM.prepareZXingModule({
    overrides: { locateFile: () => wasm },
    fireImmediately: true,
  });
}

/** Looks for a code in one frame after the other: small ones quickly, now and then a whole one. */
export class FrameReader {
  #canvas = document.createElement("canvas");
  #misses = 0;

  /** The text of the code in the frame (an image or a video of that size), or null. */
  async read(frame, width, height) {
    const picture = width > 0 ? this.#picture(frame, width, height) : null;
    const text = picture && (await readCode(picture));
    this.#misses = text ? 0 : this.#misses + 1;
    return text;
  }

  /** The frame's pixels, small, and after some misses once in full size. */
  #picture(frame, width, height) {
    const full = this.#misses % FULL_EVERY === FULL_EVERY - 1;
    const scale = full ? 1 : Math.min(1, QUICK_SIDE / Math.max(width, height));
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    Object.assign(this.#canvas, size);
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(frame, 0, 0, size.width, size.height);
    return context.getImageData(0, 0, size.width, size.height);
  }
}

async function readCode(picture) {
  const [found] = await globalThis.ZXingWASM.readBarcodes(picture, OPTIONS);
  return found?.isValid ? found.text : null;
}
