/** Stylesheets: KERN cut to what we use, mirrored for right to left, lowered for old browsers. */
import { browserslistToTargets, bundle, Features, transform } from "lightningcss";
import postcss from "postcss";
import rtlcss from "rtlcss";

const TARGETS = browserslistToTargets(["chrome 80", "safari 14", "ios_saf 14", "firefox 78"]);

// What the licences ask to be said wherever the files go.
const KERN_NOTICE = "/*! KERN UX, an extract; European Union Public Licence 1.2 */\n";
const NOTO_NOTICE = "/*! Noto Sans, Noto Sans Arabic, in subsets; SIL Open Font License 1.1 */\n";

// The families of KERN that our templates use.
const KERN_FAMILIES = new Set([
  "kern-error",
  "kern-fieldset",
  "kern-form-check",
  "kern-form-input",
  "kern-hint",
  "kern-input-group",
  "kern-label",
  "kern-light",
]);

// Declared in KERN under these names for themes and page furniture that we don't have.
const UNUSED_PARTS = /\.kern-icon|data-kern-theme=.?dark|kern-dialog/;

function usesOnlyKnownFamilies(selector) {
  if (UNUSED_PARTS.test(selector)) return false;
  const families = selector.match(/\.kern-[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? [];
  return families.every((family) => KERN_FAMILIES.has(family.slice(1)));
}

/** Drops rules for components, themes and fonts that no page uses. */
function dropUnusedRules(root) {
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && rule.parent.name === "keyframes") return;
    const kept = rule.selectors.filter(usesOnlyKnownFamilies);
    if (kept.length === 0) rule.remove();
    else rule.selectors = kept;
  });
  root.walkAtRules((rule) => {
    const isTheme = rule.name === "media" && rule.params.includes("prefers-color-scheme");
    if (isTheme || ["font-face", "keyframes", "charset"].includes(rule.name)) rule.remove();
  });
}

/** The sheet for right to left; a tick looks the same in both directions. */
function mirror(source) {
  const root = postcss.parse(source);
  root.walkRules(/__checkbox[\w-]*:checked.*:before/, (rule) => {
    rule.before(postcss.comment({ text: "rtl:ignore" }));
  });
  return rtlcss.process(root.toString());
}

function referencesIn(text) {
  return [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);
}

/** The custom properties that are read, directly or through others, by a rule of `sheets`. */
function usedProperties(sheets) {
  const readBy = new Map();
  const used = new Set();
  for (const sheet of sheets) {
    sheet.walkDecls((declaration) => {
      const references = referencesIn(declaration.value);
      if (!declaration.prop.startsWith("--")) {
        for (const reference of references) used.add(reference);
        return;
      }
      const others = readBy.get(declaration.prop) ?? [];
      readBy.set(declaration.prop, [...others, ...references]);
    });
  }
  // A set is walked in order of insertion, so what is added here is still visited.
  for (const property of used) {
    for (const reference of readBy.get(property) ?? []) used.add(reference);
  }
  return used;
}

function dropUnusedProperties(root, used) {
  root.walkDecls(/^--/, (declaration) => {
    if (!used.has(declaration.prop)) declaration.remove();
  });
}

function dropEmpty(root) {
  root.walkComments((comment) => comment.remove());
  root.walkRules((rule) => {
    if (rule.nodes.length === 0) rule.remove();
  });
  root.walkAtRules((rule) => {
    if (rule.nodes?.length === 0) rule.remove();
  });
}

/** KERN with only the rules and tokens that it and `ownSheet` need. */
function purgeKern(source, ownSheet) {
  const root = postcss.parse(source);
  dropUnusedRules(root);
  dropUnusedProperties(root, usedProperties([root, postcss.parse(ownSheet)]));
  dropEmpty(root);
  return root.toString();
}

const PAIRS = /^(margin|padding)-(inline|block)$/;
const SIDES = { "inset-block-start": "top", "inset-block-end": "bottom" };
const MIRRORED = { "inset-inline-start": ["left", "right"], "inset-inline-end": ["right", "left"] };

function expandPair(declaration) {
  const [start, end = start] = postcss.list.space(declaration.value);
  declaration.cloneBefore({ prop: `${declaration.prop}-start`, value: start });
  declaration.cloneBefore({ prop: `${declaration.prop}-end`, value: end });
  declaration.remove();
}

function expandInset(declaration) {
  const [top, right = top, bottom = top, left = right] = postcss.list.space(declaration.value);
  for (const [prop, value] of Object.entries({ top, right, bottom, left })) {
    declaration.cloneBefore({ prop, value });
  }
  declaration.remove();
}

/** Puts the physical sides into one rule a direction; `dir` stands on every html element. */
function splitByDirection(rule) {
  const mirrored = rule.nodes.filter((node) => node.prop in MIRRORED);
  if (mirrored.length === 0) return;
  for (const [index, direction] of ["rtl", "ltr"].entries()) {
    rule.after(
      postcss.rule({
        selectors: rule.selectors.map((selector) => `[dir="${direction}"] ${selector}`),
        nodes: mirrored.map(({ prop, value }) =>
          postcss.decl({ prop: MIRRORED[prop][1 - index], value }),
        ),
      }),
    );
  }
  for (const declaration of mirrored) declaration.remove();
}

/** Rewrites the logical properties that browsers before 2021 lack into ones that they know. */
function lowerLogical(source) {
  const root = postcss.parse(source);
  root.walkDecls(PAIRS, expandPair);
  root.walkDecls(/^inset-(inline|block)$/, expandPair);
  root.walkDecls("inset", expandInset);
  root.walkDecls(/^inset-block-/, (declaration) => {
    declaration.prop = SIDES[declaration.prop];
  });
  root.walkRules(splitByDirection);
  return root.toString();
}

function minify(filename, source) {
  const { code } = transform({
    filename,
    code: Buffer.from(source),
    minify: true,
    targets: TARGETS,
    exclude: Features.LogicalProperties,
  });
  return code;
}

/** Adds kern.css, its mirror image, our own sheet (bundled from `ownPath`) and the font rules. */
export async function buildStyles(output, { kern, ownPath, fonts }) {
  const own = bundle({ filename: ownPath }).code.toString();
  const purged = purgeKern(kern, own);
  const sheets = {
    "kern.css": [KERN_NOTICE, purged],
    "kern.rtl.css": [KERN_NOTICE, mirror(purged)],
    "jobfair.css": ["", lowerLogical(own)],
    "fonts.css": [NOTO_NOTICE, fonts],
  };
  for (const [name, [notice, source]] of Object.entries(sheets)) {
    await output.addHashed(`css/${name}`, name, notice + minify(name, source));
  }
}
