/**
 * Keeps the scanner's page with all files that it names, so that it opens without network. A
 * version is kept whole or not at all; a new one is fetched beside the one in use and takes its
 * place at the next opening. No answer of the API is ever kept.
 */
const PAGE = "/door";
const VERSIONS = "door-version-";
const IN_USE = "door-in-use";
const FILES = /<script[^>]*\bid="door-files"[^>]*>([^<]*)<\/script>/;
const NONCES = /\bnonce="[^"]*"/g;

const anyway = { ignoreSearch: true, ignoreVary: true };

async function versionInUse() {
  const named = await (await caches.open(IN_USE)).match(PAGE);
  return named ? named.text() : null;
}

/** The version's name follows from all that the page says. */
async function nameOf(text) {
  const bytes = new TextEncoder().encode(text.replace(NONCES, ""));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return VERSIONS + [...digest.slice(0, 8)].map((byte) => byte.toString(16)).join("-");
}

/** The last version stays beside the new one: a page that is open may still ask for its files. */
async function forgetAllBut(...kept) {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(VERSIONS) && !kept.includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** Keeps the page and its files; rejects, and keeps nothing, where one of them is missing. */
async function keepVersion(page) {
  const text = await page.clone().text();
  const listed = FILES.exec(text);
  if (!page.ok || page.redirected || !listed) throw new Error("not the page of the scanner");
  const name = await nameOf(text);
  const last = await versionInUse();
  if (name === last && (await keptPage(name))) return;
  const version = await caches.open(name);
  await version.addAll(JSON.parse(listed[1]));
  await version.put(PAGE, page);
  await (await caches.open(IN_USE)).put(PAGE, new Response(name));
  await forgetAllBut(name, last);
}

let keeping = Promise.resolve();

/** One version is kept after the other, so that none is forgotten while it is being filled. */
function keep(page) {
  const kept = keeping.then(() => keepVersion(page));
  keeping = kept.catch(() => {});
  return kept;
}

async function update() {
  await keep(await fetch(PAGE, { cache: "no-cache", credentials: "same-origin" }));
}

async function keptPage(name) {
  return name ? (await caches.open(name)).match(PAGE, anyway) : undefined;
}

/** Opens the page in another language, which is then the one to keep. */
async function openAnew(event) {
  const page = await fetch(event.request);
  event.waitUntil(keep(page.clone()).catch(() => {}));
  return page;
}

async function open(event) {
  const name = await versionInUse();
  const kept = await keptPage(name);
  if (!kept) return openAnew(event);
  if (new URL(event.request.url).searchParams.has("lang")) {
    return openAnew(event).catch(() => kept);
  }
  event.waitUntil(update().catch(() => {}));
  return kept;
}

async function fileOf(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(update()));

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin || pathname.startsWith("/api/")) return;
  if (mode !== "navigate") event.respondWith(fileOf(event.request));
  else if (pathname === PAGE) event.respondWith(open(event));
});
