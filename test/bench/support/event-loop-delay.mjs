import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded into a server before anything else: on SIGUSR2 it writes how long its main thread was blocked since the last one.
const RESOLUTION = 5;
const NANOSECONDS = 1e6;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
delay.enable();

process.on('SIGUSR2', () => {
  const milliseconds = (nanoseconds) => Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION);
  const blocks = { longest: milliseconds(delay.max), most: milliseconds(delay.percentile(99)) };
  delay.reset();
  writeFileSync(process.env.EVENT_LOOP_DELAY_FILE, JSON.stringify(blocks));
});
