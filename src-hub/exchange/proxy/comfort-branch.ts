// What a waiting caller hears: a media end that is called beside the fork, whose early media (RFC 3261 13.2.1, RFC 3960)
// is passed to the caller until the call is answered or over. It is no offer: nobody hears of its end, and it never wins
// the call. Run by call-fork.ts.
import type { SipResponse } from '../message/sip-message.ts';
import type { Binding } from '../registrar/registrar.ts';
import type { ClientTransaction } from '../transactions/client-transaction.ts';
import type { ServerTransaction } from '../transactions/server-transaction.ts';
import type { Caller } from './branch-request.ts';
import { createBranchRequest } from './branch-request.ts';
import { passableResponse } from './header-policy.ts';
import { endLateAnswer } from './late-answer.ts';
import type { ProxyParts } from './proxy-parts.ts';
import { withdrawnReason } from './reasons.ts';

export class ComfortBranch {
  readonly #parts: ProxyParts;
  readonly #server: ServerTransaction;
  #transaction: ClientTransaction | null = null;
  #over = false;

  constructor(parts: ProxyParts, server: ServerTransaction, caller: Caller, binding: Binding) {
    this.#parts = parts;
    this.#server = server;
    const invite = createBranchRequest(parts, server.request, caller, binding, {});
    let ended = false;
    this.#transaction = parts.table.send(
      invite,
      binding.flow,
      {
        responded: (answer) => {
          if (answer.status >= 200 && answer.status < 300) {
            endLateAnswer(parts, { invite, answer, binding }, ended ? null : withdrawnReason);
            ended = true;
          } else this.#heard(answer, binding);
        },
        // The caller waits on in silence.
        failed: () => parts.log.warn('exchange: the comfort tone of a waiting call is away', {}),
      },
      null,
    );
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#transaction?.cancel(null);
  }

  #heard(response: SipResponse, { user }: Binding): void {
    const sounds = response.status > 100 && response.status < 200 && response.body.length > 0;
    if (this.#over || !sounds) return;
    this.#server.respond(passableResponse(this.#server.request, response, this.#parts.trustOf(user)));
  }
}
