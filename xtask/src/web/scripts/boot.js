// Starts the page. A failure is said on the page itself: html[data-boot="failed"] shows what index.html holds for it.
import start from "./__MODULE__.js";

start({ module_or_path: new URL("./__MODULE___bg.wasm", import.meta.url) }).then(
  () => { document.documentElement.dataset.boot = "done"; },
  (error) => {
    document.documentElement.dataset.boot = "failed";
    throw error;
  },
);
