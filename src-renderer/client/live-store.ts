// What main owns, mirrored: one subscription per topic and window, read by useLive. Never changed by a window.
// `load` fetches the topics that a window needs before its first paint, so that it opens with content.
import type { DesktopContract } from '#shared/desktop/desktop-contract.ts';
import type { EventOf } from '#shared/wire/contract.ts';
import type { DesktopClient } from './desktop-client.ts';

export const topicNames = [
  'session',
  'presence',
  'phone',
  'network',
  'hubAddress',
  'sync',
  'calls',
  'dialUp',
  'inbox',
  'dispositions',
  'callForms',
  'settings',
  'devices',
] as const;
export type TopicName = (typeof topicNames)[number];
export type TopicOf<N extends TopicName> = EventOf<DesktopContract, `${N}.changed`>;
/** What a page was drawn with before main was asked. */
export type FirstValues = { readonly [N in TopicName]?: TopicOf<N> };

export class LiveStore {
  readonly #client: DesktopClient;
  readonly #values = new Map<TopicName, unknown>();
  readonly #listeners = new Map<TopicName, Set<() => void>>();
  readonly #followed = new Set<TopicName>();
  readonly #first: FirstValues;

  constructor(client: DesktopClient, first: FirstValues = {}) {
    this.#client = client;
    this.#first = first;
  }

  /** Follows the topics and resolves when each has a value. @throws CommandFailed of the first that is refused. */
  async load(names: readonly TopicName[]): Promise<void> {
    await Promise.all(names.map((name) => this.#follow(name)));
  }

  /** @throws Error where the topic was not loaded: the window's main.tsx must name it. */
  value<N extends TopicName>(name: N): TopicOf<N> {
    if (!this.#values.has(name)) throw new Error(`The topic ${name} was not loaded by this window.`);
    return this.#values.get(name) as TopicOf<N>;
  }

  /** What the page was drawn with, for the moment in which React takes it over; else the value of now. */
  firstValue<N extends TopicName>(name: N): TopicOf<N> {
    return (this.#first[name] as TopicOf<N> | undefined) ?? this.value(name);
  }

  subscribe(name: TopicName, listener: () => void): () => void {
    const heard = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, heard);
    heard.add(listener);
    return () => heard.delete(listener);
  }

  async #follow(name: TopicName): Promise<void> {
    if (!this.#followed.has(name)) {
      this.#followed.add(name);
      this.#client.on(`${name}.changed`, (value) => this.#set(name, value));
    }
    const value = await this.#client.call(`${name}.get`, null);
    // An event that overtook the reply is the newer of the two.
    if (!this.#values.has(name)) this.#set(name, value);
  }

  #set(name: TopicName, value: unknown): void {
    this.#values.set(name, value);
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener();
  }
}
