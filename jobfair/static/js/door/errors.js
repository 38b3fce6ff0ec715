/** What the engine refuses, by a code that the screens put into words. */
export class EngineError extends Error {
  constructor(code) {
    super(code);
    this.name = "EngineError";
    this.code = code;
  }
}
