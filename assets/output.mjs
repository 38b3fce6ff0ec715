/** The folder of built files: content-hashed names, pre-compressed copies, the manifest. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSIBLE = new Set([".css", ".js", ".json", ".svg", ".wasm", ".webmanifest"]);
const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** The first ten hex digits of the SHA-256 of all parts. */
export function digest(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 10);
}

export class Output {
  #folder;
  #manifest = {};
  #sizes = new Map();

  constructor(folder) {
    this.#folder = folder;
  }

  /** Writes `content` as `path` with its hash before the extension; returns that path. */
  async addHashed(name, path, content) {
    const extension = extname(path);
    const hashed = `${path.slice(0, -extension.length)}.${digest(content)}${extension}`;
    await this.add(name, hashed, content);
    return hashed;
  }

  /** Writes `content` at `path`, compressed beside it where that helps, and lists it as `name`. */
  async add(name, path, content) {
    const body = Buffer.from(content);
    this.#manifest[name] = path;
    this.#sizes.set(name, body.length);
    this.#write(path, body);
    if (!COMPRESSIBLE.has(extname(path))) return;
    const [brotli, gzipped] = await Promise.all([
      toBrotli(body, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      }),
      toGzip(body, { level: 9 }),
    ]);
    if (brotli.length >= body.length || gzipped.length >= body.length) return;
    this.#write(`${path}.br`, brotli);
    this.#write(`${path}.gz`, gzipped);
    this.#sizes.set(name, brotli.length);
  }

  /** Writes manifest.json: logical name to hashed path, in the order of the names. */
  writeManifest() {
    const entries = Object.entries(this.#manifest).sort(([a], [b]) => (a < b ? -1 : 1));
    const json = JSON.stringify(Object.fromEntries(entries), null, 2);
    this.#write("manifest.json", Buffer.from(`${json}\n`));
  }

  /** Bytes over the network by logical name. */
  get sizes() {
    return this.#sizes;
  }

  #write(path, body) {
    const target = join(this.#folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, body);
  }
}
