/** Names in Arabic script in Latin letters: twin of core/text/arabic.py. */
import { SyllableReader } from "./names-syllables.js";

export class ArabicReader {
  constructor(tables) {
    this.tables = tables;
    this.characters = new Set(tables.characters);
    this.marks = new RegExp(tables.marks, "g");
    this.interchanged = new RegExp(`[${Object.keys(tables.same).join("")}]`, "g");
    this.telltales = Object.entries(tables.telltales).map(([lang, letters]) => ({
      lang,
      letters: new RegExp(letters),
    }));
    this.names = Object.fromEntries(
      Object.entries(tables.names).map(([lang, names]) => [lang, new Map(Object.entries(names))]),
    );
    this.syllables = new SyllableReader(tables.rules);
  }

  reads(text) {
    return [...text].some((char) => this.characters.has(char));
  }

  /** The line with every word of Arabic script in Latin letters, other words untouched. */
  spell(line) {
    const lang = this.languageOf(line);
    const words = line.split(/\s+/).filter(Boolean);
    const spelled = [];
    for (let at = 0; at < words.length; at += 1) {
      const joined = at + 1 < words.length ? this.pair(words[at], words[at + 1], lang) : null;
      spelled.push(joined ?? this.word(words[at], lang));
      if (joined !== null) at += 1;
    }
    return spelled.join(" ");
  }

  /** The name without vowel marks, and with letters that are interchanged made one. */
  key(name) {
    const plain = name.normalize("NFC").replace(this.marks, "");
    return plain.replace(this.interchanged, (char) => this.tables.same[char]);
  }

  languageOf(line) {
    const told = this.telltales.find(({ letters }) => letters.test(line));
    return told?.lang ?? this.tables.otherwise;
  }

  /** Two words that are one name: on the list, or "servant of" with one of God's names. */
  pair(first, second, lang) {
    const { article, servant } = this.tables;
    const together = this.key(first + second);
    if (this.key(first) === servant && together.startsWith(servant + article)) {
      return this.word(first + second, lang);
    }
    return this.listed(`${first} ${second}`, lang);
  }

  word(word, lang) {
    if (!this.reads(word)) return word;
    const parts = word.split("-").map((part) => this.part(part, lang) || part);
    return parts.join("-");
  }

  part(part, lang) {
    return (
      this.listed(part, lang) ?? this.putTogether(part, lang) ?? this.syllables.spell(part, lang)
    );
  }

  listed(name, lang) {
    return this.names[lang].get(this.key(name)) ?? null;
  }

  /** A name that is made of another one: with God, "servant of the" or the article. */
  putTogether(part, lang) {
    const { allah, article, god, servant, shortest } = this.tables;
    const key = this.key(part);
    if (key.endsWith(god)) return this.part(key.slice(0, -god.length), lang) + allah[lang];
    if (key.startsWith(servant + article) && key !== servant + article) {
      return `abdul${this.part(key.slice((servant + article).length), lang)}`;
    }
    const long = [...key].length >= shortest;
    if (lang === this.tables.otherwise && part.startsWith(article) && long) {
      return `al-${this.part(part.slice(article.length), lang)}`;
    }
    return null;
  }
}
