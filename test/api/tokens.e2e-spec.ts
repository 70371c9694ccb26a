import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  addUser,
  administratorOf,
  type InstanceClient,
  type Tokens,
  USER_PASSWORD,
  visitorOf,
} from '../support/client.js';
import { ADMIN_PASSWORD, createInstance, type TestInstance } from '../support/create-instance.js';
import { until } from '../support/uploads.js';

const revoked = { status: 401, problem: { code: 'invalid_token' } };
const invalidGrant = { status: 400, problem: { code: 'invalid_grant' } };

describe('tokens', () => {
  let instance: TestInstance;
  let administrator: InstanceClient;
  let visitor: InstanceClient;

  beforeAll(async () => {
    instance = await createInstance();
    administrator = await administratorOf(instance);
  });
  afterAll(() => instance.close());
  beforeEach(() => {
    visitor = visitorOf(instance);
  });

  test('every app is told the same client', async () => {
    const client = await visitor.oauthClient();
    expect(client).toEqual({ client_id: expect.any(String), client_secret: expect.any(String) });
    const answers = await Promise.all(Array.from({ length: 10 }, () => visitor.oauthClient()));
    expect(answers).toEqual(answers.map(() => client));
  });

  test.each(['form', 'json'] as const)(
    'the password grant as %s is answered as PeerTube does',
    async (kind) => {
      const fields = {
        ...(await visitor.oauthClient()),
        grant_type: 'password',
        response_type: 'code',
        scope: 'user',
        username: 'root',
        password: ADMIN_PASSWORD,
      };
      const { status, headers, body } = await visitor.ask('POST', '/api/v1/users/token', { [kind]: fields });
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(body).toEqual({
        token_type: 'Bearer',
        access_token: expect.stringMatching(/^[0-9a-f]{40}$/),
        refresh_token: expect.stringMatching(/^[0-9a-f]{40}$/),
        expires_in: expect.any(Number),
        refresh_token_expires_in: expect.any(Number),
      });
      const { expires_in: access, refresh_token_expires_in: refresh } = body as unknown as Tokens;
      expect([Math.ceil(access / 60), Math.ceil(refresh / 60)]).toEqual([24 * 60, 14 * 24 * 60]);
    },
  );

  test('the e-mail address and capitals do as a name', async () => {
    await addUser(administrator, 'mail');
    await visitor.login('mail@test.invalid', USER_PASSWORD);
    await visitor.login('MAIL', USER_PASSWORD);
    expect((await visitor.me()).username).toBe('mail');
  });

  test('a wrong password and an unknown name get the same answer', async () => {
    await expect(visitor.login('root', 'wrong')).rejects.toMatchObject(invalidGrant);
    await expect(visitor.login('nobody', 'wrong')).rejects.toMatchObject(invalidGrant);
  });

  test('a wrong client, a grant we do not know and missing fields are refused', async () => {
    const grant = { grant_type: 'password', username: 'root', password: ADMIN_PASSWORD };
    const wrong = { client_secret: 'wrong' };
    await expect(visitor.grant({ ...grant, ...wrong })).rejects.toMatchObject({
      status: 400,
      problem: { code: 'invalid_client' },
    });
    for (const fields of [{ ...grant, grant_type: 'client_credentials' }, { grant_type: 'password' }, {}])
      await expect(visitor.grant(fields as Record<string, string>)).rejects.toMatchObject({ status: 400 });
  });

  test('a token opens what needs a user, in any case of "Bearer"; a wrong one is refused everywhere', async () => {
    const { access_token: token } = (await visitor.login()).tokens!;
    const ask = (path: string, authorization: string) =>
      visitor.visitor().ask('GET', path, { headers: { authorization } });
    expect((await ask('/api/v1/users/me', `bearer  ${token}`)).status).toBe(200);
    for (const path of ['/api/v1/users/me', '/api/v1/videos'])
      expect(await ask(path, 'Bearer 0123')).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    for (const authorization of ['', 'Bearer', `Basic ${token}`, `Token ${token}`])
      expect((await ask('/api/v1/users/me', authorization)).status).toBe(401);
    const byQuery = await visitor
      .visitor()
      .ask('GET', '/api/v1/users/me', { query: { access_token: token } });
    expect(byQuery.status).toBe(401);
  });

  test('a refresh gives new tokens and ends the old access token', async () => {
    const before = (await visitor.login()).tokens!;
    const after = (await visitor.refresh()).tokens!;
    expect(after.refresh_token).not.toBe(before.refresh_token);
    expect((await visitor.me()).username).toBe('root');
    visitor.token = before.access_token;
    await expect(visitor.me()).rejects.toMatchObject(revoked);
  });

  test('of parallel refreshes with one token one wins, and what it got is good', async () => {
    const { refresh_token: token } = (await visitor.login()).tokens!;
    const tabs = Array.from({ length: 8 }, () => visitorOf(instance));
    const answers = await Promise.allSettled(tabs.map((tab) => tab.refresh(token)));
    const winners = tabs.filter((_, index) => answers[index]!.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject(invalidGrant);
    expect((await winners[0]!.me()).username).toBe('root');
    await winners[0]!.refresh();
  });

  test('logging out ends access and refresh token, and nobody else’s', async () => {
    const other = await visitorOf(instance).login();
    await visitor.login();
    const { access_token, refresh_token } = (await visitor.refresh()).tokens!;
    await visitor.revokeToken();
    await expect(visitor.me()).rejects.toMatchObject(revoked);
    await expect(visitor.revokeToken()).rejects.toMatchObject(revoked);
    await expect(visitor.refresh(refresh_token)).rejects.toMatchObject(invalidGrant);
    expect(access_token).not.toBe(other.token);
    expect((await other.me()).username).toBe('root');
  });

  test('a blocked user is cut off at once, and let in again when unblocked', async () => {
    const user = await addUser(administrator, 'blocked');
    const { id } = await user.me();
    await administrator.blockUser(id);
    await expect(user.me()).rejects.toMatchObject(revoked);
    await expect(user.refresh()).rejects.toMatchObject(invalidGrant);
    await expect(user.login('blocked', USER_PASSWORD)).rejects.toMatchObject(invalidGrant);
    await administrator.unblockUser(id);
    await user.login('blocked', USER_PASSWORD);
    expect(await user.me()).toMatchObject({ id, blocked: false });
  });

  test('a new password ends every session', async () => {
    const user = await addUser(administrator, 'changing');
    const elsewhere = await visitorOf(instance).login('changing', USER_PASSWORD);
    await user.updateMe({ currentPassword: USER_PASSWORD, password: 'a newer password' });
    for (const session of [user, elsewhere]) {
      await expect(session.me()).rejects.toMatchObject(revoked);
      await expect(session.refresh()).rejects.toMatchObject(invalidGrant);
    }
    await expect(visitor.login('changing', USER_PASSWORD)).rejects.toMatchObject(invalidGrant);
    await visitor.login('changing', 'a newer password');
  });

  test('the database has no token and no password', async () => {
    const { access_token, refresh_token } = (await visitor.login()).tokens!;
    const database = instance.nest.get(DataSource);
    const rows = JSON.stringify([
      await database.query('SELECT * FROM oauth_tokens'),
      await database.query('SELECT * FROM users'),
      await database.query('SELECT * FROM settings'),
    ]);
    expect(rows).toContain('$argon2id$');
    for (const secret of [access_token, refresh_token, ADMIN_PASSWORD]) expect(rows).not.toContain(secret);
  });
});

describe('a refresh token that was used before', () => {
  let instance: TestInstance;
  beforeAll(async () => {
    instance = await createInstance({ environment: { VIDIVERSE_AUTH_REFRESH_REUSE_GRACE: '0' } });
  });
  afterAll(() => instance.close());

  test('ends everything that came from the same login, and no other', async () => {
    const other = await visitorOf(instance).login();
    const owner = await visitorOf(instance).login();
    const stolen = owner.tokens!.refresh_token;
    await owner.refresh();
    await expect(visitorOf(instance).refresh(stolen)).rejects.toMatchObject(invalidGrant);
    await expect(owner.me()).rejects.toMatchObject(revoked);
    await expect(owner.refresh()).rejects.toMatchObject(invalidGrant);
    expect((await other.me()).username).toBe('root');
  });
});

describe('the life of tokens', () => {
  let instance: TestInstance;
  beforeAll(async () => {
    const environment = {
      VIDIVERSE_AUTH_ACCESS_TOKEN_LIFETIME: '1',
      VIDIVERSE_AUTH_REFRESH_TOKEN_LIFETIME: '5',
      VIDIVERSE_AUTH_SWEEP_INTERVAL: '1',
    };
    instance = await createInstance({ environment });
  });
  afterAll(() => instance.close());

  test('an access token ends and can be refreshed until the refresh token ends too', async () => {
    const visitor = await visitorOf(instance).login();
    const ended = () => visitor.ask('GET', '/api/v1/users/me').then(({ status }) => status === 401);
    await until(ended, 'the access token has ended');
    await visitor.refresh();
    const { refresh_token_expires_in: seconds } = visitor.tokens!;
    const end = Date.now() + (seconds + 1) * 1000;
    await until(async () => Date.now() > end, 'the refresh token has ended');
    await expect(visitor.refresh()).rejects.toMatchObject(invalidGrant);
  });

  test('tokens that have ended are forgotten', async () => {
    await visitorOf(instance).login();
    const tokens = instance.nest.get(DataSource).getRepository('oauth_tokens');
    expect(await tokens.count()).toBeGreaterThan(0);
    await until(async () => (await tokens.count()) === 0, 'no token is left');
  });
});

describe('failed logins', () => {
  const ATTEMPTS = 3;
  let instance: TestInstance;

  beforeAll(async () => {
    instance = await createInstance({
      environment: {
        VIDIVERSE_AUTH_LOGIN_ATTEMPTS: String(ATTEMPTS),
        VIDIVERSE_AUTH_LOGIN_WINDOW: '3600',
        VIDIVERSE_TRUSTED_PROXIES: '127.0.0.1',
      },
    });
  });
  afterAll(() => instance.close());

  /** Tries from an address of its own, by a proxy that is believed. */
  async function logInFrom(address: string, username: string, password: string) {
    const visitor = visitorOf(instance);
    const form = { ...(await visitor.oauthClient()), grant_type: 'password', username, password };
    return visitor.ask('POST', '/api/v1/users/token', { form, headers: { 'x-forwarded-for': address } });
  }

  test('are limited per address, with the time to wait', async () => {
    for (let index = 0; index < ATTEMPTS; index += 1)
      expect((await logInFrom('192.0.2.1', `guess${index}`, 'wrong')).status).toBe(400);
    const { status, headers, body } = await logInFrom('192.0.2.1', 'root', ADMIN_PASSWORD);
    expect([status, body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(3500);
    expect((await logInFrom('192.0.2.2', 'root', ADMIN_PASSWORD)).status).toBe(200);
  });

  test('are limited per account, from however many addresses', async () => {
    for (let index = 0; index < ATTEMPTS; index += 1)
      expect((await logInFrom(`198.51.100.${index}`, 'target', 'wrong')).status).toBe(400);
    expect((await logInFrom('198.51.100.99', 'TARGET ', 'wrong')).status).toBe(429);
    expect((await logInFrom('198.51.100.99', 'root', ADMIN_PASSWORD)).status).toBe(200);
  });

  test('from one address are not forgotten when a login of another account succeeds', async () => {
    for (let index = 0; index < ATTEMPTS - 1; index += 1)
      await logInFrom('192.0.2.3', `other${index}`, 'wrong');
    expect((await logInFrom('192.0.2.3', 'root', ADMIN_PASSWORD)).status).toBe(200);
    expect((await logInFrom('192.0.2.3', 'victim', 'wrong')).status).toBe(400);
    expect((await logInFrom('192.0.2.3', 'victim', 'wrong')).status).toBe(429);
  });

  test('at once are counted one by one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => logInFrom('192.0.2.4', 'parallel', 'wrong')),
    );
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(ATTEMPTS);
  });
});
