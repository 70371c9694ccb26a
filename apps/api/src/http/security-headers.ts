import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';

const POLICY = 'content-security-policy';
const FRAMED_BY_NOBODY = "frame-ancestors 'none'";
const FRAMED_BY_SITES = 'frame-ancestors http: https:';

/** Security headers of every answer. Scripts come from this site only; media and sockets may be on other instances. */
export async function registerSecurityHeaders(app: NestFastifyApplication, { url }: Config): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
        mediaSrc: ["'self'", 'blob:', 'http:', 'https:'],
        connectSrc: ["'self'", 'http:', 'https:', 'ws:', 'wss:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Files and thumbnails are shown on other instances; pages and API say no to framing above.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
    strictTransportSecurity: url.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  });
}

/** This answer may stand in a frame on any other site. */
export function allowFraming(reply: FastifyReply): void {
  const policy = String(reply.getHeader(POLICY));
  reply.header(POLICY, policy.replace(FRAMED_BY_NOBODY, FRAMED_BY_SITES));
  reply.removeHeader('x-frame-options');
}
