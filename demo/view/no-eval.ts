import { config } from "zod/mini";

// Imported before any schema is made: zod would else try to compile it, which a strict page reports as a violation.
config({ jitless: true });
