// Every message of RFC 4475 and RFC 5118 thrown at the phone as its exchange would send it: whatever becomes of each,
// the process lives, nothing counts as our own fault, and the next caller rings.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { phoneOnScript } from './phone-on-script.ts';

const corpora = fileURLToPath(new URL('../../../shared/corpora', import.meta.url));

for (const corpus of ['rfc4475', 'rfc5118']) {
  const folder = `${corpora}/${corpus}`;
  const there = existsSync(folder);
  if (!there) console.warn(`torture: ${corpus} is skipped, its messages are not beside this project.`);

  it.skipIf(!there)(`rings on after every torture message of ${corpus}`, async () => {
    const messages = readdirSync(folder).filter((name) => name.endsWith('.dat'));
    expect(messages.length).toBeGreaterThan(5);
    const on = await phoneOnScript();
    const sent = (text: string) => on.server.send(text);
    for (const name of messages) {
      const text = readFileSync(`${folder}/${name}`, 'latin1');
      sent(text);
      // Again as if it were for us: most are addressed to others, and JsSIP looks no further then.
      sent(text.replace(/^(\w+) sips?:[^ ]+ SIP/, '$1 sip:201@practice.offhook.invalid SIP'));
    }
    await on.ring();
    expect(on.phone.registration().state).toBe('online');
    expect(on.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    await on.end();
  });
}
