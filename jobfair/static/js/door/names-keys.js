/**
 * Keys under which a name is found again: twin of core/text/keys.py and sounds.py.
 *
 * The rules are Python's. What differs by name or letter comes as tables (core/text/export.py),
 * and shared vectors see to it that both sides make the same keys.
 */
import { Speller } from "./names-latin.js";

const BLANK = /[^\S\n]|-/g;
const LOOSE_MARKS = /[\u0300-\u036f\u0653-\u0655]/g;
const BLANKS_TOO_MANY = /^ +| +$| +(?= )/gm;

export class Keys {
  constructor(tables) {
    this.speller = new Speller(tables);
    this.latin = tables.letters.latin;
    this.umlaut = stepOf(tables.umlaut);
    this.signs = tables.sounds.signs;
    this.sign = new RegExp(`[${Object.keys(this.signs).join("")}]`, "g");
    this.articles = new Set(tables.sounds.articles);
    this.together = tables.sounds.together.map(stepOf);
    this.steps = tables.sounds.steps.map(stepOf);
    // What is only begun has no end yet that could sound otherwise.
    this.openSteps = this.steps.filter(({ pattern }) => !pattern.source.endsWith("$"));
  }

  /** The folded spelling for search: Müller, Mueller and Muller have the same key. */
  name(text) {
    return this.fold(this.speller.latin(text));
  }

  /** The keys of many names at once, a line each. */
  names(texts) {
    return this.fold(texts.map((text) => this.speller.latin(text)).join("\n"));
  }

  /** How each word of the name sounds: Mohammed, Muhamad and محمد alike. */
  sounds(text) {
    const spelled = this.speller.latin(text).toLowerCase();
    const key = this.fold(spelled.replace(this.sign, (sign) => this.signs[sign]));
    const words = wordsOf(take(this.together, key));
    const names = words.filter((word) => !this.articles.has(word));
    return (names.length > 0 ? names : words).map((word) => take(this.steps, word).toLowerCase());
  }

  /** How the word of a key sounds as far as it is typed: "moha" as Mohammed begins. */
  begunSound(word) {
    return take(this.openSteps, word).toLowerCase();
  }

  /** Names as they are written, without what is left out or interchanged in writing. */
  written(text) {
    const plain = text.normalize("NFKD").replace(LOOSE_MARKS, "");
    return this.speller.arabic.key(plain).toLowerCase();
  }

  fold(latin) {
    const blank = latin.toLowerCase().replace(BLANK, " ");
    const plain = blank.replace(/[^a-z \n]/g, (char) => this.latin[char] ?? "");
    return this.umlaut.apply(plain).replace(BLANKS_TOO_MANY, "");
  }
}

export function wordsOf(text) {
  return text.split(" ").filter(Boolean);
}

/** A step as Python wrote it down: a pattern, and a text or a table of what it becomes. */
function stepOf([source, heard]) {
  const pattern = new RegExp(source, "g");
  const becomes = typeof heard === "string" ? heard : (found) => heard[found];
  return { pattern, apply: (text) => text.replace(pattern, becomes) };
}

function take(steps, text) {
  return steps.reduce((word, step) => step.apply(word), text);
}
