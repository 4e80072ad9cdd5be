// Kills and hangs pages as the world does, and listens meanwhile without a pause: for the end-to-end tests of calls
// that survive. Chromium host only.
import type { Page } from 'playwright';

/** The page's process ends at once, as by SIGKILL. */
export async function crash(page: Page): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  // Never answered: whoever would answer is gone.
  protocol.send('Page.crash').catch(() => undefined);
  await page.waitForEvent('crash');
}

/** The page's own thread never comes back; its sound may go on for as long as its process lives. */
export function hang(page: Page): void {
  page
    .evaluate(() => {
      setTimeout(() => {
        for (;;);
      });
    })
    .catch(() => undefined);
}

/** Listens to what the phone window plays now, all the time until `stopListening`. */
export async function startListening(phone: Page, toneHz: number): Promise<void> {
  await phone.evaluate(async (hz) => {
    const context = new AudioContext();
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 });
    for (const audio of document.querySelectorAll('audio'))
      if (audio.srcObject instanceof MediaStream)
        context.createMediaStreamSource(audio.srcObject).connect(analyser);
    const heard: number[] = [];
    const bins = new Float32Array(analyser.frequencyBinCount);
    const near = Math.round(hz / (context.sampleRate / analyser.fftSize));
    const timer = setInterval(() => {
      analyser.getFloatFrequencyData(bins);
      heard.push(Math.max(...bins.slice(near - 2, near + 3)));
    }, 50);
    Object.assign(window, {
      stopListening: () => {
        clearInterval(timer);
        void context.close();
        return heard.map((db) => (Number.isFinite(db) ? db : -200));
      },
    });
  }, toneHz);
}

/** @returns loudness of the tone in each twentieth of a second since, dBFS */
export function stopListening(phone: Page): Promise<number[]> {
  return phone.evaluate(() => (window as unknown as { stopListening(): number[] }).stopListening());
}
