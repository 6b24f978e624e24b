// The element, and the worker that keeps this page for offline use.
import "@sprintcast/demo/view/live-page";
