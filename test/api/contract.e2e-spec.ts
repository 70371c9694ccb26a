import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { administratorOf, type InstanceClient, visitorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import type { Answer, Problem } from '../support/http-client.js';
import { type OpenApi, openApiOf, type Operation, operationsOf } from '../support/openapi.js';

/** What a visitor may write: log in, set up, report a view, get a token for a file they may see. */
const FOR_VISITORS = [
  'POST /api/v1/users/token',
  'POST /api/v1/setup',
  'POST /api/v1/videos/{id}/views',
  'POST /api/v1/videos/{id}/token',
  'POST /api/v1/videos/{id}/seed-reports',
  // Other servers, who prove by signatures who they are.
  'POST /inbox',
  'POST /accounts/{name}/inbox',
  'POST /video-channels/{name}/inbox',
];
/** What visitors may not even read. */
const CLOSED =
  /^\/api\/v1\/(jobs|federation|abuses|server\/blocklist|users(?!\/token)|videos\/\{id\}\/processing)\b/;

const name = ({ method, path }: Operation) => `${method} ${path}`;

describe('the REST API', () => {
  let instance: TestInstance;
  let visitor: InstanceClient;
  let document: OpenApi;
  let operations: Operation[];

  beforeAll(async () => {
    instance = await createInstance({ environment: { VIDIVERSE_HTTP_REQUESTS_PER_WINDOW: '100000' } });
    visitor = visitorOf(instance);
    document = await openApiOf(visitor);
    operations = operationsOf(document);
  });
  afterAll(() => instance.close());

  describe('in its document', () => {
    test('is OpenAPI 3, with a page to read it', async () => {
      expect(document.openapi).toMatch(/^3\./);
      expect(operations.length).toBeGreaterThan(60);
      const { status, headers } = await visitor.ask('GET', '/api/docs');
      expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    });

    const without = (has: (operation: Operation) => unknown) =>
      operations.filter((operation) => !has(operation)).map(name);

    test('says of every operation what it does, where it belongs and what it answers', () => {
      expect(without(({ summary }) => summary?.endsWith('.'))).toEqual([]);
      expect(without(({ tags }) => tags?.length === 1)).toEqual([]);
      expect(without(({ responses }) => Object.keys(responses).some((code) => /^[23]/.test(code)))).toEqual(
        [],
      );
    });

    test('gives every answer of 200 on the API a shape', () => {
      const shapeless = ({ path, responses }: Operation) =>
        path.startsWith('/api/') && responses['200'] && !responses['200'].content;
      expect(without((operation) => !shapeless(operation))).toEqual([]);
    });

    test('has names that generated clients can use, each once', () => {
      const ids = operations.map(({ operationId }) => operationId);
      expect(ids.filter((id) => !/^[A-Za-z]\w*$/.test(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
    });

    test('declares every parameter of a path', () => {
      const declared = ({ path, parameters = [] }: Operation) =>
        [...path.matchAll(/\{(\w+)\}/g)].every(([, parameter]) =>
          parameters.some((known) => known.in === 'path' && known.name === parameter),
        );
      expect(without(declared)).toEqual([]);
    });

    test('says of every refusal that it is a problem document', () => {
      const problems = ({ responses }: Operation) =>
        Object.entries(responses)
          .filter(([code]) => /^[45]/.test(code))
          .every(([, { content }]) => content?.['application/problem+json']);
      expect(without((operation) => !operation.path.startsWith('/api/') || problems(operation))).toEqual([]);
    });

    test('points at nothing that is not there', () => {
      const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
      expect(references.length).toBeGreaterThan(20);
      expect(
        references.map(([, schema]) => schema!).filter((schema) => !document.components.schemas[schema]),
      ).toEqual([]);
    });

    test('closes to visitors what writes, and what concerns users and jobs', () => {
      const open = operations.filter(({ security }) => !security);
      const mustBeClosed = (operation: Operation) =>
        !FOR_VISITORS.includes(name(operation)) &&
        (operation.method !== 'GET' || CLOSED.test(operation.path));
      expect(open.filter(mustBeClosed).map(name)).toEqual([]);
    });
  });

  describe('without a token', () => {
    const closed = () => operations.filter(({ security }) => security);
    const addressOf = ({ path }: Operation) => path.replace('{state}', 'failed').replace(/\{\w+\}/g, '1');

    /** The status for exactly this path: `fetch` would tidy it up. */
    const statusOf = (method: string, path: string, headers: Record<string, string> = {}) =>
      new Promise<number>((resolve, reject) => {
        const url = new URL(instance.address);
        httpRequest({ host: url.hostname, port: url.port, method, path, headers }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        })
          .on('error', reject)
          .end();
      });

    test('every closed operation answers 401', async () => {
      expect(closed().length).toBeGreaterThan(25);
      for (const operation of closed())
        expect([name(operation), await statusOf(operation.method, addressOf(operation))]).toEqual([
          name(operation),
          401,
        ]);
    });

    test.each<[string, (path: string) => string]>([
      ['a slash behind', (path) => `${path}/`],
      ['letters encoded', (path) => path.replace('/api', '/%61pi')],
      ['a query', (path) => `${path}?access_token=x&token=x`],
    ])('the same with %s', async (_, change) => {
      for (const operation of closed()) {
        const path = change(addressOf(operation));
        expect([path, await statusOf(operation.method, path)]).toEqual([path, 401]);
      }
    });

    test.each<[string, (path: string) => string]>([
      ['a double slash', (path) => path.replace('/v1/', '/v1//')],
      ['a double slash before', (path) => `/${path}`],
      ['capitals', (path) => path.toUpperCase()],
      ['an encoded slash', (path) => path.replace('/v1/', '/v1%2F')],
      ['a detour', (path) => path.replace('/v1/', '/v1/x/../')],
      ['a dot', (path) => path.replace('/v1/', '/v1/./')],
      ['a parameter', (path) => `${path};x=1`],
      ['a space behind', (path) => `${path}%20`],
      ['a null byte', (path) => `${path}%00`],
      ['a whole address', (path) => `http://elsewhere.test${path}`],
    ])('with %s nothing is done either', async (_, change) => {
      for (const operation of closed()) {
        const path = change(addressOf(operation));
        const status = await statusOf(operation.method, path);
        expect([path, [400, 401, 404, 405].includes(status) || status]).toEqual([path, true]);
      }
    });

    test('no header passes for a token', async () => {
      const headers = {
        'x-http-method-override': 'GET',
        'x-original-url': '/api/v1/ping',
        'x-rewrite-url': '/api/v1/ping',
        'x-forwarded-for': '127.0.0.1',
        cookie: 'access_token=x',
        authorization: 'Basic cm9vdDpyb290',
      };
      for (const operation of closed())
        expect(await statusOf(operation.method, addressOf(operation), headers)).toBe(401);
    });

    test('HEAD is closed where GET is', async () => {
      for (const operation of closed().filter(({ method }) => method === 'GET'))
        expect(await statusOf('HEAD', addressOf(operation))).toBe(401);
    });
  });

  describe('refuses with a problem document', () => {
    const json = { 'content-type': 'application/json' };
    test.each([
      ['400', 'bad JSON', 'POST', '/api/v1/users/token', { headers: json, body: '{bad' }, 'bad_request'],
      [
        '400',
        'poisoned JSON',
        'POST',
        '/api/v1/setup',
        { headers: json, body: '{"__proto__":{}}' },
        'bad_request',
      ],
      ['400', 'a missing field', 'POST', '/api/v1/users/token', { json: {} }, 'invalid_input'],
      ['400', 'no body', 'POST', '/api/v1/users/token', {}, 'invalid_input'],
      ['400', 'a wrong parameter', 'GET', '/api/v1/videos?count=1000', {}, 'invalid_input'],
      ['400', 'an address that cannot be decoded', 'GET', '/api/v1/videos/%zz', {}, 'bad_request'],
      ['401', 'no token', 'GET', '/api/v1/users/me', {}, 'unauthorized'],
      [
        '401',
        'a wrong token',
        'GET',
        '/api/v1/videos',
        { headers: { authorization: 'Bearer x' } },
        'invalid_token',
      ],
      ['404', 'an unknown video', 'GET', '/api/v1/videos/999999', {}, 'not_found'],
      ['404', 'an unknown address', 'GET', '/api/v1/nothing', {}, 'not_found'],
      ['404', 'a name that is too long', 'GET', `/api/v1/videos/${'x'.repeat(1000)}`, {}, 'not_found'],
      ['405', 'another method', 'DELETE', '/api/v1/config', {}, 'method_not_allowed'],
      ['405', 'another method', 'PATCH', '/api/v1/videos/1/', {}, 'method_not_allowed'],
      ['405', 'GET where there is only POST', 'GET', '/api/v1/videos/1/views', {}, 'method_not_allowed'],
      [
        '413',
        'too large a body',
        'POST',
        '/api/v1/setup',
        { json: { token: 'x'.repeat(600_000) } },
        'payload_too_large',
      ],
      [
        '415',
        'another kind of body',
        'POST',
        '/api/v1/users/token',
        { headers: { 'content-type': 'text/xml' }, body: '<a/>' },
        'unsupported_media_type',
      ],
    ])('%s for %s: %s %s', async (status, _, method, path, options, code) => {
      const answer = await visitor.ask(method, path, options);
      expectProblem(answer, Number(status), code);
      if (status === '401') expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      if (status === '405') expect(answer.headers.get('allow')).toMatch(/^[A-Z, ]+$/);
    });

    test('403 for another role', async () => {
      const administrator = await administratorOf(instance);
      const { id } = await administrator.me();
      expectProblem(await administrator.ask('POST', `/api/v1/users/${id}/block`), 403, 'last_administrator');
    });

    function expectProblem({ status, headers, body }: Answer<Problem>, expected: number, code: string): void {
      expect([status, body.code]).toEqual([expected, code]);
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(body).toMatchObject({
        type: `about:blank#${code}`,
        title: expect.any(String),
        status: expected,
        detail: expect.stringMatching(/./),
        error: body.detail,
        requestId: expect.any(String),
      });
      expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|\.js:|SELECT|at async/);
    }
  });
});

describe('too many requests', () => {
  let instance: TestInstance;
  beforeAll(async () => {
    const environment = { VIDIVERSE_HTTP_REQUESTS_PER_WINDOW: '20', VIDIVERSE_HTTP_REQUEST_WINDOW: '600' };
    instance = await createInstance({ environment });
  });
  afterAll(() => instance.close());

  test('from one address to the API are refused with the time to wait; pages and files go on', async () => {
    const visitor = visitorOf(instance);
    const paths = ['ping', 'config', 'videos', 'accounts'];
    const statuses: number[] = [];
    for (let index = 0; index < 24; index += 1)
      statuses.push((await visitor.ask('GET', `/api/v1/${paths[index % paths.length]}`)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    const { status, headers, body } = await visitor.ask('GET', '/api/v1/ping');
    expect([status, body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(500);
    expect((await visitor.ask('GET', '/static/web-videos/none.mp4')).status).toBe(404);
  });
});
