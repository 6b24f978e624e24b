import fastify, { type FastifyInstance } from "fastify";
import { hashToken, nameOfBearer } from "../eater/tokens.ts";
import { OptionError, type OptionValues } from "../options/options.ts";
import { checkedRequests, limitRequests } from "./limit-requests.ts";
import { refuseHosts } from "./refuse-hosts.ts";

type Routes = (app: FastifyInstance) => Promise<void>;

/**
 * Mounts what only those who run the demo should see, never open: on an address of its own with `--operator-port`,
 * else beside the public routes, for who sends `--operator-token`; without either they are refused.
 * @throws OptionError
 */
export async function mountOperatorRoutes(
  app: FastifyInstance,
  values: OptionValues,
  { probes, secrets }: { probes: Routes; secrets: Routes },
): Promise<void> {
  const { operatorHost: host, operatorPort: port, operatorToken: token } = values;
  if (token !== null && !/^[\w.~+/=-]{16,512}$/.test(token)) {
    throw new OptionError("--operator-token takes 16 to 512 letters, digits and . _ ~ + / = -");
  }
  await app.register(probes);
  if (port === null) {
    await app.register(guarded(token, secrets));
    return;
  }
  const operator = fastify({ forceCloseConnections: true, ...checkedRequests(values.requestTimeoutMs) });
  limitRequests(operator.server, values.requestTimeoutMs);
  refuseHosts(operator);
  await operator.register(probes);
  await operator.register(token === null ? secrets : guarded(token, secrets));
  app.addHook("onReady", async () => {
    const url = await operator.listen({ host, port }).catch((cause) => {
      const message = `cannot listen on ${host}, port ${port} (${cause.code}); choose others with --operator-host and --operator-port`;
      throw new OptionError(message, { cause });
    });
    app.log.info({ url }, "metrics, rollups and anomalies are served here");
  });
  app.addHook("onClose", () => operator.close());
}

/** The same routes, for who sends this token; for nobody where there is none. */
function guarded(token: string | null, routes: Routes): Routes {
  const known = token === null ? [] : [{ name: "operator", hash: hashToken(token) }];
  const message =
    token === null
      ? "nobody may see this: give --operator-port an address of its own, or --operator-token"
      : "send Authorization: Bearer with the token of --operator-token";
  return async (scope) => {
    scope.addHook("onRequest", async (request, reply) => {
      if (nameOfBearer(request.headers.authorization, known) !== null) return;
      reply.header("www-authenticate", 'Bearer realm="operator"');
      return reply.code(401).send({ statusCode: 401, code: "OPERATORS_ONLY", message });
    });
    await routes(scope);
  };
}
