// The hidden phone window: microphone, peer connections and sound, served to main over the media contract.
// It shows nothing and decides nothing; what it holds is gone with it, and main sets it up anew after a reload.
import { mediaContract } from '#shared/media/media-contract.ts';
import { serve } from '#shared/wire/serve.ts';
import { pageLog, portToMain } from '../client/port-to-main.ts';
import { listDevices } from './device-list.ts';
import { createMicrophone } from './microphone.ts';
import { createOutputs } from './outputs.ts';
import { createPeers } from './peers.ts';
import { createTonePlayer } from './tone-player.ts';

const pageId = crypto.randomUUID();
const microphone = createMicrophone({
  onChanged: (view) => wire.emit('microphone.changed', view),
  onLevel: (dbfs) => wire.emit('microphone.level', { dbfs }),
  log: pageLog,
});
const outputs = createOutputs(pageLog);
const tones = createTonePlayer(outputs);
const peers = createPeers({
  microphone,
  outputs,
  onChanged: (change) => wire.emit('peer.changed', change),
  onCandidate: (candidate) => wire.emit('peer.candidate', candidate),
  onMuteChanged: (change) => wire.emit('peer.muteChanged', change),
});

const wire = serve(
  mediaContract,
  {
    'page.hello': () => ({ pageId }),
    ...peers.handlers,
    'tone.start': async ({ tone }) => {
      await tones.start(tone);
      return null;
    },
    'tone.stop': ({ tone }) => {
      tones.stop(tone);
      return null;
    },
    'tone.dtmf': async ({ tones: digits }) => {
      await tones.dtmf(digits);
      return null;
    },
    'devices.get': listDevices,
    'devices.apply': async (settings) => {
      await Promise.all([outputs.apply(settings), microphone.apply(settings)]);
      return null;
    },
    'devices.test': async ({ output }) => {
      await tones.test(output);
      return null;
    },
    'microphone.get': () => microphone.view(),
    'microphone.open': async () => {
      const view = await microphone.open();
      // Labels are told only once a microphone was granted.
      wire.emit('devices.changed', await listDevices());
      return view;
    },
    'microphone.watch': ({ on }) => {
      microphone.watch(on);
      return null;
    },
  },
  portToMain(),
  { context: undefined, log: pageLog },
);

navigator.mediaDevices.addEventListener('devicechange', () => {
  void (async () => {
    await Promise.all([microphone.devicesChanged(), outputs.devicesChanged()]);
    wire.emit('devices.changed', await listDevices());
  })();
});

wire.emit('page.ready', { pageId });
