/** One tab alone may be the scanner: two would each keep a memory of their own. */
const NAME = "door";
const ASKED = 200;

/** Where locks are missing, the tab that was first answers whoever asks; the first silence wins. */
async function claimByAsking(onFree) {
  if (typeof BroadcastChannel === "undefined") return true;
  const channel = new BroadcastChannel(NAME);
  let taken = false;
  let ours = false;
  channel.onmessage = ({ data }) => {
    if (data === "taken") taken = true;
    if (data === "free" && !ours) {
      ours = true;
      onFree();
    }
    if (data === "anyone" && ours) channel.postMessage("taken");
  };
  channel.postMessage("anyone");
  await new Promise((resolve) => setTimeout(resolve, ASKED));
  ours = !taken;
  window.addEventListener("pagehide", () => ours && channel.postMessage("free"));
  return ours;
}

/** Whether this tab is the scanner now; if it isn't, `onFree` is called once it is. */
export function claimDoor(onFree) {
  if (!navigator.locks) return claimByAsking(onFree);
  const forever = new Promise(() => {});
  return new Promise((resolve) => {
    navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      if (lock !== null) return forever;
      navigator.locks.request(NAME, () => {
        onFree();
        return forever;
      });
      return undefined;
    });
  });
}
