/** Calls to our server: an answer, a refusal, or no answer in time. */
const PATIENCE = 8000;

/** The server was reached and said no. */
export class Refusal extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }

  /** Whether signing in again, or loading the page anew, mends it. */
  get needsSignIn() {
    return [401, 403, 409].includes(this.status);
  }
}

/** Nobody answered, or somebody else did, such as the log-in page of a wireless network. */
export class Unreachable extends Error {}

async function reach(url, options) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE);
  try {
    const response = await fetch(url, {
      credentials: "same-origin",
      cache: "no-store",
      signal: control.signal,
      ...options,
    });
    if (!(response.headers.get("Content-Type") ?? "").includes("json")) throw new Unreachable();
    return { response, body: await response.json() };
  } catch {
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
}

async function call(url, options) {
  const { response, body } = await reach(url, options);
  if (response.status >= 500 || response.status === 429) throw new Unreachable();
  if (!response.ok) throw new Refusal(response.status, body.code);
  return body;
}

export function get(url) {
  return call(url, { headers: { Accept: "application/json" } });
}

export function post(url, body) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  return call(url, {
    method: "POST",
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": token,
    },
    body: JSON.stringify(body),
  });
}
