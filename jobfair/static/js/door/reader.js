/** Reads QR codes in pictures with zxing, which the page loads as a global. */
import { data } from "./data.js";

const OPTIONS = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };

/** Loads the decoder; rejects where the browser has no WebAssembly. */
export async function loadReader() {
  await globalThis.ZXingWASM.prepareZXingModule({
    overrides: { locateFile: () => data.urls.wasm },
    fireImmediately: true,
  });
}

/** The text of the code in the picture, or null. */
export async function readCode(picture) {
  const [found] = await globalThis.ZXingWASM.readBarcodes(picture, OPTIONS);
  return found?.isValid ? found.text : null;
}
