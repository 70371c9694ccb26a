/** A refusal of this library: `code` is stable, `status` is what an HTTP answer would carry (security.md's answer codes). */
export abstract class FederationError extends Error {
  abstract readonly status: number;

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export type SignatureErrorCode =
  | 'missing_signature'
  | 'malformed_signature'
  | 'duplicate_header'
  | 'missing_header'
  | 'header_not_signed'
  | 'unsupported_algorithm'
  | 'wrong_digest'
  | 'wrong_host'
  | 'outside_time_window'
  | 'unknown_key'
  | 'unacceptable_key'
  | 'bad_signature'
  | 'creator_is_not_actor'
  | 'unknown_context';

/** 401: who sent it is not proven. */
export class SignatureError extends FederationError {
  readonly status = 401;

  constructor(
    override readonly code: SignatureErrorCode,
    message: string,
  ) {
    super(code, message);
  }
}

export type DocumentErrorCode =
  | 'not_utf8'
  | 'not_json'
  | 'not_an_object'
  | 'duplicate_key'
  | 'lone_surrogate'
  | 'too_deep'
  | 'too_many_values'
  | 'string_too_long'
  | 'not_json_ld'
  | 'unknown_context'
  | 'forbidden_context'
  | 'forbidden_keyword'
  | 'relative_id'
  | 'split_node'
  | 'malformed_document';

/** 400: the document cannot be read in one safe way. */
export class DocumentRefusedError extends FederationError {
  readonly status: number = 400;

  constructor(
    override readonly code: DocumentErrorCode | 'too_large',
    message: string,
  ) {
    super(code, message);
  }
}

/** 413: more bytes than are read. */
export class DocumentTooLargeError extends DocumentRefusedError {
  override readonly status = 413;

  constructor(limit: number) {
    super('too_large', `more than ${limit} bytes`);
  }
}

/** 503: no fault of the sender, who may come again. */
export class SignatureWorkersBusyError extends FederationError {
  readonly status = 503;

  constructor(
    override readonly code: 'queue_full' | 'took_too_long' | 'closed',
    message: string,
  ) {
    super(code, message);
  }
}
