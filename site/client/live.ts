// The element, and the worker that keeps this page for offline use.
import "../../demo/view/live-page.ts";
