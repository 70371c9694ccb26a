import cors from '@fastify/cors';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { parse as parseQuery, type ParsedUrlQuery } from 'node:querystring';
import type { Config } from '../config/config.js';
import { routeByAccept } from '../federation/content-negotiation.js';
import { answerUnrouted } from '../shared/problem.filter.js';
import { registerSecurityHeaders } from './security-headers.js';

const MAX_QUERY_FIELDS = 100;
const PREFLIGHT_SECONDS = 20 * 24 * 3600;

/** `tags[]=a&tags[]=b`, as some clients write lists, reads as `tags=a&tags=b`. */
function readQuery(text: string): ParsedUrlQuery {
  const result: ParsedUrlQuery = {};
  for (const [name, value] of Object.entries(parseQuery(text, '&', '=', { maxKeys: MAX_QUERY_FIELDS }))) {
    result[name.replace(/\[\]$/, '')] = value;
  }
  return result;
}

/** Clients say JSON of a body they leave empty, as when they report a view: that is no body. */
function readEmptyJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') done(null, undefined);
    else void parse(request, text, done);
  });
}

/** How Fastify listens: proxies that are believed, body limits, lenient paths (yt-dlp asks with a trailing slash). */
export function fastifyOptions(config: Config) {
  return {
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: config.http.jsonLimit,
    frameworkErrors: answerUnrouted,
    genReqId: () => randomUUID(),
    rewriteUrl: routeByAccept,
    // A peer that keeps its socket open must not meet a closed one: Node's own default is 5 s.
    keepAliveTimeout: 75_000,
    routerOptions: { ignoreTrailingSlash: true, querystringParser: readQuery, maxParamLength: 300 },
  };
}

/** Parsers, CORS and security headers. */
export async function registerHttpPlugins(app: NestFastifyApplication, config: Config): Promise<void> {
  readEmptyJson(app.getHttpAdapter().getInstance() as FastifyInstance);
  await app.register(formbody, { bodyLimit: config.http.jsonLimit, parser: readQuery });
  await app.register(multipart, {
    limits: {
      fileSize: config.uploads.maxFileSize,
      files: 3,
      fields: 60,
      fieldSize: 64 * 1024,
      headerPairs: 200,
    },
    throwFileSizeLimit: true,
  });
  await app.register(cors, {
    origin: '*',
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
    exposedHeaders: [
      'Content-Range',
      'Content-Length',
      'Accept-Ranges',
      'ETag',
      'Location',
      'Range',
      'Retry-After',
    ],
    maxAge: PREFLIGHT_SECONDS,
  });
  await registerSecurityHeaders(app, config);
}
