import { TooLargeError } from '../shared/domain-error.js';

/** The payload of a job is larger than `jobs.maxPayload`: large things belong in a row or a file that the payload names. */
export class JobPayloadTooLargeError extends TooLargeError {
  constructor(kind: string, size: number, limit: number) {
    super(
      `The payload of a ${kind} job has ${size} bytes; at most ${limit} are allowed (jobs.maxPayload).`,
      'job_payload_too_large',
    );
  }
}

export type Interruption = 'cancelled' | 'lease lost' | 'shutdown';

/** The reason of a running job's abort signal. */
export class JobInterruptedError extends Error {
  constructor(readonly interruption: Interruption) {
    super(`The job was interrupted: ${interruption}.`);
    this.name = 'JobInterruptedError';
  }
}
