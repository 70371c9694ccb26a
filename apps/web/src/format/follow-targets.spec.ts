import { expect, test } from '@jest/globals';
import { followTargets, readTarget } from './follow-targets';

test('hosts and handles are told apart, each is kept once, and the rest is given back', () => {
  expect(followTargets('video.example, @Cat@Tube.example\nvideo.example  what?; localhost:9000')).toEqual({
    hosts: ['video.example', 'localhost:9000'],
    handles: ['cat@tube.example'],
    unreadable: ['what?'],
  });
});

test.each([
  ['https://video.example', 'video.example'],
  ['https://video.example/about/instance', 'video.example'],
  ['https://video.example/c/cats/videos', 'cats@video.example'],
  ['https://video.example/accounts/cat', 'cat@video.example'],
  ['https://here.example/a/cat@video.example', 'cat@video.example'],
  ['127.0.0.1:9001', '127.0.0.1:9001'],
])('the address %s means %s', (written, meant) => expect(readTarget(written)).toBe(meant));

test.each(['cats', 'a@b@c.example', '@', 'https://', '-a.example', 'name@host', 'javascript:alert(1)'])(
  '%s means nobody',
  (written) => expect(readTarget(written)).toBeNull(),
);
