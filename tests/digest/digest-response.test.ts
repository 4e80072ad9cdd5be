// The digest by the vectors that the RFCs print, and what is read out of challenges.
import { describe, expect, it } from 'vitest';
import { readChallenge, strongestOfEachRealm } from '../../src-sip/digest/challenge.ts';
import { DigestClient } from '../../src-sip/digest/digest-client.ts';
import { type DigestAlgorithm, digestFields, digestResponse } from '../../src-sip/digest/digest-response.ts';

/** RFC 7616 3.9.1; its nonce and cnonce are those of both responses. */
const mufasa = {
  username: 'Mufasa',
  realm: 'http-auth@example.org',
  password: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  nc: '00000001',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  qop: 'auth' as const,
};

describe('the response of a digest', () => {
  it.each<[DigestAlgorithm, string]>([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('with %s is the one of RFC 7616 3.9.1', (algorithm, expected) => {
    expect(digestResponse({ ...mufasa, algorithm })).toBe(expected);
  });

  it('with SHA-512-256 is the one of RFC 7616 3.9.2 as its erratum 4897 corrects it', () => {
    const response = digestResponse({
      algorithm: 'SHA-512-256',
      username: 'Jäsøn Doe',
      realm: 'api@example.org',
      password: 'Secret, or not?',
      method: 'GET',
      uri: '/doe.json',
      nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
      nc: '00000001',
      cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v',
      qop: 'auth',
    });
    expect(response).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5');
  });

  it('without qop is the one of RFC 2069 with its erratum, which old registrars still ask for', () => {
    const response = digestResponse({
      algorithm: 'MD5',
      username: 'Mufasa',
      realm: 'testrealm@host.com',
      password: 'CircleOfLife',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      nc: '',
      cnonce: '',
      qop: null,
    });
    expect(response).toBe('1949323746fe6a43ef61f9606e7febea');
  });

  it('with qop=auth is the one of RFC 2617 3.5', () => {
    const response = digestResponse({
      algorithm: 'MD5',
      username: 'Mufasa',
      realm: 'testrealm@host.com',
      password: 'Circle Of Life',
      method: 'GET',
      uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      nc: '00000001',
      cnonce: '0a4f113b',
      qop: 'auth',
    });
    expect(response).toBe('6629fae49393a05397450978507c4ef1');
  });

  it('is another one for another body where the body is protected, and for a key of the session', () => {
    const withBody = (body: string) =>
      digestResponse({ ...mufasa, algorithm: 'SHA-256', qop: 'auth-int', body });
    expect(withBody('v=0')).not.toBe(withBody('v=1'));
    const sessionKey = digestResponse({ ...mufasa, algorithm: 'SHA-256', sessionKey: true });
    expect(sessionKey).not.toBe(digestResponse({ ...mufasa, algorithm: 'SHA-256' }));
  });
});

describe('a challenge', () => {
  const md5 = 'Digest realm="a", nonce="1", qop="auth", algorithm=MD5';
  const sha256 = 'Digest realm="a", nonce="2", qop="auth,auth-int", algorithm=SHA-256, opaque="o"';

  it.each([[[md5, sha256]], [[sha256, md5]]])('is answered with the strongest of several: %j', (offered) => {
    const [chosen, ...others] = strongestOfEachRealm(offered);
    expect(chosen).toMatchObject({ algorithm: 'SHA-256', nonce: '2', qop: 'auth', opaque: 'o' });
    expect(others).toEqual([]);
  });

  it('of each realm is answered where several proxies challenge', () => {
    const other = md5.replace('realm="a"', 'realm="b"');
    expect(
      strongestOfEachRealm([md5, other, sha256]).map(({ realm, algorithm }) => [realm, algorithm]),
    ).toEqual([
      ['a', 'SHA-256'],
      ['b', 'MD5'],
    ]);
  });

  it('is read with blanks, quotes and capitals as other stacks write them', () => {
    const challenge = readChallenge(
      'digest  Realm = "a \\"quoted\\", b" ,NONCE="n", QOP = auth , Algorithm="sha-256-SESS", stale=TRUE',
    );
    expect(challenge).toMatchObject({
      realm: 'a "quoted", b',
      algorithm: 'SHA-256',
      sessionKey: true,
      qop: 'auth',
      stale: true,
    });
  });

  it.each([
    ['of another scheme', 'Basic realm="a"'],
    ['with an algorithm of tomorrow', 'Digest realm="a", nonce="1", algorithm=SHA-3'],
    ['without nonce', 'Digest realm="a"'],
    ['with a quote left open', 'Digest realm="a, nonce="1'],
    ['with a protection that nobody knows', 'Digest realm="a", nonce="1", qop="auth-all"'],
    ['of nothing', ''],
  ])('%s is not answered', (_, value) => {
    expect(readChallenge(value)).toBeNull();
  });

  it('of 64 kB of quotes is read in no time', () => {
    const startedAt = process.cpuUsage();
    digestFields(`Digest realm="${'\\"'.repeat(32_000)}`);
    digestFields(`Digest ${'a'.repeat(64_000)}`);
    digestFields(`Digest ${' '.repeat(64_000)}`);
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(200);
  });
});

describe('the credentials', () => {
  const challenge = readChallenge(
    'Digest realm="a \\" b", nonce="n", opaque="", qop="auth", algorithm=SHA-256',
  );
  if (!challenge) throw new Error('not read');
  const account = { username: '201', password: 'secret' };
  const request = { method: 'REGISTER', uri: 'sip:a.invalid', body: '' };

  it('count how often a nonce was used, each for itself', () => {
    const client = new DigestClient();
    const counted = (nonce: string) =>
      /nc=(\w+)/.exec(client.credentials({ ...challenge, nonce }, account, request))?.[1];
    expect([counted('n'), counted('n'), counted('m'), counted('n')]).toEqual([
      '00000001',
      '00000002',
      '00000001',
      '00000003',
    ]);
  });

  it('repeat what the challenge said, with quotes escaped again, and can be read', () => {
    const client = new DigestClient(() => 'c');
    const fields = digestFields(client.credentials(challenge, account, request));
    expect(fields?.get('realm')).toBe('a " b');
    expect(fields?.get('opaque')).toBe('');
    expect(fields?.get('algorithm')).toBe('SHA-256');
    const { realm, nonce, algorithm, qop } = challenge;
    const expected = { ...account, ...request, realm, nonce, algorithm, qop, nc: '00000001', cnonce: 'c' };
    expect(fields?.get('response')).toBe(digestResponse(expected));
  });
});
