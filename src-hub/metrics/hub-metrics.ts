// What Prometheus is told of a hub. Counts and times only: no label names a person, a number, a project or an address.
// Made by compose.ts, one registry per hub; served by http/health-routes.ts.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OfferEnded } from '../exchange/exchange-ports.ts';
import type { RoutedOutcome } from '../routing/route-decision.ts';

/** Read when somebody asks for the metrics. */
export interface LoadNow {
  readonly hubConnections: number;
  readonly signedIn: number;
  readonly sipConnections: number;
  readonly registrations: number;
  readonly ringingCalls: number;
  readonly waitingCalls: number;
  readonly dialogs: number;
}

export interface HubMetrics {
  queryEnded(kind: string, durationMs: number, failed: boolean): void;
  offerEnded(outcome: OfferEnded['outcome']): void;
  callEnded(outcome: RoutedOutcome): void;
  /** An upgrade to WebSocket was refused with this HTTP status. */
  upgradeRefused(status: number): void;
  watch(load: () => LoadNow): void;
  readonly contentType: string;
  text(): Promise<string>;
}

export function createHubMetrics(): HubMetrics {
  const registry = new Registry();
  const registers = [registry];
  // Process, garbage collection, event loop lag (nodejs_eventloop_lag_*).
  collectDefaultMetrics({ register: registry });
  const queries = new Histogram({
    name: 'offhook_database_query_seconds',
    help: 'Time that queries took, by their kind.',
    labelNames: ['kind'],
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
    registers,
  });
  const failedQueries = new Counter({
    name: 'offhook_database_query_failures_total',
    help: 'Queries that failed, by their kind.',
    labelNames: ['kind'],
    registers,
  });
  const offers = new Counter({
    name: 'offhook_offers_total',
    help: 'Offers of a call to a user, by how they ended.',
    labelNames: ['outcome'],
    registers,
  });
  const calls = new Counter({
    name: 'offhook_calls_routed_total',
    help: 'Calls that were routed, by how their routing ended.',
    labelNames: ['outcome'],
    registers,
  });
  const refusals = new Counter({
    name: 'offhook_upgrades_refused_total',
    help: 'WebSockets that were refused, by HTTP status.',
    labelNames: ['status'],
    registers,
  });
  return {
    queryEnded(kind, durationMs, failed) {
      queries.observe({ kind }, durationMs / 1000);
      if (failed) failedQueries.inc({ kind });
    },
    offerEnded: (outcome) => offers.inc({ outcome }),
    callEnded: (outcome) => calls.inc({ outcome }),
    upgradeRefused: (status) => refusals.inc({ status: String(status) }),
    watch(load) {
      const connections = gauge('offhook_connections', 'Open WebSockets, by what they carry.', ['wire']);
      const others = {
        signedIn: gauge('offhook_signed_in_connections', 'Desktops that are signed in.'),
        registrations: gauge('offhook_registrations', 'Devices registered with the exchange.'),
        ringingCalls: gauge('offhook_calls_ringing', 'Calls that ring now.'),
        waitingCalls: gauge('offhook_calls_waiting', 'Calls that wait until an agent is free.'),
        dialogs: gauge('offhook_calls_established', 'Calls that are established.'),
      };
      connections.collect = () => {
        const now = load();
        connections.set({ wire: 'hub' }, now.hubConnections);
        connections.set({ wire: 'sip' }, now.sipConnections);
        for (const [name, each] of Object.entries(others)) each.set(now[name as keyof typeof others]);
      };
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };

  function gauge(name: string, help: string, labelNames: string[] = []): Gauge & { collect: () => void } {
    return new Gauge({ name, help, labelNames, registers }) as Gauge & { collect: () => void };
  }
}
