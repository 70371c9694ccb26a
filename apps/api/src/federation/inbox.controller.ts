import { Controller, HttpCode, Logger, Param, Post, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiForbiddenResponse,
  ApiOperation,
  ApiResponse,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { InboxGate } from '@vidiverse/federation';
import type { FastifyRequest } from 'fastify';
import { IgnoresToken } from '../auth/access.js';
import { LocalActors } from '../actors/local-actors.service.js';
import { Config } from '../config/config.js';
import { DomainError, NotFoundError } from '../shared/domain-error.js';
import { INBOXES } from './inbox-front.js';

/** Where other servers tell what happened (ActivityPub, server to server). */
@ApiTags('Federation')
@Controller()
@IgnoresToken()
export class InboxController {
  private readonly logger = new Logger('Inbox');
  private troubled = false;

  constructor(
    private readonly gate: InboxGate,
    private readonly actors: LocalActors,
    private readonly config: Config,
  ) {}

  @Post(INBOXES)
  @HttpCode(202)
  @ApiOperation({
    summary: 'Takes an activity of another server.',
    description:
      'Signed with an HTTP Signature (draft-cavage or RFC 9421) of the activity’s actor, or handed on with the actor’s ' +
      'Linked Data Signature (RsaSignature2017).',
  })
  @ApiConsumes('application/activity+json', 'application/ld+json')
  @ApiBody({ schema: { type: 'object' } })
  @ApiAcceptedResponse({ description: 'It is recorded, came before, or has no effect here.' })
  @ApiUnauthorizedResponse({ description: 'Who sent it or who wrote it is not proven; the code says why.' })
  @ApiForbiddenResponse({ description: '`blocked`, `foreign_id`, `foreign_object` or `own_host`.' })
  @ApiResponse({ status: 413, description: 'Too large, or compressed.' })
  @ApiResponse({ status: 415, description: 'Not an activity.' })
  @ApiServiceUnavailableResponse({ description: 'It may be taken later; see Retry-After.' })
  async receive(@Req() request: FastifyRequest, @Param('name') name?: string): Promise<void> {
    if (!this.config.federation.enabled) throw new NotFoundError('Inbox');
    const { raw, method, headers, body, ip } = request;
    if (name !== undefined && headers.signature !== undefined) await this.assertActor(raw.url!);
    const answer = await this.gate.receive({
      method,
      path: raw.url!,
      headers,
      rawHeaders: raw.rawHeaders,
      rawBody: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
      remoteAddress: ip,
    });
    this.report(answer.kind === 'refused' ? answer.cause : undefined);
    if (answer.kind === 'refused') {
      const { status, code, message, retryAfter } = answer;
      throw new DomainError(status, code, message, { retryAfter });
    }
  }

  /** An inbox goes with its actor. @throws NotFoundError */
  private async assertActor(address: string): Promise<void> {
    const path = address.split('?')[0]!.replace(/\/inbox\/?$/, '');
    if (!(await this.actors.byUrl(this.config.url + path))) throw new NotFoundError('Inbox');
  }

  /** Said once, until something is taken again. */
  private report(cause: unknown): void {
    if (cause !== undefined && !this.troubled)
      this.logger.error(
        `activities cannot be taken: ${cause instanceof Error ? cause.stack : String(cause)}`,
      );
    this.troubled = cause !== undefined;
  }
}
