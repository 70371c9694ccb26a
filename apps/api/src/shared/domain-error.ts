/** A field of the request that was refused, and why. */
export interface InvalidParam {
  field: string;
  reason: string;
}

/**
 * An expected refusal. `code` is stable, each route's description names its own; the problem filter turns it into
 * `application/problem+json` (RFC 9457).
 */
export class DomainError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly extra: {
      invalidParams?: InvalidParam[];
      retryAfter?: number;
      headers?: Record<string, string>;
    } = {},
  ) {
    super(detail);
    this.name = new.target.name;
  }
}

/** 400: the request is malformed; names each field. */
export class InvalidInputError extends DomainError {
  constructor(invalidParams: InvalidParam[]) {
    super(400, 'invalid_input', invalidParams.map(({ field, reason }) => `${field}: ${reason}`).join('; '), {
      invalidParams,
    });
  }
}

/** 401: who asks is not proven. */
export class UnauthorizedError extends DomainError {
  constructor(detail = 'An access token is needed.', code = 'unauthorized') {
    super(401, code, detail, { headers: { 'www-authenticate': 'Bearer' } });
  }
}

/** 403: proven, but not permitted. */
export class ForbiddenError extends DomainError {
  constructor(detail: string, code = 'forbidden') {
    super(403, code, detail);
  }
}

/** 404: there is no such thing, or it is not visible to the one who asks. */
export class NotFoundError extends DomainError {
  constructor(what: string) {
    super(404, 'not_found', `${what} not found.`);
  }
}

/** 405: the address takes other methods. */
export class MethodNotAllowedError extends DomainError {
  constructor(allowed: string[]) {
    super(405, 'method_not_allowed', `This address takes ${allowed.join(', ')}.`, {
      headers: { allow: allowed.join(', ') },
    });
  }
}

/** 409: the state does not allow it. */
export class ConflictError extends DomainError {
  constructor(detail: string, code = 'conflict') {
    super(409, code, detail);
  }
}

/** 413: larger than a limit; the detail names the limit. */
export class TooLargeError extends DomainError {
  constructor(detail: string, code = 'max_file_size_reached') {
    super(413, code, detail);
  }
}

/** 415: a kind of content that is not accepted. */
export class UnsupportedMediaError extends DomainError {
  constructor(detail: string, code = 'unsupported_media') {
    super(415, code, detail);
  }
}

/** 422: well-formed, but cannot be used. */
export class UnprocessableError extends DomainError {
  constructor(detail: string, code = 'unprocessable') {
    super(422, code, detail);
  }
}

/** 429: too often; `retryAfter` in seconds. */
export class TooManyRequestsError extends DomainError {
  constructor(detail: string, retryAfter: number) {
    super(429, 'too_many_requests', detail, { retryAfter });
  }
}

/** 503: a passing fault of ours; `retryAfter` in seconds. */
export class UnavailableError extends DomainError {
  constructor(detail: string, retryAfter = 5) {
    super(503, 'unavailable', detail, { retryAfter });
  }
}
