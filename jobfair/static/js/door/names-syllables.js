/** Reading an unvowelled word in Arabic script: twin of core/text/arabic_rules.py. */
const BEGINNING = { latin: "", vowel: true, follows: null };

export class SyllableReader {
  constructor(tables) {
    this.tables = tables;
    this.after = new Set(tables.after);
  }

  /** The lower-case Latin spelling of one word, as the language reads it. */
  spell(word, lang) {
    const reading = this.tables.readings[lang];
    const sounds = this.sounds(reading.spells_vowels ? word.replace(/وو/g, "و") : word, reading);
    return sounds.map((sound, at) => sound.latin + vowelAfter(at, sounds, reading)).join("");
  }

  sounds(word, reading) {
    const { short, shadda } = this.tables;
    const sounds = [];
    const letters = [...word];
    letters.forEach((char, at) => {
      const before = sounds[sounds.length - 1] ?? BEGINNING;
      if (before !== BEGINNING && char === shadda) {
        sounds.splice(-1, 1, { latin: before.latin, vowel: false, follows: "" }, before);
      } else if (before !== BEGINNING && char in short) {
        sounds.splice(-1, 1, { ...before, follows: short[char] });
      } else {
        const sound = this.soundOf(char, letters[at + 1], before, reading);
        if (sound) sounds.push(sound);
      }
    });
    return sounds;
  }

  soundOf(char, after, before, reading) {
    const { consonants, followed, long, semivowels } = this.tables;
    if (after === undefined && isFinalVowel(char, before, reading)) {
      return { latin: reading.final_vowel, vowel: true, follows: null };
    }
    if (char in semivowels) return this.semivowel(char, after, before, reading);
    if (char in long) return longVowel(char, before, long[char]);
    const latin = reading.letters[char] ?? consonants[char];
    return latin === undefined ? null : { latin, vowel: false, follows: followed[char] ?? null };
  }

  semivowel(char, after, before, reading) {
    const [consonant, vowel] = this.tables.semivowels[char];
    if (before.vowel || this.after.has(after)) {
      return { latin: reading.letters[char] ?? consonant, vowel: false, follows: null };
    }
    return { latin: vowel, vowel: true, follows: null };
  }
}

function isFinalVowel(char, before, reading) {
  if (!reading.final.includes(char)) return false;
  return !before.vowel || (char !== "ة" && before.latin === "i");
}

/** An alef that begins a word only carries a short vowel. */
function longVowel(char, before, latin) {
  if (char === "ا" && before === BEGINNING) return { latin: "", vowel: false, follows: "a" };
  return { latin, vowel: true, follows: null };
}

function vowelAfter(at, sounds, reading) {
  if (sounds[at].vowel || !isConsonant(sounds[at + 1])) return "";
  if (sounds[at].follows !== null) return sounds[at].follows;
  if (reading.spells_vowels) return at === 0 || at === sounds.length - 2 ? "i" : "";
  return likelyVowel(at, sounds, reading);
}

function likelyVowel(at, sounds, reading) {
  if (sounds[at + 1].follows === "") return "a"; // the next is doubled
  if (at > 0 && sounds[at - 1].vowel) return reading.after_long;
  return at === sounds.length - 2 || opensSyllable(at, sounds) ? "a" : "";
}

function isConsonant(sound) {
  return sound !== undefined && !sound.vowel;
}

/** Of the consonants since the last vowel or the beginning every other one opens a syllable. */
function opensSyllable(at, sounds) {
  let run = 0;
  while (isConsonant(sounds[at - run - 1])) run += 1;
  return run % 2 === 0;
}
