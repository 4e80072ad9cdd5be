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

  closeAll(): void {
    for (const connection of [...this.#connections]) connection.close();
  }
}
