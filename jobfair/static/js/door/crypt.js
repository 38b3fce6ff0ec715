/** Keys of the shift and of the device's data. */
import { fromHex } from "./codes.js";

const KEY_BYTES = 32;
const IV_BYTES = 12;
const AES = { name: "AES-GCM", length: 256 };
const USES = ["encrypt", "decrypt"];

const utf8 = (text) => new TextEncoder().encode(text);
const freshIv = () => crypto.getRandomValues(new Uint8Array(IV_BYTES));

function toHex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * From the shift code: the key that wraps the data key, and the proof that the code is right,
 * which the server's `check` is compared with. Neither leads back to the code.
 */
export async function deriveKeys(code, { salt, iterations }) {
  const secret = await crypto.subtle.importKey("raw", utf8(code), "PBKDF2", false, ["deriveBits"]);
  const salted = new Uint8Array([...fromHex(salt), ...utf8("shift")]);
  const bits = await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt: salted, iterations },
    secret,
    2 * KEY_BYTES * 8,
  );
  const wrapping = await crypto.subtle.importKey("raw", bits.slice(0, KEY_BYTES), AES, false, [
    "wrapKey",
    "unwrapKey",
  ]);
  return { wrapping, proof: toHex(await crypto.subtle.digest("SHA-256", bits.slice(KEY_BYTES))) };
}

/** A new data key as it is stored: wrapped. */
export async function makeWrappedKey(wrapping) {
  const key = await crypto.subtle.generateKey(AES, true, USES);
  const iv = freshIv();
  return { iv, data: await crypto.subtle.wrapKey("raw", key, wrapping, { name: AES.name, iv }) };
}

/** The data key, which can't be taken out of the browser's hands again. */
export function unwrapKey(wrapped, wrapping) {
  const how = { name: AES.name, iv: wrapped.iv };
  return crypto.subtle.unwrapKey("raw", wrapped.data, wrapping, how, AES, false, USES);
}

/** The value sealed for its place: it can't be opened anywhere else. */
export async function seal(key, place, value) {
  const iv = freshIv();
  const how = { name: AES.name, iv, additionalData: utf8(place) };
  return { iv, data: await crypto.subtle.encrypt(how, key, utf8(JSON.stringify(value))) };
}

/** The value that was sealed for that place. */
export async function unseal(key, place, { iv, data }) {
  const how = { name: AES.name, iv, additionalData: utf8(place) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, data)));
}

/** A random UUID; crypto.randomUUID is younger than the phones we want to serve. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
