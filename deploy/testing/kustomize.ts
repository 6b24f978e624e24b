import { execFileSync } from "node:child_process";
import { parseAllDocuments } from "yaml";
import { findProgram } from "../../demo/testing/start-process.ts";

/** A Kubernetes object, as far as tests look into it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: its schema is checked by kubernetes-models, not by the compiler
  spec?: any;
  data?: Record<string, string>;
}

/** kubectl with a kustomize that knows components; null, with a warning, where there is none. */
export function findKustomize(): string | null {
  const kubectl = findProgram("kubectl", "kubernetes-client");
  if (!kubectl) return null;
  try {
    const version = execFileSync(kubectl, ["version", "--client"], { encoding: "utf8" });
    if (/Kustomize Version: v([5-9]|\d\d)/.test(version)) return kubectl;
  } catch {
    // One too old for this option is too old for the overlays.
  }
  console.warn("SKIPPED: the Kubernetes overlays, because kubectl is older than 1.27 (kustomize 5)");
  return null;
}

/** @throws Error where the folder cannot be built */
export function kustomize(kubectl: string, folder: string): KubernetesObject[] {
  const built = execFileSync(kubectl, ["kustomize", folder], { encoding: "utf8" });
  return parseAllDocuments(built).map((document) => document.toJS());
}
