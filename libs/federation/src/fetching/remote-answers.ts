import { type JsonObject } from '../vocabulary/read-json.js';
import { type FetchBudget } from './fetch-budget.js';

/** Answers the headers to add to a request. Asked anew for each redirect, since a signature names host and path. */
export type RequestSigner = (request: {
  method: 'GET';
  url: string;
}) => Promise<Record<string, string>> | Record<string, string>;

export interface FetchOptions {
  sign?: RequestSigner;
  budget?: FetchBudget;
  signal?: AbortSignal;
}

export interface RemoteDocument {
  /** Where it was in the end: what the document says of itself is checked against this. */
  url: string;
  json: JsonObject;
  etag?: string;
}

export interface RemoteBytes {
  url: string;
  bytes: Buffer;
  /** Without parameters. */
  type: string;
  etag?: string;
}

export interface PostAnswer {
  status: number;
  /** Seconds. */
  retryAfter?: number;
  /** The host's clock, when it says so. */
  date?: Date;
  headers: Record<string, string | undefined>;
  /** Its beginning. */
  body: Buffer;
}

export interface AnswerOptions {
  headers?: Record<string, string>;
  /** Of the body, decoded. */
  maxBytes: number;
  /** Milliseconds; at most the client's own. */
  deadline?: number;
  signal?: AbortSignal;
}

export interface RemoteAnswer {
  /** Where it was in the end. */
  url: string;
  /** Any but a redirect that is followed. */
  status: number;
  headers: Record<string, string | undefined>;
  body: Buffer;
}
