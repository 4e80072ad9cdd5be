// What was heard, measured and put into words: levels at a frequency, at the agent's ear and at the caller's.
// Used by the tour's steps. Where a voice should be heard and is not, or the other way round, it throws.
import type { Page } from 'playwright';
import type { CallersReport } from '../../tests/support/callers-reports.ts';
import { eventually } from '../../tests/support/eventually.ts';
import { listen, type PhonePage } from '../../tests/support/listening.ts';
import { toneDbOverTime } from '../../tests/support/tone.ts';

export const callerHz = 440;
export const agentHz = 700;
/** A clear tone, and nothing, in dB of full scale. Between them lies what nobody should hear. */
const clearDb = -40;
const silenceDb = -60;
/** What an AnalyserNode says of a full-scale tone: its window (Blackman) and its halves of the spectrum take the rest. */
const analyserFullScaleDb = -13.6;
/** Each measurement of a recording covers so much. */
const measuredMs = 100;

/** Waits until the caller's tone is at the agent's ear. */
export async function callerAtAgent(phone: PhonePage): Promise<string> {
  const heard = await eventually('the caller is heard at the agent', async () => {
    const sound = await listen(phone, callerHz, 400);
    return sound.toneDb > clearDb && sound;
  });
  return `the caller at the agent, ${heard.peakHz} Hz at ${inDb(heard.toneDb - analyserFullScaleDb)}`;
}

/** Waits until nothing is at the agent's ear. */
export async function silenceAtAgent(phone: PhonePage): Promise<string> {
  const heard = await eventually('nothing is heard at the agent', async () => {
    const sound = await listen(phone, callerHz, 300);
    return sound.toneDb < silenceDb && sound;
  });
  return `nothing at the agent (${inDb(heard.toneDb - analyserFullScaleDb)} at ${callerHz} Hz)`;
}

/** A stretch of a call, by this computer's clock. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the caller's recording holds at the agent's frequency in a stretch: the middle one of its measurements. */
export function agentAtCaller(report: CallersReport, { fromMs, toMs }: Stretch): number {
  if (report.heard === null || report.answeredAtMs === null) throw new Error('The caller recorded nothing.');
  const { answeredAtMs } = report;
  const at = (ms: number) => Math.max(0, Math.round((ms - answeredAtMs) / measuredMs));
  const levels = toneDbOverTime(report.heard, agentHz, measuredMs).slice(at(fromMs), at(toMs));
  const middle = levels.toSorted((a, b) => a - b)[Math.floor(levels.length / 2)];
  if (middle === undefined) throw new Error('The caller’s recording ends before it should.');
  return middle;
}

export function mustBeClear(what: string, db: number): string {
  if (db < clearDb) throw new Error(`${what}: only ${inDb(db)} at ${agentHz} Hz, where a voice should be.`);
  return `${what}, ${agentHz} Hz at ${inDb(db)}`;
}

export function mustBeSilent(what: string, db: number): string {
  if (db > silenceDb)
    throw new Error(`${what}: still ${inDb(db)} at ${agentHz} Hz, where nothing should be.`);
  return `${what}, nothing (${inDb(db)} at ${agentHz} Hz)`;
}

/** Waits until a window's own player (voicemail) plays the caller's tone. */
export async function callerInPlayer(page: Page): Promise<string> {
  const db = await eventually('the message is heard', async () => {
    const level = await playedDb(page, callerHz);
    return level > clearDb && level;
  });
  return `the caller's message, ${callerHz} Hz at ${inDb(db - analyserFullScaleDb)}`;
}

function inDb(db: number): string {
  return `${db < -150 ? '−∞' : db.toFixed(0).replace('-', '−')} dB`;
}

/** The level at a frequency in what the page's <audio> elements play, in dB of full scale. */
function playedDb(page: Page, hertz: number): Promise<number> {
  return page.evaluate(async (hz) => {
    const context = new AudioContext();
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    for (const element of document.querySelectorAll('audio')) {
      const stream = (element as HTMLAudioElement & { captureStream(): MediaStream }).captureStream();
      if (!element.paused && stream.getAudioTracks().length > 0)
        context.createMediaStreamSource(stream).connect(analyser);
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const near = Math.round(hz / (context.sampleRate / analyser.fftSize));
    await context.close();
    return Math.max(...bins.slice(near - 2, near + 3));
  }, hertz);
}
