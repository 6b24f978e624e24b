import { partToKeep } from "./kept-parts.ts";
import "./sprintcast-live.ts";

// The page is /live/ whatever base the site has; its worker lies beside it.
if ("serviceWorker" in navigator && window.isSecureContext && window.top === window) {
  keepForOffline().catch((error) => console.warn("The live page cannot be kept for offline use:", error));
}

async function keepForOffline(): Promise<void> {
  const { serviceWorker } = navigator;
  const isFirstVisit = serviceWorker.controller === null;
  const takenOver = new Promise<unknown>((resolve) => {
    serviceWorker.addEventListener("controllerchange", resolve, { once: true });
  });
  await serviceWorker.register(new URL("worker.js", document.baseURI));
  if (!isFirstVisit) return;
  await takenOver;
  const since = performance.now();
  const recording = document.querySelector("sprintcast-live")?.getAttribute("recording");
  if (recording) keep(recording);
  // What was asked for before the worker came has to pass it once, also what is still on its way.
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (startTime <= since) keep(name);
  }).observe({ type: "resource", buffered: true });
}

function keep(part: string): void {
  const kept = partToKeep(part, document.baseURI);
  if (kept !== null) fetch(kept).catch(() => {});
}
