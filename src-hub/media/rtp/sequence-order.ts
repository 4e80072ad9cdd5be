// Puts the packets of one RTP stream in the order in which they were sent (RFC 3550 section 5.1).
// A missing one is waited for until eight later ones are there. Used by the recorder; knows nothing of time or codecs.

const heldPackets = 8;
/** So many packets in a row from behind: the sender has begun to count anew. */
const behindUntilRestart = 50;

interface Sequenced {
  readonly sequenceNumber: number;
}

export class SequenceOrder<Packet extends Sequenced> {
  readonly #deliver: (packet: Packet) => void;
  #held: Packet[] = [];
  #next: number | null = null;
  #behind = 0;

  constructor(deliver: (packet: Packet) => void) {
    this.#deliver = deliver;
  }

  receive(packet: Packet): void {
    if (this.#next === null) this.#next = packet.sequenceNumber;
    // Behind what was delivered: a repeat, or too late.
    if (this.#distance(packet) < 0) {
      this.#behind += 1;
      if (this.#behind > behindUntilRestart) this.restart();
      return;
    }
    this.#behind = 0;
    if (this.#held.some(({ sequenceNumber }) => sequenceNumber === packet.sequenceNumber)) return;
    this.#held.push(packet);
    this.#held.sort((a, b) => this.#distance(a) - this.#distance(b));
    while (this.#held[0] && (this.#distance(this.#held[0]) === 0 || this.#held.length > heldPackets)) {
      this.#deliverFirst();
    }
  }

  /** Delivers what is still waited with. */
  flush(): void {
    while (this.#held.length > 0) this.#deliverFirst();
  }

  /** The next packet begins a new stream. */
  restart(): void {
    this.flush();
    this.#next = null;
    this.#behind = 0;
  }

  #deliverFirst(): void {
    const packet = this.#held.shift();
    if (!packet) return;
    this.#next = (packet.sequenceNumber + 1) & 0xffff;
    this.#deliver(packet);
  }

  /** Signed 16-bit distance from the packet that is due. */
  #distance(packet: Packet): number {
    return ((packet.sequenceNumber - (this.#next ?? packet.sequenceNumber)) << 16) >> 16;
  }
}
