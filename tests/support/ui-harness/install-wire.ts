// Runs in the page before a window's own script: puts a scripted main behind window.offhookWire.
// The scenario and its setting come from the address, as in ?scenario=box-ringing&language=de&theme=dark.
import { memoryWire } from '#shared/wire/memory-wire.ts';
import { scriptedMain } from '../scripted-main.ts';
import { scenarios } from './scenarios.ts';

const asked = new URLSearchParams(location.search);
const scenario = scenarios[asked.get('scenario') ?? ''];
if (!scenario) throw new Error('The address names no scenario.');

const state = scenario.state();
state.settings = {
  ...state.settings,
  language: asked.get('language') === 'de' ? 'de' : 'en',
  theme: asked.get('theme') === 'dark' ? 'dark' : 'light',
};
const wire = memoryWire();
const main = scriptedMain(wire.right, state, scenario.overrides);

Object.assign(window, {
  main,
  offhookWire: {
    post: (frame: unknown) => wire.left.post(frame),
    onFrame: (listener: (frame: unknown) => void) => {
      wire.left.onFrame(listener);
    },
  },
});
