import { expect, test } from '@jest/globals';
import { Credentials } from './credentials';
import { HttpClient } from './http-client';

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

class StorageInMemory implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  private readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

/** A server whose access tokens can be ended with `expire`, and a browser that is logged in there. */
async function logIn() {
  let [accepted, refresh, number] = ['', '', 0];
  const grants: string[] = [];
  const state = { down: false, refreshEnded: false };
  const fetcher = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (state.down) throw new TypeError('Failed to fetch');
    const path = String(input);
    if (path.endsWith('oauth-clients/local')) return json(200, { client_id: 'id', client_secret: 'secret' });
    if (path.endsWith('users/token')) {
      const form = new URLSearchParams(init?.body as URLSearchParams);
      grants.push(form.get('grant_type')!);
      const isRefresh = form.get('grant_type') === 'refresh_token';
      if (isRefresh && (state.refreshEnded || form.get('refresh_token') !== refresh))
        return json(400, { code: 'invalid_grant', detail: 'Ended.' });
      number += 1;
      [accepted, refresh] = [`access-${number}`, `refresh-${number}`];
      return json(200, { access_token: accepted, refresh_token: refresh, expires_in: 1 });
    }
    const token = new Headers(init?.headers).get('authorization');
    if (token && token !== `Bearer ${accepted}`)
      return json(401, { code: 'invalid_token', detail: 'Expired.' });
    return json(200, { as: token });
  };
  const storage = new StorageInMemory() as unknown as Storage;
  const newTab = () => new HttpClient(new Credentials(storage, fetcher, undefined), fetcher);
  const http = newTab();
  await http.credentials.login('ada', 'a password');
  return { http, newTab, grants, state, expire: () => (accepted = 'none') };
}

test('an expired token is renewed once for all requests under way, and each is asked again', async () => {
  const { http, grants, expire } = await logIn();
  expire();
  const answers = await Promise.all([1, 2, 3].map(() => http.json<{ as: string }>('GET', 'videos')));
  expect(answers.map(({ as }) => as)).toEqual(Array(3).fill('Bearer access-2'));
  expect(grants).toEqual(['password', 'refresh_token']);
});

test('a tab takes the token that another tab has renewed', async () => {
  const { http, newTab, grants, expire } = await logIn();
  const other = newTab();
  const old = http.credentials.access!;
  expire();
  await http.json('GET', 'videos');
  expect(await other.credentials.renew(old)).toBe('access-2');
  expect(grants).toHaveLength(2);
});

test('when the login has ended, public pages still answer', async () => {
  const { http, state, expire } = await logIn();
  expire();
  state.refreshEnded = true;
  expect(await http.json('GET', 'videos')).toEqual({ as: null });
  expect(http.credentials.access).toBeNull();
});

test('a server that is away does not end the login', async () => {
  const { http, state } = await logIn();
  state.down = true;
  await expect(http.json('GET', 'videos')).rejects.toMatchObject({ status: 0, code: 'network' });
  expect(http.credentials.access).toBe('access-1');
});
