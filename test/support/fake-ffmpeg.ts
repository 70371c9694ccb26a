import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BEHAVIOURS = {
  /** Kills the server: script <- shell that holds the limits <- server. */
  'kill the server': 'kill -9 "$(cut -d" " -f4 "/proc/$PPID/stat")"; sleep 600',
  hang: 'sleep 600',
  fail: 'echo "this file is cursed" >&2; exit 1',
  'fail at 144p': 'case "$*" in *scale=256:144*) exit 1 ;; esac',
};

/** An ffmpeg that does its work like the real one until it is told to misbehave. */
export interface FakeFfmpeg {
  /** For the configuration. */
  path: string;
  misbehave(how: keyof typeof BEHAVIOURS): Promise<void>;
  recover(): Promise<void>;
  remove(): Promise<void>;
}

export async function createFakeFfmpeg(): Promise<FakeFfmpeg> {
  const folder = await mkdtemp(join(tmpdir(), 'vidiverse-fake-'));
  const [path, orders] = [join(folder, 'ffmpeg'), join(folder, 'orders')];
  // Questions such as `-encoders` are answered all the same.
  await writeFile(path, `#!/bin/sh\ncase " $* " in *" -i "*) . ${orders} ;; esac\nexec ffmpeg "$@"\n`);
  await chmod(path, 0o755);
  const order = (text: string) => writeFile(orders, `${text}\n`);
  await order(':');
  return {
    path,
    misbehave: (how) => order(BEHAVIOURS[how]),
    recover: () => order(':'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
