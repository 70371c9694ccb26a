import {
  type DocumentErrorCode,
  DocumentRefusedError,
  SignatureError,
  type SignatureErrorCode,
} from '../federation.errors.js';
import type { CompactedDocument } from '../vocabulary/compact.js';
import type { JsonObject } from '../vocabulary/read-json.js';
import type { KeyRules } from './public-key.js';
import type { SignedDocument, Signer } from './sign-document.js';
import type { ActorKey, VerifiedDocument } from './verify-document.js';

/** What a thread can be asked, and what each question is answered with. */
export interface Tasks {
  verify: { question: { document: JsonObject; key: ActorKey; rules: KeyRules }; answer: VerifiedDocument };
  sign: { question: { document: JsonObject; signer: Signer }; answer: SignedDocument };
  compact: { question: { document: JsonObject }; answer: CompactedDocument };
}
export type TaskName = keyof Tasks;
export type Question = { [Name in TaskName]: { name: Name } & Tasks[Name]['question'] }[TaskName];

/** An error cannot cross to another thread with its class: `kind` names it. */
export interface ErrorDescription {
  kind: 'signature' | 'document' | 'other';
  code: string;
  message: string;
}
export type Answer = { value: unknown } | { error: ErrorDescription };

export function describeError(error: unknown): ErrorDescription {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SignatureError) return { kind: 'signature', code: error.code, message };
  if (error instanceof DocumentRefusedError) return { kind: 'document', code: error.code, message };
  return { kind: 'other', code: '', message };
}

export function reviveError({ kind, code, message }: ErrorDescription): Error {
  if (kind === 'signature') return new SignatureError(code as SignatureErrorCode, message);
  if (kind === 'document') return new DocumentRefusedError(code as DocumentErrorCode, message);
  return new Error(`a signature thread failed: ${message}`);
}
