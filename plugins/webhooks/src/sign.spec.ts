import { expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { sign } from './sign.js';

test('signs as Standard Webhooks does: the example of its documentation', () => {
  const signed = sign(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1614265330,
    '{"test": 2432232314}',
  );
  expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('a secret without the prefix is used as it is', () => {
  const expected = createHmac('sha256', 'a secret of some length').update('msg_1.5.{}').digest('base64');
  expect(sign('a secret of some length', 'msg_1', 5, '{}')).toBe(`v1,${expected}`);
});
