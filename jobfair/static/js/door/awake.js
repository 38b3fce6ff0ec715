/** Keeps the screen on while it is needed; browsers let go of it whenever the page is hidden. */
let lock = null;

/** Has the screen stay on, or not, as far as the browser can. */
export async function keepAwake(wanted) {
  if (!wanted) {
    const held = lock;
    lock = null;
    await held?.release().catch(() => {});
    return;
  }
  if (lock && !lock.released) return;
  lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
}
