import { SignatureError } from '../federation.errors.js';

/** The part of RFC 8941 that `Signature-Input`, `Signature` and `Content-Digest` use: dictionaries of items and inner lists. */
export type BareItem = string | number | boolean | Buffer;
export type Parameters = ReadonlyMap<string, BareItem>;
export interface Item {
  value: BareItem;
  parameters: Parameters;
}
export interface Member {
  /** An inner list is the list of its items. */
  value: BareItem | Item[];
  parameters: Parameters;
  /** The member's value with its parameters as it stands in the header: what an RFC 9421 signature covers. */
  raw: string;
}

const MAX_LENGTH = 8_192;
const SPACE = /[ \t]*/y;
const KEY = /[a-z*][a-z0-9_\-.*]*/y;
const INTEGER = /-?\d{1,15}(?![\d.])/y;
const STRING = /"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"/y;
const BYTES = /:([A-Za-z0-9+/]*={0,2}):/y;
const BOOLEAN = /\?([01])/y;
const TOKEN = /[A-Za-z*][A-Za-z0-9!#$%&'*+\-.^_`|~:/]*/y;

/** @throws SignatureError when the header is malformed or has a key twice. */
export const parseDictionary = (header: string): Map<string, Member> => new FieldReader(header).dictionary();

class FieldReader {
  private position = 0;

  constructor(private readonly text: string) {
    if (text.length > MAX_LENGTH) throw malformed();
  }

  dictionary(): Map<string, Member> {
    const members = new Map<string, Member>();
    do {
      this.take(SPACE);
      const key = this.key();
      if (members.has(key)) throw malformed();
      members.set(key, this.member());
      this.take(SPACE);
    } while (this.skip(','));
    if (this.position < this.text.length) throw malformed();
    return members;
  }

  private member(): Member {
    const start = this.skip('=') ? this.position : undefined;
    const value =
      start === undefined ? true : this.text[this.position] === '(' ? this.innerList() : this.bareItem();
    const parameters = this.parameters();
    return { value, parameters, raw: this.text.slice(start ?? this.position, this.position) };
  }

  private innerList(): Item[] {
    const items: Item[] = [];
    this.position += 1;
    this.take(SPACE);
    while (!this.skip(')')) {
      items.push({ value: this.bareItem(), parameters: this.parameters() });
      if (this.take(SPACE)![0] === '' && this.text[this.position] !== ')') throw malformed();
    }
    return items;
  }

  private parameters(): Parameters {
    const parameters = new Map<string, BareItem>();
    while (this.skip(';')) {
      this.take(SPACE);
      const key = this.key();
      if (parameters.has(key)) throw malformed();
      parameters.set(key, this.skip('=') ? this.bareItem() : true);
    }
    return parameters;
  }

  private bareItem(): BareItem {
    const string = this.take(STRING);
    if (string) return string[1]!.replace(/\\(.)/g, '$1');
    const bytes = this.take(BYTES);
    if (bytes) return Buffer.from(bytes[1]!, 'base64');
    const integer = this.take(INTEGER);
    if (integer) return Number(integer[0]);
    const boolean = this.take(BOOLEAN);
    if (boolean) return boolean[1] === '1';
    const token = this.take(TOKEN);
    if (token) return token[0];
    throw malformed();
  }

  private key(): string {
    const key = this.take(KEY);
    if (!key) throw malformed();
    return key[0];
  }

  private skip(character: string): boolean {
    if (this.text[this.position] !== character) return false;
    this.position += 1;
    return true;
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    this.position += found?.[0].length ?? 0;
    return found;
  }
}

const malformed = () => new SignatureError('malformed_signature', 'a structured header is malformed');
