import { describe, expect, it } from "vitest";
import { openStore } from "./open.ts";

describe("whose history a database holds", () => {
  it("is the first repository that it was told of, in the spelling of then", () => {
    const store = openStore(":memory:");
    expect([store.repository(), store.repositoryNames()]).toEqual([null, []]);
    store.setRepository("Acme/Shop");
    store.setRepository("acme/shop");
    expect([store.repository(), store.repositoryNames()]).toEqual(["Acme/Shop", ["Acme/Shop"]]);
    store.close();
  });

  it("is never another's: the error names both", () => {
    const store = openStore(":memory:");
    store.setRepository("acme/shop");
    expect(() => store.setRepository("acme/infra")).toThrow(
      /holds the history of acme\/shop, not of acme\/infra/,
    );
    expect(store.repository()).toBe("acme/shop");
    store.close();
  });

  it("keeps every name that it bore, newest first and each once", () => {
    const store = openStore(":memory:");
    store.renameRepository("acme/old");
    expect(store.repositoryNames()).toEqual(["acme/old"]);
    for (const name of ["acme/shop", "acme/shop", "acme/store", "acme/old"]) store.renameRepository(name);
    expect(store.repository()).toBe("acme/old");
    expect(store.repositoryNames()).toEqual(["acme/old", "acme/store", "acme/shop"]);
    store.close();
  });
});
