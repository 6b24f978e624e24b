import "./sprintcast-live.ts";

// The page is /live/ whatever base the site has; its worker lies beside it.
if ("serviceWorker" in navigator && window.isSecureContext && window.top === window) {
  navigator.serviceWorker
    .register(new URL("worker.js", document.baseURI))
    .catch((error) => console.warn("The live page cannot be kept for offline use:", error));
}
