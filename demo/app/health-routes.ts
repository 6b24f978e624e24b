import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";

export interface Health {
  /** What only a restart can mend. */
  fatal(): string[];
  /** What keeps the process from its work. */
  troubles(): string[];
  /** What is amiss while it works on; also brings the gauges up to date. */
  degraded(): string[];
}

/**
 * `GET /healthz` answers 200 while a restart would mend nothing, else 503; `GET /readyz` answers 503 with the reasons
 * while it should be sent no traffic, and says what is amiss besides.
 */
export function probeRoutes(app: FastifyInstance, { fatal, troubles, degraded }: Health): void {
  app.get("/healthz", async (_, reply) => {
    const reasons = fatal();
    return reply.code(reasons.length > 0 ? 503 : 200).send({ healthy: reasons.length === 0, reasons });
  });
  app.get("/readyz", async (_, reply) => {
    const reasons = troubles();
    return reply
      .code(reasons.length > 0 ? 503 : 200)
      .send({ ready: reasons.length === 0, reasons, degraded: degraded() });
  });
}

/** `GET /metrics` in Prometheus' text format. */
export function metricsRoute(app: FastifyInstance, registry: Registry, { degraded }: Health): void {
  app.get("/metrics", async (_, reply) => {
    degraded();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
