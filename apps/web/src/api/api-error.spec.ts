import { expect, test } from '@jest/globals';
import { toApiError } from './api-error';

test('a problem document names the reason, the fields and the request', () => {
  const body = JSON.stringify({
    title: 'Bad Request',
    detail: 'The name is too short.',
    code: 'invalid_input',
    requestId: 'r-1',
    'invalid-params': { name: { msg: 'has 1 character' } },
  });
  expect(toApiError(400, body, '5')).toMatchObject({
    status: 400,
    code: 'invalid_input',
    message: 'The name is too short.',
    fields: { name: 'has 1 character' },
    requestId: 'r-1',
    retryAfter: 5,
  });
});

test.each(['', '<html>502 Bad Gateway</html>', 'null', '[]'])(
  'the answer %j of a proxy is an error as well',
  (body) => {
    expect(toApiError(502, body, null)).toMatchObject({
      status: 502,
      message: 'The server answered with status 502.',
    });
  },
);
