/** Finding people by name without network, across spellings and scripts. */
import { Keys, wordsOf } from "./names-keys.js";

const LEAST = 2; // characters, as online
const LONGEST = 100;
const NOT_ASCII = /[^ -~]/;
const MEANS_SOMETHING = /[\p{L}\p{N}]/u;
const JOINED_LEAST = 4; // letters that are looked for across the words of a name: Alahmad
const BEGUN_LEAST = 2; // one consonant alone is how too many names begin
const CODE_OF_BLANK = 32; // that of a line's end is less

// The better one first.
const WHOLE = 0;
const BEGINNING = 1;
const OWN = 2;
const WITHIN = 3;
const SOUND = 4;
const BEGUN = 5;
const NOWHERE = 6;

let keys = null;

/** A text of many lines, which is searched at once: much faster than line by line. */
class Column {
  constructor(text) {
    this.text = text;
    this.ends = [];
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
      this.ends.push(end);
    }
    this.ends.push(text.length);
  }

  /** Calls back for each place that holds the text: in which row, and how much of a word it is. */
  each(text, found) {
    let row = 0;
    for (let at = this.text.indexOf(text); at >= 0; at = this.text.indexOf(text, at + 1)) {
      while (this.ends[row] < at) row += 1;
      found(row, this.howAt(at, at + text.length));
    }
  }

  howAt(start, end) {
    if (this.text.charCodeAt(start - 1) > CODE_OF_BLANK) return "within";
    return this.text.charCodeAt(end) > CODE_OF_BLANK ? "beginning" : "whole";
  }
}

/** Takes the tables that the page hands over; once, before anything else here. */
export function prepare(tables) {
  keys = new Keys(tables);
}

/** People with a name, ready to be found: {name, own_script, sounds, …}. */
export function index(entries) {
  const people = entries.filter(({ name }) => name);
  const latin = keys.names(people.map(({ name }) => name));
  return {
    people,
    keys: latin.split("\n"),
    latin: new Column(latin),
    joined: new Column(latin.replace(/ /g, "")),
    own: new Column(keys.written(people.map(ownScriptOf).join("\n"))),
    sounds: new Column(people.map(soundsOf).join("\n")),
  };
}

function ownScriptOf({ own_script: own }) {
  return (own ?? "").replace(/\s/g, " ");
}

function soundsOf({ name, sounds }) {
  return sounds ?? keys.sounds(name).join(" ");
}

/** At most so many of the indexed people whose names hold all words of the text, best first. */
export function find(indexed, text, most = 20) {
  const typed = text.trim().slice(0, LONGEST).replace(/\s+/g, " ");
  if (typed.length < LEAST) return [];
  const readings = readingsOf(typed).map((words) =>
    // All words must be found, so the worst one counts; of the readings the best.
    combined(
      words.map((places) => ranksOf(indexed, places)),
      Math.max,
    ),
  );
  if (readings.length === 0) return [];
  const rows = firstRows(combined(readings, Math.min), indexed.keys, most);
  return rows.map((row) => indexed.people[row]);
}

/**
 * What the text may mean: words in the script that they are typed in, words in Latin letters,
 * or words that are one name only together (Abd al-Rahman). For each word it says where it is
 * looked for, and how well it is found there.
 */
function readingsOf(text) {
  const readings = [];
  if (NOT_ASCII.test(text)) readings.push(wordsOf(keys.written(text)).map(asWritten));
  if (text.split(" ").every((word) => keys.name(word) || !MEANS_SOMETHING.test(word))) {
    const latin = wordsOf(keys.name(text));
    const sounds = keys.sounds(text);
    readings.push(latin.map(asSpelled));
    if (sounds.length < latin.length) readings.push(sounds.map(asHeard));
  }
  return readings.filter((words) => words.length > 0);
}

function asWritten(word) {
  return [{ column: "own", text: word, whole: OWN, beginning: OWN, within: OWN }];
}

function asSpelled(word) {
  const places = [
    { column: "latin", text: word, whole: WHOLE, beginning: BEGINNING, within: WITHIN },
  ];
  if (word.length >= JOINED_LEAST) {
    places.push({ column: "joined", text: word, whole: WITHIN, beginning: WITHIN, within: WITHIN });
  }
  const begun = keys.begunSound(word);
  if (begun.length >= BEGUN_LEAST) {
    places.push({ column: "sounds", text: begun, whole: BEGUN, beginning: BEGUN });
  }
  return [...places, ...keys.sounds(word).flatMap(asHeard)];
}

function asHeard(sound) {
  return [{ column: "sounds", text: sound, whole: SOUND }];
}

/** How well each row holds one word, by the best place that it is found at. */
function ranksOf(indexed, places) {
  const ranks = new Uint8Array(indexed.people.length).fill(NOWHERE);
  for (const place of places) {
    indexed[place.column].each(place.text, (row, how) => {
      if (place[how] < ranks[row]) ranks[row] = place[how];
    });
  }
  return ranks;
}

function combined([ranks, ...others], choose) {
  for (const other of others) {
    for (let row = 0; row < ranks.length; row += 1) ranks[row] = choose(ranks[row], other[row]);
  }
  return ranks;
}

/** The rows of the best ranks, within a rank in the order of their names. */
function firstRows(ranks, names, most) {
  const found = Array.from({ length: NOWHERE }, () => []);
  for (let row = 0; row < ranks.length; row += 1) {
    if (ranks[row] < NOWHERE) insert(found[ranks[row]], row, names, most);
  }
  return found.flat().slice(0, most);
}

function insert(rows, row, names, most) {
  if (rows.length === most && names[row] >= names[rows[most - 1]]) return;
  const at = rows.findIndex((other) => names[row] < names[other]);
  rows.splice(at < 0 ? rows.length : at, 0, row);
  if (rows.length > most) rows.pop();
}

/** "Amal H.": first name and initial of a name, or of somebody whose `given` says where it ends. */
export function shortName(person) {
  const { name, given } = typeof person === "string" ? { name: person } : person;
  const first = given || name.split(" ").slice(0, -1).join(" ") || name;
  const [initial] = name.slice(first.length).trim();
  return initial ? `${first} ${initial}.` : first;
}
