import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stop } from './processes.mjs';
import { freePort, temporaryFolder } from './server.mjs';

/** nginx in one process, as it is set up for large files: sendfile, no log. Serves `folder` at `path`. */
export async function startNginx({ folder, path }) {
  const port = await freePort();
  const home = temporaryFolder();
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(home, name)};`)
    .join(' ');
  const configuration = join(home, 'nginx.conf');
  writeFileSync(
    configuration,
    `daemon off; master_process off; pid ${join(home, 'pid')}; error_log stderr crit;
    events {}
    http {
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types { video/mp4 mp4; } ${kept}
      server { listen 127.0.0.1:${port}; location ${path}/ { alias ${folder}/; } }
    }`,
  );
  const child = spawn('nginx', ['-c', configuration, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const base = `http://127.0.0.1:${port}`;
  while (!(await fetch(base).catch(() => null))) {
    if (child.exitCode !== null) throw new Error('nginx did not start');
    await pause(20);
  }
  return {
    base,
    pid: child.pid,
    async stop() {
      await stop(child);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
