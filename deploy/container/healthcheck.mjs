// Exit code 0 while the program in this container is ready. Slim images have neither curl nor wget.
const port = process.env.SPRINTCAST_DEMO_PORT ?? "8787";
const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
process.exit(answer?.ok ? 0 : 1);
