/** A refusal by the server (problem+json, RFC 9457) or, with `status` 0, no answer at all. */
export class ApiError extends Error {
  constructor(
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    /** Machine-readable reason, such as `quota_reached`; `network` without an answer. */
    readonly code: string,
    message: string,
    /** What is wrong with each field, by its name. */
    readonly fields: Record<string, string> = {},
    /** Under this id the server's log has more. */
    readonly requestId: string | null = null,
    /** Seconds to wait before asking again; null when the server did not say. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  static unreachable(): ApiError {
    return new ApiError(0, 'network', 'The server cannot be reached.');
  }
}

interface Problem {
  title?: string;
  detail?: string;
  code?: string;
  requestId?: string;
  'invalid-params'?: Record<string, { msg?: string }>;
}

function parseProblem(body: string): Problem {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Reads an error answer; also one that a proxy made, without a problem document. */
export function toApiError(status: number, body: string, retryAfter: string | null): ApiError {
  const problem = parseProblem(body);
  const fields = Object.entries(problem['invalid-params'] ?? {}).map(([name, { msg }]) => [
    name,
    msg ?? 'is not valid',
  ]);
  return new ApiError(
    status,
    problem.code ?? 'error',
    problem.detail ?? problem.title ?? `The server answered with status ${status}.`,
    Object.fromEntries(fields),
    problem.requestId ?? null,
    retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null,
  );
}

export const isStatus = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status;
