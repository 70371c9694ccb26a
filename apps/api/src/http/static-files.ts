import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync } from 'node:fs';
import { WEB_FOLDER } from '../web/web-folder.js';

const HASHED = /[\\/]assets[\\/]/;

/** The built files of the web app: those with a hash in their name for ever, the service worker and the rest asked again. */
export async function serveWebApp(app: NestFastifyApplication): Promise<void> {
  if (!existsSync(WEB_FOLDER)) return;
  await app.register(fastifyStatic, {
    root: WEB_FOLDER,
    wildcard: false,
    index: false,
    // Made by the build (apps/web/compress-plugin.ts).
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      void reply.header(
        'cache-control',
        HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}
