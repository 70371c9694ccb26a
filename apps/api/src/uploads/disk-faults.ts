import { DomainError } from '../shared/domain-error.js';

// Of the file system, SQLite and MySQL.
const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL']);
const CUT = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET']);
const RETRY_AFTER_SECONDS = 60;

/** 507: the disk is full. What had been stored of a resumable upload is kept. */
export class StorageFullError extends DomainError {
  constructor() {
    super(507, 'insufficient_storage', 'The server has no room left for this file. Try again later.', {
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
}

/** 400: the connection ended before the body did. Nobody may be left to read it; the log says what happened. */
export class UploadAbortedError extends DomainError {
  constructor() {
    super(400, 'upload_aborted', 'The connection ended before the upload did.');
  }
}

/** An error of the disk or the connection as the refusal it stands for; every other error as it is. */
export function asUploadFault(error: unknown): unknown {
  for (let at = error; typeof at === 'object' && at !== null; at = (at as { cause?: unknown }).cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (code && FULL.has(code)) return new StorageFullError();
    if (code && CUT.has(code)) return new UploadAbortedError();
  }
  return error;
}
