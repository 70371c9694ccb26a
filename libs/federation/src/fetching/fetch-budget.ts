import { RemoteError } from './remote-error.js';

/** Requests that one incoming message may cause: more than any honest one needs. */
const PER_MESSAGE = 20;

/**
 * How many requests a piece of work may still cause, each redirect and each page included. Passed along, so that a
 * message whose objects point to ever more objects comes to an end.
 */
export class FetchBudget {
  constructor(private left = PER_MESSAGE) {}

  /** Throws when nothing is left. */
  take(): void {
    if (this.left <= 0) throw new RemoteError('budget_spent', 'This message asks for too many requests.');
    this.left--;
  }
}
