/**
 * A number in [0, 1) that depends on its arguments alone: no state, so that any device can be asked about any instant.
 * Mixes as the 32-bit finaliser of MurmurHash3 does.
 */
export function unit(...keys: number[]): number {
  let hash = 0x9e3779b9;
  for (const key of keys) {
    hash = mix(hash ^ (key >>> 0));
    hash = mix(hash ^ (Math.floor(key / 2 ** 32) >>> 0));
  }
  return hash / 2 ** 32;
}

function mix(start: number): number {
  let hash = start;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A standard normal deviate, by Box and Muller, of the same kind. */
export function normal(...keys: number[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - unit(...keys, 1)));
  return radius * Math.cos(2 * Math.PI * unit(...keys, 2));
}
