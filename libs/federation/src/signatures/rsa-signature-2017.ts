import jsonld from 'jsonld';
import jsigs, { type Document, type Proof, type VerificationMethod } from 'jsonld-signatures';
import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { SignatureError } from '../federation.errors.js';
import { expandDocument, type ExpandedNode } from '../vocabulary/expand.js';
import type { JsonObject } from '../vocabulary/read-json.js';
import { loadBundled } from './contexts/bundled-contexts.js';
import { IDENTITY_V1_URL } from './contexts/identity-v1.js';
import { RSA_SIGNATURE_2017 } from './read-signature.js';

const FORMAT = { algorithm: 'RDFC-1.0', format: 'application/n-quads' } as const;
const LINE = { base: null, documentLoader: loadBundled, canonizeOptions: FORMAT } as const;

export interface SuiteOptions {
  /** The id of the key, or of the actor that has it. */
  creator: string;
  /** Public to verify, private to sign. */
  key: KeyObject;
  /** When it was signed, to the millisecond; the library's own dates have whole seconds. */
  created?: string;
}

/** The purpose that the library asks for: this old kind of signature has none. */
export class AnyPurpose extends jsigs.purposes.ProofPurpose {
  constructor() {
    super({ term: 'any' });
  }

  async match(): Promise<boolean> {
    return true;
  }

  async update(proof: Proof): Promise<Proof> {
    return proof;
  }
}

/**
 * RsaSignature2017, as Mastodon and PeerTube make it: RSA-SHA256 over the hexadecimal SHA-256 of the options, then that of the
 * document, each canonized to N-Quads. https://docs.joinmastodon.org/spec/security/#ld
 */
export class RsaSignature2017 extends jsigs.suites.LinkedDataSignature {
  /** The tree that was verified, in expanded form, and the SHA-256 of its graph in hexadecimal. */
  signedTree: ExpandedNode | undefined;
  graphHash = '';

  constructor(private readonly options: SuiteOptions) {
    const { created } = options;
    super({ type: RSA_SIGNATURE_2017, ...(created !== undefined && { proof: { created } }) });
  }

  /** The name of this suite stands in the context that documents have anyway, if at all. */
  ensureSuiteContext(): void {}

  async createVerifyData({ document, proof }: { document: Document; proof: Proof }): Promise<Uint8Array> {
    const optionsHash = hexOfSha256(await this.canonizeProof(proof));
    this.graphHash = hexOfSha256(await this.canonize(document as JsonObject));
    return Buffer.from(optionsHash + this.graphHash);
  }

  async canonizeProof({ creator, created }: Proof): Promise<string> {
    return jsonld.canonize({ '@context': IDENTITY_V1_URL, creator, created }, { ...LINE, safe: true });
  }

  async canonize(document: JsonObject): Promise<string> {
    // What we sign ourselves must be in the graph to the last term.
    if (this.options.key.type === 'private') return jsonld.canonize(document, { ...LINE, safe: true });
    // What is read later is this very tree, so that the graph cannot say something else.
    this.signedTree = await expandDocument(document);
    return jsonld.canonize([this.signedTree], { ...LINE, safe: false, skipExpansion: true });
  }

  async updateProof({ proof }: { proof: Proof }): Promise<Proof> {
    delete proof.verificationMethod;
    return { ...proof, creator: this.options.creator };
  }

  async sign({ verifyData, proof }: { verifyData: Uint8Array; proof: Proof }): Promise<Proof> {
    return { ...proof, signatureValue: sign('sha256', verifyData, this.options.key).toString('base64') };
  }

  async getVerificationMethod(): Promise<Pick<VerificationMethod, 'id'>> {
    return { id: this.options.creator };
  }

  async verifySignature({ verifyData, proof }: { verifyData: Uint8Array; proof: Proof }): Promise<boolean> {
    const value = Buffer.from(proof.signatureValue as string, 'base64');
    if (!verify('sha256', verifyData, this.options.key, value)) {
      throw new SignatureError('bad_signature', 'the signature is not of this document by this key');
    }
    return true;
  }
}

const hexOfSha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
