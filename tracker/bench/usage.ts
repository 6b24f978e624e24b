/** Seconds on the wall and of CPU (user and system). */
export interface Spent {
  wall: number;
  cpu: number;
}

export const now = (): Spent => {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now() / 1000, cpu: (user + system) / 1e6 };
};

/** What this process took since then. */
export const since = (start: Spent, end = now()): Spent => ({
  wall: end.wall - start.wall,
  cpu: end.cpu - start.cpu,
});

/** Adds what was taken to a sum. */
export function addTo(sum: Spent, { wall, cpu }: Spent): void {
  sum.wall += wall;
  sum.cpu += cpu;
}
