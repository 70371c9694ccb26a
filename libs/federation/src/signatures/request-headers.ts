import { SignatureError } from '../federation.errors.js';

/** A request as it came over the wire. */
export interface SignedRequest {
  method: string;
  /** Path and query exactly as sent, `/inbox`. */
  target: string;
  /** Scheme and host by which the peer reached us, `https://video.example`. */
  origin: string;
  /** As Node's `rawHeaders`: names and values in turns, so that doubles are seen. */
  rawHeaders: readonly string[];
  /** The raw body; absent for a request without one. */
  body?: Uint8Array;
}

/** Header values by lower-case name, with all values that a name had. */
export class RequestHeaders {
  private readonly values = new Map<string, string[]>();

  constructor(rawHeaders: readonly string[]) {
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]!.toLowerCase();
      this.values.set(name, [...(this.values.get(name) ?? []), rawHeaders[index + 1]!.trim()]);
    }
  }

  /** The header's one value; null when it is absent. @throws SignatureError when it is there twice: readers differ about which counts. */
  optional(name: string): string | null {
    const [first = null, ...others] = this.values.get(name) ?? [];
    if (others.length > 0) throw new SignatureError('duplicate_header', `the header ${name} is there twice`);
    return first;
  }

  /** @throws SignatureError when the header is absent or there twice. */
  single(name: string): string {
    const value = this.optional(name);
    if (value === null)
      throw new SignatureError('missing_header', `the header ${name.slice(0, 100)} is absent`);
    return value;
  }
}
