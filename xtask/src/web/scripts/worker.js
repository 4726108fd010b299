// Starts the engine. The page may write before the wasm is there: its messages wait, and then arrive in order.
import start from "./__MODULE__.js";

const early = [];
const hold = (event) => { early.push(event); };
addEventListener("message", hold);

start({ module_or_path: new URL("./__MODULE___bg.wasm", import.meta.url) }).then(
  () => {
    removeEventListener("message", hold);
    for (const { data, ports } of early) dispatchEvent(new MessageEvent("message", { data, ports }));
  },
  // Thrown outside the promise, so that the page's worker.onerror hears it.
  (error) => { setTimeout(() => { throw error; }); },
);
