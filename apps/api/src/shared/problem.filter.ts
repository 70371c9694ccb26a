import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { isDuplicate } from '../database/is-duplicate.js';
import type { AllowedMethods } from '../http/allowed-methods.js';
import { ConflictError, DomainError, MethodNotAllowedError } from './domain-error.js';

/** Answers every error as `application/problem+json` (RFC 9457), with the legacy `error` field that PeerTube clients read. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(private readonly methods: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const problem = this.unroutable(request) ?? toDomainError(error);
    if (problem.status >= 500 && !(error instanceof DomainError)) {
      this.logger.error(
        `${request.method} ${request.url}: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    void sendProblem(reply, problem, String(request.id));
  }

  /** What no route of its own was found for may have one for another method. */
  private unroutable({ routeOptions, url, method }: FastifyRequest): DomainError | undefined {
    if (routeOptions.url && !routeOptions.url.includes('*')) return undefined;
    const allowed = this.methods.of(url);
    return allowed.length === 0 || allowed.includes(method) ? undefined : new MethodNotAllowedError(allowed);
  }
}

/** Answers what fails before there is a route, such as an address that cannot be decoded. */
export function answerUnrouted(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  void sendProblem(reply, toDomainError(error), String(request.id));
}

/** Writes a problem document; also used where no Nest handler runs (raw routes, 404 of the router). */
export function sendProblem(reply: FastifyReply, problem: DomainError, requestId: string): FastifyReply {
  const { invalidParams, retryAfter, headers } = problem.extra;
  if (retryAfter !== undefined) void reply.header('retry-after', Math.ceil(retryAfter));
  if (headers) void reply.headers(headers);
  return reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send({
      type: `about:blank#${problem.code}`,
      title: STATUS_CODES[problem.status] ?? 'Error',
      status: problem.status,
      detail: problem.message,
      code: problem.code,
      error: problem.message,
      requestId,
      ...(invalidParams && {
        'invalid-params': Object.fromEntries(
          invalidParams.map(({ field, reason }) => [field, { msg: reason }]),
        ),
      }),
    });
}

function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  // Two requests for one name at once: both looked, one was first to write.
  if (isDuplicate(error)) return new ConflictError('Another one has this name already.');
  if (error instanceof HttpException) {
    const code = STATUS_CODES[error.getStatus()]?.toLowerCase().replaceAll(/[^a-z]+/g, '_') ?? 'error';
    return new DomainError(error.getStatus(), code, error.message);
  }
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new DomainError(
      statusCode,
      statusCode === 413 ? 'body_too_large' : 'bad_request',
      message ?? 'Bad request.',
    );
  }
  return new DomainError(
    500,
    'internal_error',
    'Something went wrong on our side; the log has the request id.',
  );
}
