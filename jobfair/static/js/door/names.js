/** Finding people by name without network, across spellings and scripts. */
import { Keys, wordsOf } from "./names-keys.js";

const LEAST = 2; // characters, as online
const LONGEST = 100;
const NOT_ASCII = /[^ -~]/;
const MEANS_SOMETHING = /[\p{L}\p{N}]/u;
const BEGUN_LEAST = 2; // one consonant alone is how too many names begin

// The better one first.
const WHOLE_WORD = 0;
const BEGINNING = 1;
const OWN_SCRIPT = 2;
const WITHIN = 3;
const SOUND = 4;
const BEGUN_SOUND = 5;
const NOWHERE = 6;

let keys = null;

/** Takes the tables that the page hands over; once, before anything else here. */
export function prepare(tables) {
  keys = new Keys(tables);
}

/** People with a name, ready to be found: {name, own_script, sounds, …}, in order of their names. */
export function index(entries) {
  const rows = entries.filter(({ name }) => name).map(rowOf);
  return rows.sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
}

function rowOf(entry) {
  const key = keys.name(entry.name);
  const sounds = entry.sounds ?? keys.sounds(entry.name).join(" ");
  return {
    entry,
    key: ` ${key} `,
    joined: key.replaceAll(" ", ""),
    own: entry.own_script ? keys.written(entry.own_script) : "",
    sounds: ` ${sounds} `,
  };
}

/** At most so many of the indexed people whose names hold all words of the text, best first. */
export function find(rows, text, most = 20) {
  const typed = text.slice(0, LONGEST);
  if (typed.replace(/\s/g, "").length < LEAST) return [];
  const readings = readingsOf(typed);
  const found = Array.from({ length: NOWHERE }, () => []);
  for (const row of rows) {
    const rank = rankOf(row, readings);
    if (rank < NOWHERE && found[rank].length < most) found[rank].push(row.entry);
    if (found[WHOLE_WORD].length === most) break;
  }
  return found.flat().slice(0, most);
}

/**
 * What the text may mean: words in Latin letters, words in the script that they are typed in,
 * or words that are one name only together (Abd al-Rahman). Each is a list of questions that
 * the words of the text ask a row: how well is it found there?
 */
function readingsOf(text) {
  const readings = [];
  if (NOT_ASCII.test(text)) readings.push(wordsOf(keys.written(text)).map(byOwnScript));
  if (text.split(/\s+/).every((word) => keys.name(word) || !MEANS_SOMETHING.test(word))) {
    const latin = wordsOf(keys.name(text));
    const sounds = keys.sounds(text);
    readings.push(latin.map(byLetters));
    if (sounds.length < latin.length) readings.push(sounds.map(bySound));
  }
  return readings.filter((questions) => questions.length > 0);
}

function byLetters(word) {
  const [sound] = keys.sounds(word);
  const begun = keys.begunSound(word);
  const whole = ` ${word} `;
  const beginning = ` ${word}`;
  const alike = bySound(sound);
  const begins = ` ${begun}`;
  return (row) => {
    if (row.key.includes(beginning)) return row.key.includes(whole) ? WHOLE_WORD : BEGINNING;
    if (row.joined.includes(word)) return WITHIN;
    if (alike(row) === SOUND) return SOUND;
    return begun.length >= BEGUN_LEAST && row.sounds.includes(begins) ? BEGUN_SOUND : NOWHERE;
  };
}

function byOwnScript(word) {
  return (row) => (row.own.includes(word) ? OWN_SCRIPT : NOWHERE);
}

function bySound(sound) {
  const whole = ` ${sound} `;
  return (row) => (row.sounds.includes(whole) ? SOUND : NOWHERE);
}

/** The best reading counts, and of that the word that is found worst. */
function rankOf(row, readings) {
  let best = NOWHERE;
  for (const questions of readings) {
    let worst = WHOLE_WORD;
    for (const ask of questions) {
      worst = Math.max(worst, ask(row));
      if (worst >= best) break;
    }
    best = Math.min(best, worst);
  }
  return best;
}

/** "Amal H.": first name and initial of a name, or of somebody whose `given` says where it ends. */
export function shortName(person) {
  const { name, given } = typeof person === "string" ? { name: person } : person;
  const first = given || name.split(" ").slice(0, -1).join(" ") || name;
  const [initial] = name.slice(first.length).trim();
  return initial ? `${first} ${initial}.` : first;
}
