// The answering end of a contract: parses each call, runs its handler, answers or refuses.
// A frame that cannot be parsed is logged and answered where it carries an id, dropped where it does not.
import { z } from 'zod';
import { CommandFailed } from './command-failed.ts';
import type { CommandName, Contract, EventName, EventOf, Handlers } from './contract.ts';
import { callFrame } from './frames.ts';
import type { WireLog, WirePort } from './wire-port.ts';

export interface Served<K extends Contract> {
  /** Tells the other side an event. Payloads are checked against the contract: a bad one throws, it is our bug. */
  emit<N extends EventName<K>>(name: N, payload: EventOf<K, N>): void;
  close(): void;
}

const withId = z.looseObject({ kind: z.literal('call'), id: z.int().nonnegative() });

/**
 * Serves `contract` on `port` until the port closes.
 * @param context handed to every handler: who is asking (window, user), decided by the transport, never by the frame.
 */
export function serve<K extends Contract, Context>(
  contract: K,
  handlers: Handlers<K, Context>,
  port: WirePort,
  options: { context: Context; log: WireLog },
): Served<K> {
  const { context, log } = options;
  let open = true;

  const refuse = (id: number, reason: string, message: string) => {
    if (open) port.post({ kind: 'refusal', id, reason, message: message.slice(0, 2000) });
  };

  const answer = async (id: number, name: CommandName<K>, payload: unknown) => {
    const spec = contract.commands[name];
    if (!spec || !Object.hasOwn(contract.commands, name)) {
      log.warn('wire: unknown command', { contract: contract.name, command: name.slice(0, 100) });
      return refuse(id, 'unknownCommand', `There is no command of that name in ${contract.name}.`);
    }
    const request = spec.request.safeParse(payload);
    if (!request.success) {
      log.warn('wire: request does not fit', {
        contract: contract.name,
        command: name,
        at: where(request.error),
      });
      return refuse(id, 'malformed', `The request does not fit ${name}: ${where(request.error)}`);
    }
    try {
      const reply = await handlers[name](request.data as never, context);
      const checked = spec.reply.parse(reply);
      if (open) port.post({ kind: 'reply', id, payload: checked });
    } catch (error) {
      if (error instanceof CommandFailed) return refuse(id, error.reason, error.message);
      log.error('wire: a handler failed', { contract: contract.name, command: name, error });
      refuse(id, 'internal', 'Something in Offhook failed; it is in the log.');
    }
  };

  const stopFrames = port.onFrame((raw) => {
    const frame = callFrame.safeParse(raw);
    if (frame.success) {
      void answer(frame.data.id, frame.data.name as CommandName<K>, frame.data.payload);
      return;
    }
    log.warn('wire: malformed frame', { contract: contract.name, at: where(frame.error) });
    const partial = withId.safeParse(raw);
    if (partial.success) refuse(partial.data.id, 'malformed', 'The frame is not one that this wire knows.');
  });
  const stop = () => {
    open = false;
    stopFrames();
    stopClose();
  };
  const stopClose = port.onClose(stop);

  return {
    emit(name, payload) {
      const schema = contract.events[name];
      if (!schema) throw new Error(`${contract.name} has no event ${name}`);
      const checked = schema.parse(payload);
      if (open) port.post({ kind: 'event', name, payload: checked });
    },
    close: stop,
  };
}

/** Names the places that did not fit, never the values. */
function where(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.map(String).join('.') || '(root)'}: ${issue.code}`)
    .join(', ');
}
