import { DocumentRefusedError } from '../federation.errors.js';
import type { DocumentLimits, JsonObject, JsonValue } from './read-json.js';

const SPACE = /[ \t\n\r]*/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS = { true: true, false: false, null: null } as const;
const LEFT_OUT = new Set(['__proto__', 'constructor', 'prototype']);
const LONE_SURROGATE = /\p{Surrogate}/u;

/** JSON (RFC 8259) with bounds, and without the freedoms that let two readers see two documents: JSON.parse keeps the last of two equal keys. */
export class JsonReader {
  private position = 0;
  private values = 0;

  constructor(
    private readonly text: string,
    private readonly limits: DocumentLimits,
  ) {}

  read(): JsonValue {
    const value = this.value(0);
    if (this.position < this.text.length) throw this.unexpected();
    return value;
  }

  private value(depth: number): JsonValue {
    this.values += 1;
    if (this.values > this.limits.maxValues) throw refused('too_many_values', this.limits.maxValues);
    if (depth > this.limits.maxDepth) throw refused('too_deep', this.limits.maxDepth);
    this.take(SPACE);
    const value = this.bare(depth);
    this.take(SPACE);
    return value;
  }

  private bare(depth: number): JsonValue {
    switch (this.text[this.position]) {
      case '{':
        return this.object(depth + 1);
      case '[':
        return this.array(depth + 1);
      case '"':
        return this.string();
      default: {
        const word = this.word();
        return word === undefined ? this.number() : word;
      }
    }
  }

  private object(depth: number): JsonObject {
    const object: JsonObject = {};
    this.sequence('}', () => {
      this.take(SPACE);
      const key = this.string();
      this.take(SPACE);
      this.expect(':');
      const value = this.value(depth);
      if (LEFT_OUT.has(key)) return;
      if (Object.hasOwn(object, key))
        throw new DocumentRefusedError('duplicate_key', 'a key occurs twice in one object');
      object[key] = value;
    });
    return object;
  }

  private array(depth: number): JsonValue[] {
    const array: JsonValue[] = [];
    this.sequence(']', () => array.push(this.value(depth)));
    return array;
  }

  private sequence(end: string, member: () => void): void {
    this.position += 1;
    this.take(SPACE);
    if (this.text[this.position] !== end) {
      member();
      while (this.text[this.position] === ',') {
        this.position += 1;
        member();
      }
    }
    this.expect(end);
  }

  private string(): string {
    const literal = this.take(STRING);
    if (literal === undefined) throw this.unexpected();
    if (literal.length > this.limits.maxStringLength)
      throw refused('string_too_long', this.limits.maxStringLength);
    const string = this.unescape(literal);
    if (LONE_SURROGATE.test(string))
      throw new DocumentRefusedError('lone_surrogate', 'a string is not well-formed Unicode');
    return string;
  }

  /** The platform knows the escapes, and refuses bare control characters. */
  private unescape(literal: string): string {
    try {
      return JSON.parse(literal) as string;
    } catch {
      throw this.unexpected();
    }
  }

  private word(): boolean | null | undefined {
    for (const [word, value] of Object.entries(WORDS)) {
      if (!this.text.startsWith(word, this.position)) continue;
      this.position += word.length;
      return value;
    }
    return undefined;
  }

  private number(): number {
    const number = Number(this.take(NUMBER) ?? NaN);
    if (!Number.isFinite(number)) throw this.unexpected();
    return number;
  }

  private expect(character: string): void {
    if (this.text[this.position] !== character) throw this.unexpected();
    this.position += 1;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    this.position += found?.length ?? 0;
    return found;
  }

  private unexpected(): DocumentRefusedError {
    return new DocumentRefusedError('not_json', `not JSON at character ${this.position}`);
  }
}

const refused = (code: 'too_many_values' | 'too_deep' | 'string_too_long', limit: number) =>
  new DocumentRefusedError(code, `${code.replaceAll('_', ' ')}: the limit is ${limit}`);
