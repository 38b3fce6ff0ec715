/** Calls to the server: an answer, a refusal, or nobody there. */
import { EngineError } from "./errors.js";

const PATIENCE = 8e3;
const BATCH_PATIENCE = 30e3;
const FAR = 10e3;

/** The server was reached and said no. */
export class Refusal extends Error {
  constructor(status, code) {
    super(code);
    this.status = status;
    this.code = code;
  }

  /** Whether trying again later may help. */
  get passing() {
    return this.status >= 500 || this.status === 429 || this.status === 401;
  }
}

/** Nobody answered, or somebody else did, such as the log-in page of a wireless network. */
export class Unreachable extends Error {}

async function reach(url, options, patience) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patience);
  try {
    const response = await fetch(url, { ...options, signal: control.signal });
    if (!(response.headers.get("Content-Type") ?? "").includes("json")) throw new Unreachable();
    const body = (await response.json()) ?? {};
    if (!response.ok) throw new Refusal(response.status, body.code ?? "");
    return body;
  } catch (error) {
    throw error instanceof Refusal ? error : new Unreachable();
  } finally {
    clearTimeout(timer);
  }
}

/** The answer to a call; where there is none, an error with a code for the screens. */
export async function asked(call) {
  try {
    return await call();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const code = error instanceof Refusal && error.status < 500 ? error.code : "";
    throw new EngineError(code || "unreachable");
  }
}

export class Api {
  /**
   * `onNet(reached)` is told after every call, `onClock(offset)` how far the server's clock is
   * ahead, `onUnauthorised(code)` why the token isn't taken.
   */
  constructor(base, { onNet, onClock, onUnauthorised }) {
    Object.assign(this, { base, onNet, onClock, onUnauthorised });
    this.token = null;
  }

  get(path) {
    return this.call("GET", path);
  }

  post(path, body, { batch = false } = {}) {
    return this.call("POST", path, body, batch ? BATCH_PATIENCE : PATIENCE);
  }

  delete(path) {
    return this.call("DELETE", path);
  }

  async call(method, path, body, patience = PATIENCE) {
    const begun = Date.now();
    try {
      const answer = await reach(`${this.base}${path}`, this.options(method, body), patience);
      this.onNet(true);
      this.compareClocks(answer.now, begun);
      return answer;
    } catch (error) {
      this.onNet(error instanceof Refusal && error.status < 500);
      if (error.status === 401) this.onUnauthorised(error.code);
      throw error;
    }
  }

  options(method, body) {
    const headers = { Accept: "application/json" };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    return {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    };
  }

  /** The answer was written about half way between the call and now, if it didn't take long. */
  compareClocks(now, begun) {
    const server = Date.parse(now);
    const ended = Date.now();
    const taken = ended - begun;
    if (Number.isNaN(server) || taken < 0 || taken > FAR) return;
    this.onClock(Math.round(server - (begun + ended) / 2));
  }
}
