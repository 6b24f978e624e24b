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
  // What was loaded before the worker came has to pass it once; so has the recording, which a live server spares.
  const recording = document.querySelector("sprintcast-live")?.getAttribute("recording");
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const parts = [...loaded, ...(recording ? [recording] : [])].map((part) => new URL(part, document.baseURI));
  // A stream would never end, and nobody can keep it.
  const own = parts.filter(
    ({ origin, pathname }) => origin === location.origin && !pathname.endsWith("/events"),
  );
  await Promise.allSettled([...new Set(own.map(({ href }) => href))].map((part) => fetch(part)));
}
