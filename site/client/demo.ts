// The element is small, defines itself, and fetches the rest of the demo when it is first seen.
import "../../demo/view/sprintcast-live.ts";
