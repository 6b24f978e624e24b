import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDemoApp } from "../../demo/app/app.ts";
import { envOf, options } from "../../demo/options/options.ts";
import type { Program } from "../../demo/options/spec.ts";
import { present } from "../../demo/testing/present.ts";
import { wrongVariables } from "../testing/deployed-options.ts";
import { findKustomize, type KubernetesObject, kustomize } from "../testing/kustomize.ts";

const folder = fileURLToPath(new URL("overlays", import.meta.url));
const kubectl = findKustomize();
const overlays = readdirSync(folder);

interface Model {
  new (object: object): { validate(): void };
}

const packages = [
  ["gateway.networking.k8s.io/", "@kubernetes-models/gateway-api"],
  ["networking.gke.io/", "@kubernetes-models/gke"],
] as const;

/** The model of one kind of object, as its package names it. */
async function modelOf({ apiVersion, kind }: KubernetesObject): Promise<Model> {
  const [, from = "kubernetes-models"] = packages.find(([group]) => apiVersion.startsWith(group)) ?? [];
  const models = await import(`${from}/${apiVersion}`);
  return models[kind];
}

describe.runIf(kubectl).each(overlays)("the overlay %s (needs kubectl)", (overlay) => {
  let objects: KubernetesObject[];
  let app: FastifyInstance;
  let home: string;
  beforeAll(async () => {
    objects = kustomize(present(kubectl), join(folder, overlay));
    home = await mkdtemp(join(tmpdir(), "kubernetes-"));
    const values = { db: join(home, "demo.db"), logLevel: "silent", operatorToken: "operators-know-this" };
    app = await createDemoApp({ values });
  });
  afterAll(async () => {
    await app.close();
    await rm(home, { recursive: true });
  });

  const of = (kind: string) => objects.filter((object) => object.kind === kind);
  const pods = () => [...of("Deployment"), ...of("StatefulSet")];
  /** Whether the gateway is Google's own, which knows less than others. */
  const isGoogles = () => present(of("Gateway")[0]).spec.gatewayClassName.startsWith("gke-");
  const isServed = (url: string) =>
    (["GET", "POST"] as const).some((method) => app.hasRoute({ method, url }));
  const containersOf = (object: KubernetesObject) => object.spec.template.spec.containers;
  const programs = () =>
    of("Deployment").filter((object) => containersOf(object)[0].image.includes("sprintcast-demo"));
  const labelsMatch = (selector: { matchLabels?: object; matchExpressions?: unknown[] }, labels: object) =>
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => Reflect.get(labels, key) === value);

  it("holds objects that are what they say, in one namespace, and no Ingress", async () => {
    for (const object of objects) {
      const Kind = await modelOf(object);
      expect(() => new Kind(object).validate(), `${object.kind} ${object.metadata.name}`).not.toThrow();
      expect(object.metadata.namespace).toBe("sprintcast");
    }
    expect(of("Ingress")).toEqual([]);
    const broken = structuredClone(present(of("Deployment")[0]));
    broken.spec.template.spec.containers[0].ports = "8787";
    const Deployment = await modelOf(broken);
    expect(() => new Deployment(broken).validate()).toThrow();
  });

  it("gives each program the options that it has, secrets by reference", () => {
    expect(programs().length).toBeGreaterThanOrEqual(2);
    for (const program of programs()) {
      const [container] = containersOf(program);
      const [name] = container.args as [Program];
      const shared = (container.envFrom ?? []).flatMap(
        ({ configMapRef }: { configMapRef: { name: string } }) => {
          const map = of("ConfigMap").find(({ metadata }) => metadata.name === configMapRef.name);
          return Object.entries(present(map?.data));
        },
      );
      const own = (container.env ?? []).map(
        ({ name: key, value }: { name: string; value?: string }) => [key, value ?? null] as const,
      );
      expect([name, wrongVariables(name, Object.fromEntries([...shared, ...own]))]).toEqual([name, []]);
      for (const key of ["store", "token"] as const) {
        const variable = own.find(([found]: [string]) => found === envOf(key));
        if (variable) expect(variable[1]).toBeNull();
      }
    }
    expect(of("Secret")).toEqual([]);
  });

  it("names ports, services and volumes that are there, on the port where the programs listen", () => {
    for (const program of pods()) {
      for (const container of containersOf(program)) {
        const ports = new Map(
          (container.ports ?? []).map((port: { name: string; containerPort: number }) => [
            port.name,
            port.containerPort,
          ]),
        );
        for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
          const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
          if (port !== undefined) expect([...ports.keys()]).toContain(port);
        }
        if (!container.image.includes("sprintcast-demo") || container.args[0] === "feeder") continue;
        expect(ports.get("http")).toBe(options.port.default);
        const operator = of("ConfigMap")
          .map(({ data }) => data?.[envOf("operatorPort")])
          .find(Boolean);
        expect(ports.get("operator")).toBe(Number(operator));
      }
      const volumes = (program.spec.template.spec.volumes ?? []).map(({ name }: { name: string }) => name);
      const claims = (program.spec.volumeClaimTemplates ?? []).map(
        (claim: KubernetesObject) => claim.metadata.name,
      );
      for (const container of containersOf(program)) {
        for (const mount of container.volumeMounts ?? [])
          expect([...volumes, ...claims]).toContain(mount.name);
      }
    }
    for (const service of of("Service")) {
      const target = pods().find((pod) =>
        labelsMatch({ matchLabels: service.spec.selector }, pod.spec.template.metadata.labels),
      );
      const names = containersOf(present(target))[0].ports.map(({ name }: { name: string }) => name);
      for (const port of service.spec.ports) expect(names).toContain(port.targetPort);
    }
    const kinds = new Map(
      of("Service").map(({ metadata, spec }) => [metadata.name, spec.ports[0].appProtocol]),
    );
    expect(kinds.get("sprintcast-live")).toBe(isGoogles() ? "HTTP" : "kubernetes.io/ws");
  });

  it("sends to services what the programs serve, and nothing that is not public", () => {
    const paths: string[] = [];
    for (const route of of("HTTPRoute")) {
      for (const { matches = [], backendRefs = [] } of route.spec.rules) {
        for (const { name, port } of backendRefs) {
          const service = of("Service").find(({ metadata }) => metadata.name === name);
          expect(present(service).spec.ports.map((known: { port: number }) => known.port)).toContain(port);
        }
        for (const { path } of matches) {
          paths.push(path.value);
          expect([path.type, isServed(path.value)]).toEqual(["Exact", true]);
        }
      }
      const [gateway] = of("Gateway");
      const listeners = present(gateway).spec.listeners.map(({ name }: { name: string }) => name);
      for (const { sectionName } of route.spec.parentRefs) expect(listeners).toContain(sectionName);
    }
    expect(paths.sort()).toEqual(["/ingest", "/live", "/live/events"]);
    for (const program of programs()) {
      const [container] = containersOf(program);
      for (const kind of ["startupProbe", "livenessProbe", "readinessProbe"]) {
        const path = container[kind]?.httpGet?.path;
        if (path) expect(isServed(path)).toBe(true);
      }
    }
  });

  it.runIf(overlay === "production")("tells Google's load balancer what it takes from nowhere else", () => {
    expect(isGoogles()).toBe(true);
    const policyOf = (kind: string, service: string) =>
      present(of(kind).find(({ spec }) => spec.targetRef.name === service)).spec.default;
    const rules = of("HTTPRoute").flatMap(({ spec }) => spec.rules);
    // It refuses the whole route for either (UnsupportedValue).
    expect(rules.filter(({ timeouts }) => timeouts)).toEqual([]);
    const services = new Set<string>(
      rules.flatMap(({ backendRefs = [] }) => backendRefs.map(({ name }: { name: string }) => name)),
    );
    expect([...services].sort()).toEqual(["sprintcast-eater", "sprintcast-live"]);
    for (const service of services) {
      const { config } = policyOf("HealthCheckPolicy", service);
      expect(isServed(config.httpHealthCheck.requestPath)).toBe(true);
      expect(policyOf("GCPBackendPolicy", service).timeoutSec).toBeGreaterThanOrEqual(30);
    }
    const silence = 2 * options.heartbeatMs.default;
    expect(1000 * policyOf("GCPBackendPolicy", "sprintcast-live").timeoutSec).toBeGreaterThan(silence);
  });

  it("is guarded: no root, no writing, no pod without a policy, one pod always there", () => {
    for (const pod of pods()) {
      const { securityContext, automountServiceAccountToken } = pod.spec.template.spec;
      expect([securityContext.runAsNonRoot, automountServiceAccountToken]).toEqual([true, false]);
      for (const container of containersOf(pod)) {
        expect(container.securityContext.allowPrivilegeEscalation).toBe(false);
        expect(container.resources.limits.memory).toBeDefined();
        expect(container.image).toMatch(/:[\w.-]*\d/);
        expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
      }
    }
    const deny = of("NetworkPolicy").find(({ spec }) => Object.keys(spec.podSelector).length === 0);
    expect(deny?.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    for (const { metadata, spec } of of("PodDisruptionBudget"))
      expect([metadata.name, spec.maxUnavailable]).toEqual([metadata.name, 1]);
    for (const name of ["sprintcast-eater", "sprintcast-live"]) {
      for (const kind of ["PodDisruptionBudget", "HorizontalPodAutoscaler"]) {
        expect(of(kind).map(({ metadata }) => metadata.name)).toContain(name);
      }
      const scaled = of("Deployment").find(({ metadata }) => metadata.name === name);
      // A number here would undo the autoscaler's at every apply.
      expect(present(scaled).spec.replicas).toBeUndefined();
    }
  });
});
