/** Names of our scripts in Latin letters: twin of core/text/latin.py and the alphabets beside it. */
import { ArabicReader } from "./names-arabic.js";

const LETTER = /\p{L}/u;
const ASCII_LETTER = /^[A-Za-z]$/;
const DIACRITIC = /^[\u0300-\u034e\u0350-\u036f]$/;
const LOOSE_DIACRITICS = /(^|')[\u0300-\u036f]+/g;
const EVERYDAY_LATIN = /^[ -~À-ÖØ-öø-ɏ]*$/;
const ENDS_IN_VOWEL = /[aeiou]$/;
const ALPHABETS = ["greek", "georgian", "armenian"];

export class Speller {
  constructor(tables) {
    this.tables = tables;
    this.hyphens = new RegExp(tables.hyphens, "g");
    this.apostrophes = new RegExp(tables.apostrophes, "g");
    this.letters = lettersOf(tables.letters);
    this.arabic = new ArabicReader(tables.arabic);
    this.telltales = tables.cyrillic.telltales.map(([letters, table]) => ({
      letters: new RegExp(letters),
      table,
    }));
  }

  /** The name in Latin letters, hyphenated parts as words of their own; Latin ones as typed. */
  latin(name) {
    if (EVERYDAY_LATIN.test(name)) return name;
    const composed = name.normalize("NFC");
    const line = composed.replace(this.apostrophes, "'").replace(this.hyphens, "-");
    const readable = this.arabic.reads(line) ? this.arabic.spell(line) : line;
    const parts = readable.split(/[\s-]+/).map((part) => this.part(part));
    return parts.join(" ");
  }

  part(part) {
    const script = this.scriptOf(part);
    if (script === "latin") return this.onlyLatin(part);
    return this.onlyLatin(this.byScript(part.toLowerCase(), script)) || this.onlyLatin(part);
  }

  /** The script that most letters belong to, the first of two that have as many. */
  scriptOf(part) {
    const counts = new Map();
    for (const char of part) {
      const script = this.scriptOfLetter(char);
      if (script) counts.set(script, (counts.get(script) ?? 0) + 1);
    }
    const most = Math.max(...counts.values());
    return [...counts.keys()].find((script) => counts.get(script) === most) ?? "other";
  }

  scriptOfLetter(char) {
    if (ASCII_LETTER.test(char)) return "latin";
    return this.letters.get(char)?.script ?? (LETTER.test(char) ? "other" : null);
  }

  byScript(part, script) {
    if (script === "cyrillic") return this.fromCyrillic(part.replace(/'/g, ""));
    if (script === "ethiopic") return this.fromEthiopic(part);
    if (ALPHABETS.includes(script)) return this.fromAlphabet(part);
    return part;
  }

  fromCyrillic(word) {
    const told = this.telltales.find(({ letters }) => letters.test(word));
    const table = told?.table ?? this.tables.cyrillic.otherwise;
    const ending = Object.keys(table.final).find((one) => word.endsWith(one)) ?? "";
    const initial = table.initial[word.charAt(0)] ?? "";
    let rest = word.slice(initial ? 1 : 0, word.length - ending.length);
    for (const [sequence, latin] of Object.entries(table.sequences)) {
      rest = rest.split(sequence).join(latin);
    }
    const spelled = Array.from(rest, (char) => table.letters[char] ?? char).join("");
    return initial + spelled + (table.final[ending] ?? "");
  }

  fromEthiopic(word) {
    let spelled = "";
    [...word].forEach((char, at, signs) => {
      const [consonant, vowel] = this.tables.ethiopic[char] ?? ["", char];
      const silent = ENDS_IN_VOWEL.test(spelled) || at === signs.length - 1;
      spelled += consonant + (vowel || (silent ? "" : "i"));
    });
    return spelled;
  }

  fromAlphabet(word) {
    const table = this.tables.alphabets;
    const bare = word.normalize("NFD").replace(/\p{M}/gu, "");
    let spelled = "";
    for (let at = 0; at < bare.length; at += 1) {
      const pair = bare.slice(at, at + 2);
      if (pair.length === 2 && pair in table) {
        spelled += table[pair];
        at += 1;
      } else {
        spelled += table[bare[at]] ?? bare[at];
      }
    }
    return spelled;
  }

  /** The part with every character made Latin or dropped; diacritics need a letter. */
  onlyLatin(part) {
    const kept = Array.from(part, (char) => this.latinCharacter(char)).join("");
    const bare = kept.replace(LOOSE_DIACRITICS, "$1").replace(/^'+|'+$/g, "");
    return bare.normalize("NFC");
  }

  latinCharacter(char) {
    if (char === "'" || ASCII_LETTER.test(char) || DIACRITIC.test(char)) return char;
    const letter = this.letters.get(char);
    return letter?.script === "latin" ? char : (letter?.latin ?? "");
  }
}

/** Each letter with its script, and with what Latin spelling is left of it alone. */
function lettersOf(scripts) {
  const letters = new Map();
  for (const [script, table] of Object.entries(scripts)) {
    for (const [char, latin] of Object.entries(table)) letters.set(char, { script, latin });
  }
  return letters;
}
