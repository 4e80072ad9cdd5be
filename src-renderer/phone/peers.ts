// The connections of this window by id, and the contract's handlers for them. Steps of one connection run one after
// another, so that a close that overtakes the opening of the microphone leaves nothing behind.
import type { IceCandidate, MediaContract, PeerSnapshot } from '#shared/media/media-contract.ts';
import { CommandFailed } from '#shared/wire/command-failed.ts';
import type { CommandName, Handlers } from '#shared/wire/contract.ts';
import type { Microphone } from './microphone.ts';
import type { Outputs } from './outputs.ts';
import { Peer, type StateEvent } from './peer.ts';

type PeerCommand = Extract<CommandName<MediaContract>, `peer.${string}`>;

export interface Peers {
  readonly handlers: Pick<Handlers<MediaContract, undefined>, PeerCommand>;
}

interface Held {
  readonly peer: Peer;
  last: Promise<unknown>;
}

export function createPeers(parts: {
  microphone: Microphone;
  outputs: Outputs;
  onChanged: (change: { connectionId: string; event: StateEvent; snapshot: PeerSnapshot }) => void;
  onCandidate: (told: {
    connectionId: string;
    candidate: IceCandidate | null;
    snapshot: PeerSnapshot;
  }) => void;
  onMuteChanged: (change: { connectionId: string; muted: boolean }) => void;
}): Peers {
  const peers = new Map<string, Held>();

  const find = (connectionId: string): Held => {
    const held = peers.get(connectionId);
    if (!held) throw new CommandFailed('noSuchConnection', 'The phone window has no such connection.');
    return held;
  };

  /** Runs a step after those before it; what the browser throws becomes 'webRtc'. */
  const inTurn = <T>(held: Held, step: (peer: Peer) => Promise<T> | T): Promise<T> => {
    const run = held.last.then(async () => {
      try {
        return await step(held.peer);
      } catch (error) {
        if (error instanceof CommandFailed) throw error;
        throw new CommandFailed(
          'webRtc',
          error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
        );
      }
    });
    // A step that failed is told to its asker; the next one runs all the same.
    held.last = run.catch(() => undefined);
    return run;
  };

  const changing = async (connectionId: string, step: (peer: Peer) => Promise<void>) =>
    inTurn(find(connectionId), async (peer) => {
      await step(peer);
      return { snapshot: peer.snapshot() };
    });

  return {
    handlers: {
      'peer.create': async ({ connectionId, iceServers, relayOnly = false, muted }) => {
        if (peers.has(connectionId))
          throw new CommandFailed('connectionExists', 'The phone window has that connection already.');
        const peer = new Peer({
          connectionId,
          iceServers,
          relayOnly,
          muted,
          outputs: parts.outputs,
          events: {
            changed: (event, snapshot) => parts.onChanged({ connectionId, event, snapshot }),
            candidate: (candidate, snapshot) =>
              parts.onCandidate({ connectionId, candidate: candidate && plain(candidate), snapshot }),
            muteChanged: (nowMuted) => parts.onMuteChanged({ connectionId, muted: nowMuted }),
          },
        });
        const held: Held = { peer, last: Promise.resolve() };
        peers.set(connectionId, held);
        try {
          await inTurn(held, () => peer.addMicrophone(parts.microphone));
        } catch (error) {
          peers.delete(connectionId);
          peer.close();
          throw error;
        }
        return { snapshot: peer.snapshot() };
      },
      'peer.createOffer': ({ connectionId, iceRestart }) =>
        inTurn(find(connectionId), async (peer) => {
          const description = await peer.createOffer(iceRestart);
          return { description, snapshot: peer.snapshot() };
        }),
      'peer.createAnswer': ({ connectionId }) =>
        inTurn(find(connectionId), async (peer) => {
          const description = await peer.createAnswer();
          return { description, snapshot: peer.snapshot() };
        }),
      'peer.setLocalDescription': ({ connectionId, description }) =>
        changing(connectionId, (peer) => peer.setLocalDescription(description)),
      'peer.setRemoteDescription': ({ connectionId, description }) =>
        changing(connectionId, (peer) => peer.setRemoteDescription(description)),
      'peer.close': ({ connectionId }) => {
        const held = peers.get(connectionId);
        peers.delete(connectionId);
        held?.peer.close();
        return null;
      },
      'peer.setMuted': ({ connectionId, muted }) => ({ muted: find(connectionId).peer.setMuted(muted) }),
      'peer.setHeld': ({ connectionId, held }) => {
        find(connectionId).peer.setHeld(held);
        return null;
      },
      'peer.sendDtmf': async ({ connectionId, tones, durationMs, gapMs }) => {
        await find(connectionId).peer.sendDtmf(tones, durationMs, gapMs);
        return null;
      },
      'peer.sample': ({ connectionId }) => find(connectionId).peer.sample(),
    },
  };
}

function plain({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidate): IceCandidate {
  return { candidate, sdpMid, sdpMLineIndex };
}
