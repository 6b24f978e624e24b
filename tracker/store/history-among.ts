import type { Repositories } from "../core/model/repositories.ts";
import { joinHistories } from "./joined.ts";
import type { History, Store } from "./store.ts";
import { transfersAmong } from "./transfers.ts";

/**
 * The histories of a team's repositories as one. A single one is read as it is, unless an issue left it and came back
 * under another number: that one is known twice, and must count once.
 */
export function historyAmong(stores: readonly (Store | null)[], repositories: Repositories): History {
  const [single] = stores;
  return stores.length === 1 && single && transfersAmong(stores, repositories).size === 0
    ? single
    : joinHistories(stores, repositories);
}
