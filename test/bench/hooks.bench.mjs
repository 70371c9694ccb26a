import { HookRegistry, videoListAnswered, videoShown, followRequested } from '@vidiverse/hooks';

// What a hook costs that nobody handles: it stands on the way of every request.
const CALLS = 2_000_000;
const LIMIT_MICROSECONDS = 1;
const page = { total: 0, data: [] };

const registry = new HookRegistry();
const cost = async (call) => {
  for (let warm = 0; warm < CALLS / 10; warm += 1) await call();
  const begun = performance.now();
  for (let count = 0; count < CALLS; count += 1) await call();
  return ((performance.now() - begun) * 1000) / CALLS;
};

for (const [name, call] of [
  ['nothing but await', () => page],
  ['filter', () => registry.filter(videoListAnswered, page, {})],
  ['guard', () => registry.guard(followRequested, {})],
  ['event', () => registry.emit(videoShown, {})],
])
  console.log(
    `${name}: ${(await cost(call)).toFixed(3)} microseconds without handlers (under ${LIMIT_MICROSECONDS})`,
  );
