// JsSIP was written for pages: it reads RTCPeerConnection from `window` and from the global scope.
// Here both become a dispatcher: the configuration that a call was started with names who makes its connection
// (JsSIP clones pcConfig shallowly, so the function arrives), and several makers can live in one process.

/** Put into `pcConfig` of every JsSIP call and answer. */
export interface PeerConnectionMaker {
  readonly createPeerConnection: (configuration: object) => object;
}

interface Description {
  readonly type: string;
  readonly sdp: string;
}

/** Installs the globals once; later calls change nothing. Needed before the first INVITE, in or out. */
export function installPeerConnectionGlobals(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  if (scope.RTCPeerConnection === DispatchedPeerConnection) return;
  scope.RTCPeerConnection = DispatchedPeerConnection;
  scope.RTCSessionDescription = PlainSessionDescription;
  scope.window = { RTCPeerConnection: DispatchedPeerConnection };
}

class DispatchedPeerConnection {
  constructor(configuration?: Partial<PeerConnectionMaker>) {
    if (!configuration?.createPeerConnection) throw new Error('pcConfig lacks createPeerConnection');
    // biome-ignore lint/correctness/noConstructorReturn: `new RTCPeerConnection` is JsSIP's only way to ask for one.
    return configuration.createPeerConnection(configuration) as DispatchedPeerConnection;
  }
}

class PlainSessionDescription {
  readonly type: string;
  readonly sdp: string;

  constructor({ type, sdp }: Description) {
    this.type = type;
    this.sdp = sdp;
  }
}
