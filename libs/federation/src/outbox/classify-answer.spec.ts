import { describe, expect, it, test } from '@jest/globals';
import { classifyAnswer } from './classify-answer.js';

const answered = (status: number, more: { retryAfter?: number; words?: string } = {}) =>
  classifyAnswer({ kind: 'answered', status, ...more });

describe('an answer', () => {
  test.each([200, 201, 202, 204])('%i: delivered', (status) => {
    expect(answered(status)).toEqual({ kind: 'delivered' });
  });

  test.each([400, 403, 405, 409, 413, 422, 451])('%i: this activity is refused for good', (status) => {
    expect(answered(status)).toMatchObject({ kind: 'refused' });
  });

  test.each([302, 408, 425, 429, 502, 503, 504, 520, 530])('%i: the host is tried again', (status) => {
    expect(answered(status)).toMatchObject({ kind: 'failed', suspect: 'host' });
  });

  test.each([500, 501, 507])('%i: tried again, the activity may be the cause', (status) => {
    expect(answered(status)).toMatchObject({ kind: 'failed', suspect: 'activity' });
  });

  it('404: tried again, the inbox may be the cause', () => {
    expect(answered(404)).toMatchObject({ kind: 'failed', suspect: 'inbox' });
  });

  it('410: the inbox is gone', () => {
    expect(answered(410)).toMatchObject({ kind: 'gone' });
  });

  it('401: who sends is not proven', () => {
    expect(answered(401)).toMatchObject({ kind: 'unproven' });
  });

  test.each([429, 503])('%i with Retry-After: a pause, not a failure', (status) => {
    expect(answered(status, { retryAfter: 90 })).toMatchObject({ kind: 'busy', pause: 90_000 });
  });

  it('is told in words', () => {
    expect(answered(403, { words: 'muted' })).toMatchObject({ reason: 'It answered 403 Forbidden: muted' });
    expect(answered(599)).toMatchObject({ reason: 'It answered 599.' });
  });
});

describe('no answer', () => {
  it('is a failure of the host', () => {
    const verdict = classifyAnswer({ kind: 'unreachable', reason: 'timeout' });
    expect(verdict).toEqual({ kind: 'failed', reason: 'timeout', suspect: 'host' });
  });

  it('because the activity cannot be sent at all: refused', () => {
    const verdict = classifyAnswer({ kind: 'unsendable', reason: 'no key' });
    expect(verdict).toEqual({ kind: 'refused', reason: 'no key' });
  });
});
