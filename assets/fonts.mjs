/** Web fonts cut from the static TTF files: one file a script and weight, loaded on demand. */
import { readFileSync } from "node:fs";
import subsetFont from "subset-font";

// Features that change how our languages read; stylistic sets, fractions and the like are left out.
const FEATURES = [
  "ccmp",
  "locl",
  "mark",
  "mkmk",
  "kern",
  "liga",
  "rlig",
  "calt",
  "isol",
  "init",
  "medi",
  "fina",
];

const WEIGHTS = { 400: "400Regular", 700: "700Bold" };

const SUBSETS = [
  {
    name: "noto-sans-latin",
    family: "Noto Sans",
    source: "@expo-google-fonts/noto-sans/{weight}/NotoSans_{weight}.ttf",
    ranges:
      "20-7E A0-FF 131 152-153 2BB-2BC 2C6 2DA 2DC 2000-200B 2010-2027 202F-205E 20AC 2122 2190-2193 2212 2215 FFFD",
  },
  {
    // Turkish, Kurdish, Polish, Romanian and their neighbours; transliterated Arabic and Persian.
    name: "noto-sans-latin-ext",
    family: "Noto Sans",
    source: "@expo-google-fonts/noto-sans/{weight}/NotoSans_{weight}.ttf",
    ranges:
      "100-130 132-151 154-17F 18F 192 1CD-1D4 1E6-1E7 1EA-1EB 1F0 218-21B 259 2BD-2BF 2C7 2D8-2D9 2DB 2DD " +
      "300-304 306-308 30A-30C 323 327-328 32E 331 1E0C-1E0F 1E20-1E21 1E24-1E25 1E28-1E2B 1E32-1E35 " +
      "1E37 1E43 1E47 1E5B 1E62-1E63 1E6C-1E6F 1E80-1E85 1E90-1E98 1E9E 1EBD 1EF2-1EF3 20BA 20BD",
  },
  {
    name: "noto-sans-cyrillic",
    family: "Noto Sans",
    source: "@expo-google-fonts/noto-sans/{weight}/NotoSans_{weight}.ttf",
    ranges: "301 400-45F 490-491 2116 20B4",
  },
  {
    // Kazakh, Kyrgyz, Tajik, Tatar and other Cyrillic alphabets of the Caucasus and Central Asia.
    name: "noto-sans-cyrillic-ext",
    family: "Noto Sans",
    source: "@expo-google-fonts/noto-sans/{weight}/NotoSans_{weight}.ttf",
    ranges: "48A-48F 492-52F",
  },
  {
    // Arabic, Persian, Dari, Pashto, Sorani and Urdu with both sets of digits.
    name: "noto-sans-arabic",
    family: "Noto Sans Arabic",
    source: "@expo-google-fonts/noto-sans-arabic/{weight}/NotoSansArabic_{weight}.ttf",
    ranges:
      "60C 61B 61F-63A 640-655 657 660-66C 670-671 679 67C 67E 681 685-686 688-689 691 693 695-696 698 69A " +
      "6A4 6A9 6AB 6AF 6B5 6BA 6BC 6BE 6C0-6C3 6C6-6C8 6CA-6CE 6D0 6D2-6D5 6F0-6F9 200C-200F 2066-2069 FDFC",
  },
];

function parseRanges(ranges) {
  return ranges.split(" ").map((range) => {
    const [first, last = first] = range.split("-");
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
  });
}

function charactersOf(ranges) {
  let characters = "";
  for (const [first, last] of parseRanges(ranges)) {
    for (let code = first; code <= last; code += 1) characters += String.fromCodePoint(code);
  }
  return characters;
}

function fontFace({ family, ranges }, weight, url) {
  const unicodeRange = ranges
    .split(" ")
    .map((range) => `U+${range}`)
    .join(", ");
  return `@font-face {
  font-family: "${family}";
  font-style: normal;
  font-weight: ${weight};
  font-display: swap;
  src: url("${url}") format("woff2");
  unicode-range: ${unicodeRange};
}
`;
}

/** Adds every subset in both weights to `output`; returns the @font-face rules for them. */
export async function buildFonts(output, packages) {
  const sheet = [];
  for (const subset of SUBSETS) {
    for (const [weight, folder] of Object.entries(WEIGHTS)) {
      const source = readFileSync(`${packages}/${subset.source.replaceAll("{weight}", folder)}`);
      const font = await subsetFont(source, charactersOf(subset.ranges), {
        targetFormat: "woff2",
        keepFeatures: FEATURES,
        noHinting: true,
      });
      const path = `fonts/${subset.name}-${weight}.woff2`;
      sheet.push(fontFace(subset, weight, await output.addHashed(path, path, font)));
    }
  }
  return sheet.join("");
}
