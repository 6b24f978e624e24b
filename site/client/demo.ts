// The element is small, defines itself, and fetches the rest of the demo when it is first seen.
import "@sprintcast/demo/view/sprintcast-live";
