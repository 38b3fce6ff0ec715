/** Reads QR codes in pictures with zxing, which the page loads as a global. */
import { relief } from "./relief.js";

const OPTIONS = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };
const SMALL_SIDE = 640;

/**
 * How one frame after the other is looked at while none shows a code: every second one as a
 * whole, but small, which is quick; the others in their middle with every pixel, as they are or
 * in relief, the coarser the smoother.
 */
const SMALL = { middle: false };
const LOOKS = [
  SMALL,
  { middle: true, relief: { smoothed: 0, around: 5 } },
  SMALL,
  { middle: true, relief: { smoothed: 1, around: 8 } },
  SMALL,
  { middle: true },
  SMALL,
  { middle: true, relief: { smoothed: 2, around: 14 } },
];

/** Loads the decoder from that address; rejects where the browser has no WebAssembly. */
export async function loadReader(wasm) {
  await globalThis.ZXingWASM.prepareZXingModule({
    overrides: { locateFile: () => wasm },
    fireImmediately: true,
  });
}

/** Looks for a code in one frame after the other. */
export class FrameReader {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.misses = 0;
  }

  /** The text of the code in the frame (an image or a video of that size), or null. */
  async read(frame, width, height) {
    if (!(width > 0)) return null;
    const look = LOOKS[this.misses % LOOKS.length];
    const text = await readCode(this.picture(frame, width, height, look.middle), look.relief);
    this.misses = text ? 0 : this.misses + 1;
    return text;
  }

  /** The pixels of the frame's middle square, or of all of it made small. */
  picture(frame, width, height, middle) {
    const seen = middle ? squareIn(width, height) : { x: 0, y: 0, width, height };
    const scale = middle ? 1 : Math.min(1, SMALL_SIDE / Math.max(width, height));
    const drawn = [Math.round(seen.width * scale), Math.round(seen.height * scale)];
    [this.canvas.width, this.canvas.height] = drawn;
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(frame, seen.x, seen.y, seen.width, seen.height, 0, 0, ...drawn);
    return context.getImageData(0, 0, ...drawn);
  }
}

function squareIn(width, height) {
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, width: side, height: side };
}

async function readCode(picture, how) {
  const { readBarcodes } = globalThis.ZXingWASM;
  const [found] = how
    ? await readBarcodes(relief(picture, how), { ...OPTIONS, binarizer: "FixedThreshold" })
    : await readBarcodes(picture, OPTIONS);
  return found?.isValid ? found.text : null;
}
