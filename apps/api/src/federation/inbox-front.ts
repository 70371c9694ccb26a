import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { InboxGate } from '@vidiverse/federation';
import type { FastifyInstance } from 'fastify';
import { Config } from '../config/config.js';
import { TooManyRequestsError } from '../shared/domain-error.js';
import { sendProblem } from '../shared/problem.filter.js';

/** The inboxes of the instance and of its actors: all lead to the same place. */
export const INBOXES = ['inbox', 'accounts/:name/inbox', 'video-channels/:name/inbox'];

/** Before a handler of Nest runs: bodies stay as they came, since they are signed, and whoever was refused too often is not read. */
@Injectable()
export class InboxFront implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly config: Config,
    private readonly gate: InboxGate,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser<Buffer>(
      ['application/activity+json', 'application/ld+json'],
      { parseAs: 'buffer', bodyLimit: this.config.federation.inbox.maxBody },
      (_request, body, done) => done(null, body),
    );
    const inboxes = new Set(INBOXES.map((path) => `/${path}`));
    fastify.addHook('onRequest', (request, reply, done) => {
      const isInbox = request.method === 'POST' && inboxes.has(request.routeOptions.url ?? '');
      const wait = isInbox ? this.gate.waitFor(request.ip) : 0;
      if (wait === 0) return done();
      const problem = new TooManyRequestsError('Too many requests of this address were refused.', wait);
      sendProblem(reply, problem, String(request.id));
    });
  }
}
