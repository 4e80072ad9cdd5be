// All connections that are open now, so that news reach every device of a user.
import type { UserId } from '#shared/domain/ids.ts';
import type { HubContract } from '#shared/hub/hub-contract.ts';
import type { EventName, EventOf } from '#shared/wire/contract.ts';
import type { HubConnection } from './hub-connection.ts';

export class LiveConnections {
  readonly #connections = new Set<HubConnection>();

  add(connection: HubConnection): void {
    this.#connections.add(connection);
  }

  remove(connection: HubConnection): void {
    this.#connections.delete(connection);
  }

  all(): HubConnection[] {
    return [...this.#connections];
  }

  ofUser(userId: UserId): HubConnection[] {
    return [...this.#connections].filter((connection) => connection.signedIn?.user.userId === userId);
  }

  /** Tells every device of the user, or all but one. */
  tellUser<N extends EventName<HubContract>>(
    userId: UserId,
    name: N,
    payload: EventOf<HubContract, N>,
    except?: HubConnection,
  ): void {
    for (const connection of this.ofUser(userId)) {
      if (connection !== except) connection.tell(name, payload);
    }
  }

  count(): { all: number; signedIn: number } {
    const all = [...this.#connections];
    return { all: all.length, signedIn: all.filter(({ signedIn }) => signedIn !== null).length };
  }

  tellAll<N extends EventName<HubContract>>(name: N, payload: EventOf<HubContract, N>): void {
    for (const connection of this.#connections) connection.tell(name, payload);
  }

  /** With 1012 of RFC 6455's registry: the service restarts, come again. */
  closeAll(): void {
    for (const connection of [...this.#connections]) connection.close(1012);
  }
}
