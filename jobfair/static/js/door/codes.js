/** Codes as people type and cameras read them: the twin of core/codes.py. */
const LONGEST_INPUT = 300;
const CODE = /^[0-9A-HJKMNP-TV-Z]{12}$/;
const ADDRESS = /^(?:https?:\/\/)?[^/?#]+\/b\/([^/?#]*)\/?(?:[?#][^\n]*)?$/iu;
const HASH_BYTES = 8;

// White space as Python sees it, which is not quite \s.
const SPACE =
  "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const FILLER = new RegExp(`[${SPACE}\\p{Pd}\\p{Cf}]`, "gu");
const DIGIT = /\p{Nd}/u;
const DIGITS = /\p{Nd}/gu;

// Characters that people take for others, and Cyrillic keys that look the same.
const TAKEN_FOR = "ILOАВЕКМНОРСТХІ";
const MEANT = "110ABEKMH0PCTX1";
const CONFUSED = new RegExp(`[${TAKEN_FOR}]`, "gu");

/** The digit as 0 to 9: those of a script stand in a row that begins with its zero. */
function western(digit) {
  const point = digit.codePointAt(0);
  let zero = point;
  while (DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((point - zero) % 10);
}

/** The characters that count: upper case, without fillers, confused ones put right. */
export function plainCode(typed) {
  return typed
    .replace(FILLER, "")
    .toUpperCase()
    .replace(DIGITS, western)
    .replace(CONFUSED, (char) => MEANT[TAKEN_FOR.indexOf(char)]);
}

/** The code that was typed or scanned, alone or in a badge's address, or null if it is none. */
export function normaliseCode(typed) {
  if ([...typed].length > LONGEST_INPUT) return null;
  const text = typed.replace(AROUND, "");
  const address = ADDRESS.exec(text);
  const code = plainCode(address ? address[1] : text);
  return CODE.test(code) ? code : null;
}

/** The bytes that are written in hexadecimal. */
export function fromHex(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** The name of a code in the roster: salted, cut, of no use for making badges. */
export async function hashOf(salt, code) {
  const bytes = new Uint8Array([...salt, ...new TextEncoder().encode(code)]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest.slice(0, HASH_BYTES)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}
