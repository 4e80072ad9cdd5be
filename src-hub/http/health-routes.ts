// What watches over a hub: /health (it lives), /ready (it can work), /metrics (how it fares, for Prometheus).
import type { FastifyInstance } from 'fastify';

export interface HealthParts {
  /** Whether the database answers; false while the hub stops. */
  ready(): Promise<boolean>;
  metrics(): Promise<string>;
  readonly metricsType: string;
  /** Whether this request may read the metrics. */
  mayReadMetrics(request: import('node:http').IncomingMessage): boolean;
}

export function healthRoutes(app: FastifyInstance, parts: HealthParts): void {
  app.get('/health', () => ({ status: 'ok' }));
  app.get('/ready', async (_, reply) => {
    const ready = await parts.ready();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'notReady' });
  });
  app.get('/metrics', async (request, reply) => {
    if (!parts.mayReadMetrics(request.raw)) return reply.code(401).send({ refused: 'notAllowed' });
    return reply.type(parts.metricsType).send(await parts.metrics());
  });
}
