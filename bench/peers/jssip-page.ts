// The peer: a softphone as most are built, stock JsSIP alone in one page, signalling and media together, with a face of
// its own. Bundled and served by jssip-phone.ts; as short as JsSIP's own examples, and nothing slowed down.
import JsSIP from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession.js';
import type { RTCSessionEvent } from 'jssip/lib/UA.js';

interface PhoneWishes {
  readonly webSocketUrl: string;
  readonly uri: string;
  readonly authorizationUser: string;
  readonly password: string;
  readonly stunServer: string | null;
}

const face = document.getElementById('call') as HTMLElement;
const remote = new Audio();
remote.autoplay = true;
document.body.append(remote);

function start(wishes: PhoneWishes): Promise<void> {
  const pcConfig = { iceServers: wishes.stunServer ? [{ urls: wishes.stunServer }] : [] };
  const agent = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(wishes.webSocketUrl)],
    uri: wishes.uri,
    authorization_user: wishes.authorizationUser,
    password: wishes.password,
    session_timers: false,
  });
  const options = { mediaConstraints: { audio: true, video: false }, pcConfig };

  const follow = (session: RTCSession) => {
    const play = (connection: RTCPeerConnection) =>
      connection.addEventListener('track', ({ streams }) => {
        remote.srcObject = streams[0] ?? null;
      });
    if (session.connection) play(session.connection);
    session.on('peerconnection', ({ peerconnection }) => play(peerconnection));
    session.on('accepted', () => {
      document.body.dataset.state = 'talking';
    });
    const over = () => {
      face.replaceChildren();
      document.body.dataset.state = 'idle';
    };
    session.on('ended', over);
    session.on('failed', over);
  };

  agent.on('newRTCSession', ({ originator, session }: RTCSessionEvent) => {
    if (originator !== 'remote') return;
    follow(session);
    document.body.dataset.state = 'ringing';
    const name = document.createElement('h1');
    name.textContent = session.remote_identity.display_name || session.remote_identity.uri.user;
    const accept = document.createElement('button');
    accept.setAttribute('aria-keyshortcuts', 'Enter');
    accept.textContent = 'Accept';
    accept.addEventListener('click', () => session.answer(options));
    const decline = document.createElement('button');
    decline.textContent = 'Decline';
    decline.addEventListener('click', () => session.terminate({ status_code: 603 }));
    face.replaceChildren(name, accept, decline);
  });

  Object.assign(window, {
    dial: (target: string) => {
      document.body.dataset.state = 'dialling';
      follow(agent.call(target, options));
    },
    hangUp: () => agent.terminateSessions(),
  });
  return new Promise((resolve, reject) => {
    agent.on('registered', () => resolve());
    agent.on('registrationFailed', ({ cause }: { cause?: string }) => reject(new Error(cause)));
    agent.start();
  });
}

document.body.dataset.state = 'idle';
Object.assign(window, { startPhone: start });
