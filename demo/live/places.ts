import { isLoopback, networkOf } from "../address.ts";

/** Counts the viewers of each address. Those of this machine itself are not counted: they can do worse than watch. */
export function createPlaces() {
  const taken = new Map<string, number>();
  return {
    /** Viewers that this address, or its network of IPv6, has at the moment. */
    of: (address: string): number => taken.get(networkOf(address)) ?? 0,
    /** Takes a place. @returns what gives it back, once */
    take(address: string): () => void {
      if (isLoopback(address)) return () => {};
      const key = networkOf(address);
      taken.set(key, (taken.get(key) ?? 0) + 1);
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        const left = (taken.get(key) ?? 1) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}
