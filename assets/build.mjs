/** Fills static/vendor and static/dist from the packages and our own sources; does nothing if both are current. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFonts } from "./fonts.mjs";
import { digest, Output } from "./output.mjs";
import { buildStyles } from "./styles.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const PACKAGES = join(ROOT, "node_modules");
const STATIC = join(ROOT, "jobfair/static");
const VENDOR = join(STATIC, "vendor");
const DIST = join(STATIC, "dist");
const STAMP = join(DIST, ".stamp");

const NOTO = "@expo-google-fonts/noto-sans";
const VENDORED = {
  "pdf/NotoSans-Regular.ttf": `${NOTO}/400Regular/NotoSans_400Regular.ttf`,
  "pdf/NotoSans-Bold.ttf": `${NOTO}/700Bold/NotoSans_700Bold.ttf`,
  "pdf/NotoSansArabic-Regular.ttf": `${NOTO}-arabic/400Regular/NotoSansArabic_400Regular.ttf`,
  "pdf/NotoSansArabic-Bold.ttf": `${NOTO}-arabic/700Bold/NotoSansArabic_700Bold.ttf`,
  "pdf/NotoSansEthiopic-Regular.ttf": `${NOTO}-ethiopic/400Regular/NotoSansEthiopic_400Regular.ttf`,
  "pdf/NotoSansEthiopic-Bold.ttf": `${NOTO}-ethiopic/700Bold/NotoSansEthiopic_700Bold.ttf`,
  "zxing/zxing_reader.js": "zxing-wasm/dist/iife/reader/index.js",
  "zxing/zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
};

/** All files under `folder` as sorted paths relative to it. */
function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => path.slice(folder.length + 1))
    .sort();
}

/** What the build depends on, so that an unchanged tree is recognised. */
function inputDigest() {
  const folders = ["assets", "jobfair/static/css", "jobfair/static/img", "jobfair/static/js"];
  const sources = folders.flatMap((folder) =>
    filesUnder(join(ROOT, folder)).map((path) => join(folder, path)),
  );
  const parts = [...sources, "package-lock.json"].flatMap((path) => [
    path,
    readFileSync(join(ROOT, path)),
  ]);
  return digest(...parts);
}

function isCurrent(stamp) {
  const complete = Object.keys(VENDORED).every((path) => existsSync(join(VENDOR, path)));
  return complete && existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp;
}

function copyVendored() {
  for (const [path, source] of Object.entries(VENDORED)) {
    mkdirSync(dirname(join(VENDOR, path)), { recursive: true });
    copyFileSync(join(PACKAGES, source), join(VENDOR, path));
  }
}

/** Copies our modules below one hashed folder, so that their relative imports keep working. */
async function buildScripts(output) {
  const folder = join(STATIC, "js");
  const scripts = filesUnder(folder).filter((path) => path.endsWith(".js"));
  const contents = scripts.map((path) => readFileSync(join(folder, path)));
  const hash = digest(...scripts.flatMap((path, index) => [path, contents[index]]));
  for (const [index, path] of scripts.entries()) {
    await output.add(`js/${path}`, `js.${hash}/${path}`, contents[index]);
  }
}

async function buildFiles(output, folder, name) {
  for (const path of filesUnder(folder)) {
    await output.addHashed(`${name}/${path}`, `${name}/${path}`, readFileSync(join(folder, path)));
  }
}

async function build(output) {
  await buildStyles(output, {
    kern: readFileSync(join(PACKAGES, "@kern-ux/native/dist/kern.css"), "utf8"),
    ownPath: join(STATIC, "css/jobfair.css"),
    fonts: await buildFonts(output, PACKAGES),
  });
  await buildScripts(output);
  await buildFiles(output, join(STATIC, "img"), "img");
  await buildFiles(output, join(VENDOR, "zxing"), "zxing");
  output.writeManifest();
}

function report(sizes) {
  const kilobytes = (names) => {
    const bytes = names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
    return `${(bytes / 1000).toFixed(1)} kB`;
  };
  const latin = [400, 700].map((weight) => `fonts/noto-sans-latin-${weight}.woff2`);
  const arabic = [400, 700].map((weight) => `fonts/noto-sans-arabic-${weight}.woff2`);
  const german = ["css/kern.css", "css/jobfair.css", "css/fonts.css", ...latin];
  for (const name of [...sizes.keys()].filter((key) => !key.startsWith("img/"))) {
    console.log(`${kilobytes([name]).padStart(9)}  ${basename(name)}`);
  }
  console.log(`${kilobytes(german).padStart(9)}  styles and fonts of a German page`);
  console.log(`${kilobytes([...german, ...arabic]).padStart(9)}  and of an Arabic one`);
}

async function main() {
  const stamp = inputDigest();
  if (isCurrent(stamp)) {
    console.log("Assets are up to date.");
    return;
  }
  copyVendored();
  // Beside the packages, where git ignores it; moved into place when all of it is there.
  const fresh = join(PACKAGES, `.dist-${process.pid}`);
  try {
    const output = new Output(fresh);
    await build(output);
    writeFileSync(join(fresh, ".stamp"), stamp);
    rmSync(DIST, { recursive: true, force: true });
    renameSync(fresh, DIST);
    report(output.sizes);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

await main();
